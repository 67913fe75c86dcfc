"""Standards and their versions, as each source states them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.graph import terms

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from tests.graph.reference.statements import Statements

BOTH = {"reference/list-1", "reference/list-2"}


@pytest.mark.parametrize(
    ("prop", "older", "newer"),
    [
        (terms.REGISTER_STATUS_PROPERTY, "def/register-status#retired", "def/register-status#approved-for-delivery"),
        (terms.VERSION_NUMBER, "1.0", "1.1"),
        (terms.APPROVED_ON, "2020-01-31", "2024-03-01"),
    ],
    ids=["status", "version", "approval"],
)
def test_what_two_sources_state_differently_is_in_the_graph_of_each(
    prop: NamedNode, older: str, newer: str, small: Statements
) -> None:
    assert small.about("standard/ST0001", prop) == {(older, "reference/list-1"), (newer, "reference/list-2")}


@pytest.mark.parametrize(
    ("prop", "value"),
    [
        (terms.STANDARD_REFERENCE, "ST0001"),
        (terms.LEVEL_PROPERTY, "def/level#2"),
        (terms.IN_ROUTE, "route/catering"),
        (terms.LARS_STANDARD_CODE, "11"),
    ],
    ids=["reference", "level", "route", "LARS code"],
)
def test_what_two_sources_state_alike_is_in_the_graphs_of_both(prop: NamedNode, value: str, small: Statements) -> None:
    assert small.about("standard/ST0001", prop) == {(value, graph) for graph in BOTH}


def test_the_title_of_the_newest_source_is_preferred_and_others_are_alternative(small: Statements) -> None:
    assert small.about("standard/ST0001", terms.PREF_LABEL) == {("Baker", "reference/list-2")}
    assert small.about("standard/ST0001", terms.ALT_LABEL) == {
        ("Baker (old)", "reference/list-1"),
        ("Bread maker", "reference/undated"),
    }


def test_an_announced_revision_has_its_date_and_its_text(small: Statements) -> None:
    assert small.about("standard/ST0001", terms.REVISED_FROM) == {("2026-09-01", "reference/list-2")}
    assert small.about("standard/ST0001", terms.REVISED_FROM_TEXT) == {("September 2026", "reference/list-2")}


def test_nothing_is_stated_of_a_standard_but_what_its_row_has(small: Statements) -> None:
    stated = {str(q.predicate) for q in small.quads if str(q.subject).endswith("/standard/FA0002>")}
    assert stated == {str(prop) for prop in (terms.TYPE, terms.PREF_LABEL, terms.STANDARD_REFERENCE)}


def test_a_version_is_a_thing_of_its_own(small: Statements) -> None:
    version = "standard/ST0001/1.0"
    assert small.classes(version) == {"StandardVersion"}
    for prop, value in (
        (terms.VERSION_OF, "standard/ST0001"),
        (terms.VERSION_NUMBER, "1.0"),
        (terms.PREF_LABEL, "Baker (old), version 1.0"),
        (terms.REGISTER_STATUS_PROPERTY, "def/register-status#retired"),
        (terms.APPROVED_ON, "2020-01-31"),
        (terms.RETIRED_ON, "2024-02-29"),
        (terms.LEVEL_PROPERTY, "def/level#2"),
    ):
        assert small.about(version, prop) == {(value, "reference/list-1")}


def test_the_lars_code_of_a_version_is_that_of_its_standard(small: Statements) -> None:
    assert small.values("standard/ST0001/1.0", terms.LARS_STANDARD_CODE) == set()
