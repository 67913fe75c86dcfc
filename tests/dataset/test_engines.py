"""The URL of an engine is a place like files and folders."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

import tlevel_rdf
from tests.engines import run_oxigraph
from tests.store.remote.answering import answering, send
from tlevel_rdf.asgi import create_app
from tlevel_rdf.dataset.engines import engine_url
from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.errors import SettingError
from tlevel_rdf.settings import Settings
from tlevel_rdf.store.base import Query

if TYPE_CHECKING:
    from tests.engines import Engine
    from tlevel_rdf.release.release import Release


def test_the_release_in_an_engine_is_the_dataset(oxigraph: Engine, small_release: Release) -> None:
    dataset = open_dataset([oxigraph.query], Settings())
    with closing(dataset.store):
        assert (dataset.id, dataset.base, dataset.date) == (small_release.id, small_release.base, small_release.date)
        assert dataset.about.title


def test_the_data_of_an_engine_is_counted_as_that_of_a_release(engine: Engine, small_release: Release) -> None:
    dataset = open_dataset([engine.query], Settings())
    with closing(dataset.store):
        assert dataset.with_counts().counts == small_release.counts


def test_programs_take_the_url_of_an_engine_too(oxigraph: Engine, small_release: Release) -> None:
    dataset = tlevel_rdf.open(oxigraph.query)
    with closing(dataset.store):
        assert dataset.id == small_release.id
    with TestClient(create_app(oxigraph.query, Settings(workers=1))) as client:
        assert client.get("/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D").json()["boolean"] is True


def test_another_base_is_refused(oxigraph: Engine) -> None:
    with pytest.raises(SettingError, match=r"not https://e\.org/"):
        open_dataset([oxigraph.query], Settings(base="https://e.org/"))


def test_data_that_others_have_loaded_is_served_as_the_engine_has_it(tmp_path: Path) -> None:
    with run_oxigraph(tmp_path) as running:
        dataset = open_dataset([running.query], Settings(base="https://e.org/"))
        with closing(dataset.store):
            assert dataset.base == "https://e.org/"
            assert dataset.date is None
            assert dataset.store.select(Query("ASK { ?s ?p ?o }")) is False


@pytest.mark.parametrize("others", [["public"], [Path("a.ttl")], ["https://e.org/sparql"]])
def test_a_url_stands_alone(others: list[str | Path]) -> None:
    with pytest.raises(SettingError, match="cannot be combined"):
        engine_url(["http://e.org/sparql", *others])


def test_a_url_of_another_scheme_is_an_error() -> None:
    with pytest.raises(SettingError, match="is no URL of an engine"):
        engine_url(["ftp://e.org/sparql"])


def test_files_are_no_engine() -> None:
    assert engine_url(["public", Path("http:/x")]) is None
    with answering(lambda handler, _: send(handler, 200, b"")) as (url, _):
        assert engine_url([url]) == url
