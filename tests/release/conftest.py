"""One release of the shipped data, built once for all tests that only look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.release.build import build_paths
from tlevel_rdf.settings import read_settings
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release


@pytest.fixture(scope="session")
def shipped_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    outcome = build_paths([], tmp_path_factory.mktemp("releases"), read_settings({}, {}))
    assert outcome.release is not None
    return outcome.release


@pytest.fixture
def profile_text() -> str:
    return (shipped("data") / "profiles" / "healthcare-science.yaml").read_text(encoding="utf-8")


@pytest.fixture
def write_profile(tmp_path: Path, profile_text: str) -> Path:
    file = tmp_path / "profile.yaml"
    file.write_text(profile_text, encoding="utf-8")
    return file
