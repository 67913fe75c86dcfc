"""The sentences that every profile has are recognised as a whole, so that one with other words in it is not skipped."""

from __future__ import annotations

import re

import pytest

from tlevel_rdf.documents.document import Document, Line, Location
from tlevel_rdf.documents.grammar import boilerplate, lexicon
from tlevel_rdf.documents.grammar.segmentation import split_passages
from tlevel_rdf.documents.grammar.sentence import read_sentence
from tlevel_rdf.documents.grammar.statement import Category, Context
from tlevel_rdf.documents.grammar.title_splitter import KnownTitles


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


#: An example of each sentence that states nothing about one T Level, in the order of the table.
LAYOUT = """\
For these occupational specialisms, there are progression pathways into apprenticeships, education and work
The T Level is based on an occupational standard
Each occupational standard will have an apprenticeship option, which is referred to in this profile as the \
'relevant apprenticeship'
For some apprenticeships, in particular the relevant occupation, a learner may have covered the content to a high level
They will not need to complete the apprenticeship in this step, and this is noted as 'not applicable'
An apprenticeship may also be shortened due to recognised prior learning (RPL), and this is noted as 'accelerated'
Links to the mapping have been included, which detail the areas in need of further development
Please see below, the progression options for the occupational specialism
Progression options from the T Level
Occupational specialisms
Table of contents
Accelerated = an apprenticeship may be shortened due to recognised prior learning (RPL)
Not applicable = the learner has covered the content to a high level and may bypass the apprenticeship in this step
In development = the standard is being developed
Under revision = the standard is being revised
May be shortened due to recognised prior learning
A learner has covered the content to a high level and may bypass the apprenticeship in this step
The standard is being developed
Skip to main content
Back to top
""".splitlines()


def test_each_sentence_of_the_layout_has_an_example() -> None:
    table = boilerplate._SENTENCES.strip().replace("\n ", "").split("\n")  # noqa: SLF001 - the table itself
    assert len(LAYOUT) == len(table)
    for pattern, sentence in zip(table, LAYOUT, strict=True):
        assert re.fullmatch(pattern, sentence, re.IGNORECASE), sentence


@pytest.mark.parametrize("sentence", LAYOUT)
def test_no_sentence_of_the_layout_states_an_option(sentence: str) -> None:
    line = Document("", "", "text/plain", (Line(f"{sentence}.", Location(line=1)),))
    ((read,),) = [passage.sentences for passage in split_passages(line)]
    statement = read_sentence(read, Context(), KnownTitles())
    assert statement.category in {Category.RECOGNISED, Category.LABEL}
    assert statement.mentions == ()
    assert not lexicon.LEVELLED.search(sentence)
