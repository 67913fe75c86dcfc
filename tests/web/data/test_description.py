"""Descriptions: their limit on statements that refer to a thing, and the note about the omitted ones."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from tests.web.conftest import site_from, with_context
from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_INCOMING_STATEMENTS
from tlevel_rdf.web.data.description import describe, is_known
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


def hub_site(number: int) -> Site:
    incoming = "".join(f"<{BASE}id/t/{n}> <http://e.org/to> {HUB} .\n" for n in range(number))
    own = f'{HUB} <http://e.org/says> "own" . <http://e.org/g> {{ {incoming} }}'
    return site_from(own, BASE)


@pytest.fixture(scope="module")
def large_hub() -> Site:
    return hub_site(MAX_INCOMING_STATEMENTS + MORE)


@pytest.mark.parametrize(("suffix", "form"), FORMS)
def test_a_document_of_many_statements_omits_some_with_a_note(large_hub: Site, suffix: str, form: RdfFormat) -> None:
    response = respond(large_hub, Request.of(f"/doc/hub{suffix}"))
    assert response.status == 200
    triples = {quad.triple for quad in parse(with_context(response.content), format=form)}
    assert sum(t.object == HUB and t.predicate.value == "http://e.org/to" for t in triples) == MAX_INCOMING_STATEMENTS
    assert (HUB, Literal("own")) in {(t.subject, t.object) for t in triples}
    note = {t.predicate: t.object for t in triples if t.subject == NamedNode(f"{BASE}doc/hub")}
    assert f"{MAX_INCOMING_STATEMENTS + MORE:,} statements" in str(note[terms.NOTE])
    assert f" {MORE} of them" in str(note[terms.NOTE])
    link = note[NamedNode(f"{terms.RDFS}seeAlso")]
    assert isinstance(link, NamedNode)
    result = respond(large_hub, Request.of(f"/{link.value.removeprefix(BASE)}&format=csv"))
    assert result.content.count(b"\n") == MAX_INCOMING_STATEMENTS + MORE + 1


def test_the_page_has_the_same_note(large_hub: Site) -> None:
    page = respond(large_hub, Request.of("/doc/hub.html")).content.decode()
    assert f"{MAX_INCOMING_STATEMENTS + MORE:,} statements" in page
    assert "/sparql?query=" in page


def test_a_document_of_fewer_statements_is_complete() -> None:
    response = respond(hub_site(MAX_INCOMING_STATEMENTS), Request.of("/doc/hub.ttl"))
    assert response.content.count(b"<http://e.org/to>") + response.content.count(b"ns1:to") == MAX_INCOMING_STATEMENTS
    assert str(terms.NOTE.value).encode() not in response.content
    assert b"skos:note" not in response.content


def test_a_description_is_the_same_each_time(large_hub: Site) -> None:
    one, other = (respond(large_hub, Request.of(f"/doc?iri={quote(HUB.value)}")) for _ in range(2))
    assert one.content == other.content


def test_a_description_has_statements_with_their_graphs_labels_and_types() -> None:
    data = f"""@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix e: <http://e.org/> .
        <http://e.org/g> {{ {HUB} a e:Hub ; e:near <{BASE}id/b> ; e:part <{BASE}id/hub#it> }}
        {HUB} e:near <{BASE}id/b> . <{BASE}id/b> rdfs:label "B" . <{BASE}id/hub#it> e:size [ e:value 1 ] ."""
    store = site_from(data, BASE).store
    description = describe(store, HUB.value)
    near, target = NamedNode("http://e.org/near"), NamedNode(f"{BASE}id/b")
    assert description.statements[Triple(HUB, near, target)] == {"http://e.org/g"}
    assert description.types == {"http://e.org/Hub"}
    assert {predicate.value.rpartition("/")[2] for predicate, _ in description.properties} >= {"near", "part"}
    assert Triple(target, NamedNode(f"{terms.RDFS}label"), Literal("B")) in description.labels
    assert sum(triple.predicate.value == "http://e.org/value" for triple in description.triples) == 1
    assert (description.incoming_count, description.omitted_count) == (1, 0)


def test_an_unknown_thing_has_an_empty_description() -> None:
    store = site_from("<http://e.org/a> <http://e.org/b> <http://e.org/c> .").store
    assert not describe(store, "http://e.org/none").triples
    assert [is_known(store, f"http://e.org/{name}") for name in ("a", "b", "c", "none")] == [True, False, True, False]
