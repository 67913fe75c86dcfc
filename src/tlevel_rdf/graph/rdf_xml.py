"""Graphs that RDF/XML can express, and changes that make others fit.

pyoxigraph writes properties and types as element names that XML parsers reject, or stops at some. So each property
and type is tried by itself: written as one statement, read by an XML parser and by an RDF parser.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from tlevel_rdf.errors import UnwritableError
from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_CACHED_LITERALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Characters that XML 1.0 (section 2.2) does not allow, and that pyoxigraph writes nevertheless.
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: The labels of blank nodes that are names of XML for every parser.
_NODE_ID: Final = re.compile(r"[A-Za-z_][\w.\-]*", re.ASCII)
_ANY: Final = NamedNode("http://e.org/any")
#: Stands for rdf:type where a type cannot be the name of an element, so that pyoxigraph writes a property.
_TYPE_AS_PROPERTY: Final = NamedNode(f"{terms.RDF}typeAsProperty")
_MARKED: Final = b"<rdf:typeAsProperty "


def to_writable(triples: Sequence[Triple]) -> list[Triple]:
    """Return triples that pyoxigraph can write as RDF/XML; pass the result to `finish`.

    Args:
        triples: in the order to write.

    Raises:
        UnwritableError: a property cannot be the name of an element (RDF 1.1 XML Syntax, section 6.1), or a text has a
            character that XML excludes.
    """
    for triple in triples:
        _check(triple)
    labels = _new_labels(triples)
    return [_to_writable(triple, labels) for triple in triples]


def finish(text: bytes) -> bytes:
    """Return RDF/XML as it is published, once an XML parser has accepted it.

    Raises:
        UnwritableError: the text is not well-formed XML.
    """
    text = text.replace(_MARKED, b"<rdf:type ")
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(text, True)  # noqa: FBT003 - takes no names
    except expat.ExpatError as error:
        raise UnwritableError("RDF/XML cannot express a name in this data", hint="ask for another syntax") from error
    return text


def _check(triple: Triple) -> None:
    problem = None
    if isinstance(triple.object, Triple):
        _check(triple.object)
    if not _fits(triple.predicate, _ANY):
        problem = f"the property <{triple.predicate.value}>"
    elif isinstance(triple.object, Literal) and (found := _NOT_XML.search(triple.object.value)):
        problem = f"the character {found.group()!r}"
    if problem:
        raise UnwritableError(f"RDF/XML cannot express {problem}", hint="ask for another syntax")


@lru_cache(maxsize=MAX_CACHED_LITERALS)
def _fits(predicate: NamedNode, value: NamedNode) -> bool:
    """Return True if a statement is the same after it was written and read."""
    triple = Triple(_ANY, predicate, value)
    try:
        text = pyoxigraph.serialize([triple], format=RdfFormat.RDF_XML, prefixes=terms.PREFIXES) or b""
        expat.ParserCreate(namespace_separator=" ").Parse(text, True)  # noqa: FBT003 - takes no names
        return [quad.triple for quad in pyoxigraph.parse(text, format=RdfFormat.RDF_XML)] == [triple]
    except (OSError, ValueError, SyntaxError, expat.ExpatError):
        return False


def _new_labels(triples: Iterable[Triple]) -> dict[BlankNode, BlankNode]:
    """Return names for the blank nodes whose labels are not names of XML."""
    nodes = {node for triple in triples for node in _blank_nodes(triple)}
    labels: dict[BlankNode, BlankNode] = {}
    for node in nodes:
        if not _NODE_ID.fullmatch(node.value):
            prefix = "b"
            while BlankNode(prefix + _ascii(node.value)) in nodes | set(labels.values()):
                prefix += "b"
            labels[node] = BlankNode(prefix + _ascii(node.value))
    return labels


def _ascii(label: str) -> str:
    return re.sub(r"[^\w.\-]", lambda found: f"{ord(found[0]):x}", label, flags=re.ASCII)


def _blank_nodes(triple: Triple) -> Iterable[BlankNode]:
    for node in (triple.subject, triple.object):
        if isinstance(node, BlankNode):
            yield node
        elif isinstance(node, Triple):
            yield from _blank_nodes(node)


def _to_writable(triple: Triple, labels: dict[BlankNode, BlankNode]) -> Triple:
    subject, predicate, value = triple
    if predicate == terms.TYPE and isinstance(value, NamedNode) and not _fits(predicate, value):
        predicate = _TYPE_AS_PROPERTY
    if isinstance(value, Triple):
        value = _to_writable(value, labels)
    elif isinstance(value, BlankNode):
        value = labels.get(value, value)
    if isinstance(subject, BlankNode):
        subject = labels.get(subject, subject)
    return Triple(subject, predicate, value)
