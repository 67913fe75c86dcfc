"""Workbooks hold text only, and the same bytes for the same rows."""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tlevel_rdf.release.tables import spreadsheet
from tlevel_rdf.release.tables.spreadsheet import Sheet, write_workbook

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
#: Values that a spreadsheet would take for formulas, links, numbers, dates or truth values.
HOSTILE = ["=1+1", "+44", "-3", "@SUM(A1)", '=HYPERLINK("x")', "https://e.org/", "007", "1/2", "TRUE", "é\x07", "<&>"]


def parse(part: bytes) -> ET.Element:
    return ET.fromstring(part)  # noqa: S314 - our own bytes


def read_workbook(content: bytes) -> dict[str, list[list[str]]]:
    """Return the cells of each sheet as texts. A cell that is no text fails."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        names = [sheet.get("name", "") for sheet in parse(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")]
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            shared = ["".join(item.itertext()) for item in parse(book.read("xl/sharedStrings.xml"))]
        found = {}
        for number, name in enumerate(names, 1):
            root = parse(book.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(root.iter(f"{MAIN}f"))
            assert not list(root.iter(f"{MAIN}hyperlink"))
            rows = []
            for row in root.iter(f"{MAIN}row"):
                cells = list(row.iter(f"{MAIN}c"))
                assert {cell.get("t") for cell in cells} <= {"s", "inlineStr"}
                rows.append(
                    [
                        shared[int(cell.findtext(f"{MAIN}v") or 0)]
                        if cell.get("t") == "s"
                        else "".join(cell.itertext())
                        for cell in cells
                    ]
                )
            found[name] = rows
    return found


def test_every_value_stays_text(tmp_path: Path) -> None:
    sheets = [Sheet("hostile", ["a", "=b"], [[value, value] for value in HOSTILE])]
    memory = BytesIO()
    write_workbook(sheets, None, memory)
    write_workbook(sheets, None, tmp_path / "x.xlsx")
    for content in (memory.getvalue(), (tmp_path / "x.xlsx").read_bytes()):
        cells = read_workbook(content)["hostile"]
        assert cells[0] == ["a", "=b"]
        expected = [value.replace("\x07", "_x0007_") for value in HOSTILE]
        assert [row[0] for row in cells[1:]] == expected


def test_the_same_rows_give_the_same_bytes() -> None:
    made = []
    for _ in range(2):
        target = BytesIO()
        write_workbook([Sheet("a", ["x"], [["y"]])], dt.date(2026, 11, 30), target)
        made.append(target.getvalue())
    assert made[0] == made[1]


def test_rows_and_letters_beyond_the_limits_go_on_elsewhere_or_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MAX_SHEET_ROWS", 2)
    monkeypatch.setattr(spreadsheet, "MAX_CELL_CHARACTERS", 5)
    target = BytesIO()
    rows = [[text] for text in ("1", "2", "3", "abcdef", "5")]
    write_workbook([Sheet("a", ["x"], rows), Sheet("b", ["y"], [])], None, target)
    assert read_workbook(target.getvalue()) == {
        "a": [["x"], ["1"], ["2"]],
        "a 2": [["x"], ["3"], ["abcd…"]],
        "a 3": [["x"], ["5"]],
        "b": [["y"]],
    }
