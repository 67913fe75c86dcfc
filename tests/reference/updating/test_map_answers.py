"""Answers of the API of the occupational map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.findings import Severity

from .samples import occupation, read, save

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.reference.model import Reference


@pytest.mark.parametrize(
    ("records", "severity", "message"),
    [
        ([occupation("OCC0001"), {"name": "x"}], Severity.WARNING, "neither a route nor an occupation"),
        ([occupation("OCC0001", name="")], Severity.WARNING, "Record 1 (OCC0001): It has no 'name'."),
        ([occupation("OCC1")], Severity.WARNING, "'stdCode' cannot be 'OCC1'"),
        ([occupation("OCC0001", products=[{"productCode": "?"}])], Severity.WARNING, "'productCode' cannot be '?'"),
        ([occupation("OCC0001", products=[{"productCode": "X1"}])], Severity.WARNING, "'typeName' cannot be ''"),
    ],
)
def test_a_faulty_record_is_reported_with_its_number_and_code(
    records: list[object], severity: Severity, message: str, tmp_path: Path, sample: Reference
) -> None:
    (finding,) = read(save(tmp_path, "x.json", records), sample).findings
    assert (finding.severity, message in finding.message) == (severity, True), finding
