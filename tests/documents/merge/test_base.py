"""The state of the last import is written and read again, with the findings that were reported."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tlevel_rdf.documents.merge.base import (
    BASES,
    base_text,
    missing_finding,
    missing_profiles,
    read_base,
    unreported,
)
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
WARNING = Finding("TLR140", Severity.WARNING, "On page 2, line 7: “Ask” is not understood.", "a.txt", 7)


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
    moved = Finding("TLR140", Severity.WARNING, "On page 9, line 70: “Ask” is not understood.", "a.txt", 70)
    violation = Finding("TLR148", Severity.VIOLATION, "No T Level.", "a.txt")
    reported = Counter({"TLR140 “Ask” is not understood.": 1, "TLR148 No T Level.": 1})

    assert list(unreported([moved, moved, violation], reported)) == [moved, violation]


def test_a_profile_that_its_document_no_longer_holds_is_reported_at_its_file(tmp_path: Path) -> None:
    (tmp_path / BASES).mkdir()
    base, path = tmp_path / BASES / "law", tmp_path / "law.yaml"
    base.write_text(base_text(profile_to_yaml(PROFILE), []), encoding="utf-8")
    assert list(missing_profiles(tmp_path, "a.txt", [], [])) == []
    path.write_text(profile_to_yaml(PROFILE), encoding="utf-8")

    assert list(missing_profiles(tmp_path, "a.txt", [], ["0" * 64])) == [(path, PROFILE)]
    assert list(missing_profiles(tmp_path, "a.txt", [], ["1" * 64])) == []
    assert list(missing_profiles(tmp_path, "a.txt", ["law"], [])) == []
    assert list(missing_profiles(tmp_path, "b.txt", [], [])) == []
    finding = missing_finding(path, base, PROFILE, "in/a.txt")
    assert finding.message == f"in/a.txt no longer holds the profile of Law, from which {path} was made."
    assert str(finding.place) == f"{path}:1:1"
