"""The state of the last import is written and read again, with the findings that were reported."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tlevel_rdf.documents.merge.base import base_text, read_base, unreported
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.yaml_writer import profile_to_yaml

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = Profile.model_validate(
    {
        "t level": "Law",
        "source": {"document": "a.txt", "sha256": "0" * 64},
        "specialisms": [{"title": "Crime", "line": 3}],
    }
)
WARNING = Finding("TLR140", Severity.WARNING, "On page 2: “Ask” is not understood.", "a.txt", 7)


def test_a_base_reads_back_with_its_findings(tmp_path: Path) -> None:
    (tmp_path / "law").write_text(base_text(profile_to_yaml(PROFILE), [WARNING, WARNING]), encoding="utf-8")
    last = read_base(tmp_path / "law")

    assert last
    assert last.profile == PROFILE
    assert last.reported == Counter({"TLR140 “Ask” is not understood.": 2})
    assert last.is_same(PROFILE)


def test_a_base_that_is_missing_or_damaged_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "law").write_text("t level: [", encoding="utf-8")

    assert read_base(tmp_path / "law") is None
    assert read_base(tmp_path / "nowhere") is None


def test_a_finding_is_reported_once_wherever_it_moves_and_a_violation_always() -> None:
    moved = Finding("TLR140", Severity.WARNING, "On page 9: “Ask” is not understood.", "a.txt", 70)
    violation = Finding("TLR148", Severity.VIOLATION, "No T Level.", "a.txt")
    reported = Counter({"TLR140 “Ask” is not understood.": 1, "TLR148 No T Level.": 1})

    assert list(unreported([moved, moved, violation], reported)) == [moved, violation]
