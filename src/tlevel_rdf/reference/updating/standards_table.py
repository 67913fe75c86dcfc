"""The official table of apprenticeship standards: CSV whose first line states its date."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.reference.tables import position_of
from tlevel_rdf.reference.updating.cells import Record, written_day
from tlevel_rdf.reference.updating.download import REGISTER_TABLE, Cells, Download, Statement, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tlevel_rdf.reference.updating.cells import Findings

#: Each column of `standards.csv` that the table gives → the names of its column there, newest first.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "reference": ("Reference",),
    "title": ("Name", "Title"),
    "kind": ("Programme Type", "Type"),
    "level": ("Level",),
    "route": ("Route",),
    "version": ("Version Number", "Version"),
    "status": ("Status",),
    "approved": ("Approved for Delivery Date", "Approved for delivery"),
    "retired": ("Retired date", "Retired"),
    "withdrawn": ("Withdrawn date", "Withdrawn"),
    "lars code": ("LARS code for providers only", "LARS code"),
    "revised": ("Banners",),
}
_REQUIRED: Final = ("reference", "title", "level", "status")
_DATED: Final = re.compile(r"accurate as of (.{6,40}?)[\s.]*$", re.IGNORECASE)
_REVISED: Final = re.compile(r"\b[Oo]n (.{4,40}?),? it will replace the current version")
KINDS: Final = {
    "apprenticeship standard": "apprenticeship",
    "apprenticeship": "apprenticeship",
    "foundation apprenticeship": "foundation apprenticeship",
    "apprenticeship unit": "apprenticeship unit",
}
#: The kind of a standard by the letters of its reference, for tables that do not state it.
KIND_OF_LETTERS: Final = {"ST": "apprenticeship", "FA": "foundation apprenticeship", "AU": "apprenticeship unit"}
REFERENCE: Final = "(?:ST|FA|AU)[0-9]{4}"


@dataclass(frozen=True)
class _CsvRecord(Record):
    """A row of the table.

    Attributes:
        contents: the text of the file.
        header: the index of each column.
    """

    contents: str
    header: Mapping[str, int]

    @property
    def place(self) -> str:
        return f"line {self.number}"

    def report(
        self, code: Code, message: str, hint: str, name: str = "", severity: Severity = Severity.WARNING
    ) -> None:
        place = position_of(self.contents, self.number, self.header.get(name, 0), ",")
        self.findings.add(Finding(code, severity, message, self.file, *place, hint=hint))


def is_standards_table(head: str) -> bool:
    """Return True if a text begins like the table."""
    first = " ".join(head.splitlines()[:2])
    return bool(_DATED.search(head.splitlines()[0].strip('",; ')) if head.strip() else None) or bool(
        re.search(r'(?:^|[,"])Reference[,"]', first) and re.search(r'(?:^|[,"])(?:Name|Title)[,"]', first)
    )


def read_standards_table(
    text: str, file: str, dated: dt.date, routes: Mapping[str, str], findings: Findings
) -> Download:
    """Read the table.

    Args:
        text: its text.
        file: its name.
        dated: its day, if it states none.
        routes: the normalised title of each route → its key.
        findings: receives the findings about values.

    Raises:
        DownloadError: columns are missing, or a row is cut short.
    """
    rows = _rows(text, file)
    line, first = next(rows)
    stated = None
    if found := _DATED.search(first[0]):
        stated = written_day(found[1])
        if not stated:
            message = f"The day {found[1]!r} cannot be read."
            raise refuse(Code.BAD_VALUE, message, "It is written like 14 August 2026.", file, line, 1)
        line, first = next(rows, (line + 1, []))
    header = _read_header(first, line, file)
    download = Download(REGISTER_TABLE, dt.date.fromisoformat(stated) if stated else dated, is_dated=stated is not None)
    for line, cells in rows:
        if not any(cells):
            continue
        if len(cells) != len(first):
            message = f"The row has {len(cells)} cells; the names of the columns are {len(first)}."
            hint = "Download the file again; it may have been cut short."
            raise refuse(Code.NOT_A_TABLE, message, hint, file, line, 1)
        values = {name: cells[index] for name, index in header.items()}
        _read_row(_CsvRecord(values, file, line, findings, text, header), routes, download)
    if not download.statements:
        raise refuse(Code.EMPTY, "The table has no standards.", "Download the file again.", file, line, 1)
    download.covered |= {("standards", kind) for kind in KIND_OF_LETTERS.values()}
    return download


def _rows(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        hint = "Download the file again; it may have been cut short."
        raise refuse(Code.NOT_A_TABLE, f"The row cannot be read: {error}.", hint, file, line, 1) from error


def _read_header(cells: list[str], line: int, file: str) -> dict[str, int]:
    named = {cell.strip().casefold(): index for index, cell in reversed(list(enumerate(cells)))}
    header = {}
    for column, names in COLUMNS.items():
        found = [named[name.casefold()] for name in names if name.casefold() in named]
        if found:
            header[column] = found[0]
        elif column in _REQUIRED:
            message = f"The column {names[0]!r} is missing."
            hint = "Download the table again, and do not change its columns."
            raise refuse(Code.MISSING, message, hint, file, line, 1)
    return header


def _read_row(record: _CsvRecord, routes: Mapping[str, str], download: Download) -> None:
    if not (reference := record.code("reference", REFERENCE)):
        return
    columns = {name for name in record.header if name != "revised"}
    cells: Cells = {
        "reference": reference,
        "title": record.text("title"),
        "kind": KINDS.get(record.text("kind").casefold(), KIND_OF_LETTERS[reference[:2]]),
        "level": record.level("level"),
        "route": record.routes("route", routes),
        "version": record.version("version"),
        "status": record.status("status"),
        "approved": record.day("approved"),
        "retired": record.day("retired"),
        "withdrawn": record.day("withdrawn"),
        "lars code": record.number_code("lars code"),
    }
    if "revised" in record.header:
        columns |= {"revised from", "revised from text"}
        found = _REVISED.search(" ".join(str(record.values["revised"]).split()))
        cells["revised from text"] = found[1] if found else ""
        cells["revised from"] = written_day(cells["revised from text"])
    statement = Statement(cells, frozenset(columns | {"kind"}), record.place)
    if earlier := download.state("standards", (reference,), statement):
        message = f"{reference} is repeated; it is also in {earlier.place}."
        hint = "Keep the right row, or download the file again."
        record.report(Code.DUPLICATE, message, hint, "reference", Severity.VIOLATION)
