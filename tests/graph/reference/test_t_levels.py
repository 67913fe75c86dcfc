"""T Levels with their qualifications, specialisms and learning aims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.graph import terms

if TYPE_CHECKING:
    from tests.graph.reference.statements import Statements

QUALIFICATION = "qualification/603-0001-x"


def test_a_t_level_has_its_title_and_route_from_each_source(small: Statements) -> None:
    assert small.about("t-level/baking", terms.PREF_LABEL) == {
        ("Baking", "reference/list-1"),
        ("Baking", "reference/list-2"),
    }
    assert small.values("t-level/baking", terms.IN_ROUTE) == {"route/catering"}
    assert small.about("t-level/baking", terms.HISTORY_NOTE) == {("Revised in 2025.", "reference/undated")}


def test_a_replaced_t_level_names_its_successors_with_the_source_of_each(small: Statements) -> None:
    assert small.about("t-level/milling", terms.IS_REPLACED_BY) == {("t-level/baking", "reference/list-1")}
    assert small.about("t-level/milling", terms.PARTLY_REPLACED_BY) == {("t-level/baking", "reference/list-2")}


def test_a_qualification_has_its_codes_and_dates_each_with_its_source(small: Statements) -> None:
    assert small.classes(QUALIFICATION) == {"Qualification"}
    for prop, value, source in (
        (terms.QUALIFICATION_OF, "t-level/baking", "list-1"),
        (terms.QUALIFICATION_NUMBER, "603/0001/X", "list-1"),
        (terms.LEARNING_AIM_REFERENCE, "6030001X", "list-1"),
        (terms.FIRST_TEACHING, "2021-09-01", "list-1"),
        (terms.LAST_ENROLMENT, "2025-08", "list-2"),
        (terms.FRAMEWORK_CODE, "36", "list-2"),
        (terms.HISTORY_NOTE, "Superseded.", "list-2"),
        (terms.AWARDING_ORGANISATION, "organisation/guild-of-bakers", "undated"),
    ):
        assert small.about(QUALIFICATION, prop) == {(value, f"reference/{source}")}


def test_an_awarding_organisation_has_its_name_and_number(small: Statements) -> None:
    organisation = "organisation/guild-of-bakers"
    assert small.about(organisation, terms.PREF_LABEL) == {("Guild of Bakers", "reference/undated")}
    assert small.about(organisation, terms.UKPRN) == {("10000001", "reference/undated")}


def test_a_specialism_belongs_to_its_t_level(small: Statements) -> None:
    specialism = "specialism/baking/bread"
    assert small.classes(specialism) == {"OccupationalSpecialism"}
    assert small.about(specialism, terms.SPECIALISM_OF) == {("t-level/baking", "reference/list-1")}
    assert small.about(specialism, terms.LEARNING_AIM_REFERENCE) == {("ZTLOS001", "reference/list-1")}


def test_a_learning_aim_is_joined_to_its_specialism_and_qualification(small: Statements) -> None:
    aim = "learning-aim/ZTLOS001"
    assert small.classes(aim) == {"LearningAim"}
    assert small.about(aim, terms.AIM_OF) == {("specialism/baking/bread", "reference/list-1")}
    assert small.about(aim, terms.AIM_OF_QUALIFICATION) == {(QUALIFICATION, "reference/list-1")}
    assert small.values(aim, terms.LEARNING_AIM_REFERENCE) == {"ZTLOS001"}
