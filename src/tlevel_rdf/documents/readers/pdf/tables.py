"""The tables of a PDF: rows and columns of ruled tables, and the lines of tables without rules.

The columns of a table without rules are not certain, so each of its lines is one cell that is in no column.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import count, pairwise
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Cell, Location
from tlevel_rdf.documents.readers.limits import MAX_PDF_TABLE_LINES, MAX_PDF_TABLE_STRIPS
from tlevel_rdf.documents.readers.pdf.geometry import bounds, is_item_marker, rows, words_outside_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tlevel_rdf.documents.readers.line_builder import LineBuilder
    from tlevel_rdf.documents.readers.pdf.geometry import Box, Page, Table, Word

    #: Returns the number of words of each column header in a row of words; none if the row holds anything else.
    HeaderSplitter = Callable[[Sequence[str]], Sequence[int]]

#: Points between what is drawn as one rule, at most.
_RULE: Final = 2.0
#: Ems: the widest gap between two lines of a table without rules, and the narrowest of the widest gaps between its
#: column headers.
_LINE_GAP: Final = 2.5
_HEADER_GAP: Final = 1.0
#: The letters of lines below column headers, in relation to those of the headers, at most.
_LARGER: Final = 1.12
_Strip = tuple[float, float]


def placed(boxes: Sequence[Box]) -> Table:
    """Return cells that do not overlap, row by row, with their positions; the table has no number yet."""
    columns = _rules(end for box in boxes for end in (box.left, box.right))
    levels = _rules(end for box in boxes for end in (box.top, box.bottom))
    found = []
    for box in boxes:
        left, right = (bisect_right(columns, end) - 1 for end in (box.left, box.right))
        top, bottom = (bisect_right(levels, end) - 1 for end in (box.top, box.bottom))
        found.append((box, Cell(0, top, left, max(right - left, 1), max(bottom - top, 1))))
    return tuple(sorted(found, key=lambda each: (each[1].row, each[1].column)))


def numbered(pages: Iterable[Page]) -> list[Page]:
    """Return pages whose tables have numbers; a table that continues on the next page keeps its number."""
    found: list[Page] = []
    above: Table = ()
    numbers = count(1)
    for page in pages:
        tables: list[Table] = []
        for table in sorted(page.tables, key=lambda table: table[0][0].top):
            is_first = not tables and all(word.bottom > bounds(box for box, _ in table).top for word in page.words)
            if above and is_first and _columns(table) == _columns(above):
                number, rows_above = above[0][1].table, max(cell.row + cell.rows for _, cell in above)
            else:
                number, rows_above = next(numbers), 0
            tables.append(tuple((box, cell._replace(table=number, row=rows_above + cell.row)) for box, cell in table))
        found.append(replace(page, tables=tuple(tables)))
        is_last = tables and all(word.top < bounds(box for box, _ in tables[-1]).bottom for word in page.words)
        above = tables[-1] if is_last else ()
    return found


def with_unruled(page: Page, header_lengths: HeaderSplitter, builder: LineBuilder) -> Page:
    """Return a page with a table of lines below each row of column headers that stands in no ruled table."""
    lines = rows(page.words)
    end = 0
    for at, line in enumerate(lines):
        headers = _headers(line, header_lengths) if at >= end else []
        if not headers or set(words_outside_tables(page)).isdisjoint(line):
            continue
        below = _lines_below(headers, lines[at + 1 :])
        if below:
            end = at + 1 + len(below)
            builder.omit("a table without rules around its cells", Location(page=page.number, line=at + 1))
            page = _with_lines(page, [line, *below])
    return page


def _rules(ends: Iterable[float]) -> list[float]:
    """Return the positions of rules, each once."""
    found: list[float] = []
    for end in sorted(ends):
        if not found or end - found[-1] > _RULE:
            found.append(end)
    return found


def _columns(table: Table) -> list[int]:
    """Return the positions of the rules between columns, as far as two pages agree on them."""
    return [round(end / _RULE) for end in _rules(end for box, _ in table for end in (box.left, box.right))]


def _headers(line: Sequence[Word], header_lengths: HeaderSplitter) -> list[Sequence[Word]]:
    """Return the words of each column header in a line; none if the line is not a row of headers."""
    headers, at = [], 0
    for length in header_lengths([word.text for word in line]):
        headers.append(line[at : at + length])
        at += length
    gaps = [(right[0].left - left[-1].right) / right[0].size for left, right in pairwise(headers)]
    return headers if gaps and max(gaps) > _HEADER_GAP else []


def _lines_below(headers: Sequence[Sequence[Word]], lines: Sequence[Sequence[Word]]) -> list[Sequence[Word]]:
    """Return the lines of the table below its headers.

    It ends at a wide gap, at larger letters, at the number of an item, and at a line that leaves no strip between two
    columns.
    """
    above = [word for header in headers for word in header]
    size = max(word.size for word in above)
    strips = [[(bounds(left).right, bounds(right).right)] for left, right in pairwise(headers)]
    found: list[Sequence[Word]] = []
    for line in lines[:MAX_PDF_TABLE_LINES]:
        strips = [_uncovered(each, line) for each in strips]
        box = bounds(line)
        is_far = box.top - bounds(above).bottom > _LINE_GAP * size or max(word.size for word in line) > _LARGER * size
        if is_far or is_item_marker(line[0]) or not all(strips):
            break
        found.append(line)
        above = [*line]
    return found


def _uncovered(strips: Sequence[_Strip], line: Sequence[Word]) -> list[_Strip]:
    """Return what the words of a line leave free of vertical strips."""
    for word in line:
        halves = [((left, min(right, word.left)), (max(left, word.right), right)) for left, right in strips]
        strips = [half for both in halves for half in both if half[0] < half[1]][:MAX_PDF_TABLE_STRIPS]
    return [*strips]


def _with_lines(page: Page, lines: Sequence[Sequence[Word]]) -> Page:
    """Return a page where each line is a cell in no column, instead of the ruled cells that cover only some of them."""
    table = tuple((bounds(line), Cell(0, row, 0, columns=0)) for row, line in enumerate(lines))
    area = bounds(box for box, _ in table)
    boxes = ((other, bounds(box for box, _ in other)) for other in page.tables)
    return replace(page, tables=(*(it for it, box in boxes if box.bottom <= area.top or box.top >= area.bottom), table))
