"""The tables of a release in XLSX and Parquet have the rows of the tables in CSV."""

from __future__ import annotations

import csv
import importlib.util
import shutil
from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.release.tables.test_spreadsheet import read_workbook
from tlevel_rdf.release import release
from tlevel_rdf.release.tables import concordance, table, tabular
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release

TABLES = ((table.CSV, tabular.OPTIONS_PARQUET, "options"), (concordance.CODES, tabular.CODES_PARQUET, "codes"))


def rows_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened))


def test_the_workbook_has_the_rows_of_both_tables_and_explains_them(small_release: Release) -> None:
    book = read_workbook((small_release.folder / tabular.XLSX).read_bytes())
    for file, _, sheet in TABLES:
        expected = [[value for value in row if value] for row in rows_of(small_release.folder / file)]
        assert book[sheet] == expected
    assert ["options", "level", table.COLUMNS["level"]] in book["columns"]
    assert ["licence", Settings().licence] in book["about"]


@pytest.mark.parametrize(("file", "parquet", "sheet"), TABLES)
def test_another_program_reads_the_same_rows_from_parquet(
    small_release: Release, file: str, parquet: str, sheet: str
) -> None:
    read = duckdb.read_parquet(str(small_release.folder / parquet))
    found = [["" if value is None else str(value) for value in row] for row in read.fetchall()]
    assert [read.columns, *found] == rows_of(small_release.folder / file)
    types = dict(zip(read.columns, map(str, read.types), strict=True))
    assert {column for column, type_ in types.items() if type_ == "INTEGER"} == table.INTEGERS & set(read.columns)


def test_without_pyarrow_a_release_has_no_parquet(
    small_release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file, _, _ in TABLES:
        shutil.copyfile(small_release.folder / file, tmp_path / file)
    monkeypatch.setattr(tabular, "find_spec", lambda _: None)
    tabular.write_parquet(tmp_path)
    assert not list(tmp_path.glob("*.parquet"))
    monkeypatch.setattr(tabular, "find_spec", importlib.util.find_spec)
    tabular.write_parquet(tmp_path)
    tabular.write_spreadsheet(tmp_path, Settings(), small_release.date)
    for name in (tabular.XLSX, *release.OPTIONAL):
        assert (tmp_path / name).read_bytes() == (small_release.folder / name).read_bytes()
