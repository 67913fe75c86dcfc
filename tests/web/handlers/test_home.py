"""The first page: the catalogue in RDF, links to the files, and a page for any data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rdflib

from tests.web.conftest import BASE, BROWSER, site_from
from tests.web.handlers.link_header import links, targets
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tests.web.conftest import Send


def test_the_first_page_links_to_the_files_as_its_items(send: Send) -> None:
    response = send("/", BROWSER)
    assert targets(response, "cite-as") == [f"{BASE}data/progression-profiles"]
    assert {"/data/all.nq", "/data/all.csv", "/data/SHA256SUMS"} <= set(targets(response, "item"))
    assert {"https://schema.org/AboutPage", "https://schema.org/Dataset"} <= set(targets(response, "type"))
    for relation, target, media_type in links(response):
        if relation in {"item", "describedby"} and media_type:
            assert (send(target, media_type).header("content-type") or "").partition(";")[0] == media_type


def test_the_first_page_links_to_the_link_set(send: Send) -> None:
    assert '</linkset.json>; rel="linkset"; type="application/linkset+json"' in (send("/").header("link") or "")


def test_the_first_page_in_rdf_has_the_catalogue_and_the_base() -> None:
    site = site_from('<https://data.example.org/> <http://e.org/p> "the base" .')
    found = rdflib.Graph().parse(data=respond(site, Request.of("/", accept="text/turtle")).content, format="turtle")
    assert "the base" in {str(value) for value in found.objects(rdflib.URIRef("https://data.example.org/"))}
    assert rdflib.URIRef("http://www.w3.org/ns/dcat#Catalog") in set(found.objects(None, rdflib.RDF.type))


def test_data_without_t_levels_has_a_page_that_lists_its_classes() -> None:
    data = "<x:a> a <http://xmlns.com/foaf/0.1/Person> . <x:b> a <x:C> . <x:c> a <x:C> ."
    page = respond(site_from(data), Request.of("/", accept=BROWSER)).content.decode()
    assert "Classes and the number of things in each" in page
    assert page.index("x:C") < page.index(">person</a>")


def test_empty_data_has_its_pages() -> None:
    empty = site_from("")
    assert {
        respond(empty, Request.of(path, accept=BROWSER)).status for path in ("/", "/sparql", "/def/progression")
    } == {200}
    assert {respond(empty, Request.of(path, accept="text/turtle")).status for path in ("/", "/sparql")} == {200}
