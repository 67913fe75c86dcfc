"""What every reader of a format gives: lines of visible text, each with its place and its links.

A line is what the grammar reads at a time: a line of a text, a paragraph of Markdown, HTML or DOCX, a line of a PDF
page, or a cell of a table. Markup is gone from its text; what the markup said that matters is kept beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What the markup says a line is. Plain text says nothing."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a document, by what its format can be counted in.

    Attributes:
        line: the line of a text, Markdown or HTML file, or of a PDF page; counted from 1.
        paragraph: the paragraph of a DOCX document, counted from 1 through body and tables in their order.
        page: the page of a PDF, counted from 1.
    """

    line: int | None = None
    paragraph: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a line.

    Attributes:
        start: where its words begin in the line's text.
        end: where they end.
        target: the address, as written.
    """

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of visible text.

    Attributes:
        text: its characters, with runs of spaces folded, soft hyphens and stray controls gone, and no space at its
            ends. Links and emphasis are plain words in it.
        where: its place in the document.
        role: what the markup says it is.
        links: in their order; none overlap.
        strong: the stretches that are emphasised, as (start, end).
        columns: for each character of the text, its column in the source line, counted from 1; empty where the
            format has no columns (DOCX, PDF).
    """

    text: str
    where: Where
    role: Role = Role.TEXT
    links: tuple[Link, ...] = ()
    strong: tuple[tuple[int, int], ...] = ()
    columns: tuple[int, ...] = ()

    def column(self, offset: int) -> int | None:
        """The column in the source of a character of the text; None where the format has none."""
        return self.columns[min(offset, len(self.columns) - 1)] if self.columns else None


@dataclass(frozen=True, slots=True)
class Document:
    """A document as lines.

    Attributes:
        name: the name of its file, without folders.
        sha256: of its bytes, in hexadecimal.
        media_type: such as text/plain.
        lines: in reading order; none is empty.
    """

    name: str
    sha256: str
    media_type: str
    lines: tuple[Line, ...]
