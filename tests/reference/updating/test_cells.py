"""Values of downloads as cells of our tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.reference.updating.cells import Findings, written_day

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
