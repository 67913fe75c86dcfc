"""A thing at which very many things point: its document holds a part of that, and says so in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from tests.web.conftest import site_from
from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_INCOMING_STATEMENTS
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

BASE = "https://data.example.org/"
HUB = NamedNode(f"{BASE}id/hub")
MORE = 234
FORMS = [
    (".ttl", RdfFormat.TURTLE),
    (".nt", RdfFormat.N_TRIPLES),
    (".rdf", RdfFormat.RDF_XML),
    (".jsonld", RdfFormat.JSON_LD),
]


def hub_of(number: int) -> Site:
    pointing = "".join(f"<{BASE}id/t/{n}> <http://e.org/to> {HUB} .\n" for n in range(number))
    own = f'{HUB} <http://e.org/says> "own" . <http://e.org/g> {{ {pointing} }}'
    return site_from(own, BASE)


@pytest.fixture(scope="module")
def much() -> Site:
    return hub_of(MAX_INCOMING_STATEMENTS + MORE)


@pytest.mark.parametrize(("suffix", "form"), FORMS)
def test_a_part_of_what_points_at_it_is_there_and_a_note(much: Site, suffix: str, form: RdfFormat) -> None:
    response = respond(much, Request.of(f"/doc/hub{suffix}"))
    assert response.status == 200
    triples = {quad.triple for quad in parse(response.content, format=form)}
    assert sum(t.object == HUB and t.predicate.value == "http://e.org/to" for t in triples) == MAX_INCOMING_STATEMENTS
    assert (HUB, Literal("own")) in {(t.subject, t.object) for t in triples}
    said = {t.predicate: t.object for t in triples if t.subject == NamedNode(f"{BASE}doc/hub")}
    assert f"{MAX_INCOMING_STATEMENTS + MORE:,} statements" in str(said[terms.NOTE])
    assert f" {MORE} of them" in str(said[terms.NOTE])
    link = said[NamedNode(f"{terms.RDFS}seeAlso")]
    assert isinstance(link, NamedNode)
    answer = respond(much, Request.of(f"/{link.value.removeprefix(BASE)}&format=csv"))
    assert answer.content.count(b"\n") == MAX_INCOMING_STATEMENTS + MORE + 1


def test_its_page_says_so_as_well(much: Site) -> None:
    page = respond(much, Request.of("/doc/hub.html")).content.decode()
    assert f"{MAX_INCOMING_STATEMENTS + MORE:,} statements" in page
    assert "/sparql?query=" in page


def test_all_is_there_where_it_is_not_much() -> None:
    response = respond(hub_of(MAX_INCOMING_STATEMENTS), Request.of("/doc/hub.ttl"))
    assert response.content.count(b"<http://e.org/to>") + response.content.count(b"ns1:to") == MAX_INCOMING_STATEMENTS
    assert str(terms.NOTE.value).encode() not in response.content
    assert b"skos:note" not in response.content


def test_it_is_the_same_each_time(much: Site) -> None:
    one, other = (respond(much, Request.of(f"/doc?iri={quote(HUB.value)}")) for _ in range(2))
    assert one.content == other.content
