"""The sentences that every profile has are recognised as a whole, so that one with other words in it is not skipped."""

from __future__ import annotations

import pytest

from tlevel_rdf.documents.grammar import boilerplate


@pytest.mark.parametrize(
    "sentence",
    [
        "The Progression Profile",
        "Page 3 of 12",
        "For these occupational specialisms, there are progression pathways into apprenticeships, education and work.",
        "Accelerated = an apprenticeship may be shortened due to recognised prior learning (RPL).",
        "The learner has covered the content to a high level and may bypass the apprenticeship in this step.",
        "In development = standard is being developed.",
        "Under revision = standard is being revised.",
        "Occupational specialisms",
        "Key",
        "Skip to main content",
    ],
)
def test_a_sentence_of_the_layout_is_recognised(sentence: str) -> None:
    assert boilerplate.RECOGNISED.match(sentence)
    more = f"{sentence.rstrip('.')} except the Nurse apprenticeship."
    assert not boilerplate.RECOGNISED.match(more)


def test_only_headers_and_numbers_of_pages_end_no_list() -> None:
    assert boilerplate.PAGE.match("- 4 -")
    assert boilerplate.PAGE.match("T Level progression profiles")
    assert not boilerplate.PAGE.match("Occupational specialisms")


def test_a_legend_names_its_flag() -> None:
    found = boilerplate.LEGEND.match("Accelerated: ask your provider.")
    assert found
    assert found["flag"] == "Accelerated"
    assert not boilerplate.LEGEND.match("Accelerating: ask.")


@pytest.mark.parametrize(
    "sentence",
    [
        "A learner could potentially move across progression routes from the different specialisms.",
        "© Crown copyright 2024",
        "Please note: dates may change.",
    ],
)
def test_known_notes_are_notes(sentence: str) -> None:
    assert boilerplate.NOTE.match(sentence)
    assert not boilerplate.RECOGNISED.match(sentence)


def test_a_heading_of_notes_has_no_words_of_its_own() -> None:
    assert boilerplate.NOTES.match("Notes to readers:")
    assert not boilerplate.NOTES.match("Notes: ask your adviser.")
