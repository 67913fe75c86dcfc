"""Rows of words → blocks in reading order: down a column and then the next, and along the rows of a table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from itertools import pairwise
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.readers.pdf.extraction import WORD_GAP
from tlevel_rdf.documents.readers.pdf.geometry import Block, Segment, is_close, rows, segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.readers.pdf.geometry import Page, Piece

#: How exactly the lines of a justified paragraph end at one place, in points.
_EDGE: Final = 1.0
#: How many lines, at least, show where the edges of a column are, and how far the spaces of a justified line differ.
_FEWEST: Final = 3
_UNEVEN: Final = 0.1


def blocks(page: Page, leading: float, first: int = 1) -> list[Block]:
    """The blocks of a page and the cells of its tables; `first` is the number of its first row."""
    numbered = list(enumerate(rows(page), first))
    made = _cells(page, numbered)
    taken = {piece for cell in made for segment in cell.segments for piece in segment.pieces}
    edges = _edges([row for number, row in numbered if len(segments(number, row)) == 1])
    opened: list[Block] = []
    for number, row in numbered:
        rest = [piece for piece in row if piece not in taken]
        if rest:
            whole = Segment(number, tuple(rest))
            is_one = _is_justified(whole, opened, leading) or _is_evenly_spaced(whole, edges)
            found = [whole] if is_one else segments(number, rest)
            opened = _extended(opened, found, leading, made)
    return made


def _cells(page: Page, numbered: Sequence[tuple[int, list[Piece]]]) -> list[Block]:
    """The cells of the tables of a page, each a block of what stands in it."""
    spots = sorted(((p.top + p.bottom) / 2, number, p.left, p) for number, row in numbered for p in row)
    made: list[Block] = []
    taken: set[Piece] = set()
    for table in page.tables:
        for (left, right, top, bottom), cell in table:
            near = spots[bisect_left(spots, (top,)) : bisect_right(spots, (bottom, inf))]
            within: dict[int, list[Piece]] = defaultdict(list)
            for _, number, _, piece in sorted(near, key=itemgetter(1, 2)):
                if left <= (piece.left + piece.right) / 2 <= right and piece not in taken:
                    within[number].append(piece)
                    taken.add(piece)
            if within:
                rows_within = [Segment(number, tuple(row)) for number, row in within.items()]
                # As much room as is at the left of its words is at their right.
                made.append(Block(rows_within, cell, right - (min(row.left for row in rows_within) - left)))
    return made


def _is_justified(row: Segment, opened: Sequence[Block], leading: float) -> bool:
    """Whether a row is a line of the one paragraph above it from edge to edge, however wide its spaces are for that."""
    over = [block for block in opened if _overlap(block, row)]
    return len(over) == 1 and (
        abs(over[0].left - row.left) <= _EDGE
        and abs(over[0].right - row.right) <= _EDGE
        and is_close(over[0].segments[-1], row, leading)
    )


def _extended(opened: list[Block], parts: list[Segment], leading: float, made: list[Block]) -> list[Block]:
    """Put the parts of a row below the blocks that they go on with; gives the blocks that can go on."""
    below: list[Block] = []
    for part in parts:
        over = [block for block in opened if _overlap(block, part)]
        under = [each for each in parts if over and _overlap(over[0], each)]
        if len(over) == 1 and len(under) == 1 and is_close(over[0].segments[-1], part, leading):
            over[0].segments.append(part)
            below.append(over[0])
        else:
            made.append(Block([part]))
            below.append(made[-1])
    # What has nothing below it in this row can go on in the next: one column's line may stand between two of another's.
    return below + [block for block in opened if not any(_overlap(block, part) for part in parts)]


def _overlap(a: Block | Segment | _Unit, b: Block | Segment | _Unit) -> bool:
    return a.left < b.right and b.left < a.right


def _edges(lines: Sequence[Sequence[Piece]]) -> tuple[float, float]:
    """Where most lines of text begin, and where most end; infinite if there are too few to say."""
    found = []
    for ends in ([row[0].left for row in lines], [row[-1].right for row in lines]):
        (most, count) = Counter(map(round, ends)).most_common(1)[0] if ends else (0, 0)
        found.append(float(most) if count >= _FEWEST else inf)
    return found[0], found[1]


def _is_evenly_spaced(row: Segment, edges: tuple[float, float]) -> bool:
    """Whether a row fills its column with spaces of one width, as a justified line does and no row of a table."""
    gaps = [b.left - a.right for a, b in pairwise(row.pieces) if b.left - a.right > WORD_GAP * b.size]
    is_even = len(gaps) > 1 and max(gaps) - min(gaps) <= _UNEVEN * max(gaps)
    return is_even and abs(row.left - edges[0]) <= _EDGE and abs(row.right - edges[1]) <= _EDGE


class _Unit(NamedTuple):
    """A block, or all cells of a table, which are read along its rows wherever in its cell each stands."""

    blocks: tuple[Block, ...]
    left: float
    right: float
    top: float
    bottom: float


def _unit(found: Sequence[Block]) -> _Unit:
    return _Unit(
        tuple(found),
        min(block.left for block in found),
        max(block.right for block in found),
        min(block.top for block in found),
        max(block.bottom for block in found),
    )


def in_reading_order(found: Sequence[Block]) -> list[Block]:
    """Blocks so that each is read after what stands above it in its column and after the column to its left."""
    tables: dict[int, list[Block]] = defaultdict(list)
    for block in found:
        if block.cell:
            tables[block.cell.table].append(block)
    units = [*map(_unit, tables.values()), *(_unit([block]) for block in found if not block.cell)]
    rest = sorted(units, key=lambda unit: (unit.top, unit.left))
    if not all(a.bottom <= b.top + 1 for a, b in pairwise(rest)):
        rest = _down_columns(rest)
    return [block for unit in rest for block in unit.blocks]


def _down_columns(units: list[_Unit]) -> list[_Unit]:
    waits = {at: sum(_is_before(other, unit) for other in units if other is not unit) for at, unit in enumerate(units)}
    ordered: list[_Unit] = []
    while waits:
        free = [at for at, count in waits.items() if count == 0]
        last = ordered[-1] if ordered else None
        along = (at for at in free if last and _overlap(last, units[at]) and units[at].top >= last.top)
        chosen = next(along, (free or [*waits])[0])
        del waits[chosen]
        for at in waits:
            waits[at] -= _is_before(units[chosen], units[at])
        ordered.append(units[chosen])
    return ordered


def _is_before(a: _Unit, b: _Unit) -> bool:
    if _overlap(a, b):
        return a.top < b.top
    return a.right <= b.left and a.top < b.bottom and b.top < a.bottom
