"""The link set of the data set (RFC 9264)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import BASE, site_from
from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.settings import Settings
from tlevel_rdf.web.data.site import site_of
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.release.release import Release
    from tlevel_rdf.web.data.site import Site

DATASET = f"{BASE}data/progression-profiles"


@pytest.fixture(scope="module")
def released(small_release: Release) -> Site:
    return site_of(open_dataset([small_release.folder], Settings()), Settings())


def test_the_landing_page_links_to_files_and_descriptions_and_they_link_back(released: Site) -> None:
    response = respond(released, Request.of("/linkset.json"))
    assert response.header("content-type") == "application/linkset+json"
    contexts = json.loads(response.content)["linkset"]
    about = next(one for one in contexts if one["anchor"] == BASE)
    assert set(about) == {"anchor", "item", "describedby", "license", "type", "cite-as"}
    assert about["cite-as"] == [{"href": DATASET}]
    for relation, back in (("item", "collection"), ("describedby", "describes")):
        for target in about[relation]:
            path = target["href"].removeprefix(BASE.removesuffix("/"))
            content_type = respond(released, Request.of(path)).header("content-type") or ""
            assert content_type.partition(";")[0] == target["type"]
            assert {"anchor": target["href"], back: [{"href": BASE, "type": "text/html"}]} in contexts


def test_data_without_files_and_licence_has_no_links_to_them() -> None:
    site = site_from("<x:a> <x:b> 1 .")
    about = json.loads(respond(site, Request.of("/linkset.json")).content)["linkset"][0]
    assert "item" not in about
    assert {"describedby", "cite-as", "type"} <= set(about)


@pytest.mark.parametrize(("accept", "status"), [("text/turtle", 303), ("application/json", 200), (None, 200)])
def test_a_thing_with_the_same_iri_is_found_by_clients_that_accept_no_link_set(accept: str | None, status: int) -> None:
    site = site_from('<https://data.example.org/linkset.json> <http://e.org/p> "x" .')
    assert respond(site, Request.of("/linkset.json", accept=accept)).status == status
