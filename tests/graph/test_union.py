"""Stores with the named graphs, and in the default graph each triple once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from tlevel_rdf.graph.lexical_forms import lexical_forms_file
from tlevel_rdf.graph.union import union_store, write_union

if TYPE_CHECKING:
    from pathlib import Path

A, P, G, H = (NamedNode(f"https://example.org/{name}") for name in "apgh")
QUADS = [Quad(A, P, A, G), Quad(A, P, A, H)]
UNION = {*QUADS, Quad(A, P, A)}


def test_a_triple_of_two_graphs_is_in_the_default_graph_once() -> None:
    assert set(union_store(QUADS)) == UNION


def test_a_store_on_disk_has_the_same_quads(tmp_path: Path) -> None:
    write_union(iter(QUADS), tmp_path / "store")
    assert set(pyoxigraph.Store.read_only(str(tmp_path / "store"))) == UNION
    assert not lexical_forms_file(tmp_path / "store").exists()


def test_the_lexical_forms_are_beside_the_store(tmp_path: Path) -> None:
    number = Literal("007", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    write_union([Quad(A, P, number)], tmp_path / "store")
    assert lexical_forms_file(tmp_path / "store").is_file()
