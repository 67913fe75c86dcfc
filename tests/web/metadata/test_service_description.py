"""The SPARQL 1.1 Service Description of the endpoint."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import rdflib

from tests.web.conftest import BASE
from tlevel_rdf.settings import Settings
from tlevel_rdf.web.metadata.service_description import describe_service

if TYPE_CHECKING:
    from tests.web.conftest import Send
    from tlevel_rdf.web.data.site import Site


def test_the_service_has_its_endpoint_language_and_graphs_with_their_sizes(send: Send) -> None:
    found = rdflib.Graph().parse(data=send("/sparql", "text/turtle").content, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = rdflib.URIRef(f"{BASE}sparql")
    assert (service, rdflib.RDF.type, sd.Service) in found
    assert (service, sd.endpoint, service) in found
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in found
    assert (service, sd.feature, sd.UnionDefaultGraph) in found
    counts = {
        str(row.name): int(row.n)  # type: ignore[union-attr]
        for row in found.query(
            "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>"
            "SELECT ?name ?n { ?d sd:namedGraph [ sd:name ?name ; sd:graph/<http://rdfs.org/ns/void#triples> ?n ] }"
        )
    }
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    rows = json.loads(send(f"/sparql?{urlencode({'query': query})}").content)["results"]["bindings"]
    assert counts == {row["g"]["value"]: int(row["n"]["value"]) for row in rows}


def test_a_server_at_another_address_has_its_endpoint_there(site: Site) -> None:
    other = replace(site, settings=Settings(address="https://sparql.example.org/"))
    endpoints = {t.object.value for t in describe_service(other) if t.predicate.value.endswith("#endpoint")}  # type: ignore[union-attr]  # IRIs
    assert endpoints == {"https://sparql.example.org/sparql"}
