"""A store that remembers its last answers."""

from __future__ import annotations

from pyoxigraph import RdfFormat, parse

from tlevel_rdf.export import repeating_store
from tlevel_rdf.export.repeating_store import RepeatingStore
from tlevel_rdf.store.base import Query, Solutions, Syntax
from tlevel_rdf.store.embedded import EmbeddedStore

STORE = EmbeddedStore.of(parse("<x:a> <x:b> <x:c>, <x:d> .", format=RdfFormat.TURTLE))
ROWS = Query("SELECT ?o { <x:a> ?p ?o } ORDER BY ?o")


def test_the_answers_are_those_of_the_store() -> None:
    store = RepeatingStore(STORE)
    for _ in range(2):
        assert store.select(ROWS) == STORE.select(ROWS)
        assert store.select(Query("ASK {}")) is True
        assert list(store.describe(["x:a"])) == list(STORE.describe(["x:a"]))
    assert store.query(ROWS, Syntax.CSV) == STORE.query(ROWS, Syntax.CSV)
    assert store.graph_sizes() == STORE.graph_sizes()


def test_a_repeated_query_runs_once_while_it_is_among_the_last() -> None:
    store = RepeatingStore(STORE)
    first = store.select(ROWS)
    assert store.select(ROWS) is first
    for number in range(100):
        store.select(Query(f"ASK {{}} # {number}"))
    assert store.select(ROWS) is not first


def test_large_answers_are_not_kept() -> None:
    store = RepeatingStore(STORE)
    values = " ".join(map(str, range(repeating_store._MAX_ROWS + 1)))  # noqa: SLF001
    large = Query(f"SELECT ?v {{ VALUES ?v {{ {values} }} }}")
    assert isinstance(store.select(large), Solutions)
    assert store.select(large) is not store.select(large)
