"""Jobs that the department's pages name for whole T Levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.graph import terms

if TYPE_CHECKING:
    from tests.graph.reference.statements import Statements

GRAPH = "subject-page/baking"
OPTION = "option/baking/t-level/occupation/baker"


def test_a_page_is_about_its_t_level_and_comes_from_its_source(small: Statements) -> None:
    page = "subject-page/baking"
    assert small.classes(page) == {"SubjectPage"}
    assert small.about(page, terms.DESCRIBES) == {("t-level/baking", GRAPH)}
    assert small.about(page, terms.WAS_DERIVED_FROM) == {("source/page-1", GRAPH)}


def test_an_option_of_a_page_is_for_the_whole_t_level(small: Statements) -> None:
    assert small.classes(OPTION) == {"ProgressionOption"}
    for prop, value in (
        (terms.OPTION_FOR, "t-level/baking"),
        (terms.LEADS_TO, "occupation/baker"),
        (terms.IS_PART_OF, "subject-page/baking"),
        (terms.MODE_PROPERTY, "def/mode#work"),
        (terms.WAS_QUOTED_FROM, "source/page-1#line=46,47"),
        (terms.PREF_LABEL, "Baking: work as baker"),
    ):
        assert small.about(OPTION, prop) == {(value, GRAPH)}


def test_no_option_of_a_page_is_for_a_specialism(small: Statements) -> None:
    options = {str(q.object) for q in small.quads if q.predicate == terms.OPTION_FOR}
    assert options == {"<https://w3id.org/tlevel/id/t-level/baking>"}


def test_a_job_has_its_slug_at_the_careers_service(small: Statements) -> None:
    assert small.classes("occupation/baker") == {"Occupation"}
    assert small.about("occupation/baker", terms.PREF_LABEL) == {("baker", GRAPH)}
    assert small.about("occupation/baker", terms.CAREERS_SERVICE_SLUG) == {("baker", GRAPH)}


def test_the_line_is_a_part_of_the_source(small: Statements) -> None:
    assert small.about("source/page-1#line=46,47", terms.IS_PART_OF) == {("source/page-1", GRAPH)}


def test_the_graph_of_a_page_is_derived_from_its_source(small: Statements) -> None:
    assert small.about("graph/subject-page/baking", terms.WAS_DERIVED_FROM) == {("source/page-1", "reference")}
