"""The description of the data set, and the metadata of other data."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.corpus import Corpus
from tlevel_rdf.release.dcat import (
    DatasetMetadata,
    dated_title,
    describe_dataset,
    external_metadata,
    profiles_metadata,
    release_date,
    release_metadata,
)
from tlevel_rdf.settings import Settings
from tlevel_rdf.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from tlevel_rdf.graph.compiled import CompiledReference
    from tlevel_rdf.release.release import Release

DATE = datetime.date(2026, 11, 22)


def test_every_source_was_used_by_the_run(small_corpus: Corpus) -> None:
    quads = describe_dataset(small_corpus, Settings(), DATE)
    used = {quad.object for quad in quads if quad.predicate == terms.USED}
    sources = {small_corpus.ids.source(key) for key in small_corpus.reference.sources}
    assert sources < used
    assert len(used - sources) == len(small_corpus.profiles)
    assert {quad.graph_name for quad in quads} == {small_corpus.ids.graph("catalogue")}


def test_every_profile_graph_comes_from_its_document(small_corpus: Corpus) -> None:
    quads = describe_dataset(small_corpus, Settings(), DATE)
    derived = {quad.subject for quad in quads if quad.predicate == terms.WAS_DERIVED_FROM}
    assert derived == {small_corpus.ids.profile_graph("healthcare-science")}


@pytest.mark.parametrize("length", [50, 53, 54, 65, 200])
def test_the_title_of_a_version_is_cut_to_what_catalogues_show(length: int) -> None:
    title = dated_title("x" * length, DATE)
    assert title.endswith(", 2026-11-22")
    assert len(title) <= 65
    assert ("…" in title) == (length > 53)


def test_the_date_is_the_one_that_is_set_or_the_newest_of_the_sources(
    small_corpus: Corpus, empty: CompiledReference
) -> None:
    assert release_date(small_corpus, Settings()) == datetime.date(2026, 11, 30)
    assert release_date(small_corpus, Settings(date=datetime.date(2025, 1, 1))) == datetime.date(2025, 1, 1)
    assert release_date(Corpus([], empty, small_corpus.ids), Settings()) is None


def test_the_metadata_of_other_data_are_the_settings_that_somebody_has_set() -> None:
    assert external_metadata(Settings()) == DatasetMetadata(dataset=f"{Settings().base}void#dataset")
    assert external_metadata(Settings(title="Bees")).title == "Bees"
    assert external_metadata(Settings(title="Bees")).licence == ""


def test_a_release_states_its_metadata(small_release: Release) -> None:
    with_other_settings = Settings(title="Other", publisher="Other")
    metadata = release_metadata(small_release.store(), small_release.base, with_other_settings)
    assert metadata == profiles_metadata(Settings())


def test_the_settings_complete_what_a_release_does_not_state() -> None:
    settings = Settings(title="Other", publisher="Other")
    assert release_metadata(EmbeddedStore.of([]), settings.base, settings) == profiles_metadata(settings)
    assert replace(profiles_metadata(settings), title="x") != profiles_metadata(settings)
