"""Documents: the same description in every syntax, of the shipped data and of other data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import rdflib
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse
from rdflib.compare import isomorphic

from tests.web.conftest import BASE, BROWSER, site_from, with_context
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".jsonld": RdfFormat.JSON_LD,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
}
OPTION = "healthcare-science/optical-care-services/apprenticeship/level-2/optical-assistant"
DOCUMENTS = [
    "/doc/t-level/healthcare-science",
    "/doc/profile/healthcare-science",
    f"/doc/option/{OPTION}",
    "/doc/apprenticeship/level-2/optical-assistant",
    "/doc/source/000-80ba2ef1bfb81c71-txt",
    "/doc/qualification/603-7083-x",
    "/doc/route/health-and-science",
    "/def/progression",
    "/def/level",
    "/def/status",
    "/def/mode",
    "/def/alignments",
    "/def/shapes",
    "/def/soc2020",
]
PREFIXES = """
PREFIX dct: <http://purl.org/dc/terms/>  PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>  PREFIX void: <http://rdfs.org/ns/void#>
PREFIX tlp: <https://w3id.org/tlevel/def/progression#>  PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def get(site: Site, target: str, accept: str | None = None) -> Response:
    return respond(site, Request.of(target, accept=accept))


def graph(site: Site, target: str, accept: str = "text/turtle") -> rdflib.Graph:
    response = get(site, target, accept)
    assert response.status == 200
    return rdflib.Graph().parse(data=with_context(response.content), format=accept)


def contains(found: rdflib.Graph, pattern: str) -> bool:
    return bool(found.query(f"{PREFIXES} ASK {{ {pattern} }}").askAnswer)


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_syntax_contains_the_same_graph(site: Site, path: str) -> None:
    graphs = set()
    for suffix, syntax in FORMATS.items():
        quads = parse(with_context(get(site, path + suffix).content), format=syntax)
        dataset = Dataset(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
        graphs.add(frozenset(map(str, dataset)))
    assert len(graphs) == 1
    assert graphs.pop()


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/rdf+xml"])
def test_rdflib_reads_the_same_graph(site: Site, accept: str) -> None:
    nt = rdflib.Graph().parse(data=get(site, f"{DOCUMENTS[0]}.nt").content, format="nt")
    assert isomorphic(graph(site, DOCUMENTS[0], accept), nt)


def test_a_t_level_is_described_with_its_profile_and_specialisms(site: Site) -> None:
    found = graph(site, DOCUMENTS[0])
    thing = f"<{BASE}id/t-level/healthcare-science>"
    assert contains(found, f'{thing} a tlp:TLevel ; skos:prefLabel "Healthcare Science"@en')
    assert contains(found, f"<{BASE}id/profile/healthcare-science> tlp:describes {thing}")
    assert contains(found, f"{thing} tlp:hasSpecialism [ a tlp:OccupationalSpecialism ; skos:prefLabel ?label ]")


def test_a_document_describes_itself(site: Site) -> None:
    document = f"<{BASE}doc/t-level/healthcare-science>"
    metadata = f"""{document} foaf:primaryTopic <{BASE}id/t-level/healthcare-science> ;
      dct:license <{site.about.licence}> ; void:inDataset <{BASE}data/progression-profiles> ;
      dct:modified "2026-11-22"^^xsd:date"""
    assert contains(graph(site, DOCUMENTS[0]), metadata)


def test_the_document_of_a_source_describes_its_lines_and_checksum(site: Site) -> None:
    source = f"{BASE}id/source/000-80ba2ef1bfb81c71-txt"
    found = graph(site, "/doc/source/000-80ba2ef1bfb81c71-txt")
    assert contains(found, f"<{source}#line=20,21> dct:isPartOf <{source}>")
    assert contains(found, f"<{source}#sha256> ?p ?value")
    assert contains(found, "?option <http://www.w3.org/ns/prov#wasQuotedFrom> ?line . ?option skos:prefLabel ?label")
    page = get(site, "/doc/source/000-80ba2ef1bfb81c71-txt.html").content.decode()
    assert 'id="line=20,21"' in page
    assert "the relevant occupation level 2 Optical Assistant is not applicable." in page


def test_turtle_begins_with_the_thing(site: Site) -> None:
    body = get(site, DOCUMENTS[0]).content.decode()
    first = next(line for line in body.splitlines() if line and not line.startswith("@prefix"))
    assert f"@prefix id: <{BASE}id/> ." in body
    assert first.startswith("id:t-level\\/healthcare-science a ")


def test_a_class_may_be_a_literal() -> None:
    site = site_from('<https://data.example.org/id/a> a "word" .')
    assert {get(site, f"/doc/a{suffix}").status for suffix in (*FORMATS, ".html")} == {200}


FOREIGN = """
@prefix : <https://data.example.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:people { :people\\/ada a foaf:Person ; rdfs:label "Ada", "Ada à Paris"@fr ; foaf:knows <http://other.org/x#bob> . }
<http://other.org/x#bob> a foaf:Person ; foaf:name "Bob" ; :address [ :street "High Street" ; :lines ( "1" "2" ) ] .
<https://data.example.org/id/è> rdfs:label "letter" .
<https://data.example.org/id/%C3%B6> rdfs:label "escape" .
<https://data.example.org/id/a.ttl> rdfs:label "a.ttl" .
<https://data.example.org/id/a> rdfs:label "a" .
<https://data.example.org/id/q?x=1> rdfs:label "query" .
<https://data.example.org/id/bad> <http://e.org/123> "no name of an element", "\\u0001" .
"""


@pytest.fixture(scope="module")
def foreign_site() -> Site:
    return site_from(FOREIGN)


@pytest.mark.parametrize(
    ("path", "document"),
    [
        ("/people/ada", "/doc?iri=https://data.example.org/people/ada"),
        ("/id/è", "/doc/%C3%A8"),
        ("/id/%C3%A8", "/doc/%C3%A8"),
        ("/id/%c3%a8", "/doc/%C3%A8"),
        ("/id/%C3%B6", "/doc/%C3%B6"),
        ("/id/%c3%b6", "/doc/%C3%B6"),
        ("/id/%c3%B6", "/doc/%C3%B6"),
        ("/id/%61", "/doc/a"),
        ("/id/a", "/doc/a"),
        ("/id/a.ttl", "/doc?iri=https://data.example.org/id/a.ttl"),
        ("/id/q?x=1", "/doc?iri=https://data.example.org/id/q%3Fx%3D1"),
    ],
)
def test_the_path_of_an_iri_redirects_to_its_document(foreign_site: Site, path: str, document: str) -> None:
    response = get(foreign_site, path)
    assert (response.status, response.header("location")) == (303, document)
    described = get(foreign_site, document)
    assert described.status == 200
    assert described.header("content-location") in {f"{document}.ttl", document.replace("?", ".ttl?")}
    assert get(foreign_site, described.header("content-location") or "").content == described.content


def test_a_thing_outside_the_base_has_a_document_with_its_blank_nodes(foreign_site: Site) -> None:
    target = "/doc?iri=http://other.org/x%23bob"
    found = graph(foreign_site, target)
    assert contains(found, '?bob foaf:name "Bob" ; ?address [ ?street "High Street" ]')
    lines = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    assert contains(
        found, f'?list <{lines}first> "1" ; <{lines}rest> [ <{lines}first> "2" ; <{lines}rest> <{lines}nil> ]'
    )
    page = get(foreign_site, target, BROWSER).content.decode()
    assert "High Street" in page
    assert "<h1>Bob</h1>" in page


def test_the_path_of_a_syntax_that_cannot_express_the_graph_is_406(foreign_site: Site) -> None:
    assert get(foreign_site, "/doc/bad.ttl").status == 200
    response = get(foreign_site, "/doc/bad.rdf")
    assert response.status == 406
    assert "RDF/XML cannot express" in response.content.decode()


@pytest.mark.parametrize(
    ("accept", "status", "variant"),
    [
        ("application/rdf+xml", 406, None),
        ("application/rdf+xml, image/png", 406, None),
        ("application/rdf+xml, */*;q=0.1", 200, ".ttl"),
        ("application/rdf+xml, application/n-triples;q=0.1", 200, ".nt"),
    ],
)
def test_the_next_best_syntax_replaces_one_that_cannot_express_the_graph(
    foreign_site: Site, accept: str, status: int, variant: str | None
) -> None:
    response = get(foreign_site, "/doc/bad", accept)
    expected = f"/doc/bad{variant}" if variant else None
    assert (response.status, response.header("content-location")) == (status, expected)
    if variant:
        assert response.content == get(foreign_site, f"/doc/bad{variant}").content


def test_iris_do_not_depend_on_the_address_of_the_server(foreign_site: Site) -> None:
    found = graph(foreign_site, "/doc/a")
    assert contains(found, '<https://data.example.org/id/a> ?p "a"')
    assert contains(found, "<https://data.example.org/doc/a> foaf:primaryTopic <https://data.example.org/id/a>")


def test_data_without_a_date_has_no_last_modified(foreign_site: Site) -> None:
    response = get(foreign_site, "/doc/a")
    assert response.header("last-modified") is None
    assert response.header("etag") is not None


def test_all_links_of_a_thing_are_described() -> None:
    links = ", ".join(f"<https://data.example.org/id/n{number}>" for number in range(1200))
    labels = "".join(
        f'<https://data.example.org/id/n{n}> <http://xmlns.com/foaf/0.1/name> "{n}" .' for n in range(1200)
    )
    site = site_from(f"<https://data.example.org/id/hub> <https://data.example.org/to> {links} . {labels}")
    found = graph(site, "/doc/hub")
    count = found.query(f"{PREFIXES} SELECT (COUNT(*) AS ?n) {{ ?hub <https://data.example.org/to> [ foaf:name ?l ] }}")
    assert [int(row[0]) for row in count] == [1200]  # type: ignore[index,arg-type]


@pytest.mark.parametrize("query", ["", "?iri=", "?iri=relative", "?iri=http://e.org/&iri=http://e.org/", "?iri=x:%3E"])
def test_a_document_by_query_needs_one_absolute_iri(foreign_site: Site, query: str) -> None:
    assert get(foreign_site, f"/doc{query}").status == 400


ENDS = """
@prefix : <https://data.example.org/id/> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix prov: <http://www.w3.org/ns/prov#> .
:gone prov:invalidatedAtTime "2026" . :old owl:deprecated true ; dct:isReplacedBy :new . :new dct:title "new" .
<https://data.example.org/id/kind/a> dct:identifier "N1" .
<https://data.example.org/id/caf%C3%A9> dct:title "escapes" . <https://data.example.org/id/café> dct:title "letters" .
"""


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/id/gone", 410, None),
        ("/id/old", 303, "/doc/new"),
        ("/id/new", 303, "/doc/new"),
        ("/id/kind/N1", 303, "/doc/kind/a"),
        ("/id/kind/N2", 404, None),
        ("/id/none", 404, None),
        ("/doc/none", 404, None),
        ("/doc/%3E", 404, None),
        ("/id/caf%C3%A9", 303, "/doc/caf%C3%A9"),
        ("/doc?iri=https://data.example.org/id/caf%C3%A9", 200, None),
    ],
)
def test_each_path_of_a_thing_has_its_status_and_location(path: str, status: int, location: str | None) -> None:
    response = get(site_from(ENDS), path)
    assert (response.status, response.header("location")) == (status, location)


def test_two_iris_with_one_path_have_two_documents() -> None:
    site = site_from(ENDS)
    for iri, variant in (("caf%25C3%25A9", "/doc/caf%C3%A9.ttl"), ("caf%C3%A9", "/doc.ttl?iri={}id/caf%C3%A9")):
        response = get(site, f"/doc?iri=https://data.example.org/id/{iri}")
        assert response.header("content-location") == variant.format("https://data.example.org/")


def test_a_document_notes_the_statements_that_it_omits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tlevel_rdf.web.data.description.MAX_INCOMING_STATEMENTS", 3)
    site = site_from("".join(f"<x:{n}> <x:p> <https://data.example.org/id/a> ." for n in range(5)))
    found = graph(site, "/doc/a")
    notes = [str(note) for note in found.objects(None, rdflib.SKOS.note)]
    assert len(notes) == 1
    assert notes[0].endswith("This document omits 2 of them.")


RDF_NAMES = ("li", "Description", "ID", "about", "bagID", "aboutEach", "aboutEachPrefix", "parseType", "_1", "value")
NAMES = [
    *(f"http://www.w3.org/1999/02/22-rdf-syntax-ns#{name}" for name in RDF_NAMES),
    *(f"http://e.org/{name}" for name in ("nº", "area_m²", "é", "\u2160", "a/", "1", "-", "日本")),
    "http://www.w3.org/2000/xmlns/foo",
]


@pytest.mark.parametrize("name", NAMES)
def test_rdf_xml_of_any_property_is_well_formed_or_406(name: str) -> None:
    iri = "https://data.example.org/id/k"
    site = site_from(f'<{iri}> <{name}> "x" . <https://data.example.org/id/t> a <{name}> .')
    for target in ("/doc/k.rdf", f"/sparql?query=CONSTRUCT+WHERE+{{<{quote(iri)}>+?p+?o}}&format=rdfxml"):
        response = get(site, target)
        assert response.status in {200, 406}
        if response.status == 200:
            assert rdflib.Graph().parse(data=response.content, format="xml")
            assert "x</" in response.content.decode()
        else:
            assert "TLR015" in response.content.decode()
    typed = get(site, "/doc/t.rdf")
    assert typed.status == 200
    assert rdflib.Graph().parse(data=typed.content, format="xml")


def test_json_ld_has_the_thing_at_its_top_and_the_address_of_its_context(site: Site) -> None:
    document = json.loads(get(site, f"{DOCUMENTS[0]}.jsonld").content)
    assert document["@context"] == "https://w3id.org/tlevel/def/context.jsonld"
    assert get(site, "/def/context.jsonld").status == 200
    assert document["@id"] == f"{BASE}id/t-level/healthcare-science"
    assert {one["prefLabel"] for one in document["hasSpecialism"]} == {
        "Assisting with Healthcare Science",
        "Optical Care Services",
    }
    assert {f"{BASE}doc/t-level/healthcare-science"} <= {one["@id"] for one in document["@included"]}
