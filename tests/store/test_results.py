"""Results of any engine become the same values and bytes."""

from __future__ import annotations

import pyoxigraph
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from tlevel_rdf.errors import AnswerTooLargeError, QueryRefusedError, UnwritableError
from tlevel_rdf.store.base import QueryForm, Solutions, Syntax
from tlevel_rdf.store.results import collect, refuse_graph, refuse_unsuitable, write_graph, write_solutions

P = NamedNode("urn:p")


def solutions(text: str) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean:
    result = pyoxigraph.Store().query(text)
    assert isinstance(result, pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean)
    return result


def test_a_syntax_suits_the_form_of_a_query() -> None:
    refuse_unsuitable(QueryForm.ASK, Syntax.JSON)
    refuse_unsuitable(QueryForm.DESCRIBE, Syntax.TRIG)
    with pytest.raises(QueryRefusedError, match="the result of SELECT cannot be written as text/turtle"):
        refuse_unsuitable(QueryForm.SELECT, Syntax.TURTLE)
    with pytest.raises(QueryRefusedError, match="CONSTRUCT returns a graph"):
        refuse_graph(QueryForm.CONSTRUCT)


def test_rows_are_collected_within_a_limit() -> None:
    text = 'SELECT ?x ?y { VALUES (?x ?y) { ("a" UNDEF) (1 <urn:b>) } }'
    found = collect(solutions(text), QueryForm.SELECT, 1_000)
    assert isinstance(found, Solutions)
    assert (found.variables, found.rows[0]) == (("x", "y"), {"x": Literal("a"), "y": None})
    assert collect(solutions("ASK {}"), QueryForm.ASK, 0) is True
    with pytest.raises(AnswerTooLargeError, match="more than 50 bytes"):
        collect(solutions(text), QueryForm.SELECT, 50)


def test_malformed_csv_is_written_again() -> None:
    text = "SELECT ?x ?y { VALUES (?x ?y) { (<urn:a,b> 1) } }"
    assert write_solutions(lambda: solutions(text), Syntax.CSV, 1_000) == b'x,y\r\n"urn:a,b",1\r\n'


def test_what_a_syntax_or_a_limit_does_not_allow_is_an_error() -> None:
    with pytest.raises(UnwritableError, match="XML cannot hold"):
        write_solutions(lambda: solutions(r'SELECT ("\u0001" AS ?x) {}'), Syntax.XML, 1_000)
    with pytest.raises(AnswerTooLargeError):
        write_solutions(lambda: solutions("SELECT (1 AS ?x) {}"), Syntax.JSON, 10)
    with pytest.raises(AnswerTooLargeError):
        write_graph([Triple(P, P, P)], Syntax.N_TRIPLES, "", 10)


def test_a_graph_has_distinct_sorted_triples_and_numbered_blank_nodes() -> None:
    triples = [Triple(P, P, BlankNode("z")), Triple(BlankNode("z"), P, Literal("b")), Triple(P, P, BlankNode("z"))]
    expected = b'_:b0 <urn:p> "b" .\n<urn:p> <urn:p> _:b0 .\n'
    written = write_graph(triples, Syntax.N_TRIPLES, "", 1_000)
    assert sorted(written.splitlines()) == sorted(expected.splitlines())
