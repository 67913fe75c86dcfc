"""The columns of `SELECT *` come in the order in which the query names them, and are those that the engine finds."""

from __future__ import annotations

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from tlevel_rdf.errors import QuerySyntaxError
from tlevel_rdf.store.base import Query, Syntax
from tlevel_rdf.store.embedded import EmbeddedStore

DATA = """
@prefix e: <http://e.org/> .
e:a e:p e:b .
e:b e:p e:c , "c" .
e:g { e:a e:q e:b }
"""


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return EmbeddedStore.of(pyoxigraph.parse(DATA, format=RdfFormat.TRIG))


def table(store: EmbeddedStore, query: str) -> list[str]:
    return store.query(Query(query, base="http://e.org/"), Syntax.TSV).decode().splitlines()


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?s ?p ?o }", "?s ?p ?o"),
        ("select*where{?z ?y ?x}", "?z ?y ?x"),
        ("SELECT DISTINCT*WHERE { ?z ?y ?x }", "?z ?y ?x"),
        (
            "PREFIX s: <x:> BASE <http://e.org/> SELECT REDUCED # ?a *\n*{ ?z <p> ?x OPTIONAL { ?x ?w ?v } }",
            "?z ?x ?w ?v",
        ),
        ("SELECT * FROM <g> { ?s ?p ?o }", "?s ?p ?o"),
        ("SELECT * FROM <g> FROM <h> { ?s ?p ?o }", "?s ?p ?o"),
        ("SELECT * FROM NAMED <g> { GRAPH ?h { ?s ?p ?o } }", "?h ?s ?p ?o"),
        # What cannot be seen is no column.
        ("SELECT * { { SELECT ?s { ?s ?b ?c } } ?s ?p ?a FILTER(?z || true) MINUS { ?s ?y 1 } }", "?s ?p ?a"),
        ("SELECT * { ?s ?p ?o { SELECT * { ?b ?a ?o } } }", "?s ?p ?o ?b ?a"),
        ("SELECT * { VALUES ($z ?a) { (1 2) } BIND(?a * 2 AS ?b) }", "?z ?a ?b"),
        (r"SELECT \u002A { \u003Fz ?a ?b }", "?z ?a ?b"),
        ("SELECT * { ?a <service> ?b FILTER EXISTS { ?x ?y ?z } }", "?a ?b"),
        ("PREFIX service: <http://e.org/> SELECT * { ?o service:q ?a }", "?o ?a"),
        ("SELECT * {}", ""),
        ("SELECT (2 * 3 AS ?z) (4 * 5 AS ?a) {}", "?z ?a"),
    ],
)
def test_columns_are_in_the_order_of_the_query(query: str, columns: str, store: EmbeddedStore) -> None:
    assert table(store, query)[0].split("\t") == columns.split(" ")


@pytest.mark.parametrize(
    "body",
    [
        "{ ?s ?p ?o }",
        "{ ?s ?p ?o OPTIONAL { ?o ?q ?b } } ORDER BY ?o ?p ?b LIMIT 2",
        "{ ?b <http://e.org/p>+ ?a } VALUES ?a { 1 }",
    ],
)
@pytest.mark.parametrize("select", ["SELECT", "SELECT DISTINCT", "SELECT REDUCED"])
def test_rows_are_those_of_the_engine(select: str, body: str, store: EmbeddedStore) -> None:
    plain = pyoxigraph.Store()
    plain.extend(pyoxigraph.parse(DATA.replace("e:g {", "").replace("b }", "b ."), format=RdfFormat.TRIG))
    found = plain.query(f"{select} * {body}")
    assert isinstance(found, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in found.variables]
    expected = sorted(sorted((name, str(row[name])) for name in names if row[name]) for row in found)
    head, *rows = [line.split("\t") for line in table(store, f"{select} * {body}")]
    pairs = (zip(head, row, strict=True) for row in rows)
    assert sorted(sorted((name.removeprefix("?"), value) for name, value in row if value) for row in pairs) == expected


def test_an_error_has_its_place_in_the_query_as_written(store: EmbeddedStore) -> None:
    with pytest.raises(QuerySyntaxError, match="line 2, column 9: "):
        table(store, "SELECT * {\n?z ?y ?x")
    with pytest.raises(QuerySyntaxError, match="GROUP BY"):
        table(store, "SELECT * { ?s ?p ?o } GROUP BY ?s")
