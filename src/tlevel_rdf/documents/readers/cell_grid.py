"""Where the cells of a document's tables stand: rows and columns, counted as the cells come, with what spans several.

An empty cell has no line, so its place is told by those of the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from tlevel_rdf.documents.document import Cell

#: Nobody's table has more columns; a page that says so would only take time.
_MOST_SPANNED: Final = 100


@dataclass(slots=True)
class _Table:
    """A table that is open: its number, its last place, and up to which row a cell takes a column."""

    number: int
    row: int = -1
    next_column: int = 0
    taken: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Placing:
    """The tables and cells that are open, the innermost last."""

    tables: list[_Table] = field(default_factory=list)
    cells: list[Cell | None] = field(default_factory=list)

    @property
    def cell(self) -> Cell | None:
        """The cell that what comes next stands in, if its place is known."""
        return self.cells[-1] if self.cells else None

    def begin_table(self, number: int) -> None:
        """Enter a table, by a number that no other has."""
        self.tables.append(_Table(number))

    def end_table(self) -> None:
        """Leave a table."""
        del self.tables[-1:]

    def begin_row(self) -> None:
        """Begin a row."""
        if self.tables:
            self.tables[-1].row += 1
            self.tables[-1].next_column = 0

    def skip(self, columns: int) -> None:
        """Leave out some columns of the row."""
        if self.tables:
            self.tables[-1].next_column += columns

    def begin_cell(self, columns: int = 1, rows: int = 1) -> None:
        """Enter a cell that spans so many columns and rows."""
        if not self.tables or self.tables[-1].row < 0:
            self.cells.append(None)
            return
        table = self.tables[-1]
        while table.taken.get(table.next_column, 0) > table.row:
            table.next_column += 1
        self.cells.append(Cell(table.number, table.row, table.next_column, 1, max(rows, 1)))
        table.next_column += 1
        self.widen(columns)

    def widen(self, columns: int) -> None:
        """Let the cell that is open span so many columns."""
        if not (cell := self.cell):
            return
        columns = min(max(columns, 1), _MOST_SPANNED)
        self.cells[-1] = cell._replace(columns=columns)
        table = self.tables[-1]
        table.next_column = cell.column + columns
        if cell.rows > 1:
            table.taken.update(dict.fromkeys(range(cell.column, cell.column + columns), cell.row + cell.rows))

    def end_cell(self) -> None:
        """Leave a cell."""
        del self.cells[-1:]
