"""Former titles that the last release does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Severity
from tlevel_rdf.release.build import BuildOptions, build_paths
from tlevel_rdf.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.findings import Finding

DEGREE = "degree: Optometry"
SPECIALISM = "title: Optical Care Services"
APPRENTICESHIP = "apprenticeship: Dispensing Optician\n        level: 6"


def found(folder: Path, out: Path, text: str) -> list[Finding]:
    """Build a profile, and return the findings about former titles."""
    file = folder / "new.yaml"
    file.write_text(text, encoding="utf-8")
    result = build_paths([file], out, read_settings({"date": "2026-11-30"}, {}), options=BuildOptions("a test"))
    assert result.release is not None, result.findings
    return [finding for finding in result.findings if finding.code == Code.FORMER_TITLE]


@pytest.mark.parametrize(
    ("edit", "hint"),
    [
        ((DEGREE, "degree: Eye Science\n        formerly: Optometri"), "did you mean formerly: Optometry?"),
        (
            (SPECIALISM, "title: Optics\n    formerly: Optical Care Service"),
            "did you mean formerly: Optical Care Services?",
        ),
        (
            (
                APPRENTICESHIP,
                "apprenticeship: Spectacle Maker\n        formerly: Dispensing Optician\n        level: 5",
            ),
            "at another level",
        ),
        ((DEGREE, "degree: Eye Science\n        formerly: Xylophone 3"), "as the last release has it"),
    ],
)
def test_a_former_title_that_the_last_release_does_not_have_is_a_warning_with_the_nearest(
    out: Path, tmp_path: Path, profile_text: str, edit: tuple[str, str], hint: str
) -> None:
    (finding,) = found(tmp_path, out, profile_text.replace(*edit, 1))
    assert finding.severity is Severity.WARNING
    assert hint in str(finding.hint)
    text = (tmp_path / "new.yaml").read_text(encoding="utf-8")
    assert "formerly:" in text.splitlines()[(finding.line or 0) - 1]


def test_a_title_of_the_last_release_and_a_key_of_ones_own_are_no_findings(
    out: Path, tmp_path: Path, profile_text: str
) -> None:
    renamed = profile_text.replace(DEGREE, "degree: Eye Science\n        formerly: optometry", 1)
    renamed = renamed.replace(
        SPECIALISM, "title: Optics\n    formerly: Never Before\n    key: optical-care-services", 1
    )
    assert found(tmp_path, out, renamed) == []
    # The next release has the same profile, and the identifiers of the one before.
    assert found(tmp_path, out, renamed.replace("line: 27", "line: 28")) == []


@pytest.mark.usefixtures("small_data")
def test_the_first_release_of_a_folder_has_none_before_it(tmp_path: Path, profile_text: str) -> None:
    text = profile_text.replace(DEGREE, "degree: Eye Science\n        formerly: Optometri", 1)
    assert found(tmp_path, tmp_path / "out", text) == []
