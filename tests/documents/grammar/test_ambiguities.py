"""Words that can be read in several ways are reported with each reading."""

from __future__ import annotations

import pytest

from tests.documents.grammar.rows import sentences
from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar import ambiguities
from tlevel_rdf.documents.grammar.statement import Mention


def test_a_list_is_reported_with_its_other_readings() -> None:
    about = ambiguities.about_list(4, ["A", "B", "C"], [", ", " and "], [True, False], [False, True])
    assert about.start == 4
    assert about.message == "“A, B and C” is read as two titles (A; B and C), and could be three titles (A; B; C)."


def test_two_open_places_give_three_other_readings_and_more_only_the_simplest_two() -> None:
    two = ambiguities.about_list(0, ["A", "B", "C"], [" and "] * 2, [False, False], [True, True])
    assert two.predicate == (
        "is read as one title, and could be two titles (A and B; C), or two titles (A; B and C), "
        "or three titles (A; B; C)"
    )
    many = ambiguities.about_list(0, list("ABCDE"), [" and "] * 4, [True, False, False, False], [True] * 4)
    assert many.predicate == (
        "is read as two titles (A; B and C and D and E), and could be one title, or 5 titles (A; B; C; D; E)"
    )


@pytest.mark.parametrize(
    ("title", "predicate"),
    [
        ("Nurse", None),
        ("Nurse / Carer", "is read as one title, and could be several (Nurse; Carer)"),
        ("Art Teacher & Carer", "is read as one title, and could be several (Art Teacher; Carer)"),
        ("Health & Safety Technician", None),
        ("Law - Crime - Family", "is read as one title, and could be several"),
        ("Cook > Chef", "is read as one title, and could be several"),
        ("Nurse accelerated", "is read as one title; “accelerated” may be a flag"),
        (
            "planned Nurse",
            "is read as one title; “planned” may be a remark about it, such as that it is not offered now",
        ),
        (
            "mostly Nurse",
            "is read as one title; “mostly” may be a remark about it, such as that it is not offered now",
        ),
    ],
)
def test_words_that_nothing_marks_may_be_more_than_a_title(title: str, predicate: str | None) -> None:
    assert [about.predicate for about in ambiguities.about_one(5, title)] == ([predicate] if predicate else [])


def test_brackets_marks_and_footnotes_are_reported_at_their_words() -> None:
    (sentence,) = sentences("Nurse (ask Leeds)")
    about = ambiguities.about_brackets(sentence, 6, 17)
    assert (about.code, about.start, about.words) == (Code.NOT_UNDERSTOOD, 6, "(ask Leeds)")
    assert ambiguities.about_marks(3, "A B").message == "“A B” stands partly outside its link or quotation marks."
    assert "marks that are left out" in ambiguities.about_footnote(3, "Nurse*").message


def test_a_level_in_a_link_and_two_levels_of_a_title_are_reported() -> None:
    assert ambiguities.about_link(2, "Level 4", "Nurse").message == (
        "“Level 4 Nurse” is linked as a whole; it is read as “Nurse”, and “Level 4” as its level."
    )
    mention = Mention(7, 12, "Nurse")
    about = ambiguities.about_level(mention, (4, 5))
    assert (about.start, about.words) == (7, "Nurse")
    assert "at level 4 by its sentence and at level 5" in about.predicate


def test_flags_kinds_and_ends_name_what_they_are_read_as() -> None:
    flags = ambiguities.about_flags(1, "is accelerated", ["A", "B"])
    assert flags.predicate == "is read as about “A” and “B”, and could be about others"
    assert "stands after 3 titles" in ambiguities.about_kind(1, "apprenticeship", 3).predicate
    assert ambiguities.about_end(Mention(3, 8, "Nurse")).start == 3


@pytest.mark.parametrize(
    ("text", "count", "predicate"),
    [
        ("There are two apprenticeships", 1, "is what it says, and 1 is read"),
        ("There are four relevant apprenticeships", 3, "is what it says, and 3 are read"),
        ("There are two apprenticeships", 2, None),
        ("There are two apprenticeships", 0, None),
        ("There is level two apprenticeships", 1, None),
    ],
)
def test_fewer_options_than_their_number_are_reported(text: str, count: int, predicate: str | None) -> None:
    (sentence,) = sentences(text)
    start = text.index("apprenticeships")
    found = ambiguities.about_count(sentence, start, len(text), count)
    assert [about.predicate for about in found] == ([predicate] if predicate else [])


def test_a_word_that_the_end_of_a_line_breaks_is_reported_with_its_other_spelling() -> None:
    (sentence,) = sentences("Roofer, Site Co-\nordinator", "a.txt")
    (about,) = ambiguities.about_breaks(sentence, 8, "Site Co-ordinator")
    assert about.predicate == "is broken at the end of a line; “Co-ordinator” could be “Coordinator”"
    assert ambiguities.about_breaks(sentence, 0, "Roofer") == []


def test_a_title_without_its_end_is_reported() -> None:
    (sentence,) = sentences("Roofer, Stone-")
    (about,) = ambiguities.about_breaks(sentence, 8, "Stone-")
    assert about.predicate.startswith("ends with a hyphen")
