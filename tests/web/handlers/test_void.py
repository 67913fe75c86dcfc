"""Statistics in VoID: every number equals the result of a SPARQL query."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
import rdflib
from rdflib import PROV, RDF, URIRef

from tests.web.conftest import BASE, BROWSER, site_from
from tlevel_rdf.web.data.site import Site
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tests.web.conftest import Send
    from tlevel_rdf.store.embedded import EmbeddedStore

VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
FORMATS = rdflib.Namespace("http://www.w3.org/ns/formats/")
LINKED = """
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix : <https://data.example.org/id/> .
:a a :C , [] ; skos:exactMatch <http://one.org/x/1> , <http://one.org/x/deeper/2> ; owl:sameAs :b .
:b a :C ; skos:exactMatch <http://one.org/x/3> , "words" ; rdfs:seeAlso <http://two.org/doc#p> .
:g { :a a :C , :D ; skos:exactMatch <http://one.org/x/1> ; :p 1.50 , 1.5 , _:x . _:x :p "y" . }
"""


@pytest.fixture(params=["shipped", "linked", "outside the base", "empty"])
def any_site(request: pytest.FixtureRequest, site: Site) -> Site:
    sites = {
        "linked": lambda: site_from(LINKED),
        "outside the base": lambda: site_from(LINKED, "https://unknown.org/"),
        "empty": lambda: site_from(""),
    }
    return site if request.param == "shipped" else sites[request.param]()


def void_graph(site: Site) -> rdflib.Graph:
    response = respond(site, Request.of("/void.ttl"))
    assert response.status == 200
    return rdflib.Graph().parse(data=response.content, format="turtle")


def queried_number(site: Site, query: str) -> int:
    response = respond(site, Request.of(f"/sparql?{urlencode({'query': f'SELECT {query}'})}"))
    return int(json.loads(response.content)["results"]["bindings"][0]["n"]["value"])


def stated_number(graph: rdflib.Graph, subject: rdflib.term.Node | None, predicate: URIRef) -> int:
    value = graph.value(subject, predicate, any=False)
    assert isinstance(value, rdflib.Literal)
    return int(value)


def test_the_totals_equal_those_of_sparql(any_site: Site) -> None:
    found = void_graph(any_site)
    dataset = URIRef(any_site.dataset)
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
        assert stated_number(found, dataset, name) == queried_number(any_site, query), name


def test_every_partition_equals_the_count_of_sparql(any_site: Site) -> None:
    found = void_graph(any_site)
    dataset = URIRef(any_site.dataset)
    classes = {found.value(p, VOID["class"]): p for p in found.objects(dataset, VOID.classPartition)}
    properties = {found.value(p, VOID.property): p for p in found.objects(dataset, VOID.propertyPartition)}
    assert len(classes) == queried_number(any_site, "(COUNT(DISTINCT ?c) AS ?n) { ?s a ?c FILTER(isIRI(?c)) }")
    assert len(properties) == stated_number(found, dataset, VOID.properties)
    for iri, part in classes.items():
        assert stated_number(found, part, VOID.entities) == queried_number(
            any_site, f"(COUNT(DISTINCT ?s) AS ?n) {{ ?s a <{iri}> }}"
        )
    for iri, part in properties.items():
        assert stated_number(found, part, VOID.triples) == queried_number(
            any_site, f"(COUNT(*) AS ?n) {{ ?s <{iri}> ?o }}"
        )


def test_every_linkset_equals_the_count_of_sparql(any_site: Site) -> None:
    found = void_graph(any_site)
    for links in found.subjects(RDF.type, VOID.Linkset):
        assert (URIRef(any_site.dataset), VOID.subset, links) in found
        assert found.value(links, VOID.subjectsTarget) == URIRef(any_site.dataset)
        space = found.value(found.value(links, VOID.objectsTarget), VOID.uriSpace)
        predicate = found.value(links, VOID.linkPredicate)
        mapping_set = found.value(links, PROV.wasDerivedFrom)
        pattern = f"GRAPH <{mapping_set}> {{ ?s <{predicate}> ?o }}" if mapping_set else f"?s <{predicate}> ?o"
        query = f'(COUNT(*) AS ?n) {{ {pattern} FILTER(isIRI(?o) && STRSTARTS(STR(?o), "{space}")) }}'
        assert stated_number(found, links, VOID.triples) == queried_number(any_site, query) > 0


def test_links_are_grouped_by_target_and_property() -> None:
    found = void_graph(site_from(LINKED))
    links = {
        (str(found.value(found.value(s, VOID.objectsTarget), VOID.uriSpace)), stated_number(found, s, VOID.triples))
        for s in found.subjects(RDF.type, VOID.Linkset)
    }
    assert links == {("http://one.org/x/", 3), ("http://two.org/doc#", 1)}


def test_the_data_set_has_its_dumps_endpoint_vocabularies_and_examples(site: Site) -> None:
    found = void_graph(site)
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


def test_the_well_known_path_redirects_to_the_statistics(send: Send) -> None:
    response = send("/.well-known/void")
    assert (response.status, response.header("location")) == (303, "/void.ttl")


def test_the_page_links_to_a_query_for_each_class(send: Send) -> None:
    page = send("/void", BROWSER).content.decode()
    assert "Classes and the number of things in each" in page
    assert "/sparql?query=SELECT" in page


def test_each_set_of_links_to_other_data_sets_is_a_linkset(corpus_store: EmbeddedStore) -> None:
    found = void_graph(Site(corpus_store, BASE, "test"))
    sets = {str(found.value(links, PROV.wasDerivedFrom)) for links in found.subjects(RDF.type, VOID.Linkset)}
    names = {"eqf", "esco", "hecos", "lars", "national-careers-service", "skills-england"}
    assert {f"{BASE}graph/links/{name}" for name in names} <= sets
