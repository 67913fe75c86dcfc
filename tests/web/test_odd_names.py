"""Names without a namespace, graphs without an IRI, and values that the store writes differently."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from pyoxigraph import RdfFormat, parse

from tests.web.conftest import BROWSER, site_from
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response

BASE = "https://things.example.net/"

#: A property, a class, targets of links and graphs without a namespace, each of which once made a page fail.
ODD = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
<urn:s> <urn:p> <urn:o> ; a <urn:c> , <http://host> ; owl:sameAs <urn:x> , <http://host> , <http://one.org/x/1> .
_:g { <urn:s> <urn:p> "in a graph that a blank node names" }
<urn:g,1> { <urn:s> <urn:q> "in a graph with a comma" }
<http://e.org/g> { <https://things.example.net/id/a> <urn:p> "in a graph" }
"""


@pytest.fixture(scope="module")
def odd_site() -> Site:
    return site_from(ODD, BASE)


def get(site: Site, target: str, accept: str | None = None) -> Response:
    return respond(site, Request.of(target, accept=accept))


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".jsonld", ".html"])
@pytest.mark.parametrize("path", ["/void", "/catalogue", "/queries", f"/doc{{}}?{urlencode({'iri': 'urn:s'})}"])
def test_every_representation_can_contain_odd_names(odd_site: Site, path: str, suffix: str) -> None:
    target = path.format(suffix) if "{}" in path else path + suffix
    assert get(odd_site, target).status == 200


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/rdf+xml", BROWSER])
@pytest.mark.parametrize("path", ["/", "/sparql", "/linkset.json", "/api/"])
def test_every_negotiated_page_can_contain_odd_names(odd_site: Site, path: str, accept: str) -> None:
    status = get(odd_site, path, accept).status
    assert status in ({200} if path in {"/", "/sparql"} else {200, 406})


def properties(site: Site, target: str) -> list[tuple[str, str]]:
    response = get(site, target, "application/n-triples")
    return [(q.predicate.value, q.object.value) for q in parse(response.content, format=RdfFormat.N_TRIPLES)]


def test_a_name_without_a_namespace_counts_but_adds_no_vocabulary(odd_site: Site) -> None:
    void = "http://rdfs.org/ns/void#"
    stated = properties(odd_site, "/void")
    kept = {"urn:p", "urn:q", "http://www.w3.org/2002/07/owl#sameAs"}
    assert kept <= {value for name, value in stated if name == f"{void}property"}
    assert {"urn:c", "http://host"} == {value for name, value in stated if name == f"{void}class"}
    spaces = {"http://www.w3.org/2002/07/owl#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}
    assert {value for name, value in stated if name == f"{void}vocabulary"} == spaces
    # An empty URI space would contain every link.
    assert [(links.target, links.triples) for links in odd_site.counts.links] == [("http://one.org/x/", 1)]


def test_the_service_description_names_only_graphs_with_an_iri(odd_site: Site) -> None:
    named = {
        value for name, value in properties(odd_site, "/sparql") if name.endswith("sparql-service-description#name")
    }
    assert named == {"urn:g,1", "http://e.org/g"}
    parameters = urlencode({"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "json"})
    counted = json.loads(get(odd_site, f"/sparql?{parameters}").content)["results"]["bindings"][0]["n"]["value"]
    assert odd_site.graph_sizes == {"": int(counted), "urn:g,1": 1, "http://e.org/g": 1}


def test_the_first_page_explains_that_results_normalise_numbers(odd_site: Site) -> None:
    page = get(odd_site, "/", BROWSER).content.decode()
    assert "<code>01</code> becomes <code>1</code>" in page
    assert "as it was given" not in page
    site = site_from(
        f'<{BASE}id/a> <http://e.org/p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> , "x"@en-GB .', BASE
    )
    values = {str(q.object) for q in parse(get(site, "/doc/a.nt").content, format=RdfFormat.N_TRIPLES)}
    assert {'"01"^^<http://www.w3.org/2001/XMLSchema#integer>', '"x"@en-gb'} <= values
    rows = get(site, f"/sparql?{urlencode({'query': 'SELECT ?o { ?s <http://e.org/p> ?o }'})}", "text/csv")
    assert b"\r\n1\r\n" in rows.content
