"""The data set as queries see it: every triple once in the default graph, and the named graphs beside it.

The engine has a union of graphs of its own, but keeps a triple as often as it stands in them, so that counts come
out wrong and joins slow (SPARQL 1.1 Query, section 13.1, makes the default graph a set). So the union is stored.
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
    """A store in memory of these quads and, in its default graph, of their union."""
    store = pyoxigraph.Store()
    store.bulk_extend(_with_union(quads))
    return store


def write_union(quads: Iterable[Quad], folder: Path) -> None:
    """The same as a store on the disk, in a folder that is not there yet, with the lexical forms beside it.

    The quads are taken as they come and not held, so that there can be more of them than the memory holds.
    """
    store = pyoxigraph.Store(folder)
    store.bulk_extend(_with_union(record_lexical_forms(quads, lexical_forms_file(folder))))
    store.flush()


def _with_union(quads: Iterable[Quad]) -> Iterator[Quad]:
    return (copy for quad in quads for copy in (quad, Quad(*quad.triple)))
