"""Compact JSON-LD 1.1, written with the package's own context.

This module implements the compaction of JSON-LD 1.1 API (section 5) for data without blank nodes and lists, and for a
context of prefixes and of terms with a type or language. A value that fits no term is written in full, under the
compact IRI of its property. Memory holds one subject at a time. Tests compare the output with two other
implementations.
"""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from tlevel_rdf.graph import terms
from tlevel_rdf.namespaces import DEFINITIONS
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

#: The address of the package's context, at which each of its sites serves it.
CONTEXT_ADDRESS: Final = f"{DEFINITIONS}context.jsonld"
_TYPE: Final = terms.TYPE.value


@dataclass(frozen=True)
class Context:
    """A JSON-LD context of prefixes and terms.

    Attributes:
        document: the value of `@context`.
        prefixes: prefix → namespace.
        names: (property, datatype or @language) → term.
    """

    document: dict[str, Any]
    prefixes: dict[str, str]
    names: dict[tuple[str, str], str]

    @cached_property
    def references(self) -> frozenset[str]:
        """The terms whose values are IRIs."""
        return frozenset(term for (_, kind), term in self.names.items() if kind == "@id")


@cache
def context() -> Context:
    """Return the package's context, `ontology/context.jsonld`."""
    document = json.loads((shipped("ontology") / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    plain = {key: value for key, value in document.items() if isinstance(value, str) and not key.startswith("@")}
    prefixes = {key: value for key, value in plain.items() if value[-1] in "#/"}

    def full(name: str) -> str:
        prefix, _, local = name.partition(":")
        return prefixes.get(prefix, f"{prefix}:") + local

    names = {}
    for term, value in document.items():
        if isinstance(value, dict):
            coercion = value.get("@type") or "@" + (value.get("@language") or "")
            names[full(value["@id"]), coercion if coercion.startswith("@") else full(coercion)] = term
    return Context(document, prefixes, names)


@lru_cache(maxsize=4096)
def _compact(iri: str) -> str:
    """Shorten an IRI with a prefix, if one fits."""
    for prefix, namespace in context().prefixes.items():
        if iri.startswith(namespace) and len(iri) > len(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def to_json_ld(quads: Iterable[Quad]) -> Iterator[str]:
    """Yield the pieces of one JSON-LD document.

    Args:
        quads: sorted by graph, and by subject within a graph.
    """
    yield '{"@context": ' + json.dumps(context().document, ensure_ascii=False) + ',\n "@graph": [\n'
    first = True
    for graph, of_graph in groupby(quads, attrgetter("graph_name")):
        lead = "" if first else ",\n"
        first = False
        nodes = _nodes(of_graph)
        if isinstance(graph, DefaultGraph):
            yield lead
            yield from _joined(nodes)
        else:
            yield f'{lead}{{"@id": {json.dumps(graph.value, ensure_ascii=False)}, "@graph": [\n'
            yield from _joined(nodes)
            yield "\n]}"
    yield "\n]}\n"


def to_framed_json_ld(triples: Iterable[Triple], about: str) -> str:
    """Return one thing as JSON-LD, with each other thing inside the first that refers to it.

    Its context is the address of the published one. Things that nothing refers to are under `@included`.

    Args:
        triples: sorted by subject.
        about: the IRI of the thing, a subject of them.
    """
    nodes = {node["@id"]: node for node in _nodes(Quad(*triple) for triple in triples)}
    main = nodes.pop(about)
    waiting = deque([main])
    while waiting:
        node = waiting.popleft()
        for key, value in node.items():
            values = value if isinstance(value, list) else [value]
            embedded = [nodes.pop(iri) if (iri := _referred(key, each)) in nodes else each for each in values]
            waiting.extend(new for new, old in zip(embedded, values, strict=True) if new is not old)
            node[key] = embedded if isinstance(value, list) else embedded[0]
    included = {"@included": list(nodes.values())} if nodes else {}
    return json.dumps({"@context": CONTEXT_ADDRESS, **main, **included}, ensure_ascii=False, indent=1) + "\n"


def _referred(key: str, value: Any) -> str:
    """Return the IRI that an entry of a node refers to; empty for a literal, an identifier or a type."""
    if isinstance(value, dict):
        return str(value["@id"]) if value.keys() == {"@id"} else ""
    return str(value) if key in context().references else ""


def _joined(nodes: Iterable[dict[str, Any]]) -> Iterator[str]:
    for number, node in enumerate(nodes):
        yield (",\n" if number else "") + json.dumps(node, ensure_ascii=False)


def _nodes(quads: Iterable[Quad]) -> Iterator[dict[str, Any]]:
    for subject, of_subject in groupby(quads, attrgetter("subject")):
        yield _node(subject.value, of_subject)


def _node(subject: str, quads: Iterable[Quad]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": subject}
    for quad in quads:
        predicate, object_ = quad.predicate.value, quad.object
        if predicate == _TYPE and isinstance(object_, NamedNode):
            key, value = "@type", _compact(object_.value)
        else:
            key, value = _entry(predicate, object_)
        present = node.get(key)
        node[key] = value if present is None else [*(present if isinstance(present, list) else [present]), value]
    return node


def _entry(predicate: str, value: object) -> tuple[str, Any]:
    own = context()
    if isinstance(value, NamedNode):
        term = own.names.get((predicate, "@id"))
        return (term, value.value) if term else (_compact(predicate), {"@id": value.value})
    if not isinstance(value, Literal):
        raise TypeError(f"{value} is neither an IRI nor a literal")
    if value.language:
        term = own.names.get((predicate, f"@{value.language}"))
        full = {"@language": value.language, "@value": value.value}
    elif value.datatype.value == f"{terms.XSD}string":
        term = own.names.get((predicate, "@"))
        full = {"@value": value.value}
    else:
        term = own.names.get((predicate, value.datatype.value))
        full = {"@type": _compact(value.datatype.value), "@value": value.value}
    return (term, value.value) if term else (_compact(predicate), full)
