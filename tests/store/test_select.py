"""Helpers for the program's own queries."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from tlevel_rdf.errors import QueryRefusedError
from tlevel_rdf.store import select
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.store.query_guard import check_query
from tlevel_rdf.store.select import select_rows, values_blocks

E = "http://e.org/"


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return EmbeddedStore.of([Quad(NamedNode(f"{E}a"), NamedNode(f"{E}p"), Literal("x", language="en"))])


def test_rows_hold_terms_and_none_where_a_variable_is_unbound(store: EmbeddedStore) -> None:
    rows = select_rows(store, "SELECT ?s ?o ?none { ?s ?p ?o }")
    assert rows == [{"s": NamedNode(f"{E}a"), "o": Literal("x", language="en"), "none": None}]


def test_no_solutions_are_no_rows(store: EmbeddedStore) -> None:
    assert select_rows(store, "SELECT * { ?s ?s ?s }") == []


def test_a_query_for_a_graph_has_no_rows(store: EmbeddedStore) -> None:
    with pytest.raises(QueryRefusedError, match="CONSTRUCT returns a graph"):
        select_rows(store, "CONSTRUCT WHERE { ?s ?p ?o }")


def test_blocks_hold_each_iri_once_and_sorted() -> None:
    assert list(values_blocks([f"{E}b", f"{E}a", f"{E}b"])) == [f"<{E}a> <{E}b>"]
    assert list(values_blocks(())) == []


def test_blocks_have_at_most_so_many_iris(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(select, "MAX_VALUES_IRIS", 2)
    assert list(values_blocks(["a:1", "a:2", "a:3"])) == ["<a:1> <a:2>", "<a:3>"]


def test_blocks_have_at_most_so_many_characters_unless_one_iri_has_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(select, "MAX_VALUES_CHARACTERS", 12)
    assert list(values_blocks(["a:1", "a:2", f"{E}long"])) == ["<a:1> <a:2>", f"<{E}long>"]


def test_the_largest_block_passes_the_query_guard() -> None:
    for block in values_blocks(f"{E}{number:0>50}" for number in range(2_000)):
        assert check_query(f"SELECT * {{ VALUES ?s {{ {block} }} ?s ?p ?o }}").size.words > 1
