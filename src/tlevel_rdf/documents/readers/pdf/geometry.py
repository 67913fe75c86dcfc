"""The words of a page and where they stand, as values: pieces, rows, segments and blocks."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from statistics import quantiles
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.document import Cell, Role
from tlevel_rdf.documents.readers.line_wrapping import begins_item

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Distances in sizes of a letter. Words stand 0.25 apart, in justified text up to 1; columns at least 2.
COLUMN_GAP: Final = 2.0
#: Lines of a paragraph stand 1.0 to 1.5 apart, from foot to foot; what is closer are cells beside one another.
_CLOSEST_LEADING: Final = 0.9
_WIDEST_LEADING: Final = 1.8


class Piece(NamedTuple):
    """Letters of one look that stand together; distances in points from the left and from the top."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    is_bold: bool
    link: int
    is_struck: bool = False


class Box(NamedTuple):
    """The space that something takes; distances in points from the left and from the top."""

    left: float
    right: float
    top: float
    bottom: float


#: The cells of a table, with their places in it.
Table = tuple[tuple[Box, Cell], ...]


@dataclass(frozen=True)
class Page:
    """A page.

    Attributes:
        number: counted from 1.
        height: in points.
        pieces: its words.
        links: the targets of its links.
        tables: those with rules, and others that are found.
        has_picture: whether there is one on it.
    """

    number: int
    height: float
    pieces: tuple[Piece, ...]
    links: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    has_picture: bool = False


@dataclass(frozen=True)
class Segment:
    """A part of a row with no wide gap in it: its words from left to right, and the number of the row."""

    row: int
    pieces: tuple[Piece, ...]

    @property
    def main(self) -> Piece:
        """The largest of its pieces."""
        return max(self.pieces, key=lambda piece: (piece.size, len(piece.text)))

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(piece.right for piece in self.pieces)

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass
class Block:
    """Segments one below the other, or the cell of a table with the place where its words would have to end."""

    segments: list[Segment] = field(default_factory=list)
    cell: Cell | None = None
    edge: float = inf

    @property
    def top(self) -> float:
        """Where it begins."""
        return self.segments[0].main.top

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.segments[-1].main.bottom

    @property
    def left(self) -> float:
        """Its left edge."""
        return min(segment.left for segment in self.segments)

    @property
    def right(self) -> float:
        """Its right edge."""
        return max(segment.right for segment in self.segments)


def box_of(table: Table) -> Box:
    """The space that a table takes."""
    lefts, rights, tops, bottoms = zip(*(box for box, _ in table), strict=True)
    return Box(min(lefts), max(rights), min(tops), max(bottoms))


def free(page: Page) -> list[Piece]:
    """The words of a page that stand in no table."""
    tables = [box_of(table) for table in page.tables]
    return [piece for piece in page.pieces if not any(_is_in(piece, box) for box in tables)]


def _is_in(piece: Piece, box: Box) -> bool:
    x, y = (piece.left + piece.right) / 2, (piece.top + piece.bottom) / 2
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def rows(page: Page) -> list[list[Piece]]:
    """What stands at one height, from the top of a page down, each from left to right."""
    found: list[_Row] = []
    for piece in sorted(page.pieces, key=lambda piece: (piece.top + piece.bottom, piece.left)):
        # Two small lines can stand beside one large one.
        if not (found and found[-1].takes(piece)):
            found.append(_Row())
        found[-1].add(piece)
    return [row.pieces for row in found]


class _Row:
    """What stands at one height, from left to right."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.main: Piece | None = None

    def takes(self, piece: Piece) -> bool:
        """Whether a piece stands at its height, and not over or under one of its own."""
        middle = (piece.top + piece.bottom) / 2
        main = self.main
        if not main or not (main.top < middle < main.bottom or piece.top < (main.top + main.bottom) / 2 < piece.bottom):
            return False
        at = bisect_left(self.pieces, piece.left, key=lambda each: each.left)
        return not any(_is_over(each, piece) for each in self.pieces[max(at - 1, 0) : at + 1])

    def add(self, piece: Piece) -> None:
        """Put a piece in its place."""
        insort(self.pieces, piece, key=lambda each: each.left)
        self.main = max(self.main or piece, piece, key=lambda each: each.size)


def _is_over(above: Piece, below: Piece) -> bool:
    """Whether a piece stands over another, by more than letters that are printed close or over one another do."""
    common = min(above.right, below.right) - max(above.left, below.left)
    return common > 0.5 * below.size and below.bottom - above.bottom > 0.3 * below.size


def segments(number: int, row: Sequence[Piece]) -> list[Segment]:
    """The parts of a row that a wide gap parts; the number of an item is not parted from its words."""
    parts: list[list[Piece]] = [[row[0]]]
    for before, piece in pairwise(row):
        gap = piece.left - before.right
        is_sign = len(parts[-1]) == 1 and begins_item(f"{before.text} x")[0] is Role.ITEM
        if gap > COLUMN_GAP * max(before.size, piece.size) and not (is_sign and gap < 6 * before.size):
            parts.append([])
        parts[-1].append(piece)
    return [Segment(number, tuple(part)) for part in parts]


def typical_size(pages: Iterable[Page]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for piece in page.pieces:
            sizes[round(piece.size, 1)] += len(piece.text)
    return sizes.most_common(1)[0][0]


def typical_leading(pages: Iterable[Page]) -> float:
    """How far apart the lines of a paragraph stand, in sizes of their letters."""
    found = []
    for page in pages:
        for above, below in pairwise(rows(page)):
            first, second = Segment(0, tuple(above)).main, Segment(0, tuple(below)).main
            if first.size == second.size:
                found.append((second.bottom - first.bottom) / first.size)
    near = [each for each in found if _CLOSEST_LEADING <= each <= _WIDEST_LEADING]
    return quantiles(near, n=4)[0] if len(near) > 1 else _WIDEST_LEADING


def is_close(above: Segment, below: Segment, leading: float) -> bool:
    """Whether a part of a row goes on with the paragraph of the one above it."""
    size = above.main.size
    distance = (below.main.bottom - above.main.bottom) / size
    return 0.85 < below.main.size / size < 1.18 and 0 < distance < min(1.25 * leading, _WIDEST_LEADING)
