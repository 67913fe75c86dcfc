"""`Link` headers: FAIR Signposting (signposting.org/FAIR) in the syntax of RFC 8288."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import BASE, BROWSER, site_from
from tests.web.handlers.link_header import links, targets
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.metadata.signposting import links_of_download
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import Send

THING = "/doc/t-level/healthcare-science"
GRAPH_TYPES = {"text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"}


@pytest.mark.parametrize("accept", [BROWSER, None, "application/ld+json", "application/n-triples"])
def test_a_document_links_to_its_thing_licence_collection_and_types(send: Send, accept: str | None) -> None:
    response = send(THING, accept)
    assert targets(response, "cite-as") == [f"{BASE}id/t-level/healthcare-science"]
    assert targets(response, "license") == ["http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"]
    assert targets(response, "collection") == ["/"]
    assert f"{BASE}def/progression#TLevel" in targets(response, "type")
    for relation, target, media_type in links(response):
        if relation in {"describes", "describedby", "alternate"}:
            assert (send(target).header("content-type") or "").partition(";")[0] == media_type


def test_a_page_links_to_its_rdf_and_each_syntax_to_the_page(send: Send) -> None:
    page, turtle = send(THING, BROWSER), send(f"{THING}.ttl")
    assert "https://schema.org/AboutPage" in targets(page, "type")
    assert {media_type for rel, _, media_type in links(page) if rel == "describedby"} == GRAPH_TYPES
    assert targets(page, "describes") == targets(page, "alternate") == []
    assert targets(turtle, "describes") == [f"{THING}.html"]
    assert {media_type for rel, _, media_type in links(turtle) if rel == "alternate"} == GRAPH_TYPES - {"text/turtle"}
    assert "https://schema.org/AboutPage" not in targets(turtle, "type")


@pytest.mark.parametrize("path", ["/catalogue", "/void", "/queries", "/sparql", "/search?q=health"])
def test_a_listing_links_to_its_other_representations_and_the_licence(send: Send, path: str) -> None:
    response = send(path, BROWSER)
    assert targets(response, "license") == ["http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"]
    others = [(target, media_type) for relation, target, media_type in links(response) if relation == "alternate"]
    assert {media_type for _, media_type in others} == ({"application/json"} if "search" in path else GRAPH_TYPES)
    for target, media_type in others:
        assert (send(target, media_type).header("content-type") or "").partition(";")[0] == media_type


def test_a_dump_links_to_the_first_page_and_the_licence(send: Send) -> None:
    response = send("/data/all.nq")
    assert targets(response, "collection") == ["/"]
    assert targets(response, "type") == ["https://schema.org/DataDownload"]
    assert len(targets(response, "license")) == 1


@pytest.mark.parametrize("path", ["/def/progression", "/def/progression/1.0.0", "/def/shapes", "/def/soc2020"])
def test_a_definition_links_to_its_page_and_its_syntaxes(send: Send, path: str) -> None:
    response = send(path)
    assert targets(response, "cite-as") == [f"https://w3id.org/tlevel{path}"]
    assert targets(response, "describes") == [f"{path}.html"]
    assert {send(target).status for target in targets(response, "alternate")} == {200}


ODD = """
@prefix e: <http://e.org/> .
<https://data.example.org/id/tŷ> a e:Tŷ , <http://e.org/a,b;c> , <http://e.org/it's> , <urn:x:y> .
<https://data.example.org/id/many> a %s .
<https://data.example.org/id/long> a <http://e.org/%s> , e:Short .
"""


def test_a_header_is_short_and_in_ascii() -> None:
    kinds = " , ".join(f"<http://e.org/c{number:05}>" for number in range(5000))
    site = site_from(ODD % (kinds, "x" * 50_000))
    escaped = respond(site, Request.of("/doc/tŷ"))
    assert {"http://e.org/T%C5%B7", "http://e.org/a,b;c", "http://e.org/it's", "urn:x:y"} == set(
        targets(escaped, "type")
    )
    assert targets(escaped, "cite-as") == ["https://data.example.org/id/t%C5%B7"]
    assert len(targets(respond(site, Request.of("/doc/many.nt")), "type")) == 10
    assert targets(respond(site, Request.of("/doc/long")), "type") == ["http://e.org/Short"]


def test_a_table_links_to_its_metadata(tmp_path: Path) -> None:
    files = {name: tmp_path / name for name in ("a.csv", "a.csv-metadata.json")}
    site = replace(site_from("<x:a> <x:b> 1 ."), files=files)
    (header,) = links_of_download(site, "a.csv")
    assert '</data/a.csv-metadata.json>; rel="describedby"; type="application/csvm+json"' in header[1]
    assert "describedby" not in links_of_download(replace(site, files={"a.csv": tmp_path}), "a.csv")[0][1]
