"""The data set as queries see it: every triple once in the default graph, and the named graphs beside it.

The engine has a union of graphs of its own, but keeps a triple as often as it stands in them, so that counts come
out wrong and joins slow (SPARQL 1.1 Query, section 13.1, makes the default graph a set). So the union is stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import Quad

if TYPE_CHECKING:
    from collections.abc import Iterable


def union_store(quads: Iterable[Quad]) -> pyoxigraph.Store:
    """A store in memory of these quads and, in its default graph, of their union."""
    store = pyoxigraph.Store()
    store.bulk_extend(copy for quad in quads for copy in (quad, Quad(*quad.triple)))
    return store
