"""Versions of the data as sorted lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad

from tlevel_rdf.changes.version import Version
from tlevel_rdf.graph.canonical_quads import to_n_quads
from tlevel_rdf.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from pathlib import Path

NODE = NamedNode("x:a")
WITH_GRAPH = Quad(NODE, NODE, NODE, NamedNode("x:g"))
WITHOUT = Quad(NODE, NODE, NODE, DefaultGraph())


def lines(version: Version, *, with_graphs: bool) -> list[bytes]:
    with version.lines(with_graphs=with_graphs) as opened:
        return [*opened]


def test_the_lines_are_those_of_the_store_with_or_without_graphs() -> None:
    version = Version("a", EmbeddedStore.of([WITH_GRAPH]))
    assert version.has_graphs
    assert lines(version, with_graphs=True) == [*to_n_quads([WITH_GRAPH])]
    assert lines(version, with_graphs=False) == [*to_n_quads([WITHOUT])]


def test_data_without_graphs_has_the_lines_of_the_default_graph() -> None:
    version = Version("a", EmbeddedStore.of([WITHOUT]))
    assert not version.has_graphs
    assert lines(version, with_graphs=True) == lines(version, with_graphs=False) == [*to_n_quads([WITHOUT])]


def test_the_dump_of_a_release_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_bytes(b"".join(to_n_quads([WITH_GRAPH])))
    version = Version("a", EmbeddedStore.of([WITH_GRAPH]), tmp_path / "a.nq")
    assert lines(version, with_graphs=False) == [*to_n_quads([WITHOUT])]
