"""The text of a profile, and a folder with a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.release.build import build_paths
from tlevel_rdf.settings import read_settings
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def profile_text() -> str:
    return (shipped("data") / "profiles" / "healthcare-science.yaml").read_text(encoding="utf-8")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "releases"
    assert build_paths([], folder, read_settings({}, {})).release is not None
    return folder


@pytest.fixture
def changed(tmp_path: Path, profile_text: str) -> Path:
    file = tmp_path / "changed.yaml"
    file.write_text(profile_text.replace("line: 57", "line: 56"), encoding="utf-8")
    return file
