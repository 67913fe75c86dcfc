"""The result of every reader: lines of visible text, each with its location and its links.

A line is a line of a text, Markdown or HTML file or of a PDF page, or a paragraph of a DOCX file. Its text has no
markup; what the markup says is kept beside it. The grammar decides whether a line continues in the next one; readers
only join a word that the end of a line breaks.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """The role that the markup gives a line; plain text has only its numbers and bullets."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"


class Reason(StrEnum):
    """The reason why part of a document is not in its lines."""

    #: It is not text.
    UNREAD = "unread"
    #: A tracked change deletes it.
    DELETED = "deleted"
    #: It is struck out.
    STRUCK = "struck"
    #: A person who looks at the document does not see it.
    HIDDEN = "hidden"
    #: It stands in the top or bottom margin of a page while the text continues on the next page.
    MARGIN = "margin"


class Location(NamedTuple):
    """A location in a document, in the units that its format has.

    Attributes:
        line: the line of a text, Markdown or HTML file, or of a PDF page; counted from 1.
        paragraph: the paragraph of a DOCX document, counted from 1 through body and tables in document order.
        page: the page of a PDF, counted from 1.
    """

    line: int | None = None
    paragraph: int | None = None
    page: int | None = None

    def is_right_above(self, other: Location) -> bool:
        """Return True if another location is in the next line or on the next page, or in the same DOCX paragraph."""
        if self.line is None or other.line is None:
            return self.paragraph is not None and self.paragraph == other.paragraph
        if self.page != other.page:
            return (other.page or 0) - (self.page or 0) == 1
        # Two HTML lines can share a source line, and so can a joined word and the rest of its line.
        return 0 <= other.line - self.line <= 1


class Link(NamedTuple):
    """A link in a line.

    Attributes:
        start: the offset in the line's text where its words begin.
        end: the offset where they end.
        target: the address, as written.
        continues: True if it is the rest of the link that ends the previous line.
    """

    start: int
    end: int
    target: str
    continues: bool = False


class Cell(NamedTuple):
    """The position of a table cell.

    Attributes:
        table: a number that is unique to the table within the document.
        row: counted from 0.
        column: the first column that it covers, counted from 0.
        columns: the number of columns that it spans; 0 for a line of a table whose columns are not known.
        rows: the number of rows that it spans.
    """

    table: int
    row: int
    column: int
    columns: int = 1
    rows: int = 1


class AlternativeSpelling(NamedTuple):
    """Another spelling of a word that the end of a line breaks.

    Attributes:
        start: the offset in the line's text where the word begins.
        end: the offset where it ends.
        spelling: the word without its hyphen, or with one.
    """

    start: int
    end: int
    spelling: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of visible text.

    Attributes:
        text: its characters, with runs of spaces folded, without soft hyphens, control characters and outer spaces.
            Links and emphasis are plain words in it.
        location: the location of its first character.
        role: its role in the markup.
        links: in text order, without overlaps.
        strong: the emphasised parts, as (start, end).
        columns: for each character of the text, its column in the source line, counted from 1; empty where the
            format has no columns (DOCX, PDF).
        continuations: for each further line or page of the source that the text continues in, the offset of the first
            character there, and its location; in text order.
        has_gap_above: True if the space above it is larger than between the lines of a paragraph. In plain text the
            locations show blank lines.
        alternatives: other spellings of its words.
        cell: the position of the table cell that holds it.
    """

    text: str
    location: Location
    role: Role = Role.TEXT
    links: tuple[Link, ...] = ()
    strong: tuple[tuple[int, int], ...] = ()
    columns: tuple[int, ...] = ()
    continuations: tuple[tuple[int, Location], ...] = ()
    has_gap_above: bool = False
    alternatives: tuple[AlternativeSpelling, ...] = ()
    cell: Cell | None = None

    def location_at(self, offset: int) -> Location:
        """Return the source location of a character of the text."""
        after = bisect_right(self.continuations, offset, key=lambda each: each[0])
        return self.continuations[after - 1][1] if after else self.location

    def column_at(self, offset: int) -> int | None:
        """Return the source column of a character of the text; None where the format has no columns."""
        return self.columns[min(offset, len(self.columns) - 1)] if self.columns else None

    def is_right_below(self, above: Line) -> bool:
        """Return True if the line follows another without a gap, or begins the page after it."""
        return not self.has_gap_above and above.location_at(len(above.text)).is_right_above(self.location)

    def is_rest_of(self, above: Line) -> bool:
        """Return True if another line took over the first word of this one, because a line's end broke it."""
        return bool(above.continuations) and self.location == above.continuations[-1][1]


@dataclass(frozen=True, slots=True)
class Omission:
    """A part of a document that is not in its lines: a picture, or words that are struck out or hidden.

    Attributes:
        text: a description of the part, or the words left out.
        location: its location.
        reason: the reason why it is not in the lines.
        column: the column in its line or paragraph where it begins, counted from 1.
    """

    text: str
    location: Location
    reason: Reason = Reason.UNREAD
    column: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A document as lines.

    Attributes:
        name: the name of its file, without folders.
        sha256: the checksum of its bytes, in hexadecimal.
        media_type: such as text/plain.
        lines: in reading order; none is empty.
        omissions: parts that may matter and are not in the lines, for a person to check.
        furniture: menus, page headers and footers, which can hold facts about the document.
    """

    name: str
    sha256: str
    media_type: str
    lines: tuple[Line, ...]
    omissions: tuple[Omission, ...] = ()
    furniture: tuple[Line, ...] = ()
