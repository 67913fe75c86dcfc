"""Downloads are recognised by their contents, and damaged ones are refused at their place."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.findings import Severity
from tlevel_rdf.reference.loading import read_reference
from tlevel_rdf.reference.updating import reading
from tlevel_rdf.reference.updating.download import Download, DownloadError
from tlevel_rdf.reference.updating.reading import read_download

from .samples import all_rows, occupation, row, save, table, version, write_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.findings import Finding
    from tlevel_rdf.reference.model import Reference

DAY = dt.date(2026, 11, 28)


@pytest.fixture(name="reference", scope="module")
def read_sample(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    reference, findings = read_reference(write_folder(tmp_path_factory.mktemp("tables")))
    assert findings == []
    return reference


def read(path: Path, reference: Reference) -> Download:
    return read_download(path, DAY, reference)


def refused(path: Path, reference: Reference) -> Finding:
    with pytest.raises(DownloadError) as caught:
        read(path, reference)
    (finding,) = caught.value.findings
    assert finding.severity is Severity.VIOLATION
    assert finding.file == str(path)
    assert finding.hint
    return finding


@pytest.mark.parametrize(
    ("name", "content", "source", "tables"),
    [
        ("x.json", table(all_rows()), "register-2026-11-28", {"standards"}),
        ("x.csv", [version("ST0001")], "register-versions-2026-11-28", {"standards", "standard_versions"}),
        ("x", version("ST0001"), "register-versions-2026-11-28", {"standards", "standard_versions"}),
        ("x.txt", occupation("OCC0001"), "occupational-maps-2026-11-28", {"occupations"}),
        ("x.html", [occupation("OCC0001")], "occupational-maps-2026-11-28", {"occupations"}),
        ("x", {"keyStdCode": "OCC0001", "progressions": []}, "occupational-maps-2026-11-28", set()),
    ],
)
def test_a_file_is_recognised_by_its_contents(  # noqa: PLR0917 - a case has that many parts
    name: str, content: object, source: str, tables: set[str], tmp_path: Path, reference: Reference
) -> None:
    download = read(save(tmp_path, name, content), reference)
    assert download.source == source
    assert set(download.statements) == tables


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7", b"name,level\nBaker,2\n", b'{"statusCode": 401}', b"[1, 2]", b'["a"]', b"PK\x03\x04"],
    ids=["pdf", "table", "problem", "numbers", "texts", "zip"],
)
def test_an_unknown_file_gets_a_list_of_what_is_read(content: bytes, tmp_path: Path, reference: Reference) -> None:
    finding = refused(save(tmp_path, "x", content), reference)
    assert "unknown kind" in finding.message
    assert "CSV table of apprenticeship standards" in str(finding.hint)
    assert "/api/v1/Routes/" in str(finding.hint)


@pytest.mark.parametrize(
    ("content", "code", "place", "message"),
    [
        (b"", "TLR105", (1, 1), "empty"),
        (b" \n", "TLR105", (1, 1), "empty"),
        (b"[]", "TLR105", (1, 1), "The list is empty"),
        (b"<!DOCTYPE html><title>Log in</title>", "TLR112", (1, 1), "page to log in"),
        (table([]).encode(), "TLR105", (2, 1), "no standards"),
        (table(all_rows()).encode()[:-20], "TLR112", (83, 1), "cannot be read: unexpected end"),
        (table(all_rows()).encode()[:-60], "TLR112", (83, 1), "The row has 9 cells"),
        (table(all_rows()).encode().replace(b"Bakes.", b'Bakes."x', 1), "TLR112", (3, 1), "cannot be read"),
        (table(all_rows()).encode().replace(b"Baker 02", b"Baker\x0002"), "TLR104", (7, 30), "NUL"),
        (table(all_rows()).encode("utf-16"), "TLR103", (1, 1), "UTF-16"),
        (table(all_rows()).encode("cp1252"), "TLR103", (2, 155), "Excel"),
        (table(all_rows(), "14 Smarch 2026").encode(), "TLR123", (1, 1), "Smarch"),
        (table(all_rows()).replace("Reference", "Ref").encode(), "TLR120", (2, 1), "'Reference' is missing"),
        (b'[{"referenceNumber": "ST0001"}', "TLR112", (1, None), "Record 1 cannot be read: a comma or ]"),
        (b'[\n{"referenceNumber": "ST0001", "ti', "TLR112", (2, None), "Record 1 cannot be read: unterminated"),
        (b'[{"referenceNumber": "ST0001"},\n', "TLR112", (2, None), "Record 2 cannot be read"),
        (b'[{"referenceNumber": "ST0001"}] []', "TLR112", (1, None), "something follows the list"),
        (b'{"referenceNumber": NaN}', "TLR112", (1, None), "a number that JSON does not allow"),
        (b'{"referenceNumber": ' + b"9" * 5000 + b"}", "TLR112", (1, None), "does not allow"),
        (b'{"referenceNumber": ' + b"[" * 100_000, "TLR112", (1, None), "nested too deeply"),
        (b'[{"referenceNumber": "\xe9"}]', "TLR103", (None, None), "0xe9 is not UTF-8"),
    ],
)
def test_a_damaged_file_is_refused_at_its_place(  # noqa: PLR0917 - a case has that many parts
    content: bytes, code: str, place: tuple[int, int], message: str, tmp_path: Path, reference: Reference
) -> None:
    finding = refused(save(tmp_path, "x", content), reference)
    assert (finding.code, message in finding.message) == (code, True), finding
    assert (finding.line, finding.column) == place


def test_files_over_a_limit_are_refused(tmp_path: Path, reference: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_TABLE_BYTES", 5_000)
    assert refused(save(tmp_path, "x", table(all_rows())), reference).code == "TLR102"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Level": "0"}, "'level' cannot be '0'; it is left out."),
        ({"Level": "9"}, "'level' cannot be '9'"),
        ({"Status": "Approved!"}, "'status' cannot be 'Approved!'"),
        ({"Approved for Delivery Date": "31-02-2026"}, "'approved' cannot be '31-02-2026'"),
        ({"LARS code for providers only": "4x"}, "'lars code' cannot be '4x'"),
        ({"Version Number": "one"}, "'version' cannot be 'one'"),
        ({"Name": "Master\r\nbaker"}, "'title' has a line break."),
        ({"Name": "Mas\u200bter"}, "'title' has invisible characters."),
        ({"Name": "x" * 400}, "'title' cannot be 'xxx"),
        ({"Reference": "ST12"}, "'reference' cannot be 'ST12'"),
    ],
)
def test_a_value_that_says_nothing_is_a_warning_at_its_cell(
    change: dict[str, str], message: str, tmp_path: Path, reference: Reference
) -> None:
    rows = [*all_rows(), row("ST0041", **change)]
    download = read(save(tmp_path, "x.csv", table(rows)), reference)
    (finding,) = download.findings
    assert finding.severity is Severity.WARNING
    assert message in finding.message
    assert finding.line == 85
    (column,) = change
    cells = next(line for line in table(rows).splitlines()[84:] if line.startswith("Apprenticeship"))
    before = cells.split(",")[: list(rows[-1]).index(column)] if column != "Reference" else cells.split(",")[:2]
    assert finding.column
    assert finding.column >= len(",".join(before))


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        ({"Reference": "ST0003"}, "TLR124", "ST0003 is repeated; it is also in line 9."),
        ({"Route": "Catering and hospitality;Alchemy"}, "TLR132", "The route 'Alchemy' is unknown."),
    ],
)
def test_a_repeated_code_and_an_unknown_route_are_violations(
    change: dict[str, str], code: str, message: str, tmp_path: Path, reference: Reference
) -> None:
    download = read(save(tmp_path, "x.csv", table([*all_rows(), row("ST0041", **change)])), reference)
    (finding,) = download.findings
    assert (finding.severity, finding.code, finding.message) == (Severity.VIOLATION, code, message)


@pytest.mark.parametrize(
    ("records", "severity", "message"),
    [
        ([version("ST0001"), version("ST0001")], Severity.WARNING, "Record 2 (ST0001): Version 1.0 is repeated"),
        ([version("ST0001"), version("ST0001", level=3)], Severity.VIOLATION, "with other values"),
        ([version("ST0001", level=0)], Severity.WARNING, "Record 1 (ST0001): 'level' cannot be 0"),
        ([version("ST0001", title=["a"])], Severity.WARNING, "'title' cannot be a list"),
        ([version("ST0001", title="a\0b")], Severity.WARNING, "'title' has invisible characters"),
        ([version("ST0001"), {}], Severity.WARNING, "Record 2: It has no 'referenceNumber'."),
        ([version("ST0001"), None], Severity.WARNING, "Record 2: It has no 'referenceNumber'."),
        ([version("ST0001", lastUpdated="2026-11-29")], Severity.VIOLATION, "updated on 2026-11-29, after the day"),
        ([occupation("OCC0001"), {"name": "x"}], Severity.WARNING, "neither a route nor an occupation"),
        ([occupation("OCC0001", name="")], Severity.WARNING, "Record 1 (OCC0001): It has no 'name'."),
        ([occupation("OCC1")], Severity.WARNING, "'stdCode' cannot be 'OCC1'"),
        ([occupation("OCC0001", products=[{"productCode": "?"}])], Severity.WARNING, "'productCode' cannot be '?'"),
        ([occupation("OCC0001", products=[{"productCode": "X1"}])], Severity.WARNING, "'typeName' cannot be ''"),
    ],
)
def test_a_faulty_record_is_reported_with_its_number_and_code(
    records: list[object], severity: Severity, message: str, tmp_path: Path, reference: Reference
) -> None:
    (finding,) = read(save(tmp_path, "x.json", records), reference).findings
    assert (finding.severity, message in finding.message) == (severity, True), finding


def test_days_have_several_forms(tmp_path: Path, reference: Reference) -> None:
    values = {"a": "0001-01-01T00:00:00", "b": "2026-08-01T00:00:00Z", "c": "TBC", "d": "28/11/2026", "e": None}
    records = [version(f"ST000{i}", approvedForDelivery=day) for i, day in enumerate(values.values())]
    download = read(save(tmp_path, "x.json", records), reference)
    assert download.findings == []
    days = [statement.cells["approved"] for statement in download.statements["standards"].values()]
    assert days == ["", "2026-08-01", "", "2026-11-28", ""]


def test_a_standard_paused_for_starts_has_the_status_of_the_table(tmp_path: Path, reference: Reference) -> None:
    record = version("ST0001", approvedForDeliveryPausedStarts=True)
    download = read(save(tmp_path, "x.json", record), reference)
    assert download.statements["standards"]["ST0001",].cells["status"] == "Approved for delivery (paused for starts)"


def test_a_table_without_its_first_line_has_the_day_of_the_download(tmp_path: Path, reference: Reference) -> None:
    text = table(all_rows()).partition("\r\n")[2]
    download = read(save(tmp_path, "x.csv", "\ufeff" + text), reference)
    assert (download.dated, download.is_dated) == (DAY, False)


def test_many_findings_are_counted(tmp_path: Path, reference: Reference) -> None:
    records = [version(f"ST{number:04}", level=0) for number in range(300)]
    findings = read(save(tmp_path, "x.json", records), reference).findings
    assert len(findings) == 101
    assert "more findings" in findings[-1].message
