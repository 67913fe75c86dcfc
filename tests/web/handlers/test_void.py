"""What VoID says of the data is what SPARQL says of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
import rdflib
from rdflib import RDF, URIRef

from tests.web.conftest import BASE, BROWSER, site_from
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tests.web.conftest import Send
    from tlevel_rdf.web.data.site import Site

VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
FORMATS = rdflib.Namespace("http://www.w3.org/ns/formats/")
LINKED = """
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix : <https://data.example.org/id/> .
:a a :C , [] ; skos:exactMatch <http://one.org/x/1> , <http://one.org/x/deeper/2> ; owl:sameAs :b .
:b a :C ; skos:exactMatch <http://one.org/x/3> , "words" ; rdfs:seeAlso <http://two.org/doc#p> .
:g { :a a :C , :D ; skos:exactMatch <http://one.org/x/1> ; :p 1.50 , 1.5 , _:x . _:x :p "y" . }
"""


@pytest.fixture(params=["ours", "linked", "elsewhere", "empty"])
def served(request: pytest.FixtureRequest, site: Site) -> Site:
    sites = {
        "linked": lambda: site_from(LINKED),
        "elsewhere": lambda: site_from(LINKED, "https://unknown.org/"),
        "empty": lambda: site_from(""),
    }
    return site if request.param == "ours" else sites[request.param]()


def described(site: Site) -> rdflib.Graph:
    response = respond(site, Request.of("/void.ttl"))
    assert response.status == 200
    return rdflib.Graph().parse(data=response.content, format="turtle")


def number(site: Site, query: str) -> int:
    response = respond(site, Request.of(f"/sparql?{urlencode({'query': f'SELECT {query}'})}"))
    return int(json.loads(response.content)["results"]["bindings"][0]["n"]["value"])


def said(graph: rdflib.Graph, subject: rdflib.term.Node | None, predicate: URIRef) -> int:
    value = graph.value(subject, predicate, any=False)
    assert isinstance(value, rdflib.Literal)
    return int(value)


def test_the_totals_are_those_of_sparql(served: Site) -> None:
    found = described(served)
    dataset = URIRef(served.dataset)
    space = found.value(dataset, VOID.uriSpace)
    within = f'STRSTARTS(STR(?s), "{space}")' if space else "true"
    totals = {
        VOID.triples: "(COUNT(*) AS ?n) { ?s ?p ?o }",
        VOID.distinctSubjects: "(COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
        VOID.distinctObjects: "(COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
        VOID.properties: "(COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
        VOID.classes: "(COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
        VOID.entities: f"(COUNT(DISTINCT ?s) AS ?n) {{ ?s ?p ?o FILTER(isIRI(?s) && {within}) }}",
    }
    for name, query in totals.items():
        assert said(found, dataset, name) == number(served, query), name


def test_every_partition_has_the_count_of_sparql(served: Site) -> None:
    found = described(served)
    dataset = URIRef(served.dataset)
    classes = {found.value(p, VOID["class"]): p for p in found.objects(dataset, VOID.classPartition)}
    properties = {found.value(p, VOID.property): p for p in found.objects(dataset, VOID.propertyPartition)}
    assert len(classes) == number(served, "(COUNT(DISTINCT ?c) AS ?n) { ?s a ?c FILTER(isIRI(?c)) }")
    assert len(properties) == said(found, dataset, VOID.properties)
    for iri, part in classes.items():
        assert said(found, part, VOID.entities) == number(served, f"(COUNT(DISTINCT ?s) AS ?n) {{ ?s a <{iri}> }}")
    for iri, part in properties.items():
        assert said(found, part, VOID.triples) == number(served, f"(COUNT(*) AS ?n) {{ ?s <{iri}> ?o }}")


def test_every_linkset_has_the_count_of_sparql(served: Site) -> None:
    found = described(served)
    for links in found.subjects(RDF.type, VOID.Linkset):
        assert (URIRef(served.dataset), VOID.subset, links) in found
        assert found.value(links, VOID.subjectsTarget) == URIRef(served.dataset)
        space = found.value(found.value(links, VOID.objectsTarget), VOID.uriSpace)
        predicate = found.value(links, VOID.linkPredicate)
        query = f'(COUNT(*) AS ?n) {{ ?s <{predicate}> ?o FILTER(isIRI(?o) && STRSTARTS(STR(?o), "{space}")) }}'
        assert said(found, links, VOID.triples) == number(served, query) > 0


def test_the_linksets_of_linked_data() -> None:
    found = described(site_from(LINKED))
    links = {
        (str(found.value(found.value(s, VOID.objectsTarget), VOID.uriSpace)), said(found, s, VOID.triples))
        for s in found.subjects(RDF.type, VOID.Linkset)
    }
    assert links == {("http://one.org/x/", 3), ("http://two.org/doc#", 1)}


def test_what_else_is_said(site: Site) -> None:
    found = described(site)
    dataset = URIRef(site.dataset)
    assert set(found.objects(dataset, VOID.dataDump)) == {URIRef(f"{BASE}data/all.nq")}
    assert set(found.objects(dataset, VOID.sparqlEndpoint)) == {URIRef(f"{BASE}sparql")}
    assert FORMATS.Turtle in set(found.objects(dataset, VOID.feature))
    vocabularies = {str(iri) for iri in found.objects(dataset, VOID.vocabulary)}
    assert {"http://www.w3.org/2004/02/skos/core#", "https://w3id.org/tlevel/def/progression#"} <= vocabularies
    examples = [str(iri) for iri in found.objects(dataset, VOID.exampleResource)]
    assert f"{BASE}id/t-level/healthcare-science" in examples
    for iri in examples:
        assert respond(site, Request.of("/" + iri.removeprefix(BASE))).status == 303


def test_the_well_known_address_leads_to_it(send: Send) -> None:
    response = send("/.well-known/void")
    assert (response.status, response.header("location")) == (303, "/void.ttl")


def test_what_was_counted_can_be_looked_up(send: Send) -> None:
    page = send("/void", BROWSER).content.decode()
    assert "Classes and the number of things in each" in page
    assert "/sparql?query=SELECT" in page


def test_it_is_counted_once(site: Site) -> None:
    assert site.counts is site.counts
    assert site.digests is site.digests
