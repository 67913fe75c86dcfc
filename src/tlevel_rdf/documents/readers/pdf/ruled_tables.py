"""The tables of a PDF: the rows and columns of cells by the rules that they stand between, and their numbers."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tlevel_rdf.documents.readers.pdf.geometry import Box, Page, Table

#: How far apart, in points, what is drawn as one rule may be.
_ONE_RULE: Final = 2.0


def placed(boxes: Sequence[Box]) -> Table:
    """Cells that do not overlap, row by row, with their places; the table has no number yet."""
    columns = _rules(end for box in boxes for end in (box.left, box.right))
    rows = _rules(end for box in boxes for end in (box.top, box.bottom))
    found = []
    for box in boxes:
        left, right = _place(columns, box.left), _place(columns, box.right)
        top, bottom = _place(rows, box.top), _place(rows, box.bottom)
        found.append((box, Cell(0, top, left, max(right - left, 1), max(bottom - top, 1))))
    return tuple(sorted(found, key=lambda each: (each[1].row, each[1].column)))


def numbered(pages: Iterable[Page]) -> list[Page]:
    """The pages, each table with its number; one that goes on at the top of the next page goes on as the same."""
    made: list[Page] = []
    above: Table = ()
    numbers = count(1)
    for page in pages:
        tables: list[Table] = []
        for table in sorted(page.tables, key=lambda table: table[0][0].top):
            goes_on = above and not tables and _is_first(table, page) and _columns(table) == _columns(above)
            number, rows = (above[0][1].table, height(above)) if goes_on else (next(numbers), 0)
            tables.append(tuple((box, cell._replace(table=number, row=rows + cell.row)) for box, cell in table))
        made.append(replace(page, tables=tuple(tables)))
        above = tables[-1] if tables and _is_last(tables[-1], page) else ()
    return made


def _rules(ends: Iterable[float]) -> list[float]:
    """Where rules are drawn, each once."""
    found: list[float] = []
    for end in sorted(ends):
        if not found or end - found[-1] > _ONE_RULE:
            found.append(end)
    return found


def _place(rules: Sequence[float], end: float) -> int:
    """Which rule something ends at."""
    return bisect_right(rules, end) - 1


def _columns(table: Table) -> list[int]:
    """Where the rules of a table's columns are, as far as two pages agree on it."""
    return [round(end / _ONE_RULE) for end in _rules(end for box, _ in table for end in (box.left, box.right))]


def _is_first(table: Table, page: Page) -> bool:
    top = min(box.top for box, _ in table)
    return all(piece.bottom > top for piece in page.pieces)


def _is_last(table: Table, page: Page) -> bool:
    bottom = max(box.bottom for box, _ in table)
    return all(piece.top < bottom for piece in page.pieces)


def height(table: Table) -> int:
    """How many rows a table has."""
    return max(cell.row + cell.rows for _, cell in table)
