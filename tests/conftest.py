"""The shipped data as quads, for all tests that ask questions of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.graph.corpus import Corpus
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.profiles.loading import read_profiles, read_reference
from tlevel_rdf.settings import Settings
from tlevel_rdf.shipped import shipped
from tlevel_rdf.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from pyoxigraph import Quad


def shipped_corpus(base: str) -> Corpus:
    """The shipped profiles and reference data, identified under a base."""
    data = shipped("data")
    reference, findings = read_reference(data / "reference")
    reading = read_profiles([data / "profiles"])
    assert not findings
    assert not reading.findings
    return Corpus(reading.loaded, reference, Identifiers(base))


@pytest.fixture(scope="session")
def corpus_quads() -> tuple[Quad, ...]:
    return tuple(shipped_corpus(Settings().base).quads())


@pytest.fixture(scope="session")
def corpus_store(corpus_quads: tuple[Quad, ...]) -> EmbeddedStore:
    return EmbeddedStore.of(corpus_quads)
