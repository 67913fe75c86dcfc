"""Quads → compact JSON-LD 1.1 by the package's own context.

This is the compaction of JSON-LD 1.1 API (section 5) for what we publish: no blank nodes, no lists, and a context of
prefixes and of terms with a type or language. Values that fit no term stand in full under the compact IRI. It writes
as it reads, so a dump of any size needs the memory of one subject. A test holds it against two other implementations.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad


@dataclass(frozen=True)
class Context:
    """A JSON-LD context of prefixes and terms.

    Attributes:
        document: what stands under `@context`.
        prefixes: prefix → namespace.
        names: (property, type or language or '') → term.
    """

    document: dict[str, Any]
    prefixes: dict[str, str]
    names: dict[tuple[str, str], str]

    def compact(self, iri: str) -> str:
        """An IRI with a prefix, if one fits."""
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace) and len(iri) > len(namespace) and "/" not in iri[len(namespace) :]:
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri


@cache
def context() -> Context:
    """The package's context, as it ships in `ontology/context.jsonld`."""
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


def document(quads: Iterable[Quad]) -> Iterator[str]:
    """Quads as one JSON-LD document, piece by piece.

    Args:
        quads: in the order of their graphs, and within a graph of their subjects.
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


def _joined(nodes: Iterable[dict[str, Any]]) -> Iterator[str]:
    for number, node in enumerate(nodes):
        yield (",\n" if number else "") + json.dumps(node, ensure_ascii=False)


def _nodes(quads: Iterable[Quad]) -> Iterator[dict[str, Any]]:
    for subject, of_subject in groupby(quads, attrgetter("subject")):
        yield _node(subject.value, of_subject)


def _node(subject: str, quads: Iterable[Quad]) -> dict[str, Any]:
    own = context()
    node: dict[str, Any] = {"@id": subject}
    for quad in quads:
        if quad.predicate == terms.TYPE and isinstance(quad.object, NamedNode):
            key, value = "@type", own.compact(quad.object.value)
        else:
            key, value = _entry(quad.predicate.value, quad.object)
        there = node.get(key)
        node[key] = value if there is None else [*(there if isinstance(there, list) else [there]), value]
    return node


def _entry(predicate: str, value: object) -> tuple[str, Any]:
    own = context()
    if isinstance(value, NamedNode):
        term = own.names.get((predicate, "@id"))
        return (term, value.value) if term else (own.compact(predicate), {"@id": value.value})
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
        full = {"@type": own.compact(value.datatype.value), "@value": value.value}
    return (term, value.value) if term else (own.compact(predicate), full)
