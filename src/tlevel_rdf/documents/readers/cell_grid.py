"""The positions of table cells, counted as the cells come, with those that span several rows or columns.

Empty cells have no lines, so only the positions of the other cells show them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tlevel_rdf.documents.document import Cell
from tlevel_rdf.limits import MAX_CELL_COLUMNS


@dataclass(slots=True)
class _Table:
    """An open table: its number, its last position, and for each column the first row that no cell above covers."""

    number: int
    row: int = -1
    next_column: int = 0
    covered: dict[int, int] = field(default_factory=dict)


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
            self.tables[-1].row += 1
            self.tables[-1].next_column = 0

    def skip(self, columns: int) -> None:
        """Skip columns of the row."""
        if self.tables:
            self.tables[-1].next_column += columns

    def begin_cell(self, columns: int = 1, rows: int = 1) -> None:
        """Enter a cell that spans columns and rows."""
        if not self.tables or self.tables[-1].row < 0:
            self.cells.append(None)
            return
        table = self.tables[-1]
        while table.covered.get(table.next_column, 0) > table.row:
            table.next_column += 1
        columns, first = min(max(columns, 1), MAX_CELL_COLUMNS), table.next_column
        self.cells.append(Cell(table.number, table.row, first, columns, max(rows, 1)))
        table.next_column = first + columns
        if rows > 1:
            table.covered.update(dict.fromkeys(range(first, first + columns), table.row + rows))

    def end_cell(self) -> None:
        """Leave a cell."""
        del self.cells[-1:]
