"""Rows as CSV, read by the reader of the standard library."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Triple

from tests.fuzzing import fuzz
from tlevel_rdf.errors import AnswerTooLargeError
from tlevel_rdf.store.base import Query, Syntax
from tlevel_rdf.store.csv_results import is_well_formed
from tlevel_rdf.store.embedded import EmbeddedStore

NOTHING = EmbeddedStore.of(())


def answer(text: str, syntax: Syntax = Syntax.CSV) -> str:
    return NOTHING.query(Query(text), syntax).decode()


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_an_iri_with_a_comma_is_one_field() -> None:
    written = answer('SELECT ?a ?b { VALUES (?a ?b) { (<http://e/a,b> "x") (<http://e/,> "y,\\"z\\"") (UNDEF 1) } }')
    assert written == 'a,b\r\n"http://e/a,b",x\r\n"http://e/,","y,""z"""\r\n,1\r\n'


def test_an_iri_with_a_comma_is_the_same_in_tsv() -> None:
    written = answer('SELECT ?a ?b { VALUES (?a ?b) { (<http://e/a,b> "x,\\t\\r\\n\\"\\\\") } }', Syntax.TSV)
    assert written == '?a\t?b\n<http://e/a,b>\t"x,\\t\\r\\n\\"\\\\"\n'


def test_a_triple_is_one_field() -> None:
    a, b = NamedNode("http://e/a"), NamedNode("http://e/b")
    store = EmbeddedStore.of([Quad(a, b, Triple(a, b, Literal('x,"y"')))])
    written = store.query(Query("SELECT ?s ?o { ?s ?p ?o }"), Syntax.CSV).decode()
    assert rows(written) == [["s", "o"], ["http://e/a", 'http://e/a http://e/b x,"y"']]


FIELDS = st.text(',"\r\nab ', max_size=6)
TERMS = st.one_of(
    FIELDS.map(Literal),
    FIELDS.map(lambda text: Literal(text, language="en")),
    st.text(",ab", max_size=4).map(lambda text: NamedNode(f"http://e/{text}")),
)


@fuzz(500)
@given(st.integers(1, 3).flatmap(lambda n: st.lists(st.tuples(*[TERMS] * n), min_size=1, max_size=4)))
def test_a_csv_reader_reads_every_row_as_it_was(rows_of_terms: list[tuple[NamedNode | Literal, ...]]) -> None:
    names = " ".join(f"?v{column}" for column in range(len(rows_of_terms[0])))
    data = " ".join(f"({' '.join(map(str, terms))})" for terms in rows_of_terms)
    read = rows(answer(f"SELECT {names} {{ VALUES ({names}) {{ {data} }} }}"))
    # The reader takes an empty line for a row without fields.
    assert [row or [""] for row in read[1:]] == [[term.value for term in terms] for terms in rows_of_terms]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (b"true", True),
        (b"\r\n\r\n", True),
        (b"a\r\n\r\nx\r\n", True),
        (b'a,b\r\n"x,\r\n""",y\r\n,"\n"\r\n', True),
        (b"a\r\nx,y\r\n", False),
        (b"a,b\r\nx,y,z\r\n", False),
        (b'a,b\r\nx "y",z\r\n', False),
        (b'a,b\r\nx "",""",z\r\n', False),
        # A line end in quotation marks is no row that could make up for a comma too many.
        (b'a,b\r\n"\r\n",x,y\r\n', False),
    ],
)
def test_only_whole_fields_are_quoted_in_well_formed_csv(written: bytes, expected: bool) -> None:  # noqa: FBT001
    assert is_well_formed(written) is expected


def test_csv_that_is_written_again_has_the_same_limit() -> None:
    # The engine writes one byte less than may be, and the quotation marks are two.
    most = len("a\r\nhttp://e/,\r\n") + 1
    query = Query("SELECT ?a { VALUES ?a { <http://e/,> } }", max_bytes=most)
    with pytest.raises(AnswerTooLargeError):
        NOTHING.query(query, Syntax.CSV)
