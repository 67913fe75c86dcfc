"""What there is in a data set is counted when it is built or opened, and not by a request."""

from __future__ import annotations

import json
import pickle
import shutil
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.errors import ReleaseError
from tlevel_rdf.release.release import MANIFEST, open_release
from tlevel_rdf.settings import Settings
from tlevel_rdf.store.statistics import count
from tlevel_rdf.web.data.site import Site, site_of
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Triple

    from tlevel_rdf.release.release import Release
    from tlevel_rdf.store.base import Query, Solutions, Syntax

COUNTING = ("/sparql", "/void.ttl", "/void.html", "/", "/catalogue.ttl")


class NotCounting:
    """A store that answers no query that counts."""

    def __init__(self, site: Site) -> None:
        self._store = site.store

    def query(self, query: Query, syntax: Syntax) -> bytes:
        assert "COUNT(DISTINCT" not in query.text
        assert "GROUP BY ?part" not in query.text
        return self._store.query(query, syntax)

    def select(self, query: Query) -> Solutions | bool:
        assert "COUNT(DISTINCT" not in query.text
        assert "GROUP BY ?part" not in query.text
        return self._store.select(query)

    def graph_sizes(self) -> dict[str, int]:
        raise AssertionError

    def describe(self, iris: Iterable[str]) -> Iterator[tuple[Triple, str]]:
        return self._store.describe(iris)

    def close(self) -> None:
        """There is nothing to let go of."""


@pytest.mark.parametrize("target", COUNTING)
def test_no_request_counts_a_release(small_release: Release, target: str) -> None:
    site = site_of(open_dataset([small_release.folder], Settings()), Settings())
    same = Site(**{**vars(site), "store": NotCounting(site)})
    assert respond(same, Request.of(target, accept="text/turtle")).status == 200


@pytest.mark.parametrize("target", COUNTING)
def test_no_request_counts_rdf_files(small_release: Release, target: str) -> None:
    opened = open_dataset([small_release.folder / "progression-profiles.nq"], Settings())
    assert opened.counts is None
    counted = opened.with_counts()
    assert counted.counts == count(opened.store, opened.base)
    assert counted.with_counts() is counted
    site = site_of(counted, Settings())
    same = Site(**{**vars(site), "store": NotCounting(site)})
    assert respond(same, Request.of(target, accept="text/turtle")).status == 200
    assert pickle.loads(pickle.dumps(site)).known_counts == counted.counts  # noqa: S301 - of our own making


def test_a_release_without_counts_is_counted_when_it_is_served(small_release: Release, tmp_path: Path) -> None:
    folder = shutil.copytree(small_release.folder, tmp_path / "older")
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    del manifest["counts"]
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    opened = open_dataset([folder], Settings())
    assert opened.counts is None
    assert opened.with_counts().counts == small_release.counts


@pytest.mark.parametrize("counts", [{"triples": 1}, [1], "x", {"links": 1}])
def test_counts_that_are_damaged_are_a_clear_error(counts: object, small_release: Release, tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    folder.mkdir()
    manifest = json.loads((small_release.folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(json.dumps(manifest | {"counts": counts}), encoding="utf-8")
    with pytest.raises(ReleaseError):
        open_release(folder)
