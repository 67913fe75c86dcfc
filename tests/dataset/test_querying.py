"""Queries as people name them, and results as people read them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from tlevel_rdf.dataset.querying import FORMATS, default_values, query_text, read_table, readable_table, run_query
from tlevel_rdf.errors import QueryRefusedError, SettingError, UnknownNameError, UnreadableInputError
from tlevel_rdf.graph import terms
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.store.example_queries import example_query

if TYPE_CHECKING:
    from pathlib import Path

DATA = """
@prefix : <http://e.org/> .
:a :p "x, y"@en ; :q 1 ; :r _:node .
:s :says <<( :a :p :b )>> .
"""
GRAPH = "CONSTRUCT { ?s ?p ?o } { ?s <http://e.org/q> ?o BIND(<http://e.org/p> AS ?p) }"


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return EmbeddedStore.of(parse(DATA, format=RdfFormat.TURTLE))


def test_sparql_is_itself() -> None:
    assert query_text("ASK {}", {}) == "ASK {}"
    assert query_text("DESCRIBE <http://e.org/a>", {}) == "DESCRIBE <http://e.org/a>"


def test_a_query_is_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "é.rq").write_text("ASK { ?é ?p ?o }", encoding="utf-8")
    assert query_text(str(tmp_path / "é.rq"), {}) == "ASK { ?é ?p ?o }"


@pytest.mark.parametrize("data", [None, b"\xff"])
def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path, data: bytes | None) -> None:
    if data is not None:
        (tmp_path / "q.rq").write_bytes(data)
    with pytest.raises(UnreadableInputError, match=r"q\.rq cannot be read"):
        query_text(str(tmp_path / "q.rq"), {})


def test_an_example_query_has_its_values() -> None:
    text = query_text("degrees-after-t-level", {"t_level": ["Finance"]})
    assert '"Finance"@en' in text
    assert query_text("degrees-after-t-level", {}) == example_query("degrees-after-t-level").text


@pytest.mark.parametrize(
    ("query", "values", "error"),
    [
        ("degree-after-t-level", {}, UnknownNameError),
        ("degrees-after-t-level", {"tlevel": ["x"]}, UnknownNameError),
        ("levels-without-options", {"level": ["x"]}, (SettingError, UnknownNameError)),
        ("ASK {}", {"level": ["4"]}, UnknownNameError),
    ],
)
def test_unknown_names_and_values_are_errors(
    query: str, values: dict[str, list[str]], error: type[Exception] | tuple[type[Exception], ...]
) -> None:
    with pytest.raises(error):
        query_text(query, values)


def test_the_defaults_of_parameters_without_values_are_known() -> None:
    assert default_values("degrees-after-t-level", {}) == {"t_level": "Healthcare Science"}
    assert default_values("degrees-after-t-level", {"t_level": ["Finance"]}) == {}
    assert default_values("ASK {}", {}) == {}


def test_a_table_has_text_and_no_entry_where_nothing_is_bound(store: EmbeddedStore) -> None:
    table = read_table(store, 'SELECT ?o ?none { ?s ?p ?o FILTER(!isBlank(?o)) FILTER(!STRENDS(STR(?p), "says")) }')
    assert table.columns == ("o", "none")
    assert sorted(row["o"] for row in table.rows) == ["1", "x, y"]
    assert all("none" not in row for row in table.rows)


def test_a_table_writes_blank_nodes_and_triples_as_csv_does(store: EmbeddedStore) -> None:
    [node] = read_table(store, "SELECT ?o { ?s <http://e.org/r> ?o }").rows
    assert node["o"].startswith("_:")
    [triple] = read_table(store, "SELECT ?o { ?s <http://e.org/says> ?o }").rows
    assert triple["o"] == "http://e.org/a http://e.org/p http://e.org/b"


def test_an_empty_table_keeps_its_columns(store: EmbeddedStore) -> None:
    assert read_table(store, "SELECT ?b ?a { ?a ?a ?b }") == (("b", "a"), [])


@pytest.mark.parametrize(("pattern", "answer"), [("?s ?p ?o", "yes"), ("?s ?s ?s", "no")])
def test_a_truth_value_is_a_table_of_one_row(store: EmbeddedStore, pattern: str, answer: str) -> None:
    assert read_table(store, f"ASK {{ {pattern} }}") == (("answer",), [{"answer": answer}])


def test_a_graph_is_no_table(store: EmbeddedStore) -> None:
    with pytest.raises(QueryRefusedError, match="CONSTRUCT returns a graph"):
        read_table(store, GRAPH)


def test_rows_are_csv_and_graphs_turtle_unless_another_format_is_named(store: EmbeddedStore) -> None:
    assert run_query(store, "SELECT ?o { ?s <http://e.org/q> ?o }", "") == b"o\r\n1\r\n"
    assert b"<http://e.org/a> <http://e.org/p> 1" in run_query(store, GRAPH, "")
    assert json.loads(run_query(store, "ASK {}", "json"))["boolean"] is True


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_for_rows_or_for_graphs(store: EmbeddedStore, name: str) -> None:
    suitable, other = ("ASK {}", GRAPH)[:: -1 if FORMATS[name].is_graph else 1]
    assert run_query(store, suitable, name)
    with pytest.raises(QueryRefusedError, match="cannot be written as"):
        run_query(store, other, name)


def test_an_unknown_format_is_an_error_with_the_known_ones(store: EmbeddedStore) -> None:
    with pytest.raises(QueryRefusedError, match=r"no format 'doc'.*jsonld"):
        run_query(store, "ASK {}", "doc")


def test_a_table_for_people_has_days_and_yes_or_no(store: EmbeddedStore) -> None:
    text = """
        PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        SELECT ?day ?open ?name ?thing ?none {
          BIND("2026-11-30"^^xsd:date AS ?day) BIND(true AS ?open) BIND("x"@en AS ?name) BIND(<http://e.org/> AS ?thing)
        }
    """
    [row] = readable_table(store, text).rows
    assert row == {"day": "30 November 2026", "open": "yes", "name": "x", "thing": "http://e.org/"}
    assert read_table(store, text).rows[0]["open"] == "true"
    assert readable_table(store, "ASK {}").rows == [{"answer": "yes"}]


def test_a_table_for_people_has_the_title_of_a_thing_before_its_iri() -> None:
    store = EmbeddedStore.of(parse(f'<x:a> a <{terms.TLP}TLevel> ; <{terms.SKOS}prefLabel> "A" .', RdfFormat.TURTLE))
    [row] = readable_table(store, "SELECT ?t ?type { ?t a ?type }").rows
    assert row == {"t": "A <x:a>", "type": f"T Level <{terms.TLP}TLevel>"}
