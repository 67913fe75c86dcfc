"""Slugs, and titles that are equal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzzing import fuzz
from tlevel_rdf.errors import IdentifierError
from tlevel_rdf.profiles.titles import expand_ampersand, normalise_title, slug


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Healthcare Science", "healthcare-science"),
        ("  Healthcare   Science ", "healthcare-science"),
        ("Technical: Food Sciences", "technical-food-sciences"),
        ("Financial Compliance / Risk Analyst", "financial-compliance-risk-analyst"),
        ("Supporting Healthcare - Dental Nursing", "supporting-healthcare-dental-nursing"),
        ("Design, Surveying and Planning", "design-surveying-and-planning"),
        ("Advanced practitioner (integrated degree)", "advanced-practitioner-integrated-degree"),
        ("Analyst & Administrator", "analyst-and-administrator"),
        ("R&D", "r-and-d"),
        ("A\uff06B", "a-and-b"),
        ("C++ Developer", "c-plus-plus-developer"),
        ("100% Cotton", "100-per-cent-cotton"),
        ("Women's Health", "womens-health"),
        ("Women\u2019s Health", "womens-health"),
        ("\u2018Single\u2019 and \u201cdouble\u201d", "single-and-double"),
        ('The "Best"', "the-best"),
        ("Café", "cafe"),
        ("Cafe\u0301", "cafe"),
        ("Gwyddor Gofal Iechyd: tŷ a thân", "gwyddor-gofal-iechyd-ty-a-than"),
        ("Ŵyn â thŷ", "wyn-a-thy"),
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("Ærø", "aero"),
        ("Ǿ", "o"),
        ("Œuvre", "oeuvre"),
        ("Łódź", "lodz"),
        ("Þing and Ðæt", "thing-and-daet"),
        ("I\u0131İi", "iiii"),
        ("ﬁnance oﬃcer", "finance-officer"),
        ("\uff26\uff55\uff4c\uff4c\u3000\uff37\uff49\uff44\uff54\uff48", "full-width"),
        ("2020\u201321", "2020-21"),
        ("Health\u2014Science", "health-science"),
        ("a\u2022b", "a-b"),
        ("Optical\u00a0Assistant", "optical-assistant"),
        ("Optical\u200bAssistant", "opticalassistant"),
        ("co\u00adoperate", "cooperate"),
        ("Level ½", "level-1-2"),
        ("Level ②", "level-2"),
        ("\U0001f9ea Science", "science"),
        ("β-blocker Technician", "blocker-technician"),
        ("603/7083/X", "603-7083-x"),
        ("000_80ba2ef1bfb81c71.txt", "000-80ba2ef1bfb81c71-txt"),
        ("x" * 120, "x" * 120),
    ],
)
def test_a_slug_is_lower_case_ascii_words(title: str, expected: str) -> None:
    assert slug(title) == expected


@pytest.mark.parametrize(
    "title", ["", " ", "-", "\U0001f600", "\U0001f468\u200d\U0001f52c", "Επιστήμη", "科学", "'", "!?"]
)
def test_a_title_without_latin_letters_or_digits_has_no_slug(title: str) -> None:
    with pytest.raises(IdentifierError, match="no identifier can be made") as caught:
        slug(title)

    assert caught.value.hint == "give it an identifier with 'key: lower-case-words'"


@pytest.mark.parametrize("title", ["x" * 121, "word " * 60, "&" * 40])
def test_a_title_that_is_too_long_has_no_slug(title: str) -> None:
    with pytest.raises(IdentifierError, match="too long"):
        slug(title)


def slug_or_none(title: str) -> str | None:
    try:
        return slug(title)
    except IdentifierError:
        return None


@given(st.text(max_size=60))
@fuzz(1000)
def test_every_slug_follows_the_pattern_and_is_its_own_slug(title: str) -> None:
    made = slug_or_none(title)

    assert made is None or (re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", made) and slug(made) == made)


@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=20))
@fuzz(500)
def test_upper_and_lower_case_have_the_same_slug(title: str) -> None:
    assert slug_or_none(title.upper()) == slug_or_none(title.upper().lower())


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tree &  Woodland", "tree and woodland"), ("Straße", "STRASSE"), (" Optics ", "optics"), ("R&D", "r and d")],
)
def test_titles_that_differ_in_case_spaces_or_ampersands_are_equal(one: str, other: str) -> None:
    assert normalise_title(one) == normalise_title(other)


def test_titles_that_differ_in_other_signs_are_not_equal() -> None:
    titles = ["Optics", "Optic", "Óptics", "Optics-", "Optics and"]
    assert len(set(map(normalise_title, titles))) == len(titles)


def test_an_ampersand_becomes_a_word() -> None:
    assert expand_ampersand("A &B") == "A and B"
    assert expand_ampersand("A  and B") == "A  and B"
