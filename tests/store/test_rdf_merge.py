"""The RDF merge of several graphs."""

from __future__ import annotations

import pyoxigraph
import pytest
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from tlevel_rdf.errors import QueryTooLargeError
from tlevel_rdf.store import rdf_merge
from tlevel_rdf.store.rdf_merge import merge

A, B, P = (NamedNode(f"http://e.org/{name}") for name in "abp")
G1, G2, G3 = (NamedNode(f"http://e.org/g{number}") for number in (1, 2, 3))
NODE = BlankNode("node")


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.extend([Quad(A, P, B, G1), Quad(A, P, B, G2), Quad(A, P, NODE, G1), Quad(NODE, P, B, G2), Quad(B, P, A, G3)])
    return store


def test_a_triple_of_several_graphs_is_once_in_the_merge(store: pyoxigraph.Store) -> None:
    merged = merge(store, [G1, G2], [])
    assert {quad.graph_name for quad in merged} == {DefaultGraph()}
    assert {quad.triple for quad in merged} == {Triple(A, P, B), Triple(A, P, NODE), Triple(NODE, P, B)}
    assert len(merged) == 3


def test_named_graphs_are_copied_unchanged_and_others_left_out(store: pyoxigraph.Store) -> None:
    assert {*merge(store, [], [G3])} == {Quad(B, P, A, G3)}


def test_the_number_of_triples_is_bounded(store: pyoxigraph.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdf_merge, "MAX_MERGED_TRIPLES", 4)
    assert len(merge(store, [G1, G2], [])) == 3
    with pytest.raises(QueryTooLargeError, match="more than 4 triples"):
        merge(store, [G1, G2], [G3])
