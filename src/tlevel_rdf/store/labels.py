"""Labels of things in a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.labels import LABELS
from tlevel_rdf.store.select import select_rows, values_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.store.base import Store

#: The properties by which pages and documents name a thing that they mention.
LABELS_AND_TYPE: Final = (*LABELS, terms.TYPE)


def labels_and_types(store: Store, iris: Iterable[str]) -> tuple[Triple, ...]:
    """Return the labels and types that the data states for things."""
    # With a second VALUES in place of the filter, the engine would join it with every label of the data.
    properties = ", ".join(map(str, LABELS_AND_TYPE))
    return tuple(
        Triple(row["s"], row["p"], row["o"])  # type: ignore[arg-type]  # by their places in the query
        for values in values_blocks(iris)
        for row in select_rows(
            store, f"SELECT DISTINCT ?s ?p ?o {{ VALUES ?s {{ {values} }} ?s ?p ?o FILTER(?p IN ({properties})) }}"
        )
    )
