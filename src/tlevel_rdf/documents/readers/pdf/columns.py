"""A page → the parts of it that are read one after the other: what stands above columns, each column, what is below.

Columns are told by a gutter: a strip that no word crosses, with lines of running text on both sides, of which those
on its right begin at one place. Their lines need not stand at one height, and the gutter can be narrow.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.document import Role
from tlevel_rdf.documents.readers.line_wrapping import begins_item
from tlevel_rdf.documents.readers.pdf.geometry import COLUMN_GAP, Box, box_of, free, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.readers.pdf.geometry import Page, Piece

#: Distances in sizes of a letter: the narrowest gutter and column, what of a gutter hanging hyphens leave free, and the
#: room between a heading and what is above it, and between a page and its header.
_GUTTER: Final = 0.75
_STRIP: Final = 0.5
_COLUMN: Final = 8.0
_HEADING_GAP: Final = 0.5
_HEADER_GAP: Final = 1.5
#: How many lines, at least, begin at the right of a gutter, and how many such places of a page are looked at.
_FEWEST: Final = 3
_MOST_PLACES: Final = 6
#: How much of its column a line of running text fills, and how many lines do; how many begin within a sentence.
_FILLED: Final = 0.6
_FULL: Final = 0.4
_RUNNING: Final = 0.2
#: A header or footer has no more lines than this.
_HEADER_LINES: Final = 2
#: Columns beside one another in a column are more than anyone prints.
_DEEPEST: Final = 4


class Part(NamedTuple):
    """A part of a page, and whether a paragraph at its top can be the rest of that at the foot of the one before."""

    page: Page
    goes_on: bool


class _Span(NamedTuple):
    """How far something reaches from top to bottom."""

    top: float
    bottom: float


class _Columns(NamedTuple):
    """Two columns: where the right one begins, and how far they reach."""

    left: float
    band: _Span


def parts(page: Page, *, goes_on: bool = True, depth: int = 0) -> list[Part]:
    """The parts of a page in the order in which they are read."""
    found = _columns(page) if depth < _DEEPEST else None
    if not found:
        return [Part(page, goes_on)]

    def part(*, is_above: bool = False, is_below: bool = False, is_right: bool = False) -> Page:
        def is_in(box: Box) -> bool:
            middle = (box.top + box.bottom) / 2
            if middle < found.band.top or middle > found.band.bottom:
                return is_above if middle < found.band.top else is_below
            return not (is_above or is_below) and is_right == (box.left >= found.left - 1)

        return replace(
            page,
            pieces=tuple(piece for piece in page.pieces if is_in(Box(*piece[1:5]))),
            tables=tuple(table for table in page.tables if is_in(box_of(table))),
        )

    above, left, right, below = part(is_above=True), part(), part(is_right=True), part(is_below=True)
    read = []
    for each, may_go_on in ((above, goes_on), (left, goes_on and not above.pieces), (right, True), (below, False)):
        if each.pieces:
            read += parts(each, goes_on=may_go_on, depth=depth + 1)
    return read


def _columns(page: Page) -> _Columns | None:
    """The columns of a page that the most lines stand in."""
    tables, words = [box_of(table) for table in page.tables], free(page)
    if len(words) < 2 * _FEWEST:
        return None
    size = Counter(piece.size for piece in words).most_common(1)[0][0]
    boxes = [*(Box(*piece[1:5]) for piece in words), *tables]
    best: tuple[int, _Columns] | None = None
    for place in _places(page, words, size):
        crossing = [
            _Span(box.top, box.bottom) for box in boxes if box.left < place - 0.1 and box.right > place - _STRIP * size
        ]
        for band in _bands(crossing, page.height):
            if band.bottom - band.top < _FEWEST * size:
                continue
            within = [piece for piece in words if band.top <= (piece.top + piece.bottom) / 2 <= band.bottom]
            if not (trimmed := _trimmed(within, place, band, page.height, size)):
                continue
            within = [piece for piece in within if trimmed.top <= (piece.top + piece.bottom) / 2 <= trimmed.bottom]
            left = rows(replace(page, pieces=tuple(piece for piece in within if piece.left < place - 1)))
            right = rows(replace(page, pieces=tuple(piece for piece in within if piece.left >= place - 1)))
            lines = len(left) + len(right)
            if _are_columns(left, right, size) and (best is None or lines > best[0]):
                best = lines, _Columns(place, trimmed)
    return best[1] if best else None


def is_unsure(part: Page) -> bool:
    """Whether words of a part of a page stand side by side as in columns, or over one another, and are read across."""
    starts: Counter[int] = Counter()
    for row in rows(replace(part, pieces=tuple(free(part)))):
        for n, (before, piece) in enumerate(pairwise(row)):
            gap = (piece.left - before.right) / piece.size
            is_sign = n == 0 and begins_item(f"{before.text} x")[0] is Role.ITEM
            if gap < -_GUTTER and piece.text != before.text:
                return True
            if not is_sign and _GUTTER <= gap <= COLUMN_GAP:
                starts[round(piece.left)] += 1
    return any(starts[place] + starts[place + 1] > _FEWEST for place in starts)


def _places(page: Page, words: Sequence[Piece], size: float) -> list[float]:
    """Where a line may begin behind a gutter, the likeliest first."""
    starts: Counter[int] = Counter()
    first: dict[int, float] = {}
    for row in rows(replace(page, pieces=tuple(words))):
        begun = [row[0], *(piece for before, piece in pairwise(row) if piece.left - before.right >= _GUTTER * size)]
        for piece in begun:
            starts[round(piece.left)] += 1
            first[round(piece.left)] = min(piece.left, first.get(round(piece.left), piece.left))
    counted = {place: sum(starts[place + step] for step in (-1, 0, 1)) for place in starts}
    likely = sorted((place for place in counted if counted[place] >= _FEWEST), key=lambda place: -counted[place])
    return [first[place] for place in likely[:_MOST_PLACES]]


def _bands(crossing: list[_Span], height: float) -> list[_Span]:
    """The stretches from the top of a page to its foot between what crosses a strip."""
    found, top = [], 0.0
    for span in sorted(crossing):
        if span.top > top:
            found.append(_Span(top, span.top))
        top = max(top, span.bottom)
    return [*found, _Span(top, max(height, top))]


def _trimmed(words: Sequence[Piece], place: float, band: _Span, height: float, size: float) -> _Span | None:
    """A band without headers and footers in it, the last line of what is above it, and the heading of what is below.

    Both stand over all columns, and yet may be too short to cross the gutter.
    """
    lines = [_Span(min(p.top for p in row), max(p.bottom for p in row)) for row in _levels(words)]
    if not lines:
        return None
    top, bottom = band
    for above, below in pairwise(lines[: _HEADER_LINES + 1]):
        if band.top == 0 and below.top - above.bottom > _HEADER_GAP * size:
            top = (above.bottom + below.top) / 2
    beside = [_Span(piece.top, piece.bottom) for piece in words if piece.left >= place - 1]
    for line in lines if band.top > 0 and beside else ():
        if line.top - top > _HEADING_GAP * size or line.bottom > min(beside).top + 0.1 * size:
            break
        top = line.bottom
    right = max((span.bottom for span in beside), default=band.bottom)
    is_followed = band.bottom < height and band.bottom - lines[-1].bottom < _HEADER_GAP * size
    for above, below in reversed([*pairwise(lines)][-_HEADER_LINES:]):
        room = below.top - above.bottom
        is_heading = is_followed and below.top >= right and room > _HEADING_GAP * size
        if is_heading or (band.bottom >= height and room > _HEADER_GAP * size):
            bottom = (above.bottom + below.top) / 2
    return _Span(top, bottom)


def _levels(words: Sequence[Piece]) -> list[list[Piece]]:
    """Words in groups with nothing beside them above and below, from the top down."""
    found: list[list[Piece]] = []
    reach = float("-inf")
    for piece in sorted(words, key=lambda piece: piece.top):
        if piece.top >= reach - 0.1 * piece.size:
            found.append([])
        found[-1].append(piece)
        reach = max(reach, piece.bottom)
    return found


def _are_columns(left: Sequence[Sequence[Piece]], right: Sequence[Sequence[Piece]], size: float) -> bool:
    """Whether lines on both sides of a gutter are running text, and not the cells of a table or a list with numbers."""
    begun = [row[0].text[:1].islower() for side in (left, right) for row in side[1:]]
    return sum(begun) >= _RUNNING * len(begun) and all(
        _is_running(side, size) or _is_running(_cut(side, size), size) for side in (left, right)
    )


def _is_running(lines: Sequence[Sequence[Piece]], size: float) -> bool:
    if len(lines) < _FEWEST or not any(row[0].text[:1].islower() for row in lines[1:]):
        return False
    width = max(row[-1].right - row[0].left for row in lines)
    full = sum(row[-1].right - row[0].left >= _FILLED * width for row in lines)
    return width >= _COLUMN * size and full >= _FULL * len(lines)


def _cut(lines: Sequence[Sequence[Piece]], size: float) -> list[list[Piece]]:
    """The lines of the columns that a side of a gutter may have itself."""
    found: list[list[Piece]] = []
    for row in lines:
        found.append([row[0]])
        for before, piece in pairwise(row):
            if piece.left - before.right >= _GUTTER * size:
                found.append([])
            found[-1].append(piece)
    return found
