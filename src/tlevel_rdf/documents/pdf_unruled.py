"""The tables of a PDF that have no rules: a line of heads that are understood, and what stands below each of them.

The columns are told by where their cells begin: each at one place, which no word crosses. The rows are told by the room
between lines. Where these do not tell, there is no table here, and its words are read like any others.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.cells import LONGEST_HEAD, TITLES, head_of, kind_in, level_of
from tlevel_rdf.documents.lines import Cell
from tlevel_rdf.documents.pdf_pieces import Box, free, rows, segments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tlevel_rdf.documents.pdf_pieces import Page, Piece, Table

    #: What stands at one height, from left to right.
    Line = Sequence[Piece]

#: How exactly the cells of a column begin at one place, in points.
_EDGE: Final = 1.0
#: In sizes of a letter: the widest room between two lines of a table, how much more there is between two rows than
#: within one, and how much larger letters are a heading's.
_WIDEST_ROOM: Final = 2.5
_ROW_GAP: Final = 0.1
_LARGER: Final = 1.12
#: What is looked at on a page: heads, lines below one, and words in these. Nobody prints more in a table.
_MOST_HEADS: Final = 20
_MOST_LINES: Final = 100
_MOST_WORDS: Final = 2_000


def with_unruled(page: Page) -> Page:
    """A page with the tables in it that have no rules."""
    lines = rows(replace(page, pieces=tuple(free(page))))
    found: list[Table] = []
    tried, end = 0, 0
    for at, line in enumerate(lines):
        if at < end or tried == _MOST_HEADS or not (heads := _heads(line)):
            continue
        tried += 1
        below = _near(line, lines[at + 1 :])
        for count in range(len(below), 0, -1):
            if table := _table(heads, below[:count], below[count:]):
                found.append(table)
                end = at + 1 + count
                break
    return replace(page, tables=(*page.tables, *found)) if found else page


def _heads(line: Line) -> list[Line]:
    """The words of each head of a column, if a line is nothing else and they are levels or one of them is of titles."""
    if sum(len(piece.text) + 1 for piece in line) > 4 * LONGEST_HEAD:
        return []
    heads: list[Line] = []
    for segment in segments(0, line):
        rest = segment.pieces
        while rest:
            count = next((n for n in range(len(rest), 0, -1) if _is_head(_text(rest[:n]))), 0)
            if not count:
                return []
            heads.append(rest[:count])
            rest = rest[count:]
    texts = [_text(head) for head in heads]
    if all(map(level_of, texts)):
        # The corner above the kinds is empty.
        return [(), *heads] if len(heads) > 1 else []
    has_titles = any((head := head_of(text)) and head.holds == TITLES for text in texts)
    return heads if len(heads) > 1 and has_titles else []


def _text(pieces: Line) -> str:
    return " ".join(piece.text for piece in pieces).strip(" .:")


def _is_head(text: str) -> bool:
    return head_of(text) is not None or level_of(text) is not None


def _near(head: Line, lines: Sequence[Line]) -> list[Line]:
    """The lines below a head that may be of its table: none is far from the one above, or larger."""
    size = max(piece.size for piece in head)
    found: list[Line] = []
    words, above = 0, head
    for line in lines[:_MOST_LINES]:
        words += len(line)
        is_far = _top(line) - _bottom(above) > _WIDEST_ROOM * size
        if is_far or words > _MOST_WORDS or max(piece.size for piece in line) > _LARGER * size:
            break
        found.append(line)
        above = line
    return found


def _top(line: Line) -> float:
    return min(piece.top for piece in line)


def _bottom(line: Line) -> float:
    return max(piece.bottom for piece in line)


def _table(heads: Sequence[Line], lines: Sequence[Line], after: Sequence[Line]) -> Table:
    """The table of heads and all lines, before others; nothing if its columns, its rows and its end are not sure."""
    starts = _starts(heads, lines)
    if not starts or (after and not _is_other(after[0], (heads[-1], *lines), starts)):
        return ()
    placed = [_by_column(line, starts) for line in lines]
    for cells in placed:
        is_alone = not any(cells[1:])
        if any(cell and cell[0].left - start > _EDGE for cell, start in zip(cells, starts, strict=True)) or (
            is_alone and not _names_row(cells)
        ):
            return ()
    grouped = _grouped(lines, placed)
    return tuple(_cells([heads, *grouped], starts)) if grouped else ()


def _starts(heads: Sequence[Line], lines: Sequence[Line]) -> list[float]:
    """Where the cells of each column begin; nothing if there is no such place."""
    pieces = [piece for line in lines for piece in line]
    starts = [min(piece.left for piece in (*heads[0], *pieces))]
    for before, head in pairwise(heads):
        after = max(starts[-1] + _EDGE, max((piece.right for piece in before), default=0.0))
        lefts = Counter(piece.left for piece in (*pieces, *head) if after < piece.left <= head[0].left + _EDGE)
        whole = (left for left, _ in lefts.most_common() if not any(_crosses(piece, left) for piece in pieces))
        start = next(whole, None)
        if start is None:
            return []
        starts.append(start)
    return starts


def _is_other(line: Line, table: Sequence[Line], starts: Sequence[float]) -> bool:
    """Whether a line below a table is none of it: there is more room above it, or a word lies over a column's start.

    Else it could be the rest of a cell.
    """
    room = [_top(below) - _bottom(above) for above, below in pairwise((*table, line))]
    is_apart = room[-1] > max(room[:-1]) + _ROW_GAP * table[0][0].size
    return is_apart or any(_crosses(piece, start) for piece in line for start in starts)


def _crosses(piece: Piece, start: float) -> bool:
    return piece.left < start - _EDGE < piece.right - _EDGE


def _by_column(line: Line, starts: Sequence[float]) -> Sequence[Line]:
    cells: list[list[Piece]] = [[] for _ in starts]
    for piece in line:
        cells[max(sum(piece.left >= start - _EDGE for start in starts) - 1, 0)].append(piece)
    return cells


def _names_row(cells: Sequence[Line]) -> bool:
    """Whether the first cell of a line is the head of a row."""
    text = _text(cells[0])
    return level_of(text) is not None or kind_in(text) is not None


def _grouped(lines: Sequence[Line], placed: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each row; nothing if that is not sure."""
    room = [_top(below) - _bottom(above) for above, below in pairwise(lines)]
    steps = sorted(room)
    gap, least = max(((b - a, (a + b) / 2) for a, b in pairwise(steps)), default=(0.0, 0.0))
    is_even = gap <= _ROW_GAP * lines[0][0].size
    numbers = [0]
    for space in room:
        numbers.append(numbers[-1] + (is_even or space > least))
    grouped: list[list[Line]] = [[] for _ in range(numbers[-1] + 1)]
    named: Counter[int] = Counter()
    for number, line, cells in zip(numbers, lines, placed, strict=True):
        grouped[number].append(line)
        named[number] += _names_row(cells)
    # With the same room everywhere, a line without its first cell may be the rest of the row above.
    is_sure = all(cells[0] for cells in placed) if is_even else max(named.values()) <= 1
    return grouped if is_sure else []


def _cells(grouped: Sequence[Sequence[Line]], starts: Sequence[float]) -> Iterator[tuple[Box, Cell]]:
    """The cells of rows, of which each is some lines."""
    for row, lines in enumerate(grouped):
        pieces = [piece for line in lines for piece in line]
        ends = (*starts[1:], max(piece.right for piece in pieces) + 2 * _EDGE)
        for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
            yield Box(start - _EDGE, max(end, start) - _EDGE, _top(pieces), _bottom(pieces)), Cell(0, row, at)
