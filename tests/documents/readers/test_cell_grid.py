"""The positions of table cells."""

from __future__ import annotations

from tlevel_rdf.documents.readers.cell_grid import CellGrid


def test_a_cell_that_claims_a_million_columns_takes_no_time() -> None:
    grid = CellGrid()
    grid.begin_table(1)
    grid.begin_row()
    grid.begin_cell(10**6, 10**6)
    assert grid.cell
    assert grid.cell.columns == 100
