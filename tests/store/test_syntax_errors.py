"""Where a query is wrong: the line and column of the token at fault, and a reason that names it."""

from __future__ import annotations

import pytest

from tests.timing import takes_less_than
from tlevel_rdf.errors import QuerySyntaxError
from tlevel_rdf.store.base import Query, Syntax
from tlevel_rdf.store.embedded import EmbeddedStore

NOTHING = EmbeddedStore.of(())


def message_of(text: str, base: str = "") -> str:
    with pytest.raises(QuerySyntaxError) as caught:
        NOTHING.query(Query(text, base=base), Syntax.JSON)
    return caught.value.message


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        # Where the query goes on, and where it ends soon after.
        ("SELECT * {FILTER(?x >) }", 1, 22, "unexpected )"),
        ("SELECT * {\n ?s ?p ?o .\n FILTER(?o > )\n ?s ?q ?r . }", 3, 14, "unexpected )"),
        ("SELECT * {\n ?s ?p .\n ?s ?q ?r\n}", 2, 8, "unexpected ."),
        ("SELECT * {\n  ?s ?p }", 2, 9, "unexpected }"),
        ("SELECT * { ?s ?p ?o ?q }", 1, 21, "unexpected ?q"),
        ("SELECT * { ?s ?p 1 2 }", 1, 20, "unexpected 2"),
        ("ASK { ?s 'p' ?o }", 1, 10, "unexpected 'p'"),
        ("SELECT (1 ?x) {}", 1, 11, "unexpected ?x"),
        ("SELECT (STRLEN() AS ?x) {}", 1, 16, "unexpected )"),
        ("SELECT * { ?s ?p ?o } LIMIT -1", 1, 29, "unexpected -"),
        ("SELECT * {} SELECT * {}", 1, 13, "unexpected SELECT"),
        ("ASK { ?s ?p 'a\\u0062', ?o ?q }", 1, 22, "unexpected ?q"),
        ("ASK { ?s ?p '''🎓\n''', '🎓' ?q }", 2, 10, "unexpected ?q"),
        ("PREFIX service: <a:b> ASK { service:x service:y service:z 1 }", 1, 59, "unexpected 1"),
        # What is missing.
        ("SELECT * {\n ?s ?p ?o\n\n", 2, 10, "the query ends too early"),
        ("SELECT * {", 1, 11, "the query ends too early"),
        ("SELECT ?a WHERE ?s", 1, 17, "'{' is missing here"),
        ("SELECT (COUNT(* AS ?x) {}", 1, 17, "')' is missing here"),
        # What the grammar says in words.
        ("SELECT * {\n ?s ?p ?o .\n BIND(1 AS ?s)\n}", 3, 12, "BIND gives ?s a value, but it already has one"),
        ("ASK { {BIND(1 AS $a) BIND(2 AS ?a)} ?s ?p ?o }", 1, 32, "BIND gives ?a a value, but it already has one"),
        ("ASK { ?a ?p ?o { BIND(1 AS ?a) } BIND(2 AS ?p) ?a ?b ?c }", 1, 44, "BIND gives ?p a value"),
        ("ASK { _:a ?p ?o { _:a ?q ?r } }", 1, 19, "_:a is also in another group"),
        ("ASK {VALUES (?a ?b) {(1)} }", 1, 25, "The VALUES clause rows should have exactly the same number"),
        ("SELECT ?o (COUNT(*) AS ?c)\n{ ?s ?p ?o }\nGROUP BY ?s", 1, 8, "?o is neither in GROUP BY nor in an aggr"),
        ("SELECT $s ?x (COUNT(*) AS ?n) { ?x ?p ?s } GROUP BY ?s LIMIT 1", 1, 11, "?x is neither in GROUP BY"),
        ("SELECT (?o + 1 AS ?x) { ?s ?p ?o }\nGROUP BY ?s", 1, 1, "The SELECT contains an expression with a var"),
        ("# c\nSELECT (1 AS ?a)\n(2 AS ?a) {}", 2, 1, "Duplicated variable name in SELECT"),
        ("SELECT * { ?s ?p ?o }\nGROUP BY ?s", 1, 1, "SELECT * is not authorized with GROUP BY"),
    ],
)
def test_a_syntax_error_has_its_place_and_reason(text: str, line: int, column: int, reason: str) -> None:
    assert message_of(text).startswith(f"line {line}, column {column}: {reason}")


def test_a_relative_iri_is_no_error_if_there_is_a_base() -> None:
    assert message_of("ASK { <a> <b> }", "http://e.org/").startswith("line 1, column 15: unexpected }")


def test_the_error_of_a_long_query_is_located_quickly() -> None:
    values = " ".join(f'"ST{n:04}"' for n in range(9_000))
    query = f"SELECT * {{ VALUES ?x {{ {values} }} ?s ?p }}"
    assert "column" in message_of(query)
    assert takes_less_than(2, lambda: message_of(query))
