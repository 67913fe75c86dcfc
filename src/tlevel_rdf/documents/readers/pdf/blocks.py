"""Rows of words → blocks in reading order: down a column and then the next, and along the rows of a table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import pairwise
from statistics import quantiles
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.readers.pdf.geometry import Block, Segment, bounds, rows, segments

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tlevel_rdf.documents.readers.pdf.geometry import Page, Word

#: Points between the ends of two lines of a justified paragraph, at most.
_EDGE: Final = 1.0
#: Ems from foot to foot between lines of a paragraph. Anything closer is cells beside one another.
_MIN_LEADING: Final = 0.9
_MAX_LEADING: Final = 1.8


def typical_leading(pages: Iterable[Page]) -> float:
    """Return the ems between lines of a paragraph."""
    found = []
    for page in pages:
        for above, below in pairwise(rows(page.words)):
            first, second = Segment(0, tuple(above)).main, Segment(0, tuple(below)).main
            if first.size == second.size:
                found.append((second.bottom - first.bottom) / first.size)
    near = [each for each in found if _MIN_LEADING <= each <= _MAX_LEADING]
    return quantiles(near, n=4)[0] if len(near) > 1 else _MAX_LEADING


def is_close(above: Segment, below: Segment, leading: float) -> bool:
    """Return True if a segment can continue the paragraph of the one above it."""
    size = above.main.size
    distance = (below.main.bottom - above.main.bottom) / size
    return 0.85 < below.main.size / size < 1.18 and 0 < distance < min(1.25 * leading, _MAX_LEADING)


def find_blocks(page: Page, leading: float, first: int = 1) -> list[Block]:
    """Return the blocks of a page and the cells of its tables; `first` is the number of its first row."""
    numbered = list(enumerate(rows(page.words), first))
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
            near = spots[bisect_left(spots, (box.top,)) : bisect_right(spots, (box.bottom, float("inf")))]
            within: dict[int, list[Word]] = defaultdict(list)
            for _, number, _, word in sorted(near, key=lambda spot: spot[1:3]):
                if box.holds(word) and word not in taken:
                    within[number].append(word)
                    taken.add(word)
            if within:
                lines = [Segment(number, tuple(row)) for number, row in within.items()]
                # There is as much space on the right of its words as on their left.
                found.append(Block(lines, cell, box.right - (min(line.left for line in lines) - box.left)))
    return found


def _is_justified(row: Segment, other: Segment, leading: float) -> bool:
    """Return True if a row ends where a whole line right above or below it does, so that its spaces can be wide."""
    above, below = sorted((row, other), key=lambda each: each.row)
    is_even = abs(row.left - other.left) <= _EDGE and abs(row.right - other.right) <= _EDGE
    return is_even and is_close(above, below, leading) and len(segments(other.row, other.words)) == 1


def _extended(opened: list[Block], parts: list[Segment], leading: float, found: list[Block]) -> list[Block]:
    """Add the parts of a row to the blocks that they continue, or as new blocks; return those that can continue."""
    below: list[Block] = []
    for part in parts:
        over = [block for block in opened if part.overlaps(block)]
        under = [each for each in parts if over and each.overlaps(over[0])]
        if len(over) == 1 and len(under) == 1 and is_close(over[0].segments[-1], part, leading):
            over[0].segments.append(part)
            below.append(over[0])
        else:
            found.append(Block([part]))
            below.append(found[-1])
    # A line of one column can stand between two lines of another.
    return below + [block for block in opened if not any(part.overlaps(block) for part in parts)]


class _Unit(NamedTuple):
    """A block, or all cells of a table, which are read along its rows."""

    blocks: Sequence[Block]
    left: float
    right: float
    top: float
    bottom: float

    def overlaps(self, other: _Unit) -> bool:
        """Return True if one stands above the other."""
        return self.left < other.right and other.left < self.right

    def is_before(self, other: _Unit) -> bool:
        """Return True if it is read before another: it stands above it, or in a column to its left."""
        if self.overlaps(other):
            return self.top < other.top
        return self.right <= other.left and self.top < other.bottom and other.top < self.bottom


def in_reading_order(found: Sequence[Block]) -> list[Block]:
    """Return blocks in an order where each follows those above it in its column, and the column to its left."""
    tables: dict[int, list[Block]] = defaultdict(list)
    for block in found:
        # A block outside a table is a unit of its own.
        tables[block.cell.table if block.cell else -id(block)].append(block)
    units = [_Unit(blocks, *bounds(blocks)) for blocks in tables.values()]
    units.sort(key=lambda unit: (unit.top, unit.left))
    if not all(above.bottom <= below.top + 1 for above, below in pairwise(units)):
        units = _down_columns(units)
    return [block for unit in units for block in unit.blocks]


def _down_columns(units: list[_Unit]) -> list[_Unit]:
    waits = {at: sum(other.is_before(unit) for other in units if other is not unit) for at, unit in enumerate(units)}
    ordered: list[_Unit] = []
    while waits:
        free = [at for at, count in waits.items() if count == 0] or [*waits][:1]
        last = ordered[-1] if ordered else units[free[0]]
        along = (at for at in free if last.overlaps(units[at]) and units[at].top >= last.top)
        chosen = next(along, free[0])
        del waits[chosen]
        for at in waits:
            waits[at] -= units[chosen].is_before(units[at])
        ordered.append(units[chosen])
    return ordered
