"""The ontology's own files → quads."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import BlankNode, Quad

from tlevel_rdf.graph.entailment import Rules, rules_of
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

#: The files whose statements every release carries in `graph/vocabulary`; alignments stay apart.
FILES: Final = ("progression.ttl", "level.ttl", "status.ttl", "mode.ttl")


@cache
def ontology() -> tuple[Quad, ...]:
    """All statements of the vocabulary and its concept schemes, as they stand in their files."""
    folder = shipped("ontology")
    return tuple(quad for name in FILES for quad in pyoxigraph.parse(path=folder / name))


@cache
def rules() -> Rules:
    """The rules of the vocabulary."""
    return rules_of(ontology())


def describe_vocabulary(graph: NamedNode) -> tuple[Quad, ...]:
    """The vocabulary in a named graph.

    Published data has no blank nodes, so the lists and restrictions that OWL can write only with them stay in the
    ontology's own file; labels, definitions, domains, ranges and the schemes are here.
    """
    return tuple(
        Quad(quad.subject, quad.predicate, quad.object, graph)
        for quad in ontology()
        if not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode)
    )
