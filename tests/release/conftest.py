"""The text of a profile, and a folder with a release."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release


@pytest.fixture
def profile_text() -> str:
    return (shipped("data") / "profiles" / "healthcare-science.yaml").read_text(encoding="utf-8")


@pytest.fixture
def out(tmp_path: Path, small_release: Release, small_data: None) -> Path:
    """A folder of its own for each test, with a release; another build uses the same reference data."""
    return shutil.copytree(small_release.folder.parent, tmp_path / "releases", symlinks=True)


@pytest.fixture
def changed(tmp_path: Path, profile_text: str) -> Path:
    file = tmp_path / "changed.yaml"
    file.write_text(profile_text.replace("line: 57", "line: 56"), encoding="utf-8")
    return file
