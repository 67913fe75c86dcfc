"""The columns of running text on a PDF page.

Columns are found by the gutter between them: a strip that no word crosses, with lines of running text on both sides,
of which those on its right begin at one place. Their lines need not stand at one height, and the gutter can be narrow.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.readers.pdf.geometry import (
    COLUMN_GAP,
    GUTTER_STRIP,
    bounds,
    is_item_marker,
    rows,
    words_outside_tables,
)
from tlevel_rdf.limits import MAX_PDF_GUTTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tlevel_rdf.documents.readers.pdf.geometry import Page, Word

    #: Words at one height, from left to right.
    Row = Sequence[Word]

#: Ems: the narrowest gutter, and the narrowest column.
_GUTTER: Final = 0.75
_COLUMN: Final = 8.0
#: The lines of a column, at least.
_MIN_LINES: Final = 3
#: The share of its column that a line of running text fills, and the shares of lines that do so, and that begin within
#: a sentence.
_FILLED: Final = 0.6
_FULL: Final = 0.4
_RUNNING: Final = 0.2


def column_edges(page: Page) -> tuple[tuple[float, float, float], ...]:
    """Return the left edges of the columns of a page, except the first; and the upper and lower edges of each."""
    lines = rows(words_outside_tables(page))
    if len(lines) < _MIN_LINES:
        return ()
    size = Counter(word.size for line in lines for word in line).most_common(1)[0][0]
    found = []
    for left in _places(lines, size):
        for stretch in _between_crossing_lines(lines, left, size):
            before = [[word for word in line if word.left < left - 1] for line in stretch]
            after = [line[len(words) :] for line, words in zip(stretch, before, strict=True)]
            if _are_columns([*filter(None, before)], [*filter(None, after)], size):
                box = bounds(word for line in stretch for word in line)
                found.append((left, box.top, box.bottom))
    return tuple(found)


def is_ambiguous(page: Page) -> bool:
    """Return True if lines of a page go across words that may stand in columns, or over one another."""
    starts: Counter[int] = Counter()
    for row in rows(words_outside_tables(page)):
        for n, (before, word) in enumerate(pairwise(row)):
            gap = (word.left - before.right) / word.size
            if gap < -_GUTTER and word.text != before.text:
                return True
            is_marker = n == 0 and is_item_marker(before)
            if _GUTTER <= gap <= COLUMN_GAP and not is_marker and not page.is_column_edge(word):
                starts[round(word.left)] += 1
    return any(starts[place] + starts[place + 1] > _MIN_LINES for place in starts)


def _places(lines: Iterable[Row], size: float) -> list[float]:
    """Return the places where lines may begin to the right of a gutter, the likeliest first."""
    starts: Counter[int] = Counter()
    first: dict[int, float] = {}
    for line in _split_at_gutters(lines, size):
        place = round(line[0].left)
        starts[place] += 1
        first[place] = min(line[0].left, first.get(place, line[0].left))
    counted = {place: starts[place - 1] + starts[place] + starts[place + 1] for place in starts}
    likely = sorted((place for place in counted if counted[place] >= _MIN_LINES), key=lambda place: -counted[place])
    return [first[place] for place in likely[:MAX_PDF_GUTTERS]]


def _between_crossing_lines(lines: Iterable[Row], edge: float, size: float) -> Iterator[list[Row]]:
    """Yield the stretches of a page where no line crosses the strip before an edge."""
    stretch: list[Row] = []
    for line in lines:
        if any(word.left < edge - 1 and word.right > edge - GUTTER_STRIP * size for word in line):
            yield stretch
            stretch = []
        else:
            stretch.append(line)
    yield stretch


def _are_columns(left: Sequence[Row], right: Sequence[Row], size: float) -> bool:
    """Return True if lines on both sides are running text, and not the cells of a table or a list with numbers."""
    begins = [_begins_within(line) for side in (left, right) for line in side[1:]]
    return sum(begins) >= _RUNNING * len(begins) and all(
        _is_running(side, size) or _is_running([*_split_at_gutters(side, size)], size) for side in (left, right)
    )


def _is_running(lines: Sequence[Row], size: float) -> bool:
    if len(lines) < _MIN_LINES or not any(map(_begins_within, lines[1:])):
        return False
    widths = [line[-1].right - line[0].left for line in lines]
    full = sum(width >= _FILLED * max(widths) for width in widths)
    return max(widths) >= _COLUMN * size and full >= _FULL * len(lines)


def _begins_within(line: Row) -> bool:
    """Return True if a line begins within a sentence."""
    return line[0].text[:1].islower()


def _split_at_gutters(lines: Iterable[Row], size: float) -> Iterator[Row]:
    """Yield the parts of lines between gaps that are as wide as a gutter."""
    for line in lines:
        begin = 0
        for end, (before, word) in enumerate(pairwise(line), 1):
            if word.left - before.right >= _GUTTER * size:
                yield line[begin:end]
                begin = end
        yield line[begin:]
