"""Profiles and reference data read from folders: open checks, and names that are not defined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Severity
from tlevel_rdf.profiles.loading import read_profiles

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = f"""\
# Look at each comment that begins with 'check:'.
t level: Law  # check: the name
source: {{document: a.txt, sha256: {"a" * 64}}}
specialisms:
  - title: Law
    line: 1
notes:
  # check: this
  - note: 'Not: # check: that'
    line: 2
"""


def test_open_checks_are_one_finding_that_lists_their_places(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(PROFILE.replace("# check: t", "# t"), encoding="utf-8")
    reading = read_profiles([tmp_path])

    assert len(reading.loaded) == 2
    (finding,) = reading.findings
    file = tmp_path / "a.yaml"
    assert (finding.code, finding.severity, finding.place) == (Code.OPEN_CHECKS, Severity.WARNING, f"{file}:2:15")
    assert f"2 comments that begin with 'check:' are open: {file}:2, {file}:8." in finding.message
