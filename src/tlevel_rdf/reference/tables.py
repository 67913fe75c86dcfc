"""Tables as people edit them in a spreadsheet: CSV files (RFC 4180) in UTF-8, read with the position of each cell.

The first row names the columns, in any order. A line that begins with `#` before the header is a comment. Faults are
findings with file, line and column, as in YAML.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.limits import MAX_FINDINGS, MAX_QUOTED_CHARACTERS, MAX_TABLE_BYTES
from tlevel_rdf.profiles.yaml_reader import CONTROL, Position, YamlError, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from tlevel_rdf.profiles.yaml_reader import Loc

R = TypeVar("R", bound=BaseModel)

_ENDINGS: Final = {".csv": ",", ".tsv": "\t"}


@dataclass(frozen=True)
class Table(Generic[R]):
    """The rows of a table, and the file that they were read from.

    Attributes:
        rows: the rows.
        file: the name of the file, as the caller gave it.
        columns: the names of the columns, in the order of the file.
        header_line: the line of the names of the columns, from 1.
        lines: the first line of each row in the file, from 1.
        text: the text of the file.
    """

    rows: tuple[R, ...]
    file: str
    columns: tuple[str, ...] = field(repr=False)
    header_line: int
    lines: tuple[int, ...] = field(repr=False)
    text: str = field(repr=False)

    def finding(self, code: str, severity: Severity, message: str, loc: Loc, *, hint: str) -> Finding:
        """Make a finding about the cell at (index of the row, name of the column)."""
        row, column = int(loc[0]), str(loc[1]) if len(loc) > 1 else self.columns[0]
        line = self.lines[row]
        place = position_of(self.text, line, self.columns.index(column), _delimiter(self.file))
        return Finding(code, severity, message, self.file, *place, hint=hint)


def read_table(path: Path, model: type[R]) -> tuple[Table[R] | None, list[Finding]]:
    """Read a table.

    Args:
        path: a `.csv` or `.tsv` file.
        model: the model of its rows; its aliases are the names of the columns.

    Returns:
        The table, or None if it has a violation; and the findings.
    """
    try:
        text = _decode(read_bytes(path, MAX_TABLE_BYTES), str(path))
    except YamlError as error:
        return None, error.findings
    reader = _Reader(str(path), text, model)
    table = reader.read()
    return (None if reader.findings else table), reader.findings[:MAX_FINDINGS]


def _decode(data: bytes, file: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"The byte {data[error.start]:#04x} is not UTF-8."
        hint = "In a spreadsheet, save the table as 'CSV UTF-8'."
        raise YamlError([Finding(Code.NOT_UTF8, Severity.VIOLATION, message, file, line, hint=hint)]) from error
    # Spreadsheets end lines in different ways; positions count them in one.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if bad := CONTROL.search(text):
        before = text[: bad.start()]
        place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"The invisible character U+{ord(bad[0]):04X} is not allowed."
        raise YamlError([Finding(Code.BINARY, Severity.VIOLATION, message, file, *place, hint="Remove it.")])
    return text


def _delimiter(file: str) -> str:
    return _ENDINGS[file[file.rfind(".") :].lower()]


@dataclass
class _Reader(Generic[R]):
    file: str
    text: str
    model: type[R]
    findings: list[Finding] = field(default_factory=list)

    def read(self) -> Table[R] | None:
        records = self._records()
        first = next(records, None)
        if first is None:
            self._report(Code.EMPTY, "The table is empty.", "Begin it with the names of the columns.", Position(1, 1))
            return None
        header = tuple(first[1])
        if not self._check_header(header, first[0]):
            return None
        rows, lines = [], []
        for line, cells in records:
            if not any(cells):
                continue
            if row := self._row(header, line, cells):
                rows.append(row)
                lines.append(line)
        return Table(tuple(rows), self.file, header, first[0], tuple(lines), self.text)

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each record with its first line."""
        start = 0
        while self.text.startswith("#", start):
            start = self.text.find("\n", start) + 1 or len(self.text)
        skipped = self.text.count("\n", 0, start)
        reader = csv.reader(io.StringIO(self.text[start:], newline=""), delimiter=_delimiter(self.file), strict=True)
        line = skipped + 1
        try:
            for cells in reader:
                yield line, cells
                line = skipped + reader.line_num + 1
        except csv.Error as error:
            hint = "Put a cell with a comma, a quotation mark or a line break in double quotation marks, closed again."
            self._report(Code.NOT_A_TABLE, f"The row cannot be read: {error}.", hint, Position(line, 1))

    def _check_header(self, header: tuple[str, ...], line: int) -> bool:
        fields = {f.alias or name: f.is_required() for name, f in self.model.model_fields.items()}
        for index, name in enumerate(header):
            place = self._place(line, index)
            if name not in fields:
                near = difflib.get_close_matches(name[:MAX_QUOTED_CHARACTERS].lower(), set(fields) - set(header), n=1)
                hint = f"Did you mean {near[0]!r}?" if near else f"Use these: {', '.join(fields)}."
                self._report(Code.UNKNOWN_KEY, f"The column {name[:MAX_QUOTED_CHARACTERS]!r} is unknown.", hint, place)
            elif name in header[:index]:
                self._report(Code.DUPLICATE_KEY, f"The column {name!r} is repeated.", "Keep one of them.", place)
        for name in (name for name, required in fields.items() if required and name not in header):
            self._report(
                Code.MISSING, f"The column {name!r} is missing.", f"Add {name!r} to the first row.", Position(line, 1)
            )
        return not self.findings

    def _row(self, header: tuple[str, ...], line: int, cells: list[str]) -> R | None:
        if len(cells) != len(header):
            message = f"The row has {len(cells)} cells; the first row has {len(header)}."
            hint = "Check for a comma that should be inside quotation marks, or for a row cut short."
            self._report(Code.NOT_A_TABLE, message, hint, Position(line, 1))
            return None
        values = {name: cell for name, cell in zip(header, cells, strict=True) if cell}
        try:
            return self.model.model_validate(values, by_alias=True)
        except ValidationError as error:
            for detail in islice(error.errors(include_url=False), MAX_FINDINGS):
                self._explain(detail, header, line)
            return None

    def _explain(self, error: ErrorDetails, header: tuple[str, ...], line: int) -> None:
        name = str(error["loc"][0])
        place = self._place(line, header.index(name)) if name in header else Position(line, 1)
        if error["type"] == "missing":
            self._report(Code.MISSING, f"The cell {name!r} is empty.", "Fill it in.", place)
            return
        value = str(error["input"])[:MAX_QUOTED_CHARACTERS]
        hint = _HINTS.get(error["type"]) or _HINTS.get(name) or "Write one line of text, without spaces at its ends."
        self._report(Code.BAD_VALUE, f"{name!r} cannot be {value!r}.", hint, place)

    def _place(self, line: int, index: int) -> Position:
        return position_of(self.text, line, index, _delimiter(self.file))

    def _report(self, code: Code, message: str, hint: str, place: Position) -> None:
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(Finding(code, Severity.VIOLATION, message, self.file, *place, hint=hint))


_DAY_HINT: Final = "Write a day as year-month-day, such as 2026-11-22."
_OCCUPATION_HINT: Final = "An occupation is OCC, four digits and, for an option within it, a letter."
#: The hint for a kind of error, and for each column whose cells have a form of their own.
_HINTS: Final = {
    "date_type": _DAY_HINT,
    "date_from_datetime_parsing": _DAY_HINT,
    "level": "Levels run from 1 to 8.",
    "reference": "A standard is ST, FA or AU and four digits; an occupation is OCC, four digits and a letter.",
    "occupation": _OCCUPATION_HINT,
    "status": "Write the status exactly as the register prints it.",
    "version": "A version is two numbers with a dot, such as 1.2. In a spreadsheet, format the column as text.",
    "page": "An address begins with https:// and has no spaces.",
    "confidence": "A confidence is a number from 0 to 1, such as 0.9.",
    "similarity_score": "A similarity is a number from 0 to 1, such as 0.9.",
    **dict.fromkeys(
        ("subject_id", "predicate_id", "object_id", "mapping_justification", "mapping_source"),
        "Write a prefix, a colon and the rest of the IRI, such as id:standard/ST0774.",
    ),
    "source": "A source is a key of sources.csv: lower-case words joined by hyphens.",
    "kind": "Write one of the kinds that data/reference/README.md lists for this table.",
    "line": "Lines are numbers from 1.",
    "code": "Write the code exactly as the register prints it.",
    "careers slug": "Write the last part of the address of the job on the National Careers Service.",
    "licence": "Write the address of the licence, which begins with http:// or https://.",
    "typical job titles": "Write the titles with | between them, and nothing empty.",
    **dict.fromkeys(("from", "to", "shown with"), _OCCUPATION_HINT),
    "key": "A key is lower-case words and digits joined by hyphens.",
}


def position_of(text: str, line: int, index: int, delimiter: str) -> Position:
    """Return the position at which cell number `index` of the record that begins on a line begins."""
    start = at = _offset_of(text, line)
    cell = re.compile(rf'"(?:[^"]|"")*"|[^{delimiter}\n]*')
    for _ in range(index):
        found = cell.match(text, at)
        at = (found.end() if found else at) + 1
    return Position(line + text.count("\n", start, at), at - text.rfind("\n", 0, at))


def _offset_of(text: str, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.index("\n", at) + 1
    return at
