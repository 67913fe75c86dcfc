"""The words of a PDF page and their positions: words, rows, segments and blocks.

All distances are in points, from the left and from the top of the page, unless they are in ems: sizes of a letter.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.document import Cell, Reason, Role
from tlevel_rdf.documents.readers.line_markers import leading_marker

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Ems between columns. Words stand 0.25 apart, in justified text up to 1.
COLUMN_GAP: Final = 1.2
#: Ems between the number of an item and its words, at most.
_MARKER_GAP: Final = 6.0


class Word(NamedTuple):
    """Letters of one look that stand together."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    is_bold: bool
    link: int
    is_struck: bool = False

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2


class Box(NamedTuple):
    """A rectangle."""

    left: float
    right: float
    top: float
    bottom: float

    def holds(self, word: Word) -> bool:
        """Return True if the middle of a word is in the box."""
        return self.left <= (word.left + word.right) / 2 <= self.right and self.top <= word.middle <= self.bottom

    def is_over(self, other: Box) -> bool:
        """Return True if one box stands above the other, at any distance."""
        return self.left < other.right and other.left < self.right

    def is_beside(self, other: Box) -> bool:
        """Return True if both boxes stand at one height."""
        return self.top < other.bottom and other.top < self.bottom


#: The cells of a table, with their positions in it.
Table = tuple[tuple[Box, Cell], ...]


@dataclass(frozen=True)
class Page:
    """A page.

    Attributes:
        number: counted from 1.
        height: in points.
        words: its words.
        links: the targets of its links.
        tables: the ruled tables, and the lines of tables without rules.
        has_picture: True if there is a picture on it.
        omissions: the words that are not among its words, and the reason.
    """

    number: int
    height: float
    words: tuple[Word, ...]
    links: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    has_picture: bool = False
    omissions: tuple[tuple[str, Reason], ...] = ()


@dataclass(frozen=True)
class Segment:
    """A part of a row without a wide gap: its words from left to right, and the number of the row."""

    row: int
    words: tuple[Word, ...]

    @cached_property
    def main(self) -> Word:
        """The largest of its words."""
        return max(self.words, key=lambda word: (word.size, len(word.text)))

    @cached_property
    def box(self) -> Box:
        """The space that it takes, at the height of its largest word."""
        return bounds(self.words)._replace(top=self.main.top, bottom=self.main.bottom)


class Block:
    """Segments one below the other, or a table cell.

    Args:
        segments: its segments, from the top.
        cell: the position of the table cell.
        edge: the right edge of the space that the words of the cell have.
    """

    def __init__(self, segments: Sequence[Segment], cell: Cell | None = None, edge: float = inf) -> None:
        self.segments, self.cell, self.edge = [*segments], cell, edge
        self.box = bounds(segment.box for segment in segments)

    def add(self, segment: Segment) -> None:
        """Add a segment below the others."""
        self.segments.append(segment)
        self.box = bounds((self.box, segment.box))


def bounds(boxes: Iterable[Word | Box]) -> Box:
    """Return the smallest box around words or boxes."""
    lefts, rights, tops, bottoms = zip(*((box.left, box.right, box.top, box.bottom) for box in boxes), strict=True)
    return Box(min(lefts), max(rights), min(tops), max(bottoms))


def words_outside_tables(page: Page) -> list[Word]:
    """Return the words of a page that stand in no table."""
    tables = [bounds(box for box, _ in table) for table in page.tables]
    return [word for word in page.words if not any(box.holds(word) for box in tables)]


def text_of(words: Iterable[Word]) -> str:
    """Return words with spaces between them."""
    return " ".join(word.text for word in words)


def rows(words: Iterable[Word]) -> list[list[Word]]:
    """Return words grouped by height, from the top down, each group from left to right."""
    found: list[list[Word]] = []
    main: Word | None = None
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.left)):
        # Two small lines can stand beside one large one.
        if not main or not _is_in_row(word, main, found[-1]):
            found.append([])
            main = word
        insort(found[-1], word, key=lambda each: each.left)
        main = max(main, word, key=lambda each: each.size)
    return found


def _is_in_row(word: Word, main: Word, row: Sequence[Word]) -> bool:
    """Return True if a word stands at the height of the main word of a row, and not above or below one of its words."""
    if not (main.top < word.middle < main.bottom or word.top < main.middle < word.bottom):
        return False
    at = bisect_left(row, word.left, key=lambda each: each.left)
    return not any(_is_above(each, word) for each in row[max(at - 1, 0) : at + 1])


def _is_above(above: Word, below: Word) -> bool:
    """Return True if a word stands above another, by more than letters printed over one another do."""
    common = min(above.right, below.right) - max(above.left, below.left)
    return common > 0.5 * below.size and below.bottom - above.bottom > 0.3 * below.size


def segments(number: int, row: Sequence[Word]) -> list[Segment]:
    """Split a row at wide gaps; the number of an item stays with its words."""
    parts: list[list[Word]] = [[row[0]]]
    for before, word in pairwise(row):
        gap = (word.left - before.right) / max(before.size, word.size)
        is_marker = len(parts[-1]) == 1 and gap < _MARKER_GAP and is_item_marker(before)
        if gap > COLUMN_GAP and not is_marker:
            parts.append([])
        parts[-1].append(word)
    return [Segment(number, tuple(part)) for part in parts]


def is_item_marker(word: Word) -> bool:
    """Return True if a word is a bullet or the number of an item."""
    return leading_marker(f"{word.text} x")[0] is Role.ITEM


def typical_size(pages: Iterable[Page]) -> float:
    """Return the size of most letters."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for word in page.words:
            sizes[round(word.size, 1)] += len(word.text)
    return sizes.most_common(1)[0][0]
