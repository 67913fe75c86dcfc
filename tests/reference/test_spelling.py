"""A misspelt title is recognised, and a title that is only unknown is not taken for another one."""

from __future__ import annotations

import pytest

from tests.timing import takes_less_than
from tlevel_rdf.reference.spelling import Speller

TITLES = ["Dispensing optician", "Optical assistant", "Senior baker", "Travel agent (rail)", "Multi-channel marketer"]
OTHERS = ["Junior optician", "Assistants", "Carder"]


@pytest.fixture(name="speller")
def make_speller() -> Speller:
    return Speller(TITLES, OTHERS)


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("Dispensing Opticain", "Dispensing optician"),
        ("dispensng  opticiann", "Dispensing optician"),
        ("Senoir bakre", "Senior baker"),
        ("Travel agant (rail)", "Travel agent (rail)"),
        ("Multi-chanel marketer", "Multi-channel marketer"),
    ],
)
def test_an_unknown_word_is_respelt_if_that_gives_a_title(title: str, meant: str, speller: Speller) -> None:
    assert speller.suggest(title) == meant


@pytest.mark.parametrize(
    "title",
    ["Junior baker", "Optical assistants", "Trainee optician", "Dispensing physician", "Dispensing", "Bakr", "δ", ""],
)
def test_a_title_that_is_only_unknown_has_no_suggestion(title: str, speller: Speller) -> None:
    assert speller.suggest(title) is None


def test_a_likely_title_may_differ_in_a_known_word(speller: Speller) -> None:
    assert speller.suggest("Optical assistants", {"optical assistant"}) == "Optical assistant"
    assert speller.suggest("Optical assistants", {"another title"}) is None


@pytest.mark.parametrize("title", ["x" * 300, "abcd efgh " * 30, "[" * 300, "Dispensng " * 30])
def test_a_hostile_title_takes_no_time(title: str, speller: Speller) -> None:
    assert speller.suggest(title, {"optical assistant"}) is None
    assert takes_less_than(1, lambda: speller.suggest(title, {"optical assistant"}))
