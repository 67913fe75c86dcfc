"""Rows of words → blocks in reading order: down a column and then the next, and along the rows of a table."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tlevel_rdf.documents.pdf_pieces import Block, Segment, is_close, rows, segments

if TYPE_CHECKING:
    from tlevel_rdf.documents.pdf_pieces import Page, Piece


def blocks(page: Page, leading: float) -> list[Block]:
    """The blocks of a page and the cells of its tables."""
    numbered = list(enumerate(rows(page), 1))
    made: list[Block] = []
    taken: set[Piece] = set()
    for order, table in enumerate(page.tables, 1):
        for left, right, top, bottom in table:
            cell = Block(is_cell=True, order=order)
            for number, row in numbered:
                within = [
                    p
                    for p in row
                    if left <= (p.left + p.right) / 2 <= right and top <= (p.top + p.bottom) / 2 <= bottom
                ]
                within = [piece for piece in within if piece not in taken]
                if within:
                    cell.segments.append(Segment(number, tuple(within)))
                    taken.update(within)
            if cell.segments:
                made.append(cell)
    opened: list[Block] = []
    for number, row in numbered:
        rest = [piece for piece in row if piece not in taken]
        if rest:
            opened = _extended(opened, segments(number, rest), leading, made)
    return made


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


def _overlap(a: Block | Segment, b: Block | Segment) -> bool:
    return a.left < b.right and b.left < a.right


def in_reading_order(found: list[Block]) -> list[Block]:
    """Blocks so that each is read after what stands above it in its column and after the column to its left."""
    rest = sorted(found, key=lambda block: (block.top, block.left))
    if all(a.bottom <= b.top + 1 for a, b in pairwise(rest)):
        return rest
    ordered: list[Block] = []
    while rest:
        free = [block for block in rest if not any(_is_before(other, block) for other in rest if other is not block)]
        last = ordered[-1] if ordered else None
        along = [block for block in free if last and _share(last, block) and (last.is_cell or block.top >= last.top)]
        chosen = (along or free or rest)[0]
        ordered.append(chosen)
        rest.remove(chosen)
    return ordered


def _share(a: Block, b: Block) -> bool:
    """Whether they stand in one column, or in one table."""
    return a.order == b.order if a.is_cell and b.is_cell else _overlap(a, b)


def _is_before(a: Block, b: Block) -> bool:
    if a.is_cell and b.is_cell and a.order == b.order:
        return (a.top, a.left) < (b.top, b.left)
    if _overlap(a, b):
        return a.top < b.top
    return a.right <= b.left and a.top < b.bottom and b.top < a.bottom
