"""Sentences with the options and doubts that the grammar reads in them: the rows of `*.txt` in this folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.documents.reading import read_bytes
from tlevel_rdf.documents.grammar.segmentation import split_passages
from tlevel_rdf.documents.grammar.sentence import read_sentence
from tlevel_rdf.documents.grammar.statement import Category, Context
from tlevel_rdf.documents.grammar.title_splitter import KnownTitles
from tlevel_rdf.profiles.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.documents.grammar.segmentation import Sentence
    from tlevel_rdf.documents.grammar.statement import Mention, Statement

LETTERS = {Kind.APPRENTICESHIP: "A", Kind.HTQ: "H", Kind.DEGREE: "D", Kind.OCCUPATION: "O"}
REPORTED = {Category.RECOGNISED, Category.NOTE, Category.LABEL}


class Row(NamedTuple):
    """A sentence, and the lines below it."""

    sentence: str
    expected: list[str]


def rows(name: str) -> list[Row]:
    """Return the rows of a file."""
    blocks = Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n> ")[1:]
    return [Row(first, expected) for first, *expected in (block.strip().splitlines() for block in blocks)]


def sentences(text: str, name: str = "a.md") -> list[Sentence]:
    """Return the sentences of a document."""
    passages = split_passages(read_bytes(text.encode(), name))
    return [sentence for passage in passages for sentence in passage.sentences]


def statements(text: str) -> Iterator[tuple[Sentence, Statement]]:
    """Yield the statements of a line, read as one of the technical part of a profile."""
    context = Context(mode="technical")
    for sentence in sentences(text, "a.txt"):
        statement = read_sentence(sentence, context, KnownTitles())
        context = statement.context
        yield sentence, statement


def shown(mention: Mention) -> str:
    """Return a mention as the rows write it."""
    flags = f" ({', '.join(mention.flags)})" if mention.flags else ""
    link = f" <{mention.target}>" if mention.target not in (None, "#") else ""
    relevant = " relevant" if mention.is_relevant else ""
    assert mention.kind
    return f"{LETTERS[mention.kind]}{mention.level or ''} {mention.title}{flags}{relevant}{link}"


def assert_read_as_its_row(row: Row) -> None:
    """Check the options and doubts of a row, and the place of each; nothing in the sentence is lost."""
    options, rest = [], []
    for sentence, statement in statements(row.sentence):
        options += [shown(mention) for mention in statement.mentions]
        doubts = [doubt for mention in statement.mentions for doubt in mention.doubts] + list(statement.doubts)
        rest += [f"? {doubt.code.name}: {doubt.words}" for doubt in doubts]
        rest += [statement.category.name] if statement.category in REPORTED else []
        _assert_placed(row, sentence, statement)
        assert statement.doubts or statement.category not in {Category.UNCLEAR, Category.STRAY}
        assert statement.mentions or statement.category is not Category.OPTIONS
    assert options + rest == row.expected


def _assert_placed(row: Row, sentence: Sentence, statement: Statement) -> None:
    for mention in statement.mentions:
        column = sentence.spot(mention.start).column
        assert row.sentence[column - 1 :].lstrip('["“').startswith(mention.title.split()[0])
    for doubt in statement.doubts:
        column = sentence.spot(doubt.start).column
        printed = row.sentence[column - 1 :].replace("[", "").lstrip('"“*')
        assert printed.startswith(doubt.words.split()[0].strip('“"['))
