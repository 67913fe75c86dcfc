"""Helpers for the queries that the program itself runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.limits import MAX_VALUES_CHARACTERS, MAX_VALUES_IRIS
from tlevel_rdf.store.base import Query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tlevel_rdf.store.base import Row, Store


def select_rows(store: Store, text: str) -> list[Row]:
    """Return the rows of a SELECT query, by variable; None where a variable is unbound."""
    result = store.select(Query(text))
    return [] if isinstance(result, bool) else result.rows


def count_graphs(store: Store) -> dict[str, int]:
    """Return the number of triples by the IRI of each named graph; under '' the number in the default graph."""
    # The filter outside the groups looks at each graph once, and not at each triple.
    text = (
        "SELECT ?graph ?n { { SELECT ?graph (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph }"
        " FILTER(isIRI(?graph)) } ORDER BY ?graph"
    )
    rows = [*select_rows(store, text), *select_rows(store, "SELECT ('' AS ?graph) (COUNT(*) AS ?n) { ?s ?p ?o }")]
    sizes = ((row["graph"], row["n"]) for row in rows)
    return {graph.value: int(n.value) for graph, n in sizes if n.value != "0"}  # type: ignore[union-attr]  # an IRI or '', and a number


def values_blocks(iris: Iterable[str]) -> Iterator[str]:
    """Yield sorted, distinct IRIs as the contents of VALUES blocks, each short enough for one query."""
    block: list[str] = []
    length = 0
    for iri in sorted(set(iris)):
        if block and (length + len(iri) > MAX_VALUES_CHARACTERS or len(block) == MAX_VALUES_IRIS):
            yield " ".join(block)
            block, length = [], 0
        block.append(f"<{iri}>")
        length += len(iri) + 3
    if block:
        yield " ".join(block)
