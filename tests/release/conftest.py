"""A profile to write releases from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def profile_text() -> str:
    return (shipped("data") / "profiles" / "healthcare-science.yaml").read_text(encoding="utf-8")


@pytest.fixture
def write_profile(tmp_path: Path, profile_text: str) -> Path:
    file = tmp_path / "profile.yaml"
    file.write_text(profile_text, encoding="utf-8")
    return file
