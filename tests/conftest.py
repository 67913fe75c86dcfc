"""The shipped data as quads, store and release, for all tests; and a record of the test file that runs each line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import coverage
import hypothesis
import pytest

from tests import fuzzing  # noqa: F401 - registers the profiles of hypothesis
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

TOP: Final = Path(__file__).parents[1]
hypothesis.settings.load_profile("test")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if current := coverage.Coverage.current():
        current.switch_context(item.path.relative_to(TOP).as_posix())


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
