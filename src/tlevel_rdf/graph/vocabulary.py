"""The project's ontology and concept schemes as quads."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import BlankNode, Quad

from tlevel_rdf.graph.entailment import Rules, read_rules
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

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
    """Return the vocabulary in a named graph.

    Published data has no blank nodes. The lists and restrictions that OWL writes with them remain in the ontology's own
    file; labels, definitions, domains, ranges and concept schemes are published.
    """
    return tuple(
        Quad(quad.subject, quad.predicate, quad.object, graph)
        for quad in ontology()
        if not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode)
    )
