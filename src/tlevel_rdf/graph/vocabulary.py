"""The project's ontology and concept schemes as quads."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Quad

from tlevel_rdf.graph.entailment import Rules, read_rules
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The files that every release carries in `graph/vocabulary`. The alignments are not among them.
FILES: Final = (
    "progression.ttl",
    "level.ttl",
    "status.ttl",
    "mode.ttl",
    "wording.ttl",
    "readiness.ttl",
    "register-status.ttl",
)


@cache
def ontology() -> tuple[Quad, ...]:
    """Return all statements of the vocabulary and its concept schemes, as written in their files."""
    folder = shipped("ontology")
    return tuple(quad for name in FILES for quad in pyoxigraph.parse(path=folder / name))


@cache
def rules() -> Rules:
    """Return the rules of the vocabulary."""
    return read_rules(ontology())


def describe_vocabulary(graph: NamedNode) -> tuple[Quad, ...]:
    """Return the vocabulary in a named graph, with all its axioms.

    Published data has no blank nodes, so the lists and restrictions that OWL writes with them have IRIs there.
    """
    iris = _name_blank_nodes(ontology())
    return tuple(
        Quad(_named(quad.subject, iris), quad.predicate, _named(quad.object, iris), graph)  # type: ignore[arg-type]  # same kinds of nodes
        for quad in ontology()
    )


def _named(term: object, iris: dict[BlankNode, NamedNode]) -> object:
    return iris[term] if isinstance(term, BlankNode) else term


def _name_blank_nodes(quads: Iterable[Quad]) -> dict[BlankNode, NamedNode]:
    """Return an IRI for each blank node: that of its subject, and the name of the property that leads to it.

    The restriction that a T Level is at level 3 is `def/progression#TLevel-subClassOf`, and the second node of the
    property chain of progressesTo is `def/progression#progressesTo-propertyChainAxiom-rest`.
    """
    iris: dict[BlankNode, NamedNode] = {}
    uses: Counter[str] = Counter()
    for quad in quads:  # a parser states what leads to a node of a list before what leads to the next node
        if isinstance(quad.object, BlankNode):
            subject = iris[quad.subject] if isinstance(quad.subject, BlankNode) else quad.subject
            name = f"{getattr(subject, 'value', '')}-{_local_name(quad.predicate)}"
            uses[name] += 1
            iris[quad.object] = NamedNode(name if uses[name] == 1 else f"{name}-{uses[name]}")
    return iris


def _local_name(iri: NamedNode) -> str:
    return iri.value.rpartition("#")[2]
