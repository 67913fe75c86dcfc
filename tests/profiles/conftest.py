"""The shipped profile, as text and as a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.validation import parse
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def shipped_file() -> Path:
    return shipped("data") / "profiles" / "healthcare-science.yaml"


@pytest.fixture(scope="session")
def shipped_text(shipped_file: Path) -> str:
    return shipped_file.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def shipped_profile(shipped_text: str) -> Profile:
    return parse(shipped_text.encode(), "healthcare-science.yaml", Profile).value
