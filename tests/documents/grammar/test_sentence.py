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
SAID = {Category.RECOGNISED, Category.NOTE, Category.LABEL}
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
def test_what_a_sentence_says(row: Row) -> None:
    options, rest = [], []
    for _, statement in statements(row.sentence):
        options += [shown(mention) for mention in statement.mentions]
        doubts = [doubt for mention in statement.mentions for doubt in mention.doubts] + list(statement.doubts)
        rest += [f"? {doubt.code.name}: {doubt.words}" for doubt in doubts]
        rest += [statement.category.name] if statement.category in SAID else []

    assert options + rest == row.expected


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: row.sentence[:60])
def test_everything_is_said_at_its_place(row: Row) -> None:
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


MARKS = ["[{}](#)", '"{}"', "“{}”"]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize(
    "title",
    ["Health, Safety and Environment Technician", "Care and Support", "Furniture Maker (Upholsterer)", "At Level 4"],
)
def test_a_marked_title_stays_whole(title: str, mark: str) -> None:
    text = f"At level 4, there are the {mark.format(title)}, Nurse and {mark.format('B and C')} apprenticeships."
    found = [shown(mention) for _, statement in statements(text) for mention in statement.mentions]

    assert found == [f"A4 {title}", "A4 Nurse", "A4 B and C"]


def test_what_is_marked_elsewhere_stays_whole() -> None:
    known = KnownTitles(["Accounting and Finance", "Law"])
    (passage,) = split_passages(
        read_bytes(b"Degree options may include Accounting and Finance, Law and Music.", "a.txt")
    )
    (sentence,) = passage.sentences
    statement = read_sentence(sentence, Context(), known)

    assert [mention.title for mention in statement.mentions] == ["Accounting and Finance", "Law", "Music"]
    assert not any(mention.doubts for mention in statement.mentions)


SPLIT = [
    ("One. Two.", ["One.", "Two."]),
    ("See e.g. Law. Two.", ["See e.g. Law.", "Two."]),
    ("A (one. Two.) b. Three.", ["A (one. Two.) b.", "Three."]),
    ("No. 5 is it. Two.", ["No. 5 is it.", "Two."]),
    ("There is none? Yes! Two", ["There is none?", "Yes!", "Two"]),
    ("It costs 4.50 now. Two.", ["It costs 4.50 now.", "Two."]),
    ("One. at level 4 there is more.", ["One.", "at level 4 there is more."]),
    ("One.At level 4 there is more.", ["One.", "At level 4 there is more."]),
    ("1. Optical Care Services", ["1. Optical Care Services"]),
    ("One (unclosed. Two.", ["One (unclosed.", "Two."]),
    ("More experience. f", ["More experience.", "f"]),
    ("…", ["…"]),
]


@pytest.mark.parametrize(("text", "parts"), SPLIT)
def test_where_a_sentence_ends(text: str, parts: list[str]) -> None:
    (passage,) = split_passages(read_bytes(text.encode(), "a.html"))

    assert [sentence.text for sentence in passage.sentences] == parts
