"""Things that are named by a fragment, and the base as a thing: each is found at its document and described in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from tests.web.conftest import BROWSER, site_from
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response

BASE = "https://things.example.net/"
HASHED = f"""
@base <{BASE}> . @prefix says: <http://e.org/says/> .
<id/alone#it> says:word "of a thing alone" .
<id/both> says:word "of a document" .
<id/both#it> says:word "of a thing with a document" ; says:near <id/both#part> .
<id/both#part> says:word "of a part" .
<id/kö#it> says:word "of a thing with a letter" .
<id/without> says:word "of no fragment" .
<elsewhere#it> says:word "of a thing elsewhere" .
<{BASE}> says:word "of the base" .
<#it> says:word "of a fragment of the base" .
"""


@pytest.fixture(scope="module")
def hashed() -> Site:
    return site_from(HASHED, BASE)


def get(site: Site, target: str, accept: str | None = None) -> Response:
    return respond(site, Request.of(target, accept=accept))


@pytest.mark.parametrize(
    ("target", "document"),
    [
        ("/id/alone", "/doc/alone"),
        ("/id/both", "/doc/both"),
        ("/id/k%C3%B6", "/doc/k%C3%B6"),
        ("/elsewhere", f"/doc?iri={BASE}elsewhere"),
    ],
)
def test_a_thing_with_a_fragment_is_found_at_its_document(hashed: Site, target: str, document: str) -> None:
    response = get(hashed, target)
    assert (response.status, response.header("location")) == (303, document)
    assert get(hashed, document).status == 200


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("/doc/alone", {"of a thing alone"}),
        ("/doc/both", {"of a document", "of a thing with a document", "of a part"}),
        ("/doc/without", {"of no fragment"}),
        (f"/doc?iri={BASE}elsewhere", {"of a thing elsewhere"}),
        ("/", {"of the base", "of a fragment of the base"}),
    ],
)
@pytest.mark.parametrize("syntax", [RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.JSON_LD, RdfFormat.RDF_XML])
def test_its_document_describes_it(hashed: Site, document: str, said: set[str], syntax: RdfFormat) -> None:
    response = get(hashed, document, syntax.media_type)
    quads = parse(response.content, format=syntax, base_iri=BASE)
    word = NamedNode("http://e.org/says/word")
    assert {q.object.value for q in quads if q.predicate == word and isinstance(q.object, Literal)} == said


def test_its_page_describes_it(hashed: Site) -> None:
    page = get(hashed, "/doc/alone", BROWSER).content.decode()
    assert '<h3 id="it">' in page
    assert "of a thing alone" in page


@pytest.mark.parametrize("target", ["/id/nobody", "/doc/nobody", "/id/alone/it", "/id/without%23it"])
def test_what_has_no_such_fragment_is_not_found(hashed: Site, target: str) -> None:
    assert get(hashed, target).status == 404


def test_a_document_of_very_many_fragments_has_the_first_hundred() -> None:
    site = site_from("".join(f'<{BASE}id/a#f{n:03}> <http://e.org/p> "{n}" .' for n in range(300)), BASE)
    subjects = {q.subject.value for q in parse(get(site, "/doc/a.nt").content, format=RdfFormat.N_TRIPLES)}
    assert {s for s in subjects if s.startswith(f"{BASE}id/a#")} == {f"{BASE}id/a#f{n:03}" for n in range(100)}


def test_the_fragments_of_large_data_are_learnt_from_a_part_of_it() -> None:
    lines = (f'<{BASE}id/{n}#it> <http://e.org/p> "{n}" .' for n in range(12_000))
    site = site_from("\n".join(lines), BASE)
    assert site.fragments == ("it",)
    assert all(get(site, f"/id/{n}").status == 303 for n in range(0, 12_000, 1_000))


#: Data that once made a page fail: a property, a class and targets of links that have no namespace, graphs without one.
ODD = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
<urn:s> <urn:p> <urn:o> ; a <urn:c> , <http://host> ; owl:sameAs <urn:x> , <http://host> , <http://one.org/x/1> .
_:g { <urn:s> <urn:p> "in a graph that a blank node names" }
<urn:g,1> { <urn:s> <urn:q> "in a graph with a comma" }
<http://e.org/g> { <https://things.example.net/id/a> <urn:p> "in a graph" }
"""


@pytest.fixture(scope="module")
def odd() -> Site:
    return site_from(ODD, BASE)


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".jsonld", ".html"])
@pytest.mark.parametrize("path", ["/void", "/catalogue", "/queries", f"/doc{{}}?{urlencode({'iri': 'urn:s'})}"])
def test_odd_names_make_nothing_fail(odd: Site, path: str, suffix: str) -> None:
    target = path.format(suffix) if "{}" in path else path + suffix
    assert get(odd, target).status == 200


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/rdf+xml", BROWSER])
@pytest.mark.parametrize("path", ["/", "/sparql", "/linkset.json", "/api/"])
def test_odd_names_make_no_negotiated_page_fail(odd: Site, path: str, accept: str) -> None:
    status = get(odd, path, accept).status
    assert status in ({200} if path in {"/", "/sparql"} else {200, 406})


def described(site: Site, target: str) -> list[tuple[str, str]]:
    response = get(site, target, "application/n-triples")
    return [(q.predicate.value, q.object.value) for q in parse(response.content, format=RdfFormat.N_TRIPLES)]


def test_what_has_no_namespace_is_counted_and_in_no_vocabulary(odd: Site) -> None:
    void = "http://rdfs.org/ns/void#"
    said = described(odd, "/void")
    kept = {"urn:p", "urn:q", "http://www.w3.org/2002/07/owl#sameAs"}
    assert kept <= {value for name, value in said if name == f"{void}property"}
    assert {"urn:c", "http://host"} == {value for name, value in said if name == f"{void}class"}
    spaces = {"http://www.w3.org/2002/07/owl#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}
    assert {value for name, value in said if name == f"{void}vocabulary"} == spaces
    # An empty beginning would be that of every link.
    assert [(links.target, links.triples) for links in odd.counts.links] == [("http://one.org/x/", 1)]


def test_the_service_names_the_graphs_that_have_an_iri(odd: Site) -> None:
    named = {value for name, value in described(odd, "/sparql") if name.endswith("sparql-service-description#name")}
    assert named == {"urn:g,1", "http://e.org/g"}
    asked = urlencode({"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "json"})
    counted = json.loads(get(odd, f"/sparql?{asked}").content)["results"]["bindings"][0]["n"]["value"]
    assert odd.graph_sizes == {"": int(counted), "urn:g,1": 1, "http://e.org/g": 1}


def test_the_first_page_tells_that_rows_have_values_written_otherwise(odd: Site) -> None:
    page = get(odd, "/", BROWSER).content.decode()
    assert "<code>01</code> becomes <code>1</code>" in page
    assert "as it was given" not in page
    site = site_from(
        f'<{BASE}id/a> <http://e.org/p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> , "x"@en-GB .', BASE
    )
    values = {str(q.object) for q in parse(get(site, "/doc/a.nt").content, format=RdfFormat.N_TRIPLES)}
    assert {'"01"^^<http://www.w3.org/2001/XMLSchema#integer>', '"x"@en-gb'} <= values
    rows = get(site, f"/sparql?{urlencode({'query': 'SELECT ?o { ?s <http://e.org/p> ?o }'})}", "text/csv")
    assert b"\r\n1\r\n" in rows.content
