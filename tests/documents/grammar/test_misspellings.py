"""Misspelt words of the layout are read as the right ones, with a finding at their place."""

from __future__ import annotations

import pytest

from tlevel_rdf.documents.document import Document, Line, Location
from tlevel_rdf.documents.grammar.misspellings import read_respelt
from tlevel_rdf.documents.grammar.segmentation import Sentence, split_passages
from tlevel_rdf.documents.grammar.sentence import read_sentence
from tlevel_rdf.documents.grammar.statement import Context, Statement
from tlevel_rdf.documents.grammar.title_splitter import KnownTitles


def read(*lines: str) -> tuple[Sentence, Statement]:
    rows = tuple(Line(line, Location(line=number)) for number, line in enumerate(lines, 1))
    (passage,) = split_passages(Document("", "", "text/plain", rows))
    sentence = passage.whole
    statement = read_sentence(sentence, Context(), KnownTitles())
    return read_respelt(sentence, Context(), KnownTitles(), statement)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("At level 4, there is the Roofer aprenticeship.", [("aprenticeship", 33)]),
        ("At levle 4, there is the Roofer apprenticeship.", [("levle", 4)]),
        (
            "At Levl 4, there is the Roofer apprenticeship (relevent ocupation).",
            [("Levl", 4), ("relevent", 48), ("ocupation", 57)],
        ),
        ("At level 4, there are the Roofer and Tiler apprentceships.", [("apprentceships", 44)]),
        ("At level 4, there is the Roofer higher technical qualifcation.", [("qualifcation", 50)]),
    ],
)
def test_a_misspelt_word_is_read_and_reported_at_its_place(text: str, words: list[tuple[str, int]]) -> None:
    sentence, statement = read(text)
    assert [mention.title for mention in statement.mentions][:1] == ["Roofer"]
    assert all(mention.level == 4 for mention in statement.mentions)
    doubts = [each for mention in statement.mentions for each in mention.doubts if each.code == "TLR159"]
    assert [(each.words, sentence.spot(each.start).column) for each in doubts] == words


@pytest.mark.parametrize(
    "text",
    [
        "At level 4, there is the Lever Engineer apprenticeship.",
        "At level 4, there is the Aprentice Roofer apprenticeship.",
        "The ocupation of a roofer is hard work on a roof.",
        "There is no aprenticeship at level 4.",
    ],
)
def test_other_words_stay(text: str) -> None:
    sentence, statement = read(text)
    assert sentence.text == text
    assert not any(each.code == "TLR159" for mention in statement.mentions for each in mention.doubts)


def test_the_words_behind_a_correction_keep_their_places() -> None:
    sentence, statement = read("At levle 4, there is the aprenticeship Roofer or", "the Tiler aprenticeship.")
    for mention in statement.mentions:
        spot = sentence.spot(mention.start)
        assert (spot.where.line, spot.column) in {(1, 40), (2, 5), (1, 26)}
