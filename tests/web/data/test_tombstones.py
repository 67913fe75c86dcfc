"""Tombstones: things that the data marks as gone or replaced (decision 0011)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from tests.web.conftest import BROWSER, site_from, with_context
from tlevel_rdf.web.data.tombstones import Tombstone, read_tombstone
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

PREFIXES = """
@prefix : <https://data.example.org/id/> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix e: <http://e.org/> .
"""
GONE = 'prov:invalidatedAtTime "2026-08-31T00:00:00Z"^^xsd:dateTime'
DATA = f"""{PREFIXES}
:now a e:Course ; rdfs:label "Now" ; e:level 3 .
:later a e:Course ; rdfs:label "Later" ; e:level 3 .
:gone a e:Course ; rdfs:label "Gone" ; {GONE} .
:gone-for a e:Course ; skos:prefLabel "Gone for good"@en ; {GONE} ; dct:isReplacedBy :now ; skos:historyNote "It was." .
:ended prov:wasInvalidatedBy :closure ; rdfs:label "Ended" .
:closed rdfs:label "Closed" ; e:level 3 ; {GONE} .
:old owl:deprecated true ; rdfs:label "Old" ; dct:isReplacedBy :now .
:older owl:deprecated true ; dct:isReplacedBy :old .
:split owl:deprecated true ; dct:isReplacedBy :now , :later .
:moved owl:deprecated true ; dct:isReplacedBy <http://other.org/nowhere-described> .
:lost owl:deprecated true ; rdfs:label "Lost" .
:advised owl:deprecated true ; rdfs:label "Advised" ; dct:isReplacedBy :now ; e:level 3 .
:kept owl:deprecated false ; rdfs:label "Kept" ; dct:isReplacedBy :now .
:replaced rdfs:label "Replaced" ; dct:isReplacedBy :now .
:one owl:deprecated true ; dct:isReplacedBy :two . :two owl:deprecated true ; dct:isReplacedBy :one .
:named e:follows :gone .
"""


@pytest.fixture(scope="module")
def tombstone_site() -> Site:
    return site_from(DATA)


def status(site: Site, path: str) -> tuple[int, str | None]:
    response = respond(site, Request.of(path))
    return response.status, response.header("location")


@pytest.mark.parametrize(
    ("key", "of_thing", "of_document"),
    [
        ("now", (303, "/doc/now"), 200),
        ("gone", (410, None), 410),
        ("gone-for", (410, None), 410),
        ("ended", (410, None), 410),
        ("closed", (303, "/doc/closed"), 200),
        ("old", (303, "/doc/now"), 200),
        ("older", (303, "/doc/old"), 200),
        ("split", (303, "/doc/split"), 200),
        ("moved", (303, "/doc?iri=http://other.org/nowhere-described"), 200),
        ("lost", (303, "/doc/lost"), 200),
        ("advised", (303, "/doc/advised"), 200),
        ("kept", (303, "/doc/kept"), 200),
        ("replaced", (303, "/doc/replaced"), 200),
        ("one", (303, "/doc/two"), 200),
        ("two", (303, "/doc/one"), 200),
        ("never", (404, None), 404),
    ],
)
def test_each_end_of_a_thing_has_its_status(
    tombstone_site: Site, key: str, of_thing: tuple[int, str | None], of_document: int
) -> None:
    assert status(tombstone_site, f"/id/{key}") == of_thing
    assert status(tombstone_site, f"/doc/{key}")[0] == of_document
    assert status(tombstone_site, f"/doc/{key}.ttl")[0] == of_document


@pytest.mark.parametrize("path", ["/id/gone-for", "/doc/gone-for"])
@pytest.mark.parametrize(
    ("accept", "syntax"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", RdfFormat.RDF_XML),
    ],
)
def test_every_syntax_contains_the_tombstone(tombstone_site: Site, path: str, accept: str, syntax: RdfFormat) -> None:
    response = respond(tombstone_site, Request.of(path, accept=accept))
    assert (response.status, response.header("vary")) == (410, "Accept, Accept-Encoding")
    stated = {
        str(quad.predicate)
        for quad in parse(with_context(response.content), format=syntax)
        if "gone-for" in str(quad.subject)
    }
    for name in ("type", "prefLabel", "invalidatedAtTime", "isReplacedBy", "historyNote"):
        assert any(name in predicate for predicate in stated)


def test_the_page_shows_the_tombstone_and_its_successor(tombstone_site: Site) -> None:
    response = respond(tombstone_site, Request.of("/id/gone-for", accept=BROWSER))
    page = response.content.decode()
    assert response.status == 410
    assert "This has been withdrawn." in page
    assert 'href="/doc/now"' in page
    assert "This has been withdrawn." not in respond(tombstone_site, Request.of("/doc/closed.html")).content.decode()


def test_a_tombstone_has_no_preconditions(tombstone_site: Site) -> None:
    first = respond(tombstone_site, Request.of("/doc/gone"))
    sent = Request("GET", "/doc/gone", "", (("if-none-match", first.header("etag") or "*"),))
    assert respond(tombstone_site, sent).status == 410
    assert respond(tombstone_site, Request.of("/doc/gone", accept="image/png")).status == 406


def test_a_thing_without_properties_is_no_tombstone() -> None:
    assert read_tombstone([]) is None


def test_a_tombstone_has_marks_and_at_most_one_successor() -> None:
    label = (NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), Literal("x"))
    gone = (NamedNode("http://www.w3.org/ns/prov#invalidatedAtTime"), Literal("2026"))
    deprecated = (NamedNode("http://www.w3.org/2002/07/owl#deprecated"), Literal(value=True))
    after = (NamedNode("http://purl.org/dc/terms/isReplacedBy"), NamedNode("http://e.org/a"))
    assert read_tombstone([label]) is None
    assert read_tombstone([label, gone, after]) == Tombstone(is_gone=True, successor="http://e.org/a")
    assert read_tombstone([deprecated, after]) == Tombstone(is_gone=False, successor="http://e.org/a")
    assert read_tombstone([deprecated, after, (after[0], NamedNode("http://e.org/b"))]) == Tombstone(False, "")  # noqa: FBT003
    assert read_tombstone([deprecated, (NamedNode("http://e.org/p"), Literal("x"))]) is None


def test_the_shipped_data_has_no_tombstone_for_a_replaced_t_level(site: Site) -> None:
    assert status(site, "/id/t-level/digital-business-services") == (303, "/doc/t-level/digital-business-services")
    assert status(site, "/doc/t-level/digital-business-services")[0] == 200
