"""Rows of words → blocks in reading order: down a column and then the next, and along the rows of a table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import pairwise
from math import inf
from statistics import quantiles
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.readers.pdf.geometry import Block, Box, Segment, bounds, rows, segments

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tlevel_rdf.documents.readers.pdf.geometry import Page, Word

#: Points between the ends of two lines of a justified paragraph, at most.
_EDGE: Final = 1.0
#: Ems from foot to foot between lines of a paragraph. Anything closer is cells beside one another.
_MIN_LEADING: Final = 0.9
_MAX_LEADING: Final = 1.8
#: Ems between the text of a page and its header, and below a heading.
_HEADER_GAP: Final = 1.5
#: Columns beside one another, at most.
_MAX_OPEN: Final = 20


def typical_leading(pages: Iterable[Page]) -> float:
    """Return the ems between lines of a paragraph."""
    found = []
    for page in pages:
        opened: list[Segment] = []
        for number, row in enumerate(rows(page.words)):
            parts = segments(number, row)
            pairs = [(above, below) for below in parts for above in opened if below.box.is_over(above.box)]
            opened = [*parts, *(each for each in opened if each not in {above for above, _ in pairs})][:_MAX_OPEN]
            for above, below in pairs:
                if above.main.size == below.main.size:
                    found.append((below.main.bottom - above.main.bottom) / below.main.size)
    near = [each for each in found if _MIN_LEADING <= each <= _MAX_LEADING]
    return quantiles(near, n=4)[0] if len(near) > 1 else _MAX_LEADING


def is_close(above: Segment, below: Segment, leading: float) -> bool:
    """Return True if a segment can continue the paragraph of the one above it."""
    size = above.main.size
    distance = (below.main.bottom - above.main.bottom) / size
    return 0.85 < below.main.size / size < 1.18 and 0 < distance < min(1.25 * leading, _MAX_LEADING)


def find_blocks(page: Page, leading: float) -> list[Block]:
    """Return the blocks of a page and the cells of its tables."""
    numbered = list(enumerate(rows(page.words)))
    found = _cells(page, numbered)
    taken = {word for cell in found for segment in cell.segments for word in segment.words}
    free = [Segment(number, rest) for number, row in numbered if (rest := tuple(w for w in row if w not in taken))]
    opened: list[Block] = []
    for n, row in enumerate(free):
        near = (*free[max(n - 1, 0) : n], *free[n + 1 : n + 2])
        is_one = any(_is_justified(row, other, leading) for other in near)
        opened = _extended(opened, [row] if is_one else segments(row.row, row.words), leading, found)
    return found


def _cells(page: Page, numbered: Sequence[tuple[int, list[Word]]]) -> list[Block]:
    """Return the cells of the tables of a page, each a block of the words in it."""
    spots = sorted((word.middle, number, word.left, word) for number, row in numbered for word in row)
    found: list[Block] = []
    taken: set[Word] = set()
    for table in page.tables:
        for box, cell in table:
            near = spots[bisect_left(spots, (box.top,)) : bisect_right(spots, (box.bottom, inf))]
            within: dict[int, list[Word]] = defaultdict(list)
            for _, number, _, word in sorted(near, key=lambda spot: spot[1:3]):
                if box.holds(word) and word not in taken:
                    within[number].append(word)
                    taken.add(word)
            if within:
                lines = [Segment(number, tuple(row)) for number, row in within.items()]
                # There is as much space on the right of its words as on their left.
                found.append(Block(lines, cell, box.right - (min(line.box.left for line in lines) - box.left)))
    return found


def _is_justified(row: Segment, other: Segment, leading: float) -> bool:
    """Return True if a row ends where a whole line right above or below it does, so that its spaces can be wide."""
    above, below = sorted((row, other), key=lambda each: each.row)
    ends = (row.box.left - other.box.left, row.box.right - other.box.right)
    is_even = max(map(abs, ends)) <= _EDGE and is_close(above, below, leading)
    return is_even and len(segments(other.row, other.words)) == 1


def _extended(opened: list[Block], parts: list[Segment], leading: float, found: list[Block]) -> list[Block]:
    """Add the parts of a row to the blocks that they continue, or as new blocks; return those that can continue."""
    below: list[Block] = []
    for part in parts:
        over = [block for block in opened if part.box.is_over(block.box)]
        under = [each for each in parts if over and each.box.is_over(over[0].box)]
        if len(over) == 1 and len(under) == 1 and is_close(over[0].segments[-1], part, leading):
            over[0].add(part)
            below.append(over[0])
        else:
            found.append(Block([part]))
            below.append(found[-1])
    # A line of one column can stand between two lines of another.
    rest = (block for block in opened if not any(part.box.is_over(block.box) for part in parts))
    return [*below, *rest][:_MAX_OPEN]


class _Unit(NamedTuple):
    """A block, a heading and the block below it, or all cells of a table, which are read along its rows."""

    blocks: tuple[Block, ...]
    box: Box

    def is_before(self, other: _Unit) -> bool:
        """Return True if it is read before another: it stands above it, or in a column to its left."""
        if self.box.is_over(other.box):
            return self.box.top < other.box.top
        return self.box.right <= other.box.left and self.box.is_beside(other.box)


def _unit(blocks: Sequence[Block]) -> _Unit:
    return _Unit(tuple(blocks), bounds(block.box for block in blocks))


def in_reading_order(found: Sequence[Block], size: float) -> list[Block]:
    """Return blocks in an order where each follows those above it in its column, and the column to its left.

    The size is that of most letters.
    """
    tables: dict[int, list[Block]] = defaultdict(list)
    for block in found:
        # A block outside a table is a unit of its own.
        tables[block.cell.table if block.cell else -id(block)].append(block)
    units = sorted(map(_unit, tables.values()), key=lambda unit: (unit.box.top, unit.box.left))
    if not all(above.box.bottom <= below.box.top + 1 for above, below in pairwise(units)):
        header = _header(units, _HEADER_GAP * size)
        units = [*units[:header], *_down_columns(_with_headings(units[header:], _HEADER_GAP * size))]
    return [block for unit in units for block in unit.blocks]


def _header(units: Sequence[_Unit], gap: float) -> int:
    """Return the number of units at the top of a page that stand apart from the text below them."""
    bottom = 0.0
    for count, unit in enumerate(units):
        if count and unit.box.top - bottom > gap:
            return count
        if len(unit.blocks[0].segments) > 1 or unit.box.top > units[0].box.bottom:
            break
        bottom = max(bottom, unit.box.bottom)
    return 0


def _with_headings(units: Sequence[_Unit], gap: float) -> list[_Unit]:
    """Return units where a line above a wider block, such as a heading below two columns, is one unit with that."""
    found = [*units]
    for unit in units:
        box, others = unit.box, [other for other in found if other is not unit]
        if len(unit.blocks[0].segments) > 1 or any(box.is_beside(other.box) for other in others):
            continue
        below = min((it for it in others if it.box.top >= box.bottom), key=lambda it: it.box.top, default=unit)
        if below.box.left <= box.left and box.right < below.box.right and below.box.top - box.bottom < gap:
            found = [_unit((*unit.blocks, *below.blocks)) if other is below else other for other in others]
    return found


def _down_columns(units: list[_Unit]) -> list[_Unit]:
    waits = {at: sum(other.is_before(unit) for other in units if other is not unit) for at, unit in enumerate(units)}
    ordered: list[_Unit] = []
    while waits:
        free = [at for at, count in waits.items() if count == 0] or [*waits][:1]
        last = (ordered[-1] if ordered else units[free[0]]).box
        along = (at for at in free if last.is_over(units[at].box) and units[at].box.top >= last.top)
        chosen = next(along, free[0])
        del waits[chosen]
        for at in waits:
            waits[at] -= units[chosen].is_before(units[at])
        ordered.append(units[chosen])
    return ordered
