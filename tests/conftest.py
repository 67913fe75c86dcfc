"""The shipped data as quads, as a store and as a release, for all tests that read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.graph.corpus import Corpus
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.profiles.loading import read_profiles, read_reference
from tlevel_rdf.release.build import build_paths
from tlevel_rdf.settings import Settings, read_settings
from tlevel_rdf.shipped import shipped
from tlevel_rdf.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from tlevel_rdf.release.release import Release


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


@pytest.fixture(scope="session")
def shipped_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    outcome = build_paths([], tmp_path_factory.mktemp("releases"), read_settings({}, {}))
    assert outcome.release is not None
    return outcome.release
