"""Graphs in the syntaxes of RDF, easy to read, and with the same bytes for the same graph.

`serialize_graph` is for graphs that fit in memory: descriptions, results, the ontology and the report. Dumps are
written line by line and use the formatters below, since pyoxigraph writes prefixes in the order of a hash table and
no empty lines between blocks.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple

from tlevel_rdf.errors import UnwritableError
from tlevel_rdf.graph import jsonld, rdf_xml, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Bytes of a line of Turtle from which each object has a line of its own.
_LONG_LINE: Final = 120
_STRING_OR_COMMA: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"| , ')
_XML_NAMESPACES: Final = re.compile(rb' xmlns:[^ >]+="[^"]*"')
#: IRIs for which Turtle has a shorter form than a prefixed name: `a`, `"text"`, `"text"@en`, `3`.
_ABBREVIATED: Final = {terms.TYPE.value, f"{terms.RDF}langString"} | {
    f"{terms.XSD}{name}" for name in ("string", "integer", "decimal", "boolean")
}


def serialize_graph(triples: Iterable[Triple], syntax: RdfFormat, *, about: str = "", base: str = "") -> bytes:
    """Write a graph in a syntax, with the prefixes that it uses.

    Args:
        triples: the graph, in any order.
        syntax: Turtle, N-Triples, RDF/XML or JSON-LD.
        about: the IRI of the thing to put first.
        base: the IRI that the identifiers of the data begin with, for a prefix of its own in Turtle.

    Raises:
        UnwritableError: the syntax cannot express one of the triples. RDF/XML cannot express some properties (RDF 1.1
            XML Syntax, section 6.1), and JSON-LD 1.1 no quoted triple (RDF 1.2 Concepts, section 3.1).
    """
    ordered = sort_for_reading(triples, about)
    try:
        return _write(ordered, syntax, base)
    except (OSError, ValueError, RuntimeError) as error:
        raise UnwritableError(f"{syntax.name} cannot express this data", hint="ask for another syntax") from error


def serialize_thing(triples: Iterable[Triple], syntax: RdfFormat, *, about: str, base: str) -> bytes:
    """Write the graph about one thing: as JSON-LD framed around it, else as `serialize_graph` does.

    Args:
        triples: the graph, in any order.
        syntax: Turtle, N-Triples, RDF/XML or JSON-LD.
        about: the IRI of the thing.
        base: the IRI that the identifiers of the data begin with.

    Raises:
        UnwritableError: as for `serialize_graph`.
    """
    ordered = sort_for_reading(triples, about)
    is_described = bool(ordered) and ordered[0].subject == NamedNode(about)
    if syntax == RdfFormat.JSON_LD and is_described and not any(map(_needs_expanded_form, ordered)):
        return jsonld.to_framed_json_ld(ordered, about).encode()
    return serialize_graph(ordered, syntax, about=about, base=base)


def _write(ordered: list[Triple], syntax: RdfFormat, base: str) -> bytes:
    if syntax == RdfFormat.JSON_LD:
        return _to_json_ld(ordered)
    if syntax not in FORMATTERS:
        return pyoxigraph.serialize(ordered, format=syntax) or b""
    file = BytesIO()
    if syntax == RdfFormat.RDF_XML:
        write_formatted(rdf_xml.to_writable(ordered), file, syntax, used_prefixes(ordered))
        return rdf_xml.finish(file.getvalue())
    write_formatted(ordered, file, syntax, used_prefixes(ordered, base))
    return file.getvalue()


def write_formatted(
    statements: Iterable[Triple] | Iterable[Quad], file: BinaryIO, syntax: RdfFormat, prefixes: dict[str, str]
) -> None:
    """Write statements in Turtle, TriG or RDF/XML, in the order given.

    Args:
        statements: sorted by graph and subject.
        file: receives the text piece by piece.
        syntax: a key of `FORMATTERS`.
        prefixes: prefix → namespace.
    """
    formatter = FORMATTERS[syntax](file)
    pyoxigraph.serialize(statements, formatter, syntax, prefixes=prefixes)  # type: ignore[arg-type]  # needs only write and flush


class TurtleFormatter:
    """Makes pyoxigraph's Turtle and TriG easy to read.

    It sorts the prefixes, puts an empty line before each block and, where a list of objects makes a line long, each
    object on a line of its own. pyoxigraph writes a subject or a predicate at the start of each line and escapes line
    breaks in literals, so a line never begins within a literal.

    Args:
        file: receives the text.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._rest = b""
        self._is_in_graph = False
        self._prefixes: list[bytes] | None = []

    def write(self, data: bytes) -> int:
        """Receive the next piece of the text."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._write_line(line)
        return len(data)

    def flush(self) -> None:
        """Do nothing: pyoxigraph calls this method, but only an unfinished line is still held."""

    def _write_line(self, line: bytes) -> None:
        if self._prefixes is not None:
            if line.startswith(b"@prefix"):
                self._prefixes.append(line + b"\n")
                return
            self._file.writelines(sorted(self._prefixes))
            self._prefixes = None
        depth = len(line) - len(line.lstrip(b"\t"))
        is_subject = line[:1] not in {b"", b"}"} and depth == int(self._is_in_graph)
        if depth == 0 and line[-1:] in {b"{", b"}"}:
            self._is_in_graph = line.endswith(b"{")
        wrapped = _wrapped(line, depth, is_subject=is_subject)
        self._file.write((b"\n" if is_subject else b"") + wrapped + b"\n")


def _wrapped(line: bytes, depth: int, *, is_subject: bool) -> bytes:
    """Return a line of Turtle with each object on a line of its own, if it is long and has several.

    Args:
        line: a subject, a predicate and objects, or a predicate and objects.
        depth: the number of tabs before it.
        is_subject: True if it begins with a subject.
    """
    if len(line) <= _LONG_LINE or b" , " not in line:
        return line
    ends = [found.start() for found in _STRING_OR_COMMA.finditer(line) if found[0] == b" , "]
    starts = [0, *(end + 3 for end in ends)]
    first, *others = [line[start:end] for start, end in zip(starts, [*ends, len(line)], strict=True)]
    if not others:
        return line
    *head, value = first[depth:].split(b" ", 2 if is_subject else 1)
    indent = b"\n" + b"\t" * (depth + 1 + is_subject)
    return b"\t" * depth + b" ".join(head) + indent + (b" ," + indent).join([value, *others])


class XmlFormatter:
    """Sorts the namespaces of pyoxigraph's RDF/XML.

    Args:
        file: receives the text.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._head: bytes | None = b""

    def write(self, data: bytes) -> int:
        """Receive the next piece of the text."""
        if self._head is None:
            self._file.write(data)
            return len(data)
        self._head += data
        begin = self._head.find(b"<rdf:RDF")
        end = self._head.find(b">", begin)
        if begin >= 0 and end >= 0:
            root = self._head[begin:end]
            tag = _XML_NAMESPACES.sub(b"", root) + b"".join(sorted(set(_XML_NAMESPACES.findall(root))))
            self._file.write(self._head[:begin] + tag + self._head[end:])
            self._head = None
        return len(data)

    def flush(self) -> None:
        """Do nothing: pyoxigraph calls this method, but nothing is held after the root element."""


#: The syntaxes that need a formatter.
FORMATTERS: Final[dict[RdfFormat, type[TurtleFormatter | XmlFormatter]]] = {
    RdfFormat.TURTLE: TurtleFormatter,
    RdfFormat.TRIG: TurtleFormatter,
    RdfFormat.RDF_XML: XmlFormatter,
}


def sort_for_reading(triples: Iterable[Triple], about: str = "") -> list[Triple]:
    """Sort triples and drop repeated ones: first the thing itself, then its fragments; types first in each block."""

    def key(triple: Triple) -> tuple[bool, bool, str, bool, str, str]:
        subject = triple.subject.value if isinstance(triple.subject, NamedNode) else ""
        return (
            subject != about,
            not subject.startswith(f"{about}#"),
            str(triple.subject),
            triple.predicate != terms.TYPE,
            triple.predicate.value,
            str(triple.object),
        )

    return sorted(set(triples), key=key)


def prefixes_of(base: str) -> dict[str, str]:
    """Return the prefixes for data under a base: `id` for its things, if there is a base, and those of vocabularies."""
    return {**({"id": f"{base}id/"} if base else {}), **terms.PREFIXES}


def used_prefixes(triples: Iterable[Triple], base: str = "") -> dict[str, str]:
    """Return the prefixes that shorten an IRI of these triples; see `prefixes_of`."""
    iris = {iri for triple in triples for iri in _iris(triple)} - _ABBREVIATED
    return {prefix: space for prefix, space in prefixes_of(base).items() if any(i.startswith(space) for i in iris)}


def _iris(triple: Triple) -> Iterator[str]:
    for node in (triple.subject, triple.predicate, triple.object):
        if isinstance(node, NamedNode):
            yield node.value
        elif isinstance(node, Literal):
            yield node.datatype.value


def _to_json_ld(triples: Sequence[Triple]) -> bytes:
    if any(isinstance(triple.object, Triple) for triple in triples):
        raise UnwritableError("JSON-LD cannot express a quoted triple", hint="ask for another syntax")
    # The compact form is for the data that this package publishes. Other data may need the expanded form.
    if any(map(_needs_expanded_form, triples)):
        return pyoxigraph.serialize(triples, format=RdfFormat.JSON_LD) or b""
    quads = (Quad(t.subject, t.predicate, t.object) for t in triples)
    return "".join(jsonld.to_json_ld(quads)).encode()


def _needs_expanded_form(triple: Triple) -> bool:
    subject, value = triple.subject, triple.object
    if isinstance(subject, BlankNode) or isinstance(value, BlankNode | Triple):
        return True
    if triple.predicate == terms.TYPE:
        return not isinstance(value, NamedNode)
    return isinstance(value, Literal) and value.direction is not None
