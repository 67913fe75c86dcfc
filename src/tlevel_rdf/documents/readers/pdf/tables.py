"""The tables of a PDF that have no rules: a line of heads that are understood, and what stands below each of them.

The columns are told by where their cells begin: each at one place, which no word crosses. The rows are told by the room
between lines. Where these do not tell, there is no table here, and its words are read like any others.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import accumulate, pairwise
from math import inf
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Cell, Role
from tlevel_rdf.documents.profile.column_headers import (
    HEADER_CHARACTERS,
    KINDS,
    LEVELS,
    TITLES,
    Column,
    column_headed,
    kind_in,
    level_of,
)
from tlevel_rdf.documents.readers.line_wrapping import begins_item
from tlevel_rdf.documents.readers.pdf.geometry import Box, box_of, free, rows, segments
from tlevel_rdf.documents.readers.pdf.ruled_tables import height

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tlevel_rdf.documents.readers.pdf.geometry import Page, Piece, Table

    #: What stands at one height, from left to right.
    Line = Sequence[Piece]

#: How exactly the cells of a column begin at one place, in points.
_EDGE: Final = 1.0
#: In sizes of a letter: the widest room between two lines of a table, how much more there is between two rows than
#: within one, and how much larger letters are a heading's.
_WIDEST_ROOM: Final = 2.5
_ROW_GAP: Final = 0.1
_LARGER: Final = 1.12
#: What is looked at: heads of a document, columns, lines below a head, words in these, ends of a table, places where a
#: column may begin, and kinds of room between lines. Nobody prints more.
_MOST_HEADS: Final = 200
_MOST_COLUMNS: Final = 12
_MOST_LINES: Final = 100
_MOST_WORDS: Final = 1_000
_MOST_ENDS: Final = 5
_MOST_PLACES: Final = 10
_MOST_ROOMS: Final = 4


def with_unruled(pages: Iterable[Page]) -> Iterator[Page]:
    """Pages with the tables in them that have no rules, or too few.

    Where heads are found and the cells below them are not sure, each line is one cell that is in no column.
    """
    tried = 0
    for page in pages:
        lines = rows(page)
        made = page
        end = 0
        for at, line in enumerate(lines):
            if at < end or tried == _MOST_HEADS or not (heads := _heads(line)):
                continue
            tried += 1
            below = _below(heads, lines[at + 1 :])
            for count in range(len(below), max(len(below) - _MOST_ENDS, 0), -1):
                if table := _table(heads, below[:count], lines[at + 1 + count :]):
                    made = _with(made, table)
                    end = at + 1 + count
                    break
            else:
                if below and not set(free(page)).isdisjoint(line):
                    made = _with(made, tuple(_unsure([line, *below])))
                    end = at + 1 + len(below)
        yield made


def _unsure(lines: Sequence[Line]) -> Iterator[tuple[Box, Cell]]:
    for row, line in enumerate(lines):
        box = Box(min(piece.left for piece in line), _right(line), _top(line), _bottom(line))
        yield box, Cell(0, row, 0, columns=0)


def _with(page: Page, table: Table) -> Page:
    """A page with one more table in place of what of it seems to be tables; without it if one of these is as large."""
    top, bottom = box_of(table).top, box_of(table).bottom
    parts = [part for part in page.tables if box_of(part).top < bottom and top < box_of(part).bottom]
    if any(height(part) >= height(table) and _width(part) >= _width(table) for part in parts):
        return page
    return replace(page, tables=(*(each for each in page.tables if each not in parts), table))


def _width(table: Table) -> int:
    return 1 + max(cell.column for _, cell in table)


def _heads(line: Line) -> list[Line]:
    """The words of each head of a column, if a line is nothing else and they are levels or one of them is of titles."""
    if sum(len(piece.text) + 1 for piece in line) > 4 * HEADER_CHARACTERS:
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
        return [(), *heads] if 1 < len(heads) <= _MOST_COLUMNS else []
    has_titles = any((head := column_headed(text)) and head.content == TITLES for text in texts)
    return heads if 1 < len(heads) <= _MOST_COLUMNS and has_titles else []


def _text(pieces: Line) -> str:
    return " ".join(piece.text for piece in pieces).strip(" .:")


def _is_name(text: str) -> bool:
    """Whether a text is the head of a row."""
    return level_of(text) is not None or kind_in(text) is not None


def _is_head(text: str) -> bool:
    return column_headed(text) is not None or level_of(text) is not None


def _below(heads: Sequence[Line], lines: Sequence[Line]) -> list[Line]:
    """The lines below heads that may be of their table: none is far from the one above, or larger.

    And between each head and the next one a place is left that no word covers, where a column can begin.
    """
    above: Line = [piece for head in heads for piece in head]
    size = max(piece.size for piece in above)
    places = [[(_right(left), _right(right))] for left, right in pairwise(heads)]
    found: list[Line] = []
    words = 0
    for line in lines[:_MOST_LINES]:
        words += len(line)
        places = [_uncovered(stretches, line) for stretches in places]
        is_far = _top(line) - _bottom(above) > _WIDEST_ROOM * size or begins_item(_text(line))[0] is Role.ITEM
        if is_far or words > _MOST_WORDS or max(piece.size for piece in line) > _LARGER * size or not all(places):
            break
        found.append(line)
        above = line
    return found


def _uncovered(stretches: list[tuple[float, float]], line: Line) -> list[tuple[float, float]]:
    """What is left of stretches from left to right between the words of a line."""
    for piece in line:
        parts = [((first, min(last, piece.left)), (max(first, piece.right), last)) for first, last in stretches]
        stretches = [part for both in parts for part in both if part[0] < part[1]][:_MOST_PLACES]
    return stretches


def _right(line: Line) -> float:
    return max((piece.right for piece in line), default=0.0)


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
    # The names of rows may stand in the middle of their column.
    are_names = all(_is_name(_text(cells[0])) for cells in placed if cells[0])
    some = slice(1 if are_names else 0, None)
    aligned = [(cell, at) for its in placed for cell, at in zip(its[some], starts[some], strict=True) if cell]
    if any(cell[0].left - at > _EDGE for cell, at in aligned):
        return ()
    grouped = _grouped(heads, lines, placed)
    if not grouped:
        return ()
    columns = [[*head, *(piece for cells in placed for piece in cells[at])] for at, head in enumerate(heads)]
    ends = [(min(p.left for p in its), _right(its)) if its else (0.0, 0.0) for its in columns]
    return tuple(_cells([heads, *grouped], ends))


def _starts(heads: Sequence[Line], lines: Sequence[Line]) -> list[float]:
    """Where the cells of each column begin; nothing if there is no such place."""
    pieces = [piece for line in lines for piece in line]
    starts = [min(piece.left for piece in pieces)]
    for before, head in pairwise(heads):
        after = max(starts[-1] + _EDGE, _right(before))
        lefts = Counter(piece.left for piece in (*pieces, *head) if after < piece.left < _right(head))
        likely = lefts.most_common(_MOST_PLACES)
        whole = (left for left, _ in likely if not any(_crosses(piece, left) for piece in pieces))
        start = next(whole, None)
        if start is None:
            return []
        starts.append(start)
    return starts


def _is_other(line: Line, table: Sequence[Line], starts: Sequence[float]) -> bool:
    """Whether a line below a table is none of it: there is more room above it, or it goes over a column's start.

    Else it could be the rest of a cell.
    """
    room = [_top(below) - _bottom(above) for above, below in pairwise((*table, line))]
    is_apart = room[-1] > max(room[:-1]) + _ROW_GAP * table[0][0].size
    is_whole = len(segments(0, line)) == 1
    return is_apart or (is_whole and any(_crosses(piece, start) for piece in line for start in starts))


def _crosses(piece: Piece, start: float) -> bool:
    return piece.left < start - _EDGE < piece.right - _EDGE


def _by_column(line: Line, starts: Sequence[float]) -> Sequence[Line]:
    cells: list[list[Piece]] = [[] for _ in starts]
    for piece in line:
        cells[max(sum(piece.left >= start - _EDGE for start in starts) - 1, 0)].append(piece)
    return cells


def _grouped(heads: Sequence[Line], lines: Sequence[Line], placed: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each row; nothing if they can be grouped in no way, or in several."""
    more = _ROW_GAP * lines[0][0].size
    rooms = sorted(room for column in zip(*placed, strict=True) for _, _, room in _rooms(column))
    likely = [room for room, wider in pairwise([*rooms, inf]) if wider > room + more][:_MOST_ROOMS]
    found: list[list[list[int]]] = []
    for widest in (0.0, *likely):
        grouped = _by_room(lines, placed, widest)
        if grouped not in found and _are_rows(heads, grouped, placed, more):
            found.append(grouped)
    return [[lines[at] for at in row] for row in found[0]] if len(found) == 1 else []


def _rooms(column: Sequence[Line]) -> Iterator[tuple[int, int, float]]:
    """The numbers of two lines after one another of a column, and the room between them."""
    for (first, above), (second, below) in pairwise((at, cell) for at, cell in enumerate(column) if cell):
        yield first, second, _top(below) - _bottom(above)


def _by_room(lines: Sequence[Line], placed: Sequence[Sequence[Line]], widest: float) -> list[list[int]]:
    """The numbers of lines by rows, if there is so much room at most between the lines of a cell."""
    lowest = accumulate(map(_bottom, lines), max)
    begins = {0, *(at for at, bottom in enumerate(lowest, 1) if at < len(lines) and _top(lines[at]) >= bottom)}
    for column in zip(*placed, strict=True):
        for first, second, room in _rooms(column):
            if room <= widest:
                begins -= set(range(first + 1, second + 1))
    starts = [*sorted(begins), len(lines)]
    return [list(range(first, end)) for first, end in pairwise(starts)]


def _are_rows(
    heads: Sequence[Line], grouped: Sequence[Sequence[int]], placed: Sequence[Sequence[Line]], more: float
) -> bool:
    """Whether lines are grouped as rows: by the room between them, and by what their first cells and levels say."""
    row_of = {at: row for row, its in enumerate(grouped) for at in its}
    within, between = [0.0], [inf]
    for column in zip(*placed, strict=True):
        for first, second, room in _rooms(column):
            (within if row_of[first] == row_of[second] else between).append(room)
    if max(within) + more > min(between):
        return False
    if len(within) == 1 and not all(cells[0] for cells in placed):
        # Where no cell is seen to have several lines, a line without its first cell may be the rest of one.
        return False
    for its in grouped:
        texts = [_text([piece for at in its for piece in placed[at][column]]) for column in range(len(heads))]
        if not _is_name(texts[0]) and not any(texts[1:]):
            return False  # a paragraph below the table
        for text, head in zip(texts, heads, strict=True):
            holds = column_headed(_text(head)) if head else Column(KINDS)
            if text and holds and _IS.get(holds.content, bool)(text) is None:
                return False
    return True


#: What tells that a cell holds what the head of its column says.
_IS: Final[dict[str, Callable[[str], object]]] = {LEVELS: level_of, KINDS: kind_in}


def _cells(grouped: Sequence[Sequence[Line]], columns: Sequence[tuple[float, float]]) -> Iterator[tuple[Box, Cell]]:
    """The cells of rows, of which each is some lines, by where the columns begin and end."""
    for row, lines in enumerate(grouped):
        pieces = [piece for line in lines for piece in line]
        for at, (left, right) in enumerate(columns):
            yield Box(left, right, _top(pieces), _bottom(pieces)), Cell(0, row, at)
