"""Tables as spreadsheets write them, and their faults with file, line and column."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzzing import fuzz
from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.limits import MAX_FINDINGS, MAX_TABLE_BYTES
from tlevel_rdf.reference import tables
from tlevel_rdf.reference.model import JobRole, MapEdge, Occupation, OccupationGroup, Row, Source, Standard
from tlevel_rdf.reference.model import StandardTitle as Title
from tlevel_rdf.reference.tables import Table, read_table

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "reference,title,source\n"
ROW = Title(reference="ST0001", title="Baker", source="a")


def read_bytes(data: bytes, folder: Path, model: type[Row] = Title) -> tuple[Table[Row] | None, list[Finding]]:
    file = folder / "titles.csv"
    file.write_bytes(data)
    return read_table(file, model)


def rows(text: str, folder: Path, model: type[Row] = Title) -> tuple[Row, ...]:
    """Return the rows of a table without faults."""
    table, findings = read_bytes(text.encode(), folder, model)
    assert findings == []
    assert table is not None
    return table.rows


def fault(data: bytes, folder: Path, model: type[Row] = Title) -> Finding:
    """Return the one fault of a table, which is then not read."""
    table, [finding] = read_bytes(data, folder, model)
    assert table is None
    assert (finding.file, finding.severity) == (str(folder / "titles.csv"), Severity.VIOLATION)
    return finding


def test_the_columns_may_be_in_any_order(tmp_path: Path) -> None:
    assert rows("source,reference,title\na,ST0001,Baker\n", tmp_path) == (ROW,)


def test_a_column_that_is_not_required_may_be_absent_and_its_cells_empty(tmp_path: Path) -> None:
    text = "reference,kind,level,source\nST0001,apprenticeship,,a\n"
    assert rows(text, tmp_path, Standard) == (Standard(reference="ST0001", kind="apprenticeship", source="a"),)


def test_the_names_of_columns_have_spaces(tmp_path: Path) -> None:
    text = "t level,title,careers slug,line,source\nHealth,nurse,nurse,12,a\n"
    (row,) = rows(text, tmp_path, JobRole)
    assert isinstance(row, JobRole)
    assert (row.t_level, row.careers_slug, row.line) == ("Health", "nurse", 12)


def test_a_cell_may_hold_several_values(tmp_path: Path) -> None:
    text = "reference,title,typical job titles,source\nOCC0001,Baker,Head baker | Pastry chef|Miller,a\n"
    (row,) = rows(text, tmp_path, Occupation)
    assert isinstance(row, Occupation)
    assert row.typical_job_titles == ("Head baker", "Pastry chef", "Miller")


def test_a_cell_may_have_commas_and_quotation_marks(tmp_path: Path) -> None:
    assert rows(HEADER + 'ST0001,"Baker, ""master"" of bread",a\n', tmp_path) == (
        Title(reference="ST0001", title='Baker, "master" of bread', source="a"),
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_lines_may_end_as_on_any_system(end: str, tmp_path: Path) -> None:
    text = f"{HEADER}ST0001,Baker,a\nST1,Baker,a\n".replace("\n", end)
    assert rows(text.replace("ST1", "ST0001"), tmp_path) == (ROW, ROW)
    assert fault(text.encode(), tmp_path).place.endswith("titles.csv:3:1")


def test_a_byte_order_mark_is_skipped(tmp_path: Path) -> None:
    assert rows("\ufeff" + HEADER + "ST0001,Baker,a\n", tmp_path) == (ROW,)
    assert fault(("\ufeff" + HEADER + "ST0001,Baker,A\n").encode(), tmp_path).place.endswith("titles.csv:2:14")


def test_the_last_line_may_lack_its_end(tmp_path: Path) -> None:
    assert rows(HEADER + "ST0001,Baker,a", tmp_path) == (ROW,)


def test_empty_rows_are_skipped_and_counted_as_lines(tmp_path: Path) -> None:
    table, _ = read_bytes((HEADER + "\n,,\nST0001,Baker,a\n\n").encode(), tmp_path)
    assert table is not None
    assert (table.rows, table.lines) == ((ROW,), (4,))


def test_comments_before_the_header_are_skipped_and_counted_as_lines(tmp_path: Path) -> None:
    table, _ = read_bytes(("# one\n#two: 2\n" + HEADER + "ST0001,Baker,a\n").encode(), tmp_path)
    assert table is not None
    assert (table.rows, table.header_line, table.lines) == ((ROW,), 3, (4,))


def test_a_tsv_file_separates_its_cells_by_tabs(tmp_path: Path) -> None:
    file = tmp_path / "titles.TSV"
    file.write_text("reference\ttitle\tsource\nST0001\tBaker, master\ta\n", encoding="utf-8")
    table, findings = read_table(file, Title)
    assert findings == []
    assert table is not None
    assert table.rows[0].title == "Baker, master"
    file.write_text("reference\ttitle\tsource\nST0001\tBaker, master\tA\n", encoding="utf-8")
    assert [finding.place for finding in read_table(file, Title)[1]] == [f"{file}:2:22"]


#: text, code, line:column, message, hint.
TABLES = [
    pytest.param("", Code.EMPTY, "1:1", "is empty", "names of the columns", id="an empty file"),
    pytest.param("# a comment", Code.EMPTY, "1:1", "is empty", "names of the columns", id="only comments"),
    pytest.param(
        HEADER.replace("source", "source,coments"),
        Code.UNKNOWN_KEY,
        "1:24",
        "The column 'coments' is unknown.",
        "Use these: source, reference, title.",
        id="an unknown column",
    ),
    pytest.param(
        "reference,source\nST0001,a\n",
        Code.MISSING,
        "1:1",
        "The column 'title' is missing.",
        "Add 'title' to the first row.",
        id="a column missing",
    ),
    pytest.param(
        "reference,title,title,source\nST0001,A,B,a\n",
        Code.DUPLICATE_KEY,
        "1:17",
        "The column 'title' is repeated.",
        "Keep one of them.",
        id="a column repeated",
    ),
    pytest.param(
        HEADER + "ST0001,Baker,a\nST0002,Baker\n",
        Code.NOT_A_TABLE,
        "3:1",
        "The row has 2 cells; the first row has 3.",
        "cut short",
        id="a short row",
    ),
    pytest.param(
        HEADER + "ST0001,Baker, master,a\n",
        Code.NOT_A_TABLE,
        "2:1",
        "The row has 4 cells; the first row has 3.",
        "a comma that should be inside quotation marks",
        id="a comma outside quotation marks",
    ),
    pytest.param(
        HEADER + 'ST0001,Baker,a\nST0002,"Cook,a\nST0003,Miller,a\n',
        Code.NOT_A_TABLE,
        "3:1",
        "The row cannot be read",
        "closed again",
        id="an unclosed quotation mark",
    ),
    pytest.param(
        HEADER + 'ST0001,"Baker"s,a\n',
        Code.NOT_A_TABLE,
        "2:1",
        "The row cannot be read",
        "double quotation marks",
        id="text after a quotation mark",
    ),
    pytest.param(
        HEADER + "ST0001,Ba\0ker,a\n", Code.BINARY, "2:10", "U+0000 is not allowed", "Remove it.", id="a NUL byte"
    ),
    pytest.param(
        HEADER + "ST0001,,a\n", Code.MISSING, "2:8", "The cell 'title' is empty.", "Fill it in.", id="an empty cell"
    ),
    pytest.param(
        HEADER + 'ST0001,"Ba\nker",a\n',
        Code.BAD_VALUE,
        "2:8",
        r"'title' cannot be 'Ba\nker'.",
        "one line of text",
        id="a line break in a cell",
    ),
    pytest.param(
        HEADER + 'ST0001,"Baker, ""master""",A\n',
        Code.BAD_VALUE,
        "2:28",
        "'source' cannot be 'A'.",
        "A source is a key of sources.csv",
        id="a fault after a cell in quotation marks",
    ),
    pytest.param(
        HEADER + "ST0001, Baker,a\n",
        Code.BAD_VALUE,
        "2:8",
        "'title' cannot be ' Baker'.",
        "without spaces at its ends",
        id="a space before the text",
    ),
]


@pytest.mark.parametrize(("text", "code", "place", "message", "hint"), TABLES)
def test_a_fault_of_a_table_is_reported_at_its_position(  # noqa: PLR0917 - the columns of the table
    text: str, code: Code, place: str, message: str, hint: str, tmp_path: Path
) -> None:
    finding = fault(text.encode(), tmp_path)
    assert (finding.code, finding.place) == (code, f"{tmp_path / 'titles.csv'}:{place}")
    assert message in finding.message
    assert hint in (finding.hint or "")


def test_a_misspelt_column_is_reported_with_the_column_that_was_meant(tmp_path: Path) -> None:
    _, findings = read_bytes(b"Refrence,title,source\nST0001,Baker,a\n", tmp_path)
    assert [(f.code, f.line, f.column, f.hint) for f in findings] == [
        (Code.UNKNOWN_KEY, 1, 1, "Did you mean 'reference'?"),
        (Code.MISSING, 1, 1, "Add 'reference' to the first row."),
    ]


def test_a_cell_after_a_line_break_is_reported_in_its_own_line(tmp_path: Path) -> None:
    _, findings = read_bytes((HEADER + 'ST0001,"Ba\nker",A\nST1,Baker,a\n').encode(), tmp_path)
    assert sorted((finding.line, finding.column) for finding in findings) == [(2, 8), (3, 6), (4, 1)]


def test_a_file_in_another_encoding_is_reported_at_the_line_of_its_first_other_byte(tmp_path: Path) -> None:
    finding = fault((HEADER + "ST0001,Baker,a\nST0002,Café,a\n").encode("latin-1"), tmp_path)
    assert (finding.code, finding.line) == (Code.NOT_UTF8, 3)
    assert "0xe9" in finding.message
    assert "CSV UTF-8" in (finding.hint or "")
    assert fault(HEADER.encode("utf-16"), tmp_path).code == Code.NOT_UTF8


def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    table, [finding] = read_table(tmp_path / "none.csv", Title)
    assert table is None
    assert (finding.code, finding.file) == (Code.UNREADABLE, str(tmp_path / "none.csv"))


def test_a_file_of_more_bytes_than_the_limit_is_reported(tmp_path: Path) -> None:
    assert fault(b"#" * (MAX_TABLE_BYTES + 1), tmp_path).code == Code.TOO_LARGE


def test_a_cell_of_any_length_is_a_finding(tmp_path: Path) -> None:
    finding = fault((HEADER + f"ST0001,{'x' * 200_000},a\n").encode(), tmp_path)
    assert (finding.code, finding.line) == (Code.NOT_A_TABLE, 2)


def test_the_findings_of_a_table_are_limited(tmp_path: Path) -> None:
    _, findings = read_bytes((HEADER + "ST1,Baker,a\n" * (MAX_FINDINGS + 10)).encode(), tmp_path)
    assert len(findings) == MAX_FINDINGS


#: model, column, value, hint.
CELLS = [
    (Standard, "level", "9", "from 1 to 8"),
    (Standard, "level", "0", "from 1 to 8"),
    (Standard, "level", "3.0", "from 1 to 8"),
    (Standard, "level", "three", "from 1 to 8"),
    (Standard, "level", "-3", "from 1 to 8"),
    (Standard, "level", "٣", "from 1 to 8"),
    (Standard, "status", "Retird", "exactly as the register prints it"),
    (Standard, "status", "retired", "exactly as the register prints it"),
    (Standard, "status", "Retired ", "exactly as the register prints it"),
    (Standard, "approved", "31-12-2022", "year-month-day"),
    (Standard, "approved", "2022-02-30", "year-month-day"),
    (Standard, "approved", "2022-1-1", "year-month-day"),
    (Standard, "approved", "20220101", "year-month-day"),
    (Standard, "approved", "1672444800", "year-month-day"),
    (Standard, "reference", "ST12", "four digits"),
    (Standard, "reference", "st0001", "four digits"),
    (Standard, "kind", "aprenticeship", "kinds"),
    (Standard, "version", "1", "format the column as text"),
    (Standard, "version", "v1.0", "two numbers with a dot"),
    (Standard, "source", "Two words", "sources.csv"),
    (Occupation, "reference", "OCC0001AB", "OCC, four digits"),
    (MapEdge, "from", "OCC1", "OCC, four digits"),
    (MapEdge, "to", "ST0001", "OCC, four digits"),
    (OccupationGroup, "code", "11111", "register"),
    (JobRole, "careers slug", "a b", "National Careers Service"),
    (JobRole, "line", "0", "from 1"),
    (Source, "key", "One", "joined by hyphens"),
    (Source, "page", "ftp://example.org/", "https://"),
    (Source, "page", "https://example.org/a b", "no spaces"),
    (Source, "licence", "OGL", "http"),
    (Source, "gathered", "today", "year-month-day"),
]
SOUND: dict[type[Row], dict[str, str]] = {
    Standard: {"reference": "ST0001", "kind": "apprenticeship", "source": "a"},
    Occupation: {"reference": "OCC0001", "title": "Baker", "source": "a"},
    MapEdge: {"from": "OCC0001", "to": "OCC0002", "source": "a"},
    OccupationGroup: {"code": "1111", "title": "Bakers", "source": "a"},
    JobRole: {"t level": "Food", "title": "baker", "careers slug": "baker", "line": "1", "source": "a"},
    Source: {"key": "a", "title": "A list", "gathered": "2026-11-22"},
}


@pytest.mark.parametrize(("model", "column", "value", "hint"), CELLS)
def test_an_unsuitable_cell_is_reported_with_what_to_write(
    model: type[Row], column: str, value: str, hint: str, tmp_path: Path
) -> None:
    cells = {**SOUND[model], column: value}
    lines = (",".join(cells), ",".join(cells.values()))
    finding = fault("\n".join(lines).encode(), tmp_path, model)
    before = list(cells.values())[: list(cells).index(column)]
    assert (finding.code, finding.line, finding.column) == (
        Code.BAD_VALUE,
        2,
        len("".join(f"{b}," for b in before)) + 1,
    )
    assert finding.message == f"{column!r} cannot be {value!r}."
    assert hint in (finding.hint or "")


def test_an_empty_value_among_several_is_reported(tmp_path: Path) -> None:
    text = "reference,title,typical job titles,source\nOCC0001,Baker,Cook||Miller,a\n"
    finding = fault(text.encode(), tmp_path, Occupation)
    assert (finding.line, finding.column, finding.message) == (2, 15, "'typical job titles' cannot be ''.")
    assert "nothing empty" in (finding.hint or "")


@pytest.mark.parametrize("model", SOUND)
def test_the_sample_rows_of_these_tests_are_valid(model: type[Row], tmp_path: Path) -> None:
    assert len(rows("\n".join((",".join(SOUND[model]), ",".join(SOUND[model].values()))), tmp_path, model)) == 1


def test_a_long_value_is_cut_in_messages(tmp_path: Path) -> None:
    assert len(fault((HEADER + f"ST0001,Baker,{'X' * 1000}\n").encode(), tmp_path).message) < 120


def test_a_table_makes_a_finding_about_a_cell_or_a_row(tmp_path: Path) -> None:
    table, _ = read_bytes((HEADER + 'ST0001,"A, B",a\n').encode(), tmp_path)
    assert table is not None
    cell = table.finding(Code.DUPLICATE, Severity.WARNING, "Message.", (0, "source"), hint="Hint.")
    row = table.finding(Code.DUPLICATE, Severity.WARNING, "Message.", (0,), hint="Hint.")
    assert (cell.line, cell.column, cell.message, cell.hint) == (2, 15, "Message.", "Hint.")
    assert (row.line, row.column) == (2, 1)


cells = st.text("ab,\"\n\r\t#;'é ", max_size=6)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), max_size=5), st.sampled_from(["\n", "\r\n"]))
@fuzz(100)
def test_any_table_is_read_or_refused_at_positions_within_it(written: list[list[str]], end: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end).writerows([["reference", "title", "source"], *written])
    text = out.getvalue().replace("\r\n", "\n").replace("\r", "\n")
    reader = tables._Reader("a.csv", text, Title)  # noqa: SLF001 - without a file for each example
    reader.read()
    lines = text.split("\n")
    for finding in reader.findings:
        assert 1 <= (finding.line or 0) <= len(lines)
        assert 1 <= (finding.column or 0) <= len(lines[(finding.line or 0) - 1]) + 1
