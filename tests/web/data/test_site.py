"""Sites: their validators (RFC 9110, section 8.8), statistics and digests."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import BROWSER, site_from
from tlevel_rdf.errors import ReleaseError
from tlevel_rdf.release.dcat import profiles_metadata
from tlevel_rdf.search.entries import Entry
from tlevel_rdf.search.index_file import FILE, pack_index
from tlevel_rdf.settings import Settings
from tlevel_rdf.web.data.site import entity_tag
from tlevel_rdf.web.http.media_types import HTML, TURTLE
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.web.data.site import Site

DATA = '<https://data.example.org/id/a> a <https://data.example.org/def/A> ; <http://e/p> [ <http://e/q> "x" ] .'
TARGETS = [
    "/", "/doc/a", "/void", "/void.ttl", "/catalogue", "/catalogue.ttl", "/sparql", "/linkset.json", "/queries/",
    "/api/", "/api/openapi.json", "/queries/highest-levels", "/sparql?query=ASK%7B%7D", "/def/level",
]  # fmt: skip


@cache
def site_with(**changes: str) -> Site:
    settings = Settings(**changes)  # type: ignore[arg-type]  # texts
    return replace(site_from(DATA), settings=settings, about=profiles_metadata(settings))


@pytest.mark.parametrize("change", [{"title": "Another"}, {"licence": "https://e.org/l"}, {"publisher": "Another"}])
@pytest.mark.parametrize("accept", ["*/*", BROWSER, "text/turtle, */*;q=0.1"])
@pytest.mark.parametrize("target", TARGETS)
def test_the_entity_tag_changes_with_the_bytes(target: str, accept: str, change: dict[str, str]) -> None:
    request = Request.of(target, accept=accept)
    one, other = (respond(site_with(**changes), request) for changes in ({}, change))
    assert one.status == other.status == 200
    assert (one.header("etag") == other.header("etag")) == (one.content == other.content)


@pytest.mark.parametrize("target", TARGETS)
def test_the_same_data_has_the_same_entity_tag(target: str) -> None:
    site = site_with()
    one, other = (respond(replace(site), Request.of(target)) for _ in range(2))
    assert one.header("etag") == other.header("etag")


def test_a_changed_file_has_another_entity_tag(tmp_path: Path) -> None:
    file = tmp_path / "a.nt"
    tags = set()
    for text in ("<x:a> <x:b> <x:c> .\n", "<x:a> <x:b> <x:d> .\n"):
        file.write_text(text, encoding="utf-8")
        site = replace(site_from(DATA), files={file.name: file})
        tags.add(respond(site, Request.of("/data/a.nt")).header("etag"))
    assert len(tags) == 2


def test_a_representation_has_the_date_of_the_release_or_of_the_data() -> None:
    site = site_from(DATA)
    assert site.represent(TURTLE, b"x").header("last-modified") is None
    released = replace(site, date=dt.date(2026, 11, 22))
    assert released.represent(TURTLE, b"x").header("last-modified") == "Sun, 22 Nov 2026 00:00:00 GMT"
    built = replace(released, modified=dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC))
    assert built.represent(TURTLE, b"x").header("last-modified") == "Sun, 22 Nov 2026 09:00:00 GMT"
    loaded = replace(site, modified=dt.datetime(2026, 3, 4, 5, 6, 7, tzinfo=dt.UTC))
    assert loaded.represent(TURTLE, b"x").header("last-modified") == "Wed, 04 Mar 2026 05:06:07 GMT"


def test_the_entity_tag_is_of_the_bytes_and_the_media_type() -> None:
    tags = {entity_tag(media_type, body) for media_type in (TURTLE, HTML) for body in (b"x", b"y")}
    assert len(tags) == 4
    assert all(tag.startswith('"') and tag.endswith('"') for tag in tags)


def test_the_digests_of_a_release_are_not_computed_again(tmp_path: Path) -> None:
    listed, unlisted = tmp_path / "a.nq", tmp_path / "b.nq"
    listed.write_bytes(b"a")
    unlisted.write_bytes(b"b")
    sums = tmp_path / "SHA256SUMS"
    sums.write_text(f"{'0' * 64}  a.nq\n", encoding="utf-8")
    files = {file.name: file for file in (listed, unlisted, sums, tmp_path / "missing.nq")}
    site = replace(site_from(DATA), files=files)
    assert site.digests["a.nq"] == "0" * 64
    assert site.digests["b.nq"] == hashlib.sha256(b"b").hexdigest()
    assert set(site.digests) == {"a.nq", "b.nq", "SHA256SUMS"}
    assert replace(site, known_digests={"b.nq": "1" * 64}).digests["b.nq"] == "1" * 64
    assert site.digests is site.digests


def test_the_statistics_are_computed_once() -> None:
    site = site_from(DATA)
    assert site.counts is site.counts
    assert site.graph_sizes[""] == site.counts.triples == 3


def test_the_search_index_comes_from_the_release_if_it_has_one(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_bytes(pack_index([Entry("urn:a", "Ann")]))
    site = replace(site_from('<https://data.example.org/b> <http://www.w3.org/2000/01/rdf-schema#label> "Bob" .'))
    assert [entry.name for entry in site.search_index.entries()] == ["Bob"]
    assert [entry.name for entry in replace(site, files={FILE: file}).search_index.entries()] == ["Ann"]
    file.write_bytes(b"x")
    with pytest.raises(ReleaseError, match="cannot be read"):
        _ = replace(site, files={FILE: file}).search_index
