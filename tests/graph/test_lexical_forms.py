"""Literals are shown as they were published, although the engine keeps only their values."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple

from tests.fuzzing import fuzz
from tlevel_rdf.errors import OutputError, ReleaseError
from tlevel_rdf.graph.lexical_forms import LexicalForms, lexical_forms_file, record_lexical_forms
from tlevel_rdf.graph.terms import XSD
from tlevel_rdf.graph.union import write_union
from tlevel_rdf.store.base import Query, Syntax
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.web.data.description import describe

A, P, Q, G, H = (NamedNode(f"http://e.org/{name}") for name in "apqgh")
#: Each with the name of its type in XSD.
FORMS = [
    *(("integer", form) for form in ("7", "007", "+7", "-0", "x", "9" * 30)),
    *(("nonNegativeInteger", form) for form in ("7", "07", "-7")),
    *(("byte", form) for form in ("7", "300")),
    *(("decimal", form) for form in ("7", "7.0", "1.50", ".5", "-0.0")),
    *(("double", form) for form in ("7", "7E0", "1e3", "-0.0", "INF", "NaN")),
    *(("float", form) for form in ("7.0", "1e-3")),
    *(("boolean", form) for form in ("1", "true", "TRUE", "0")),
    *(("date", form) for form in ("2026-11-27", "2026-11-27Z", "2026-11-27+00:00", "2026-02-30")),
    *(("dateTime", form) for form in ("2026-11-27T24:00:00", "2026-11-27T08:00:00.000", "2026-11-27T08:00:00-00:00")),
    *(("time", form) for form in ("24:00:00", "08:00:00.50")),
    *(("gYear", form) for form in ("2026", "02026", "-0001")),
    *(("duration", form) for form in ("P1Y", "P12M", "PT60S", "-P0D")),
    *(("dayTimeDuration", form) for form in ("PT60S", "P0D")),
    *(("anyURI", form) for form in ("http://e.org/", "")),
    ("hexBinary", "0a"),
    ("string", "007"),
    ("token", " 7 "),
]
LITERALS = [Literal(form, datatype=NamedNode(XSD + name)) for name, form in FORMS]
LITERALS += [Literal("7", language="en"), Literal("007", datatype=NamedNode("http://e.org/type")), Literal("7")]


def published(store: EmbeddedStore) -> set[Triple]:
    return set(describe(store, A.value).triples)


@given(st.lists(st.tuples(st.sampled_from([P, Q]), st.sampled_from([*LITERALS, A]))))
@fuzz(40)
def test_a_description_has_the_published_forms(values: list[tuple[NamedNode, Literal | NamedNode]]) -> None:
    # As files have them: one property after another.
    quads = [Quad(A, predicate, value) for predicate, value in sorted(values, key=str)]
    assert published(EmbeddedStore.of(quads)) == {quad.triple for quad in quads}


@pytest.mark.parametrize("literal", LITERALS, ids=str)
def test_a_queried_graph_has_the_published_forms(literal: Literal) -> None:
    store = EmbeddedStore.of([Quad(A, P, literal), Quad(A, Q, BlankNode("b")), Quad(BlankNode("b"), Q, literal, G)])
    for query in ("DESCRIBE <http://e.org/a>", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"):
        answer = store.query(Query(query), Syntax.N_TRIPLES)
        found = {quad.object for quad in pyoxigraph.parse(answer, format=RdfFormat.N_TRIPLES)}
        assert found - {BlankNode("b0")} == {literal}


def test_each_graph_has_its_own_form() -> None:
    one, other = (Literal(form, datatype=NamedNode(XSD + "decimal")) for form in ("1.50", "1.5"))
    store = EmbeddedStore.of([Quad(A, P, one, G), Quad(A, P, other, H)])
    found = describe(store, A.value).statements
    assert found == {Triple(A, P, one): {G.value}, Triple(A, P, other): {H.value}}
    for graph, expected in ((G, one), (H, other)):
        query = f"CONSTRUCT {{ ?s ?p ?o }} FROM {graph} {{ ?s ?p ?o }}"
        answer = store.query(Query(query), Syntax.N_TRIPLES)
        assert [quad.object for quad in pyoxigraph.parse(answer, format=RdfFormat.N_TRIPLES)] == [expected]


def test_a_result_has_as_many_triples_as_the_query_allows() -> None:
    one, other = (Literal(form, datatype=NamedNode(XSD + "decimal")) for form in ("1.50", "1.500"))
    store = EmbeddedStore.of([Quad(A, P, one, G), Quad(A, P, other, H)])
    answer = store.query(Query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 1"), Syntax.N_TRIPLES)
    assert [quad.object.value for quad in pyoxigraph.parse(answer, format=RdfFormat.N_TRIPLES)] == ["1.5"]
    assert published(store) == {Triple(A, P, one), Triple(A, P, other)}


def test_many_graphs_have_their_forms() -> None:
    number = 150
    graphs = [NamedNode(f"http://e.org/g{n}") for n in range(number)]
    forms = [Literal("0" * (n % 3) + "7", datatype=NamedNode(XSD + "integer")) for n in range(number)]
    store = EmbeddedStore.of(Quad(A, P, form, graph) for form, graph in zip(forms, graphs, strict=True))
    found = describe(store, A.value).statements
    expected = {form: {g.value for f, g in zip(forms, graphs, strict=True) if f == form} for form in forms}
    assert found == {Triple(A, P, form): names for form, names in expected.items()}


@pytest.mark.parametrize("damage", [b"", b"no database" * 100])
def test_a_damaged_file_is_reported(damage: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    write_union([Quad(A, P, Literal("007", datatype=NamedNode(XSD + "integer")))], folder)
    store = EmbeddedStore.open(folder)
    lexical_forms_file(folder).write_bytes(damage)
    with pytest.raises(ReleaseError, match=re.escape(str(lexical_forms_file(folder)))):
        describe(store, A.value)


def test_a_store_can_be_opened_by_a_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    statement = Triple(A, P, Literal("007", datatype=NamedNode(XSD + "integer")))
    (tmp_path / "a b%20#?").mkdir()
    write_union([Quad(*statement)], tmp_path / "a b%20#?" / "store")
    monkeypatch.chdir(tmp_path / "a b%20#?" / "store")
    store = EmbeddedStore.open(Path())
    monkeypatch.chdir(tmp_path)
    assert published(store) == {statement}


def test_a_file_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        list(record_lexical_forms([Quad(A, P, LITERALS[1])], tmp_path / "none" / "forms.sqlite"))


def test_there_is_no_file_if_the_engine_changes_no_form(tmp_path: Path) -> None:
    quads = [Quad(A, P, Literal(7)), Quad(A, P, Literal("007")), Quad(A, P, A)]
    file = lexical_forms_file(tmp_path / "store")
    assert list(record_lexical_forms(quads, file)) == quads
    assert not file.exists()
    with closing(LexicalForms(file)) as forms:
        assert [forms.of(quad.triple, [""]) for quad in quads] == [(quad.triple,) for quad in quads]


def test_more_forms_than_are_written_at_once(tmp_path: Path) -> None:
    file = lexical_forms_file(tmp_path / "store")
    number = 25_000
    quads = (Quad(A, P, Literal(f"0{n}", datatype=NamedNode(XSD + "integer")), DefaultGraph()) for n in range(number))
    assert sum(1 for _ in record_lexical_forms(quads, file)) == number
    with closing(LexicalForms(file)) as forms:
        found = [forms.of(Triple(A, P, Literal(n))) for n in (0, 10_000, number - 1)]
    assert [str(triple.object)[:8] for [triple] in found] == ['"00"^^<h', '"010000"', '"024999"']
