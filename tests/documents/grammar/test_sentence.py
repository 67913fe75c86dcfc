"""What the grammar makes of a sentence: every row of `sentences.txt`, and where the words stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tlevel_rdf.documents.grammar.segmentation import split_passages
from tlevel_rdf.documents.grammar.sentence import read_sentence
from tlevel_rdf.documents.grammar.statement import Category, Context
from tlevel_rdf.documents.grammar.title_splitter import KnownTitles
from tlevel_rdf.documents.readers.detection import read_bytes
from tlevel_rdf.profiles.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.documents.grammar.segmentation import Sentence
    from tlevel_rdf.documents.grammar.statement import Mention, Statement

LETTERS = {Kind.APPRENTICESHIP: "A", Kind.HTQ: "H", Kind.DEGREE: "D", Kind.OCCUPATION: "O"}
REPORTED = {Category.RECOGNISED, Category.NOTE, Category.LABEL}
ROWS = Path(__file__).parents[1] / "sentences.txt"


class Row(NamedTuple):
    sentence: str
    expected: list[str]


def rows() -> Iterator[Row]:
    blocks = ROWS.read_text(encoding="utf-8").split("\n> ")[1:]
    for block in blocks:
        first, *expected = block.strip().splitlines()
        yield Row(first, expected)


def statements(text: str) -> Iterator[tuple[Sentence, Statement]]:
    """The statements of a line, read as one of the technical part of a profile."""
    context = Context(mode="technical")
    for passage in split_passages(read_bytes(text.encode(), "a.txt")):
        for sentence in passage.sentences:
            statement = read_sentence(sentence, context, KnownTitles())
            context = statement.context
            yield sentence, statement


def shown(mention: Mention) -> str:
    flags = f" ({', '.join(mention.flags)})" if mention.flags else ""
    link = f" <{mention.target}>" if mention.target not in (None, "#") else ""
    relevant = " relevant" if mention.is_relevant else ""
    assert mention.kind
    return f"{LETTERS[mention.kind]}{mention.level or ''} {mention.title}{flags}{relevant}{link}"


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: row.sentence[:60])
def test_a_sentence_gives_the_options_and_doubts_of_its_row(row: Row) -> None:
    options, rest = [], []
    for _, statement in statements(row.sentence):
        options += [shown(mention) for mention in statement.mentions]
        doubts = [doubt for mention in statement.mentions for doubt in mention.doubts] + list(statement.doubts)
        rest += [f"? {doubt.code.name}: {doubt.words}" for doubt in doubts]
        rest += [statement.category.name] if statement.category in REPORTED else []

    assert options + rest == row.expected


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: row.sentence[:60])
def test_mentions_and_doubts_have_their_places(row: Row) -> None:
    for sentence, statement in statements(row.sentence):
        for mention in statement.mentions:
            column = sentence.spot(mention.start).column
            assert row.sentence[column - 1 :].lstrip('["“').startswith(mention.title.split()[0])
        for doubt in statement.doubts:
            column = sentence.spot(doubt.start).column
            printed = row.sentence[column - 1 :].replace("[", "").lstrip('"“*')
            assert printed.startswith(doubt.words.split()[0].strip('“"['))


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: row.sentence[:60])
def test_nothing_is_lost(row: Row) -> None:
    """A sentence that is neither options nor a known part has a doubt, and with it becomes a note."""
    for _, statement in statements(row.sentence):
        if statement.category in {Category.UNCLEAR, Category.STRAY}:
            assert statement.doubts
        if statement.category is Category.OPTIONS:
            assert statement.mentions
