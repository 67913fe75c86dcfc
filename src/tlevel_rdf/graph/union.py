"""The data set as queries see it: the named graphs, and in the default graph each triple once.

Oxigraph can query the union of all graphs itself, but then repeats a triple for each graph that has it: counts come out
wrong and joins become slow (SPARQL 1.1 Query, section 13.1, makes the default graph a set). So the union is stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import Quad

from tlevel_rdf.graph.lexical_forms import lexical_forms_file, record_lexical_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def union_store(quads: Iterable[Quad]) -> pyoxigraph.Store:
    """Make a store in memory of quads and their union."""
    store = pyoxigraph.Store()
    store.bulk_extend(_with_union(quads))
    return store


def write_union(quads: Iterable[Quad], folder: Path) -> None:
    """Write a store of quads and their union to a new folder, and the lexical forms beside it.

    The store takes the quads one by one, so they need not fit in memory.
    """
    add_to_union(quads, folder)


def add_to_union(quads: Iterable[Quad], folder: Path) -> pyoxigraph.Store:
    """Add quads and their union to a store in a folder, and return it."""
    store = pyoxigraph.Store(folder)
    store.bulk_extend(_with_union(record_lexical_forms(quads, lexical_forms_file(folder))))
    store.flush()
    return store


def _with_union(quads: Iterable[Quad]) -> Iterator[Quad]:
    return (copy for quad in quads for copy in (quad, Quad(*quad.triple)))
