"""Checks of profiles, RDF files and releases."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.dataset.checking import check_paths
from tlevel_rdf.errors import RdfSyntaxError, UnreadableInputError
from tlevel_rdf.findings import Severity, violations
from tlevel_rdf.settings import Settings
from tlevel_rdf.shipped import shipped
from tlevel_rdf.validation.shapes import shipped_shapes

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.findings import Finding
    from tlevel_rdf.release.release import Release

PROFILE = shipped("data") / "profiles" / "healthcare-science.yaml"


def check(*paths: Path) -> list[Finding]:
    return check_paths(paths, shipped_shapes(), Settings())


def test_the_shipped_profiles_have_notes_only() -> None:
    findings = check()
    assert {finding.severity for finding in findings} == {Severity.INFO}
    assert [finding.line for finding in findings] == [finding.line for finding in check(PROFILE)]


def test_findings_about_profiles_name_file_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(PROFILE.read_text(encoding="utf-8").replace("level: 7", "level: 8", 1), encoding="utf-8")
    [found] = violations(check(file))
    assert (found.code, found.place) == ("R12", f"{file}:84:16")


def test_profiles_are_checked_together(tmp_path: Path) -> None:
    again = tmp_path / "again.yaml"
    shutil.copy(PROFILE, again)
    assert "TLR124" in {finding.code for finding in violations(check(PROFILE, again))}


def test_findings_about_an_rdf_file_name_the_file_and_the_resource(small_release: Release, tmp_path: Path) -> None:
    dump = small_release.folder / "progression-profiles.nq"
    lines = dump.read_text(encoding="utf-8").splitlines(keepends=True)
    file = tmp_path / "some.nq"
    file.write_text("".join(line for line in lines if "#optionFor>" not in line), encoding="utf-8")
    found = violations(check(file))
    assert found
    assert {finding.file for finding in found} == {str(file)}
    assert all(finding.focus for finding in found)


def test_a_release_is_checked_by_its_dump(small_release: Release) -> None:
    findings = check(small_release.folder)
    assert not violations(findings)
    assert {finding.file for finding in findings} == {str(small_release.folder / "progression-profiles.nq")}


def test_files_that_cannot_be_read_are_errors_or_findings(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("x", encoding="utf-8")
    with pytest.raises(RdfSyntaxError):
        check(tmp_path / "bad.ttl")
    with pytest.raises(UnreadableInputError):
        check(tmp_path / "missing.ttl")
    assert [finding.code for finding in check(tmp_path / "missing.yaml")] == ["TLR101"]


LINKS = shipped("data") / "links" / "hecos.sssom.tsv"


def test_a_set_of_links_is_checked_by_itself(tmp_path: Path) -> None:
    assert check(LINKS) == []
    file = tmp_path / "own.sssom.tsv"
    text = LINKS.read_text(encoding="utf-8").replace("hecos:100036", "hecos:100037").splitlines(keepends=True)
    rows = [text[-2].replace("id:degree/optometry", "id:occupation/OCC9999"), text[-1].replace("0.9", "1.9")]
    file.write_text("".join((*text[:-5], rows[0])), encoding="utf-8")
    [found] = check(file)
    assert (found.code, found.message) == ("TLR132", "The data has no 'id:occupation/OCC9999'.")
    assert found.place == f"{file}:{len(text) - 4}:1"
    file.write_text("".join((*text[:-5], rows[1])), encoding="utf-8")
    [found] = check(file)
    assert (found.code, found.message) == ("TLR123", "'confidence' cannot be '1.9'.")


def test_a_set_of_another_folder_may_not_repeat_a_shipped_mapping(tmp_path: Path) -> None:
    file = tmp_path / "again.sssom.tsv"
    shutil.copy(LINKS, file)
    found = check(file)
    assert [finding.message for finding in found] == ["The set hecos has this mapping too."] * 5


def test_a_stray_sign_in_the_title_of_a_linked_degree_is_found(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(PROFILE.read_text(encoding="utf-8").replace("Optometry", "Optometry (", 1), encoding="utf-8")
    assert "R25" in {finding.code for finding in violations(check(file))}
