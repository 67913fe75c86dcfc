"""The RDF merge of several graphs of a store (SPARQL 1.1 Query, section 13.2.1).

The engine by itself returns a triple once per graph of FROM that holds it. So the triples are copied to a store in
memory, each once in its default graph. Blank nodes keep their labels: within one store, equal labels are one node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import Quad

from tlevel_rdf.errors import QueryTooLargeError
from tlevel_rdf.limits import MAX_MERGED_TRIPLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import BlankNode, NamedNode


def merge(
    store: pyoxigraph.Store, default: Sequence[NamedNode | BlankNode], named: Sequence[NamedNode | BlankNode]
) -> pyoxigraph.Store:
    """Copy graphs to a store in memory, some merged into its default graph, others as named graphs.

    Args:
        store: the store of the graphs.
        default: the graphs to merge.
        named: the graphs to copy unchanged.

    Raises:
        QueryTooLargeError: they have more than `limits.MAX_MERGED_TRIPLES` together.
    """
    merged = pyoxigraph.Store()
    merged.bulk_extend(_bounded(_copied(store, default, named)))
    return merged


def _copied(
    store: pyoxigraph.Store, default: Iterable[NamedNode | BlankNode], named: Iterable[NamedNode | BlankNode]
) -> Iterator[Quad]:
    for graph in default:
        for quad in store.quads_for_pattern(None, None, None, graph):
            yield Quad(quad.subject, quad.predicate, quad.object)
    for graph in named:
        yield from store.quads_for_pattern(None, None, None, graph)


def _bounded(quads: Iterable[Quad]) -> Iterator[Quad]:
    for number, quad in enumerate(quads):
        if number == MAX_MERGED_TRIPLES:
            raise QueryTooLargeError(
                f"the graphs of the query have more than {MAX_MERGED_TRIPLES:,} triples together",
                hint="name fewer, or none for the union of all",
            )
        yield quad
