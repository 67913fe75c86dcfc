"""The vocabulary of the layout: numbers, levels, kinds, flags and words that are no titles."""

from __future__ import annotations

import pytest

from tlevel_rdf.documents.grammar import lexicon
from tlevel_rdf.profiles.kinds import Flag, Kind, Wording


def test_plain_text_keeps_the_place_of_each_character() -> None:
    text = "\u201cone\u201d \u2013 it\u2019s`\u00a0now"
    assert lexicon.plain(text) == "\"one\" - it's' now"
    assert len(lexicon.plain(text)) == len(text)


@pytest.mark.parametrize(("words", "value"), [("4", 4), ("four", 4), ("Twelve", 12), ("100", 100)])
def test_numbers_are_digits_or_words(words: str, value: int) -> None:
    assert lexicon.number(words) == value


@pytest.mark.parametrize(
    ("verb", "wording"),
    [
        ("may include", Wording.MAY_INCLUDE),
        ("Could also include ", Wording.COULD_INCLUDE),
        ("could be", None),
        ("can include", None),
        ("might include", None),
        ("includes", Wording.STATED),
        ("there is", Wording.STATED),
        ("there's", Wording.STATED),
        ("learners can progress to", None),
        ("study", None),
        ("", None),
    ],
)
def test_a_wording_is_one_of_the_three_of_the_vocabulary(verb: str, wording: Wording | None) -> None:
    assert lexicon.wording_of(verb) is wording


@pytest.mark.parametrize(
    ("words", "level", "more"),
    [
        ("level 4", "4", None),
        ("RQF Level four", "four", None),
        ("levels 4 and 5", "4", " and 5"),
        ("level 3-5", "3", "-5"),
        ("level 4+", "4", "+"),
    ],
)
def test_several_levels_differ_from_one(words: str, level: str, more: str | None) -> None:
    found = lexicon.LEVELLED.fullmatch(words)
    assert found
    assert (found["level"], found["more"]) == (level, more)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("apprenticeship", (Kind.APPRENTICESHIP, False)),
        ("degree apprenticeships", (Kind.APPRENTICESHIP, True)),
        ("Higher Technical Qualifications (HTQs)", (Kind.HTQ, True)),
        ("HTQ", (Kind.HTQ, False)),
        ("HTQ in Law", None),
    ],
)
def test_kinds_have_their_names_in_singular_and_plural(words: str, kind: tuple[Kind, bool] | None) -> None:
    assert lexicon.kind_of(words) == kind


def test_flags_are_found_in_their_order() -> None:
    assert lexicon.flags_in("under revision and accelerated") == (Flag.UNDER_REVISION, Flag.ACCELERATED)
    assert lexicon.flag_of("'Not-applicable'") is Flag.NOT_APPLICABLE
    assert lexicon.flag_of("accelerated route") is None


@pytest.mark.parametrize(
    ("words", "resembles"),
    [("Acelerated", True), ("In dev.", True), ("RPL", True), ("under rev", True), ("IT", False), ("Adult", False)],
)
def test_a_misspelt_or_short_flag_resembles_one(words: str, *, resembles: bool) -> None:
    assert lexicon.resembles_flag(words) is resembles


@pytest.mark.parametrize(
    ("words", "is_title"),
    [
        ("Assisting with Healthcare Science", True),
        ("IT Technician", True),
        ("Will Writer", True),
        ("Head of St. Mary", True),
        ("which takes a year", False),
        ("with experience", False),
        ("These Roles", False),
        ("four", False),
        ("[TBC]", False),
        ("404", False),
        ("Nurse. Carer", False),
        ("Word " * 21, False),
        ("x" * 301, False),
    ],
)
def test_a_statement_a_placeholder_or_a_long_text_is_no_title(words: str, *, is_title: bool) -> None:
    assert lexicon.could_be_title(words) is is_title


@pytest.mark.parametrize(
    ("words", "is_remark"),
    [("with experience", True), ("Some Centres", True), ("with French", False), ("integrated degree", False)],
)
def test_a_remark_begins_small_and_a_part_of_a_title_does_not(words: str, *, is_remark: bool) -> None:
    assert lexicon.is_remark(words) is is_remark
