"""The shipped data as quads, store and release, and a small part of it, for all tests."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import hypothesis
import pytest

from tests import fuzzing  # noqa: F401 - registers the profiles of hypothesis
from tests.checkout import TOP, make_checkout, use_checkout
from tests.compiling import compile_reference, trimmed
from tests.engines import engine, oxigraph, virtuoso  # noqa: F401 - fixtures
from tests.sharing import shared_folder
from tlevel_rdf.graph.corpus import Corpus
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.profiles.loading import read_profiles
from tlevel_rdf.reference.index import index as index_reference
from tlevel_rdf.reference.loading import read_reference
from tlevel_rdf.reference.model import Reference
from tlevel_rdf.release.build import build_paths
from tlevel_rdf.release.release import open_release
from tlevel_rdf.settings import Settings, read_settings
from tlevel_rdf.shipped import shipped
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.validation.loading import load_reference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import Quad

    from tlevel_rdf.graph.compiled import CompiledReference
    from tlevel_rdf.reference.index import ReferenceIndex
    from tlevel_rdf.release.release import Release

#: Every process of a test run shares the compiled reference data, and later runs use it again.
CACHE: Final = TOP / "build" / "cache"
os.environ["TLEVEL_RDF_REFERENCE_CACHE"] = str(CACHE / "tlevel-rdf" / "reference")
# For tests with default settings, which leave out the variable above. It is the same folder.
os.environ["XDG_CACHE_HOME"] = str(CACHE)
# The processes of the server do not look for modules in the current folder, and some tests give them a store of tests/.
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(TOP), os.environ.get("PYTHONPATH"))))
hypothesis.settings.load_profile("test")


@pytest.fixture(scope="session")
def reference() -> Reference:
    read, findings = read_reference(shipped("data") / "reference")
    assert not findings
    return read


@pytest.fixture(scope="session")
def compiled() -> CompiledReference:
    loaded, findings = load_reference([shipped("data") / "reference"], Settings())
    assert not findings
    assert loaded is not None
    return loaded


@pytest.fixture(scope="session")
def index(reference: Reference) -> ReferenceIndex:
    return index_reference(reference)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> CompiledReference:
    """Reference data without rows."""
    return compile_reference(Reference(), Identifiers(Settings().base), tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="session")
def few(reference: Reference, tmp_path_factory: pytest.TempPathFactory) -> CompiledReference:
    """The part of the shipped reference data that profiles name most, for slow engines."""
    return compile_reference(trimmed(reference), Identifiers(Settings().base), tmp_path_factory.mktemp("few"))


@pytest.fixture(scope="session")
def corpus(compiled: CompiledReference) -> Corpus:
    result = read_profiles([shipped("data") / "profiles"])
    assert not result.findings
    return Corpus(result.loaded, compiled, Identifiers(Settings().base))


@pytest.fixture(scope="session")
def corpus_quads(corpus: Corpus) -> tuple[Quad, ...]:
    return tuple(corpus.quads())


@pytest.fixture(scope="session")
def corpus_store(corpus_quads: tuple[Quad, ...]) -> EmbeddedStore:
    return EmbeddedStore.of(corpus_quads)


@pytest.fixture(scope="session")
def small_corpus(corpus: Corpus, few: CompiledReference) -> Corpus:
    """The shipped profiles, with little reference data."""
    return Corpus(corpus.profiles, few, corpus.ids)


@pytest.fixture(scope="session")
def small_quads(small_corpus: Corpus) -> tuple[Quad, ...]:
    return tuple(small_corpus.quads())


@pytest.fixture(scope="session")
def small_store(small_quads: tuple[Quad, ...]) -> EmbeddedStore:
    return EmbeddedStore.of(small_quads)


@pytest.fixture(scope="session")
def shipped_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the shipped data, which all processes of a test run share."""
    return open_release(shared_folder(tmp_path_factory, "releases", _build))


@pytest.fixture(scope="session")
def small_checkout(reference: Reference, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_checkout(tmp_path_factory.mktemp("checkout"), reference)


@pytest.fixture(scope="session")
def small_release(small_checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the shipped profiles and little reference data, which all processes of a test run share."""
    with use_checkout(small_checkout):
        return open_release(shared_folder(tmp_path_factory, "small-releases", _build))


def _build(folder: Path) -> None:
    assert build_paths([], folder, read_settings({}, {})).release is not None


@pytest.fixture
def small_data(small_checkout: Path) -> Iterator[None]:
    """Give a test little reference data, in this process and in those that it starts."""
    with use_checkout(small_checkout):
        yield
