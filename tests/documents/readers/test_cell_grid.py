"""The positions of table cells."""

from __future__ import annotations

import pytest

from tlevel_rdf.documents.document import Cell
from tlevel_rdf.documents.readers.cell_grid import CellGrid
from tlevel_rdf.errors import DocumentError


def cell(grid: CellGrid, columns: int = 1, rows: int = 1) -> Cell | None:
    """Add a cell, and return its position."""
    grid.begin_cell(columns, rows)
    position = grid.cells[-1]
    grid.end_cell()
    return position


def test_cells_that_span_rows_and_columns_move_the_cells_beside_and_below_them() -> None:
    grid = CellGrid()
    grid.begin_table(7)
    grid.begin_row()
    assert cell(grid, rows=2) == Cell(7, 0, 0, 1, 2)
    assert cell(grid, columns=2) == Cell(7, 0, 1, 2)
    grid.begin_row()
    assert cell(grid) == Cell(7, 1, 1)
    grid.skip(1)
    assert cell(grid) == Cell(7, 1, 3)
    grid.begin_row()
    assert cell(grid) == Cell(7, 2, 0)


def test_a_table_within_a_cell_is_counted_apart() -> None:
    grid = CellGrid()
    grid.begin_table(1)
    grid.begin_row()
    grid.begin_cell(1, 1)
    grid.begin_table(2)
    grid.begin_row()
    assert cell(grid) == Cell(2, 0, 0)
    grid.end_table()
    grid.end_cell()
    assert cell(grid) == Cell(1, 0, 1)


def test_a_cell_outside_tables_and_rows_has_no_position() -> None:
    grid = CellGrid()
    grid.begin_row()
    grid.skip(1)
    assert cell(grid) is None
    grid.begin_table(1)
    assert cell(grid) is None
    assert not grid.cells


def test_a_cell_spans_at_most_a_hundred_columns() -> None:
    grid = CellGrid()
    grid.begin_table(1)
    grid.begin_row()
    assert cell(grid, columns=10**6) == Cell(1, 0, 0, 100)


def test_a_row_below_many_spans_is_refused_before_it_takes_long() -> None:
    grid = CellGrid()
    grid.begin_table(1)
    for _ in range(200):
        grid.begin_row()
        grid.begin_cell(1000, 60_000)
    with pytest.raises(DocumentError, match="more than 200 cells beside one another"):
        grid.begin_cell(1000, 60_000)
