"""Comments that ask for a person's eye are told until somebody removes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Severity
from tlevel_rdf.profiles.loading import read_profiles
from tlevel_rdf.profiles.yaml_reader import check_comments

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


def test_every_comment_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(PROFILE.replace("# check: t", "# t"), encoding="utf-8")
    reading = read_profiles([tmp_path])

    assert len(reading.loaded) == 2
    (finding,) = reading.findings
    file = tmp_path / "a.yaml"
    assert (finding.code, finding.severity, finding.place) == (Code.OPEN_CHECKS, Severity.WARNING, f"{file}:2:15")
    assert f"2 comments that begin with 'check:' are open: {file}:2, {file}:8." in finding.message


TEXTS = [
    ("# check: a\nb: c\n", [(1, 1)]),
    ("b: c\n#check: a", [(2, 1)]),
    ("# Look at each check: of it\nb: c\n", []),
    ('b: "c\n  # check: no"  # check: yes\n', [(2, 17)]),
    ("b: 'c # check: no'\n", []),
    ("b: |\n  # check: no\n  x\n# check: yes\n", [(4, 1)]),
    ("b:\n  - >-\n    x\n    # check: no\n\n  # check: yes\n  - c\n", [(6, 3)]),
    ("b: [c,  # check: yes\n  d]\n", [(1, 9)]),
]


@pytest.mark.parametrize(("text", "places"), TEXTS)
@pytest.mark.parametrize("lead", ["", "\ufeff"])
def test_what_is_a_comment(text: str, places: list[tuple[int, int]], lead: str) -> None:
    assert check_comments((lead + text).encode()) == places
