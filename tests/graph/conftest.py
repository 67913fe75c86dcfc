"""The shipped data, read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.graph.description import describe
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.profiles.loading import read_profiles
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from tlevel_rdf.graph.description import Description
    from tlevel_rdf.profiles.model import Profile
    from tlevel_rdf.profiles.validation import Loaded
    from tlevel_rdf.reference.index import ReferenceIndex


@pytest.fixture(scope="session")
def ids() -> Identifiers:
    return Identifiers("https://w3id.org/tlevel/")


@pytest.fixture(scope="session")
def healthcare_science() -> Loaded[Profile]:
    reading = read_profiles([shipped("data") / "profiles" / "healthcare-science.yaml"])
    assert reading.findings == []
    return reading.loaded[0]


@pytest.fixture(scope="session")
def description(healthcare_science: Loaded[Profile], index: ReferenceIndex, ids: Identifiers) -> Description:
    return describe(healthcare_science, index, ids)
