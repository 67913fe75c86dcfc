"""Values of downloads as cells of our tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.reference.updating.cells import Findings, written_day
from tlevel_rdf.reference.updating.json_records import JsonRecord

from .samples import read, save, version

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.reference.model import Reference


def test_days_have_several_forms(tmp_path: Path, sample: Reference) -> None:
    values = {"a": "0001-01-01T00:00:00", "b": "2026-08-01T00:00:00Z", "c": "TBC", "d": "28/11/2026", "e": None}
    records = [version(f"ST000{i}", approvedForDelivery=day) for i, day in enumerate(values.values())]
    download = read(save(tmp_path, "x.json", records), sample)
    assert download.findings == []
    days = [statement.cells["approved"] for statement in download.statements["standards"].values()]
    assert days == ["", "2026-08-01", "", "2026-11-28", ""]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("18th January 2027", "2027-01-18"),
        ("1 August 2026", "2026-08-01"),
        ("Wednesday 13th Jan 27", "2027-01-13"),
        ("24/02/27", "2027-02-24"),
        ("28/01/2027", "2027-01-28"),
        ("Thursday 3rd December", ""),
        ("31 February 2027", ""),
        ("3 Smarch 2027", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_a_day_in_words_is_read_only_if_it_is_complete(text: str, day: str) -> None:
    assert written_day(text) == day


def test_findings_are_limited_for_each_severity() -> None:
    findings = Findings()
    for number in range(300):
        severity = Severity.VIOLATION if number == 299 else Severity.WARNING
        findings.add(Finding("TLR123", severity, str(number)))
    assert (len(findings.kept), findings.dropped) == (101, 199)
    assert findings.kept[-1].severity is Severity.VIOLATION


@pytest.mark.parametrize(
    ("reader", "value", "cell"),
    [
        ("text", None, ""),
        ("text", "  a \t b ", "a b"),
        ("text", 5, "5"),
        ("day", "01-01-0001", ""),
        ("day", "0001-01-01", ""),
        ("day", "TBC", ""),
        ("day", "5/8/2026", "2026-08-05"),
        ("day", "2026-08-05T10:11:12.5+01:00", "2026-08-05"),
        ("level", 3, "3"),
        ("level", "TBC", ""),
        ("number_code", 0, ""),
        ("number_code", "0", ""),
        ("number_code", "TBC", ""),
        ("number_code", 274, "274"),
        ("version", 1.2, "1.2"),
        ("version", "", ""),
        ("status", "Retired", "Retired"),
        ("status", None, ""),
    ],
)
def test_a_value_becomes_a_cell(reader: str, value: object, cell: str) -> None:
    findings = Findings()
    record = JsonRecord({"x": value}, "x.json", 1, findings, "ST0001")
    assert getattr(record, reader)("x") == cell
    assert findings.kept == []


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        ("text", ["a"]),
        ("text", {"a": 1}),
        ("text", True),
        ("text", "x" * 301),
        ("day", "2026-02-31"),
        ("day", "31-02-2026"),
        ("day", "08/2026"),
        ("day", 20260805),
        ("level", 0),
        ("level", 9),
        ("level", "3.0"),
        ("number_code", "-1"),
        ("number_code", "²"),
        ("version", "1"),
        ("status", "approved"),
    ],
)
def test_a_value_that_cannot_be_read_is_left_out_with_a_warning(reader: str, value: object) -> None:
    findings = Findings()
    record = JsonRecord({"x": value}, "x.json", 7, findings, "ST0001")
    assert getattr(record, reader)("x") == ""
    (finding,) = findings.kept
    assert finding.severity is Severity.WARNING
    assert finding.message.startswith("Record 7 (ST0001): 'x' cannot be ")


def test_routes_are_found_by_title() -> None:
    findings = Findings()
    record = JsonRecord({"x": "Digital; Catering & hospitality ;;Magic"}, "x.json", 1, findings, "")
    keys = {"digital": "digital", "catering and hospitality": "catering"}
    assert record.routes("x", keys) == "digital|catering"
    assert [finding.severity for finding in findings.kept] == [Severity.VIOLATION]


def test_a_code_is_written_in_capitals() -> None:
    record = JsonRecord({"x": " st0001 "}, "x.json", 1, Findings(), "")
    assert record.code("x", "ST[0-9]{4}") == "ST0001"
