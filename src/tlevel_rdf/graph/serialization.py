"""A graph → bytes in one of the syntaxes of RDF, readable, and the same bytes for the same graph.

For graphs that fit in memory: descriptions, answers, the ontology, the report. Dumps are made line by line instead.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple

from tlevel_rdf.errors import UnwritableError
from tlevel_rdf.graph import jsonld, terms
from tlevel_rdf.graph.tidy import TurtleLines, XmlLines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_TIDY: Final = {RdfFormat.TURTLE: TurtleLines, RdfFormat.RDF_XML: XmlLines}
#: The end of an IRI that can be the name of an element (Namespaces in XML 1.0, section 4).
_ELEMENT_NAME: Final = re.compile(r"[^\W\d][\w.\-]*\Z")
#: What XML 1.0 (section 2.2) cannot hold, and the serialiser writes all the same.
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: What Turtle writes without its IRI, as `a`, `"text"`, `"text"@en` or `3`.
_SHORT: Final = {terms.TYPE.value, f"{terms.RDF}langString"} | {
    f"{terms.XSD}{name}" for name in ("string", "integer", "decimal", "boolean")
}


def serialize_graph(triples: Iterable[Triple], syntax: RdfFormat, *, about: str = "") -> bytes:
    """A graph in a syntax, with the prefixes that it uses.

    Args:
        triples: of the graph; their order does not matter.
        syntax: Turtle, N-Triples, RDF/XML or JSON-LD.
        about: the IRI of the thing that readers came for; it stands first.

    Raises:
        UnwritableError: the syntax has no way to write one of the triples: RDF/XML some properties (RDF 1.1 XML
            Syntax, section 6.1), JSON-LD 1.1 a triple that is a value (RDF 1.2 Concepts, section 3.1).
    """
    ordered = in_reading_order(triples, about)
    if syntax == RdfFormat.RDF_XML:
        _check_xml(ordered)
    if syntax == RdfFormat.JSON_LD:
        return _json_ld(ordered)
    if (tidy := _TIDY.get(syntax)) is None:
        return pyoxigraph.serialize(ordered, format=syntax) or b""
    written = BytesIO()
    pyoxigraph.serialize(ordered, tidy(written), syntax, prefixes=used_prefixes(ordered))  # type: ignore[arg-type]  # it only writes and flushes
    return written.getvalue()


def in_reading_order(triples: Iterable[Triple], about: str = "") -> list[Triple]:
    """Each triple once: the thing itself first, then its fragments, then all else; types first for each subject."""

    def place(triple: Triple) -> tuple[bool, bool, str, bool, str, str]:
        subject = triple.subject.value if isinstance(triple.subject, NamedNode) else ""
        return (
            subject != about,
            not subject.startswith(f"{about}#"),
            str(triple.subject),
            triple.predicate != terms.TYPE,
            triple.predicate.value,
            str(triple.object),
        )

    return sorted(set(triples), key=place)


def used_prefixes(triples: Iterable[Triple]) -> dict[str, str]:
    """The prefixes by which something in these triples can be shortened."""
    iris = {iri for triple in triples for iri in _iris(triple)} - _SHORT
    return {prefix: space for prefix, space in terms.PREFIXES.items() if any(i.startswith(space) for i in iris)}


def _iris(triple: Triple) -> Iterator[str]:
    for node in (triple.subject, triple.predicate, triple.object):
        if isinstance(node, NamedNode):
            yield node.value
        elif isinstance(node, Literal):
            yield node.datatype.value


def _json_ld(triples: Sequence[Triple]) -> bytes:
    if any(isinstance(triple.object, Triple) for triple in triples):
        raise UnwritableError("JSON-LD cannot hold a triple that is a value", hint="ask for another syntax")
    # The compact form is for what we publish; what other data may hold besides is written in the expanded form.
    if any(map(_is_odd, triples)):
        return pyoxigraph.serialize(triples, format=RdfFormat.JSON_LD) or b""
    quads = (Quad(t.subject, t.predicate, t.object) for t in triples)
    return "".join(jsonld.document(quads)).encode()


def _is_odd(triple: Triple) -> bool:
    subject, value = triple.subject, triple.object
    if isinstance(subject, BlankNode) or isinstance(value, BlankNode):
        return True
    if triple.predicate == terms.TYPE:
        return not isinstance(value, NamedNode)
    return isinstance(value, Literal) and value.direction is not None


def _check_xml(triples: Iterable[Triple]) -> None:
    for triple in triples:
        odd = None
        if isinstance(triple.object, Triple):
            _check_xml([triple.object])
        if not _ELEMENT_NAME.search(triple.predicate.value):
            odd = f"the property <{triple.predicate.value}>"
        elif isinstance(triple.object, Literal) and (found := _NO_XML.search(triple.object.value)):
            odd = f"the character {found.group()!r}"
        if odd:
            raise UnwritableError(f"RDF/XML cannot hold {odd}", hint="ask for another syntax")
