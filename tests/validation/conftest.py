"""The shipped data, described once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.graph.corpus import Corpus
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.profiles.loading import read_profiles, read_reference
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from tlevel_rdf.profiles.reference import Reference


@pytest.fixture(scope="session")
def reference() -> Reference:
    read, findings = read_reference(shipped("data") / "reference")
    assert findings == []
    return read


@pytest.fixture(scope="session")
def corpus(reference: Reference) -> Corpus:
    reading = read_profiles([shipped("data") / "profiles"])
    assert reading.findings == []
    return Corpus(reading.loaded, reference, Identifiers("https://w3id.org/tlevel/"))
