"""What every reader of a format gives: lines of visible text, each with its place and its links.

A line is a line of a text, a Markdown file or a PDF page, or a paragraph, an item or a cell of HTML or DOCX. Markup is
gone from its text; what the markup said that matters is kept beside it. Whether a line goes on in the next is for the
grammar to say; only a word that is broken between them is made whole.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What the markup says a line is. Plain text says nothing."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"


class Why(StrEnum):
    """Why something of a document is not in its lines."""

    #: It is no text.
    UNREAD = "unread"
    #: It is struck out, and so not said any more.
    STRUCK = "struck"
    #: Nobody who looks at the document sees it.
    HIDDEN = "hidden"
    #: It stands apart at the head or foot of a page, within text that goes on.
    MARGIN = "margin"


class Where(NamedTuple):
    """A place in a document, by what its format can be counted in.

    Attributes:
        line: the line of a text, Markdown or HTML file, or of a PDF page; counted from 1.
        paragraph: the paragraph of a DOCX document, counted from 1 through body and tables in their order.
        page: the page of a PDF, counted from 1.
    """

    line: int | None = None
    paragraph: int | None = None
    page: int | None = None


class Link(NamedTuple):
    """A link in a line.

    Attributes:
        start: where its words begin in the line's text.
        end: where they end.
        target: the address, as written.
        continues: whether it is the rest of the link that the line before ends with.
    """

    start: int
    end: int
    target: str
    continues: bool = False


class Cell(NamedTuple):
    """The place of a cell.

    Attributes:
        table: a number that no other table of the document has.
        row: counted from 0.
        column: the first that it stands in, counted from 0.
        columns: how many it spans; 0: it is a line of a table whose columns cannot be told.
        rows: how many it spans.
    """

    table: int
    row: int
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Unsure:
    """A word that the end of a line breaks, and that could be written in another way.

    Attributes:
        start: where it begins in the line's text.
        end: where it ends.
        other: the other way to write it: without its hyphen, or with one.
    """

    start: int
    end: int
    other: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of visible text.

    Attributes:
        text: its characters, with runs of spaces folded, soft hyphens and stray controls gone, and no space at its
            ends. Links and emphasis are plain words in it.
        where: the place of its first character.
        role: what the markup says it is.
        links: in their order; none overlap.
        strong: the stretches that are emphasised, as (start, end).
        columns: for each character of the text, its column in the source line, counted from 1; empty where the
            format has no columns (DOCX, PDF).
        turns: where a paragraph goes on in another line or page of the source: the offset of the first character
            there, and its place; in their order.
        apart: whether there is more room above it than between the lines of a paragraph. The blank lines of a text
            show in `where`.
        unsure: the words in it that could be written otherwise.
        cell: the place of the cell that it stands in, where the format has tables.
    """

    text: str
    where: Where
    role: Role = Role.TEXT
    links: tuple[Link, ...] = ()
    strong: tuple[tuple[int, int], ...] = ()
    columns: tuple[int, ...] = ()
    turns: tuple[tuple[int, Where], ...] = ()
    apart: bool = False
    unsure: tuple[Unsure, ...] = ()
    cell: Cell | None = None

    def at(self, offset: int) -> Where:
        """The place in the source of a character of the text."""
        turn = bisect_right(self.turns, offset, key=lambda turn: turn[0])
        return self.turns[turn - 1][1] if turn else self.where

    def column(self, offset: int) -> int | None:
        """The column in the source of a character of the text; None where the format has none."""
        return self.columns[min(offset, len(self.columns) - 1)] if self.columns else None


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in a document that is not in its lines: a picture, or words that are struck out or hidden.

    Attributes:
        what: what it is in words, or the words that are left out.
        where: its place.
        why: why it is not in the lines.
        column: where it begins in its line or paragraph, counted from 1.
    """

    what: str
    where: Where
    why: Why = Why.UNREAD
    column: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A document as lines.

    Attributes:
        name: the name of its file, without folders.
        sha256: of its bytes, in hexadecimal.
        media_type: such as text/plain.
        lines: in reading order; none is empty.
        furniture: menus and the foot of a page, which say nothing about a T Level but may about the document.
        unread: what may say something and is not in the lines, for a person to look at.
    """

    name: str
    sha256: str
    media_type: str
    lines: tuple[Line, ...]
    unread: tuple[Unread, ...] = ()
    furniture: tuple[Line, ...] = ()
