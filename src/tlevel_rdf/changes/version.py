"""A version of the data, as comparisons read it."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tlevel_rdf.graph.canonical_quads import sort_lines, to_n_quads, to_union
from tlevel_rdf.store.base import Query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tlevel_rdf.store.embedded import EmbeddedStore


class Version(NamedTuple):
    """A version of the data.

    Attributes:
        name: the id of the release, or the path that was given.
        store: the data.
        n_quads: the sorted N-Quads of a release; None for other data, which is sorted for each comparison.
        base: the IRI that its identifiers begin with; empty if nothing states it.
    """

    name: str
    store: EmbeddedStore
    n_quads: Path | None = None
    base: str = ""

    @property
    def has_graphs(self) -> bool:
        """True if statements have named graphs, which say where they come from."""
        # To count the statements of all graphs would read the whole store.
        return self.store.select(Query("ASK { GRAPH ?graph { ?s ?p ?o } }")) is True

    @contextmanager
    def lines(self, *, with_graphs: bool) -> Iterator[Iterable[bytes]]:
        """Open the statements as sorted N-Quads: lines in the order of their bytes, each once.

        Args:
            with_graphs: False for the union of all graphs.
        """
        reduce = to_union if self.has_graphs and not with_graphs else iter
        if self.n_quads is not None:
            with self.n_quads.open("rb") as file:
                yield reduce(file)
            return
        with tempfile.TemporaryDirectory(prefix="tlevel-rdf-") as folder:
            yield reduce(sort_lines(to_n_quads(self.store.quads()), Path(folder)))
