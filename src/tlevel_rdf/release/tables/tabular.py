"""The tables of a release in formats of other tools: XLSX, and Parquet if pyarrow is installed."""

from __future__ import annotations

import csv
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from tlevel_rdf.release.tables import concordance, table
from tlevel_rdf.release.tables.spreadsheet import Sheet, write_workbook

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tlevel_rdf.settings import Settings

#: All tables in one workbook.
XLSX: Final = "progression-profiles.xlsx"
OPTIONS_PARQUET: Final = "progression-profiles.parquet"
CODES_PARQUET: Final = "codes.parquet"
#: The name of each table's sheet, its CSV, its Parquet file, and the descriptions of its columns.
_TABLES: Final[tuple[tuple[str, str, str, Mapping[str, str]], ...]] = (
    ("options", table.CSV, OPTIONS_PARQUET, table.COLUMNS),
    ("codes", concordance.CODES, CODES_PARQUET, concordance.COLUMNS),
)


def write_spreadsheet(folder: Path, settings: Settings, date: dt.date) -> None:
    """Write the workbook of the tables in CSV of a folder, with their columns explained and the licence."""
    columns = ((name, column, text) for name, _, _, of in _TABLES for column, text in of.items())
    about = (
        ("title", settings.title),
        ("date", date.isoformat()),
        ("publisher", settings.publisher),
        ("licence", settings.licence),
        ("attribution", settings.attribution),
    )
    sheets = (
        *(Sheet(name, list(of), _rows(folder / file)) for name, file, _, of in _TABLES),
        Sheet("columns", ("table", "column", "description"), columns),
        Sheet("about", ("property", "value"), about),
    )
    write_workbook(sheets, date, folder / XLSX)


def _rows(file: Path) -> Iterator[list[str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        rows = csv.reader(opened)
        next(rows)
        yield from rows


def write_parquet(folder: Path) -> None:
    """Write the tables in CSV of a folder in Parquet: whole numbers as such, the rest as text, empty cells as null.

    Without pyarrow, which is an extra of 55 MB, nothing is written.
    """
    if find_spec("pyarrow") is None:
        return
    arrow, arrow_csv, parquet = map(import_module, ("pyarrow", "pyarrow.csv", "pyarrow.parquet"))
    for _, file, name, columns in _TABLES:
        types = {column: arrow.int32() if column in table.INTEGERS else arrow.string() for column in columns}
        read = arrow_csv.read_csv(
            folder / file,
            read_options=arrow_csv.ReadOptions(use_threads=False),
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                column_types=types, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=True
            ),
        )
        fields = [field.with_metadata({"description": columns[field.name]}) for field in read.schema]
        parquet.write_table(read.cast(arrow.schema(fields)), folder / name, compression="zstd")
