"""What may be asked: nothing that overflows the engine's stack, and everything that a patient analyst writes."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from tlevel_rdf.errors import AnswerTooLargeError, QueryRefusedError, QuerySyntaxError, QueryTooLargeError
from tlevel_rdf.limits import (
    MAX_ANSWER_BYTES,
    MAX_ANSWER_TRIPLES,
    MAX_MERGED_TRIPLES,
    MAX_QUERY_NESTING,
    MAX_QUERY_STEPS,
)
from tlevel_rdf.store import rdf_merge, results
from tlevel_rdf.store.base import Query, Syntax
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.store.query_guard import check_query

if TYPE_CHECKING:
    from collections.abc import Callable

PROLOGUE = "PREFIX : <http://e.org/>"


def query(body: str) -> str:
    return f"{PROLOGUE} SELECT * {{ {body} }}"


def chain(joint: str, link: Callable[[int], str]) -> Callable[[int], str]:
    return lambda n: joint.join(map(link, range(n)))


def nest(opening: str, middle: str, closing: str) -> Callable[[int], str]:
    return lambda n: opening * n + middle + closing * n


#: What would grow the engine's stack without bound, by the number of its parts.
GROWING: dict[str, Callable[[int], str]] = {
    "groups": nest("{", "?s ?p ?o", "}"),
    "EXISTS": nest("FILTER EXISTS {", "?s ?p ?o", "}"),
    "NOT EXISTS": nest("FILTER (!EXISTS {", "?s ?p ?o", "})"),
    "OPTIONAL": nest("?s ?p ?o OPTIONAL {", "?s ?p ?o", "}"),
    "subselects": nest("{ SELECT * {", "?s ?p ?o", "} }"),
    "calls": lambda n: f"FILTER({nest('STR(', '?o', ')')(n)})",
    "parentheses": lambda n: f"FILTER({nest('(', '?o', ')')(n)})",
    "paths": lambda n: f"?s {nest('^(', ':p', ')*')(n)} ?o",
    "collections": lambda n: f"?s :p {nest('(', '1', ')')(n)}",
    "blank nodes": lambda n: f"?s :p {nest('[ :p ', '1', ']')(n)}",
    "not": lambda n: f"FILTER({'!' * n}?o)",
    "or": lambda n: f"FILTER({chain('||', lambda _: '?o')(n)})",
    "sum": lambda n: f"FILTER({chain('+', lambda _: '?o')(n)})",
    "signed numbers": lambda n: f"FILTER(?o{'-1' * n})",
    "alternatives": lambda n: f"?s {chain('|', lambda _: ':p')(n)} ?o",
    "unions": chain("UNION", lambda _: "{}"),
    "options": chain("", lambda _: "OPTIONAL {}"),
    "minus": chain("", lambda _: "MINUS {}"),
    "bindings": chain("", lambda i: f"BIND({i} AS ?v{i})"),
    "data": chain("", lambda i: f"VALUES ?v{i} {{ {i} }}"),
    "filters": chain("", lambda i: f"FILTER(?o > {i})"),
    "patterns in a CONSTRUCT": chain(" . ", lambda i: f"?s :p{i} ?o"),
    "expressions": chain("", lambda i: f"({i} AS ?v{i})"),
    "conditions": chain("", lambda _: "(?s)"),
}
#: These cost the engine minutes to plan before they cost it its stack, so only that they are refused is tested.
PLANNED: dict[str, Callable[[int], str]] = {
    "patterns": chain(" . ", lambda i: f"?s{i} :p ?s{i + 1}"),
    "predicates": lambda n: f"?s {chain(';', lambda i: f':p{i} ?o')(n)}",
    "objects": lambda n: f"?s :p {chain(',', str)(n)}",
    "items": lambda n: f"?s :p ({chain(' ', str)(n)})",
    "true items": lambda n: f"?s :p ({chain(' ', lambda _: 'true')(n)})",
    "nil items": lambda n: f"?s :p ({chain(' ', lambda _: '()')(n)})",
    "path steps": lambda n: f"?s {chain('/', lambda _: ':p')(n)} ?o",
    "groups in a row": chain("", lambda i: f"{{ ?s :p{i} ?o }}"),
}


def growing(name: str, n: int) -> str:
    body = (GROWING | PLANNED)[name](n)
    match name:
        case "patterns in a CONSTRUCT":
            return f"{PROLOGUE} CONSTRUCT {{ {body} }} WHERE {{ ?s ?p ?o }}"
        case "expressions":
            return f"SELECT {body} {{}}"
        case "conditions":
            return f"SELECT ?s {{ ?s ?p ?o }} GROUP BY ?s HAVING {body}"
        case _:
            return query(body)


def passes(text: str) -> bool:
    try:
        check_query(text)
    except QueryRefusedError:
        return False
    return True


def largest(name: str) -> int:
    """How many parts are let through."""
    few, many = 1, 2 * MAX_QUERY_STEPS
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (middle, many) if passes(growing(name, middle)) else (few, middle)
    return few


@pytest.mark.parametrize("name", [*GROWING, *PLANNED])
def test_a_query_that_would_overflow_the_stack_is_refused(name: str) -> None:
    assert not passes(growing(name, 2 * MAX_QUERY_STEPS))


#: Half the stack of a process on Linux.
ENGINE = """
import sys, threading, pyoxigraph
def answer():
    result = pyoxigraph.Store().query(sys.stdin.read())
    for row in result: pass
threading.stack_size(4 * 2**20)
thread = threading.Thread(target=answer)
thread.start()
thread.join()
"""


@pytest.mark.parametrize("name", GROWING)
def test_the_engine_survives_the_largest_queries_that_pass(name: str) -> None:
    # In a process of its own: an overflow of the stack would end the tests.
    text = check_query(growing(name, largest(name))).text
    done = subprocess.run(
        [sys.executable, "-c", ENGINE], input=text, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "body",
    [
        "VALUES ?code { " + " ".join(f'"ST{n:04}"' for n in range(2_000)) + " }",
        "VALUES (?a ?b) { " + " ".join(f"(:a{n} {-n})" for n in range(1_500)) + " }",
        "?s ?p ?code FILTER(?code IN (" + ", ".join(f'"ST{n:04}"' for n in range(2_000)) + "))",
        " . ".join(f"?s :p{n} ?o{n}" for n in range(100)),
        "UNION".join(f"{{ ?s :p{n} ?o . ?o a :C{n} FILTER(?o > {n}) }}" for n in range(40)),
        "FILTER(" + " || ".join(f"?code = 'ST{n:04}'" for n in range(150)) + ")",
    ],
)
def test_a_long_query_of_an_analyst_passes(body: str) -> None:
    assert passes(query(body))


def test_nesting_is_counted_in_brackets_of_all_kinds() -> None:
    assert passes(query("{" * (MAX_QUERY_NESTING - 1) + "}" * (MAX_QUERY_NESTING - 1)))
    with pytest.raises(QueryRefusedError, match="nested brackets"):
        check_query(query("{ [ ( " * MAX_QUERY_NESTING))


def test_steps_cannot_hide_among_the_data_of_values() -> None:
    with pytest.raises(QuerySyntaxError, match="VALUES"):
        check_query(query("VALUES ?x { ( { ?s ?p ?o } ) }"))


@pytest.fixture(scope="module")
def numbered() -> EmbeddedStore:
    """A thousand things, of which pairs and threes make answers of any size."""
    kind, thing = pyoxigraph.NamedNode("http://e.org/kind"), pyoxigraph.NamedNode("http://e.org/Thing")
    nodes = (pyoxigraph.NamedNode(f"http://e.org/{number}") for number in range(1000))
    return EmbeddedStore.of(pyoxigraph.Quad(node, kind, thing) for node in nodes)


@pytest.mark.parametrize("syntax", [Syntax.JSON, Syntax.XML])
def test_rows_without_end_are_refused(numbered: EmbeddedStore, syntax: Syntax) -> None:
    query = Query("SELECT * { ?a ?p ?o . ?b ?q ?o . ?c ?r ?o }")
    assert query.max_bytes == MAX_ANSWER_BYTES
    with pytest.raises(AnswerTooLargeError, match="3,000,000 bytes"):
        numbered.query(replace(query, max_bytes=3_000_000), syntax)


@pytest.mark.parametrize("made", ["?a ?p ?b", "?a ?p []"])
def test_a_graph_without_end_is_refused(numbered: EmbeddedStore, made: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "MAX_ANSWER_TRIPLES", MAX_ANSWER_TRIPLES // 20)
    with pytest.raises(AnswerTooLargeError, match=f"{MAX_ANSWER_TRIPLES // 20:,} triples"):
        numbered.query(Query(f"CONSTRUCT {{ {made} }} {{ ?a ?p ?o . ?b ?q ?o }}"), Syntax.N_TRIPLES)


def test_a_graph_of_long_literals_is_refused(numbered: EmbeddedStore) -> None:
    half, long = ", ".join(["STR(?a)"] * 50), ", ".join(["?half"] * 100)
    query = f"CONSTRUCT {{ ?a ?p ?long }} {{ ?a ?p ?o BIND(CONCAT({half}) AS ?half) BIND(CONCAT({long}) AS ?long) }}"
    with pytest.raises(AnswerTooLargeError, match=f"{MAX_ANSWER_BYTES:,} bytes"):
        numbered.query(Query(query), Syntax.TURTLE)


def test_graphs_that_are_too_large_to_merge_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = MAX_MERGED_TRIPLES // 20
    monkeypatch.setattr(rdf_merge, "MAX_MERGED_TRIPLES", limit)
    graphs = [pyoxigraph.NamedNode(f"http://e.org/g{number}") for number in range(2)]
    kind = pyoxigraph.NamedNode("http://e.org/kind")
    half = limit // 2
    values = [pyoxigraph.Literal(number) for number in range(half)]
    store = EmbeddedStore.of(pyoxigraph.Quad(graph, kind, value, graph) for graph in graphs for value in values)
    count = "SELECT (COUNT(*) AS ?n) FROM <http://e.org/g0> FROM <http://e.org/g1> {} {{ ?s ?p ?o }}"
    assert store.query(Query(count.format("")), Syntax.CSV).split()[1] == str(2 * half).encode()
    with pytest.raises(QueryTooLargeError, match=f"{limit:,} triples"):
        store.query(Query(count.format("FROM NAMED <http://e.org/g0>")), Syntax.CSV)


def test_a_large_result_within_the_limits_is_returned(numbered: EmbeddedStore) -> None:
    answer = numbered.query(Query("SELECT ?a ?b { ?a ?p ?o . ?b ?q ?o }"), Syntax.CSV)
    assert answer.count(b"\n") == 1_000_001
    assert 30_000_000 < len(answer) < MAX_ANSWER_BYTES
