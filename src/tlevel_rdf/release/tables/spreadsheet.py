"""Spreadsheets in XLSX. Every cell is text, so no program takes a value for a formula, a date or a link."""

from __future__ import annotations

import datetime as dt
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tlevel_rdf.limits import MAX_CELL_CHARACTERS, MAX_SHEET_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from io import BytesIO


class Sheet(NamedTuple):
    """A sheet: its name, the names of its columns, and its rows."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[str]]


def write_workbook(sheets: Iterable[Sheet], date: dt.date | None, target: Path | BytesIO) -> None:
    """Write a workbook. The same sheets and date give the same bytes.

    Args:
        sheets: with names of at most 28 characters. Rows beyond what a sheet can hold go to a further sheet.
        date: the date of the data; None if it has none.
        target: a file, which is written row by row, or bytes in memory.
    """
    import xlsxwriter  # noqa: PLC0415 - takes 30 ms to import, and most processes write no workbook

    # The format has no times before 1980.
    created = dt.datetime.combine(date or dt.date(1980, 1, 1), dt.time(), tzinfo=dt.UTC).replace(tzinfo=None)
    in_rows = {"constant_memory": True} if isinstance(target, Path) else {"in_memory": True}
    with xlsxwriter.Workbook(target, in_rows) as book:
        book.set_properties({"created": created})
        heading = book.add_format({"bold": True})
        for sheet in sheets:
            rows, number = iter(sheet.rows), 1
            part = list(islice(rows, 1))
            while part or number == 1:
                written = book.add_worksheet(sheet.name if number == 1 else f"{sheet.name} {number}")
                written.freeze_panes(1, 0)
                written.set_column(0, len(sheet.columns) - 1, 24)
                for column, name in enumerate(sheet.columns):
                    written.write_string(0, column, name, heading)
                for line, row in enumerate(islice(chain(part, rows), MAX_SHEET_ROWS), 1):
                    for column, value in enumerate(row):
                        if value:
                            written.write_string(line, column, _cell(value))
                part, number = list(islice(rows, 1)), number + 1


def _cell(value: str) -> str:
    return value if len(value) <= MAX_CELL_CHARACTERS else f"{value[: MAX_CELL_CHARACTERS - 1]}\u2026"
