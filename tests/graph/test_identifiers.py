"""How a title becomes an identifier, and every pattern of an IRI."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlevel_rdf.errors import IdentifierError
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.profiles.model import Kind, Placed
from tlevel_rdf.profiles.titles import slug

IDS = Identifiers("https://example.org/")


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
def test_a_title_that_leaves_nothing_has_no_identifier(title: str) -> None:
    with pytest.raises(IdentifierError, match="no identifier can be made") as caught:
        slug(title)

    assert caught.value.hint == "give it one with 'key: lower-case-words'"


@pytest.mark.parametrize("title", ["x" * 121, "word " * 60, "&" * 40])
def test_a_title_that_makes_no_name_of_a_file_has_no_identifier(title: str) -> None:
    with pytest.raises(IdentifierError, match="too long"):
        slug(title)


def slug_or_none(title: str) -> str | None:
    try:
        return slug(title)
    except IdentifierError:
        return None


@given(st.text(max_size=60))
@settings(derandomize=True, deadline=None, max_examples=1000)
def test_a_slug_has_one_pattern_and_is_its_own_slug(title: str) -> None:
    made = slug_or_none(title)

    assert made is None or (re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", made) and slug(made) == made)


@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=20))
@settings(derandomize=True, deadline=None, max_examples=500)
def test_capitals_make_no_difference(title: str) -> None:
    assert slug_or_none(title.upper()) == slug_or_none(title.upper().lower())


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (IDS.t_level("a"), "id/t-level/a"),
        (IDS.qualification("603/7083/X"), "id/qualification/603-7083-x"),
        (IDS.organisation("a"), "id/organisation/a"),
        (IDS.profile("a"), "id/profile/a"),
        (IDS.specialism("a", "b"), "id/specialism/a/b"),
        (IDS.option("a", "b", Kind.APPRENTICESHIP, 2, "c"), "id/option/a/b/apprenticeship/level-2/c"),
        (IDS.option("a", "b", Kind.OCCUPATION, None, "c"), "id/option/a/b/occupation/c"),
        (IDS.destination(Kind.APPRENTICESHIP, 2, "a"), "id/apprenticeship/level-2/a"),
        (IDS.destination(Kind.HTQ, 4, "a"), "id/htq/level-4/a"),
        (IDS.destination(Kind.DEGREE, None, "a"), "id/degree/a"),
        (IDS.destination(Kind.OCCUPATION, None, "a"), "id/occupation/a"),
        (IDS.standard(2, "a"), "id/standard/level-2/a"),
        (IDS.route("a"), "id/route/a"),
        (IDS.source("a"), "id/source/a"),
        (IDS.place(IDS.source("a"), Placed(line=1)), "id/source/a#line=0,1"),
        (IDS.place(IDS.source("a"), Placed(paragraph=12)), "id/source/a#paragraph=12"),
        (IDS.place(IDS.source("a"), Placed.model_validate({"pdf page": 3, "line": 4})), "id/source/a#page=3&line=4"),
        (IDS.place(IDS.source("a"), Placed.model_validate({"pdf page": 3})), "id/source/a#page=3"),
        (IDS.place(IDS.source("a"), Placed()), "id/source/a"),
        (IDS.checksum(IDS.source("a")), "id/source/a#sha256"),
        (IDS.dataset(), "data/progression-profiles"),
        (IDS.version(dt.date(2026, 11, 22)), "data/progression-profiles/2026-11-22"),
        (IDS.graph("inferred"), "graph/inferred"),
        (IDS.profile_graph("a"), "graph/profile/a"),
        (IDS.reference_graph("a"), "graph/reference/a"),
    ],
)
def test_every_iri_follows_its_pattern(made: object, expected: str) -> None:
    assert str(made) == f"<https://example.org/{expected}>"
