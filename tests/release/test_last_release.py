"""The release that a folder has already."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.errors import OutputError
from tlevel_rdf.findings import Severity
from tlevel_rdf.release.guard import Loss
from tlevel_rdf.release.last_release import LastRelease, gone_finding, loss_finding, open_last_release

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release


def test_a_release_has_no_losses_against_itself(small_release: Release) -> None:
    last = open_last_release(small_release.folder, small_release.base)
    assert last.store is not None
    assert last.losses(small_release.folder) == []


def test_an_empty_folder_has_no_release(tmp_path: Path, small_release: Release) -> None:
    last = open_last_release(tmp_path, small_release.base)
    assert last == LastRelease()
    assert last.losses(small_release.folder) == []


def test_a_damaged_store_is_a_loss_and_another_base_an_error(small_release: Release, tmp_path: Path) -> None:
    folder = shutil.copytree(small_release.folder, tmp_path / "release")
    (folder / "store" / "CURRENT").unlink()
    [loss] = open_last_release(folder, small_release.base).losses(small_release.folder)
    assert "damaged and cannot be compared" in loss.what
    with pytest.raises(OutputError, match="identifiers under"):
        open_last_release(folder, "https://e.org/")


def test_a_loss_is_a_violation_until_it_is_accepted() -> None:
    loss = Loss("things", 5, 6)
    assert loss_finding(loss, "").severity is Severity.VIOLATION
    accepted = loss_finding(loss, "They moved.")
    assert (accepted.severity, accepted.hint) == (Severity.INFO, "accepted: They moved.")


def test_a_finding_lists_a_few_titles() -> None:
    assert "“A”, “B”, and this one does not" in gone_finding(["A", "B"]).message
    assert "“T9” and 90 more" in gone_finding([f"T{n}" for n in range(100)]).message
