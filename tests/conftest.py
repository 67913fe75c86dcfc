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

    from tlevel_rdf.profiles.reference import Reference
    from tlevel_rdf.release.release import Release


@pytest.fixture(scope="session")
def reference() -> Reference:
    read, findings = read_reference(shipped("data") / "reference")
    assert not findings
    return read


@pytest.fixture(scope="session")
def corpus(reference: Reference) -> Corpus:
    result = read_profiles([shipped("data") / "profiles"])
    assert not result.findings
    return Corpus(result.loaded, reference, Identifiers(Settings().base))


@pytest.fixture(scope="session")
def corpus_quads(corpus: Corpus) -> tuple[Quad, ...]:
    return tuple(corpus.quads())


@pytest.fixture(scope="session")
def corpus_store(corpus_quads: tuple[Quad, ...]) -> EmbeddedStore:
    return EmbeddedStore.of(corpus_quads)


@pytest.fixture(scope="session")
def shipped_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    outcome = build_paths([], tmp_path_factory.mktemp("releases"), read_settings({}, {}))
    assert outcome.release is not None
    return outcome.release
