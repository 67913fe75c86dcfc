"""A page → the parts of it that are read one after the other: above the columns, each column, and below them.

Columns are found by the gutter between them: a strip that no word crosses, with lines of running text on both sides,
of which those on its right begin at one place. Their lines need not stand at one height, and the gutter can be narrow.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.readers.pdf.geometry import COLUMN_GAP, bounds, is_item_marker, rows, words_outside_tables
from tlevel_rdf.limits import MAX_PDF_COLUMN_DEPTH, MAX_PDF_GUTTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tlevel_rdf.documents.readers.pdf.geometry import Box, Page, Word

#: Ems: the narrowest gutter and column, the part of a gutter that hanging hyphens leave free, the space between a
#: heading and the text above it, and the space between the text of a page and its header or footer.
_GUTTER: Final = 0.75
_COLUMN: Final = 8.0
_STRIP: Final = 0.5
_HEADING_GAP: Final = 0.5
_HEADER_GAP: Final = 1.5
#: The lines of a header or footer, at most.
_HEADER_LINES: Final = 2
#: The lines that begin at the right of a gutter, at least.
_MIN_LINES: Final = 3
#: The share of its column that a line of running text fills, and the shares of lines that do so, and that begin within
#: a sentence.
_FILLED: Final = 0.6
_FULL: Final = 0.4
_RUNNING: Final = 0.2


class Part(NamedTuple):
    """A part of a page; `continues` is True if its first lines can be the rest of a paragraph of the part before."""

    page: Page
    continues: bool


class _Columns(NamedTuple):
    """Two columns: the left edge of the right one, and their upper and lower edges."""

    left: float
    top: float
    bottom: float

    def region(self, box: Word | Box) -> int:
        """Return 0 for what stands above the columns, 1 for the left one, 2 for the right one, and 3 for below."""
        middle = (box.top + box.bottom) / 2
        if not self.top <= middle <= self.bottom:
            return 0 if middle < self.top else 3
        return 2 if box.left >= self.left - 1 else 1


def parts(page: Page, *, continues: bool = True, depth: int = 0) -> list[Part]:
    """Return the parts of a page in reading order."""
    columns = _find_columns(page) if depth < MAX_PDF_COLUMN_DEPTH else None
    if not columns:
        return [Part(page, continues)]
    regions = [
        replace(
            page,
            words=tuple(word for word in page.words if columns.region(word) == region),
            tables=tuple(table for table in page.tables if columns.region(bounds(box for box, _ in table)) == region),
        )
        for region in range(4)
    ]
    is_first = continues and not regions[0].words
    found = []
    for region, may_continue in zip(regions, (continues, is_first, True, False), strict=True):
        if region.words:
            found += parts(region, continues=may_continue, depth=depth + 1)
    return found


def is_ambiguous(part: Page) -> bool:
    """Return True if a part is read across words that may stand in columns, or over one another."""
    starts: Counter[int] = Counter()
    for row in rows(words_outside_tables(part)):
        for n, (before, word) in enumerate(pairwise(row)):
            gap = (word.left - before.right) / word.size
            if gap < -_GUTTER and word.text != before.text:
                return True
            if _GUTTER <= gap <= COLUMN_GAP and not (n == 0 and is_item_marker(before)):
                starts[round(word.left)] += 1
    return any(starts[place] + starts[place + 1] > _MIN_LINES for place in starts)


def _find_columns(page: Page) -> _Columns | None:
    """Return the two columns of a page that hold most lines."""
    words = sorted(words_outside_tables(page), key=lambda word: word.middle)
    if len(words) < 2 * _MIN_LINES:
        return None
    heights = [word.middle for word in words]
    size = Counter(word.size for word in words).most_common(1)[0][0]
    boxes: list[Word | Box] = [*words, *(bounds(box for box, _ in table) for table in page.tables)]
    found, most = None, 0
    for left in _places(words, size):
        crossing = (box for box in boxes if box.left < left - 0.1 and box.right > left - _STRIP * size)
        for top, bottom in _free_bands(crossing, page.height):
            within = words[bisect_left(heights, top) : bisect_right(heights, bottom)]
            columns = _trimmed(_Columns(left, top, bottom), within, page.height, size)
            sides = [rows(word for word in within if columns.region(word) == side) for side in (1, 2)]
            lines = len(sides[0]) + len(sides[1])
            if lines > most and _are_columns(sides, size):
                found, most = columns, lines
    return found


def _places(words: Iterable[Word], size: float) -> list[float]:
    """Return the places where lines may begin to the right of a gutter, the likeliest first."""
    starts: Counter[int] = Counter()
    first: dict[int, float] = {}
    for line in _split_at_gutters(rows(words), size):
        place = round(line[0].left)
        starts[place] += 1
        first[place] = min(line[0].left, first.get(place, line[0].left))
    counted = {place: starts[place - 1] + starts[place] + starts[place + 1] for place in starts}
    likely = sorted((place for place in counted if counted[place] >= _MIN_LINES), key=lambda place: -counted[place])
    return [first[place] for place in likely[:MAX_PDF_GUTTERS]]


def _free_bands(crossing: Iterable[Word | Box], height: float) -> Iterator[tuple[float, float]]:
    """Yield the upper and lower edges of the bands of a page between the boxes that cross a strip."""
    top = 0.0
    for box in sorted(crossing, key=lambda box: box.top):
        if box.top > top:
            yield top, box.top
        top = max(top, box.bottom)
    yield top, max(height, top)


def _trimmed(columns: _Columns, words: Sequence[Word], height: float, size: float) -> _Columns:
    """Return columns without page headers and footers, the last line of the text above, and the heading of that below.

    They belong to all columns, even if they are too short to cross the gutter.
    """
    lines = _levels(words)
    right = [word for word in words if word.left >= columns.left - 1]
    if not right:
        return columns
    _, top, bottom = columns
    if top == 0:
        for above, below in pairwise(lines[: _HEADER_LINES + 1]):
            if below[0] - above[1] > _HEADER_GAP * size:
                top = (above[1] + below[0]) / 2
    else:
        first = min(word.top for word in right) + 0.1 * size
        for line in lines:
            if line[0] - top > _HEADING_GAP * size or line[1] > first:
                break
            top = line[1]
    last = max(word.bottom for word in right)
    is_followed = bottom < height and bottom - lines[-1][1] < _HEADER_GAP * size
    for above, below in reversed([*pairwise(lines)][-_HEADER_LINES:]):
        gap = below[0] - above[1]
        is_heading = is_followed and below[0] >= last and gap > _HEADING_GAP * size
        if is_heading or (columns.bottom >= height and gap > _HEADER_GAP * size):
            bottom = (above[1] + below[0]) / 2
    return _Columns(columns.left, top, bottom)


def _levels(words: Iterable[Word]) -> list[tuple[float, float]]:
    """Return the upper and lower edges of the words between horizontal strips that no word crosses, from the top."""
    found: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: word.top):
        if found and word.top < found[-1][1] - 0.1 * word.size:
            found[-1] = (found[-1][0], max(found[-1][1], word.bottom))
        else:
            found.append((word.top, word.bottom))
    return found


def _are_columns(sides: Sequence[Sequence[Sequence[Word]]], size: float) -> bool:
    """Return True if lines on both sides are running text, and not the cells of a table or a list with numbers."""
    begins = [_begins_within(row) for side in sides for row in side[1:]]
    return sum(begins) >= _RUNNING * len(begins) and all(
        _is_running(side, size) or _is_running([*_split_at_gutters(side, size)], size) for side in sides
    )


def _is_running(lines: Sequence[Sequence[Word]], size: float) -> bool:
    if len(lines) < _MIN_LINES or not any(map(_begins_within, lines[1:])):
        return False
    widths = [line[-1].right - line[0].left for line in lines]
    full = sum(width >= _FILLED * max(widths) for width in widths)
    return max(widths) >= _COLUMN * size and full >= _FULL * len(lines)


def _begins_within(line: Sequence[Word]) -> bool:
    """Return True if a line begins within a sentence."""
    return line[0].text[:1].islower()


def _split_at_gutters(lines: Iterable[Sequence[Word]], size: float) -> Iterator[list[Word]]:
    """Yield the parts of lines between gaps that are as wide as a gutter."""
    for line in lines:
        part = [line[0]]
        for before, word in pairwise(line):
            if word.left - before.right >= _GUTTER * size:
                yield part
                part = []
            part.append(word)
        yield part
