"""Statements in the graphs of their sources, and the choice of preferred labels."""

from __future__ import annotations

import datetime as dt

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.graph.reference.writer import Writer, english

IDS = Identifiers("https://example.org/")
THING = NamedNode("https://example.org/id/thing")
OLD, NEW, UNDATED = "old", "new", "undated"
DATES = {OLD: dt.date(2025, 5, 25), NEW: dt.date(2026, 8, 14), UNDATED: dt.date.min}


@pytest.fixture
def writer() -> Writer:
    return Writer(IDS, DATES)


def labels(writer: Writer) -> set[tuple[str, str, str]]:
    """Return each label of the thing: its property, text and source."""
    names = {terms.PREF_LABEL: "preferred", terms.ALT_LABEL: "alternative"}
    return {
        (names[q.predicate], str(q.object.value), str(q.graph_name.value).rpartition("/")[2])  # type: ignore[union-attr]  # labels are literals in named graphs
        for q in writer.finish()
    }


def test_a_statement_is_in_the_graph_of_each_source_that_makes_it(writer: Writer) -> None:
    writer.add(THING, terms.NOTATION, "1", OLD, NEW)
    assert writer.finish() == tuple(
        Quad(THING, terms.NOTATION, Literal("1"), IDS.reference_graph(source)) for source in (OLD, NEW)
    )


def test_a_statement_of_our_own_is_in_the_graph_of_the_reference_data(writer: Writer) -> None:
    writer.add(THING, terms.TYPE, terms.OCCUPATION)
    assert writer.finish() == (Quad(THING, terms.TYPE, terms.OCCUPATION, IDS.graph("reference")),)


def test_a_statement_of_a_graph_of_its_own_is_in_that_graph(writer: Writer) -> None:
    graph = IDS.subject_page_graph("a")
    writer.add_to(graph, THING, terms.TYPE, terms.OCCUPATION)
    assert writer.finish() == (Quad(THING, terms.TYPE, terms.OCCUPATION, graph),)


def test_a_value_that_is_not_stated_adds_nothing(writer: Writer) -> None:
    writer.add(THING, terms.NOTATION, None, OLD)
    writer.level(THING, None, OLD)
    writer.date(THING, terms.MODIFIED, None, OLD)
    assert writer.finish() == ()


def test_a_level_is_a_concept_and_a_date_a_typed_literal(writer: Writer) -> None:
    writer.level(THING, 3, OLD)
    writer.date(THING, terms.MODIFIED, dt.date(2026, 1, 2), OLD)
    assert [quad.object for quad in writer.finish()] == [terms.level(3), Literal("2026-01-02", datatype=terms.DATE)]


def test_a_repeated_statement_is_there_once(writer: Writer) -> None:
    for _ in range(2):
        writer.add(THING, terms.NOTATION, "1", OLD)
        writer.title(THING, "A", [OLD])
    assert len(writer.finish()) == 2


@pytest.mark.parametrize("order", [(OLD, NEW, UNDATED), (UNDATED, NEW, OLD), (NEW, UNDATED, OLD)])
def test_the_preferred_label_is_the_title_in_the_newest_source(order: tuple[str, ...], writer: Writer) -> None:
    for source in order:
        writer.title(THING, f"{source} title", [source])
    assert labels(writer) == {
        ("preferred", "new title", NEW),
        ("alternative", "old title", OLD),
        ("alternative", "undated title", UNDATED),
    }


def test_a_title_without_a_dated_source_is_the_preferred_label_if_it_is_the_only_one(writer: Writer) -> None:
    writer.title(THING, "A", [UNDATED])
    assert labels(writer) == {("preferred", "A", UNDATED)}


def test_every_source_that_gives_the_preferred_title_states_it(writer: Writer) -> None:
    writer.title(THING, "A", [OLD, NEW])
    assert labels(writer) == {("preferred", "A", OLD), ("preferred", "A", NEW)}


def test_a_thing_has_one_preferred_label_even_if_one_source_gives_two_titles(writer: Writer) -> None:
    writer.title(THING, "A", [NEW])
    writer.title(THING, "B", [NEW])
    assert labels(writer) == {("preferred", "A", NEW), ("alternative", "B", NEW)}


def test_a_title_in_a_graph_of_its_own_is_compared_with_the_others(writer: Writer) -> None:
    writer.title(THING, "A", [OLD])
    writer.title_in(IDS.subject_page_graph("page"), THING, "B", dt.date(2026, 1, 1))
    assert labels(writer) == {("preferred", "B", "page"), ("alternative", "A", OLD)}


def test_texts_are_in_english() -> None:
    assert english("Baker") == Literal("Baker", language="en")
