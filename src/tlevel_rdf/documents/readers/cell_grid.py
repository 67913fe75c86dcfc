"""The positions of table cells, counted as the cells come, with those that span several rows or columns.

Empty cells have no lines, so only the positions of the other cells show them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from tlevel_rdf.documents.document import Cell
from tlevel_rdf.errors import DocumentError
from tlevel_rdf.limits import MAX_CELL_COLUMNS, MAX_ROW_SPANS


class _Span(NamedTuple):
    """The columns that a cell covers in the rows below its own, up to one that it does not cover any more."""

    first: int
    end: int
    last_row: int


@dataclass(slots=True)
class _Table:
    """An open table: its number, its last position, and the spans over its last row, from left to right.

    `passed` is the number of spans that the cells of the row have passed.
    """

    number: int
    row: int = -1
    next_column: int = 0
    spans: list[_Span] = field(default_factory=list)
    passed: int = 0

    def begin_row(self) -> None:
        """Begin a row, and drop the spans that end above it."""
        self.row += 1
        self.next_column = self.passed = 0
        self.spans = [span for span in self.spans if span.last_row >= self.row]

    def begin_cell(self, columns: int, rows: int) -> Cell:
        """Return the position of a cell: the first columns that no cell above it covers."""
        while self.passed < len(self.spans) and self.spans[self.passed].first <= self.next_column:
            self.next_column = max(self.next_column, self.spans[self.passed].end)
            self.passed += 1
        first, end = self.next_column, self.next_column + columns
        if rows > 1:
            if len(self.spans) >= MAX_ROW_SPANS:
                message = f"a table with more than {MAX_ROW_SPANS} cells beside one another that span rows"
                raise DocumentError(message, hint="write the table without cells that span rows")
            self.spans.insert(self.passed, _Span(first, end, self.row + rows - 1))
            self.passed += 1
        self.next_column = end
        return Cell(self.number, self.row, first, columns, rows)


@dataclass(slots=True)
class CellGrid:
    """The open tables and the positions of the open cells, the innermost last; None for a cell outside tables."""

    tables: list[_Table] = field(default_factory=list)
    cells: list[Cell | None] = field(default_factory=list)

    def begin_table(self, number: int) -> None:
        """Enter a table, by a number that no other has."""
        self.tables.append(_Table(number))

    def end_table(self) -> None:
        """Leave a table."""
        del self.tables[-1:]

    def begin_row(self) -> None:
        """Begin a row."""
        if self.tables:
            self.tables[-1].begin_row()

    def skip(self, columns: int) -> None:
        """Skip columns of the row."""
        if self.tables:
            self.tables[-1].next_column += columns

    def begin_cell(self, columns: int, rows: int) -> None:
        """Enter a cell that spans columns and rows."""
        if not self.tables or self.tables[-1].row < 0:
            self.cells.append(None)
            return
        columns = min(max(columns, 1), MAX_CELL_COLUMNS)
        self.cells.append(self.tables[-1].begin_cell(columns, max(rows, 1)))

    def end_cell(self) -> None:
        """Leave a cell."""
        del self.cells[-1:]
