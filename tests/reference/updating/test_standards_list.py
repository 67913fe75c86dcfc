"""The official list of standards and their versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.findings import Severity

from .samples import read, save, version

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.reference.model import Reference


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
    ],
)
def test_a_faulty_record_is_reported_with_its_number_and_code(
    records: list[object], severity: Severity, message: str, tmp_path: Path, sample: Reference
) -> None:
    (finding,) = read(save(tmp_path, "x.json", records), sample).findings
    assert (finding.severity, message in finding.message) == (severity, True), finding


def test_a_standard_paused_for_starts_has_the_status_of_the_table(tmp_path: Path, sample: Reference) -> None:
    record = version("ST0001", approvedForDeliveryPausedStarts=True)
    download = read(save(tmp_path, "x.json", record), sample)
    assert download.statements["standards"]["ST0001",].cells["status"] == "Approved for delivery (paused for starts)"
