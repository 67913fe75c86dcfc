"""Strong entity tags change with the bytes, whatever changes those (RFC 9110, section 8.8.1)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import BROWSER, site_from
from tlevel_rdf.release.dcat import profiles_metadata
from tlevel_rdf.settings import Settings
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


def site_with(**changes: str) -> Site:
    settings = Settings(**changes)  # type: ignore[arg-type]  # texts only
    return replace(site_from(DATA), settings=settings, about=profiles_metadata(settings))


@pytest.mark.parametrize("change", [{"title": "Another"}, {"licence": "https://e.org/l"}, {"publisher": "Another"}])
@pytest.mark.parametrize("accept", ["*/*", BROWSER, "text/turtle, */*;q=0.1"])
@pytest.mark.parametrize("target", TARGETS)
def test_another_setting_with_other_bytes_has_another_tag(target: str, accept: str, change: dict[str, str]) -> None:
    request = Request.of(target, accept=accept)
    one, other = (respond(site_with(**changes), request) for changes in ({}, change))
    assert one.status == other.status == 200
    assert (one.header("etag") == other.header("etag")) == (one.content == other.content)


@pytest.mark.parametrize("target", TARGETS)
def test_the_same_data_has_the_same_tag(target: str) -> None:
    site = site_with()
    one, other = (respond(replace(site), Request.of(target)) for _ in range(2))
    assert one.header("etag") == other.header("etag")


def test_a_file_that_was_written_again_has_another_tag(tmp_path: Path) -> None:
    file = tmp_path / "a.nt"
    tags = set()
    for text in ("<x:a> <x:b> <x:c> .\n", "<x:a> <x:b> <x:d> .\n"):
        file.write_text(text, encoding="utf-8")
        site = replace(site_from(DATA), files={file.name: file})
        tags.add(respond(site, Request.of("/data/a.nt")).header("etag"))
    assert len(tags) == 2
