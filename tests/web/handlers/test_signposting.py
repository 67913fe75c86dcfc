"""`Link` headers: FAIR Signposting (signposting.org/FAIR) in the syntax of RFC 8288, read by a parser of our own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import BASE, BROWSER, site_from
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tests.web.conftest import Send
    from tlevel_rdf.web.http.messages import Response

LINK = re.compile(r'<([\x21\x23-\x3b\x3d\x3f-\x7e]*)>((?:; [a-z]+="[\x20\x21\x23-\x7e]*")+)')
THING = "/doc/t-level/healthcare-science"
GRAPH_TYPES = {"text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"}


def links(response: Response) -> list[tuple[str, str, str]]:
    """Relation, target and type of each link; every byte of the header belongs to one."""
    text = response.header("link") or ""
    found = list(LINK.finditer(text))
    assert ", ".join(match.group() for match in found) == text
    parameters = [dict(re.findall(r'; ([a-z]+)="([^"]*)"', match[2])) for match in found]
    return [(p["rel"], match[1], p.get("type", "")) for match, p in zip(found, parameters, strict=True)]


def targets(response: Response, relation: str) -> list[str]:
    return [target for rel, target, _ in links(response) if rel == relation]


@pytest.mark.parametrize("accept", [BROWSER, None, "application/ld+json", "application/n-triples"])
def test_a_document(send: Send, accept: str | None) -> None:
    response = send(THING, accept)
    assert targets(response, "cite-as") == [f"{BASE}id/t-level/healthcare-science"]
    assert targets(response, "license") == ["http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"]
    assert targets(response, "collection") == ["/"]
    assert f"{BASE}def/progression#TLevel" in targets(response, "type")
    for relation, target, media_type in links(response):
        if relation in {"describes", "describedby", "alternate"}:
            assert (send(target).header("content-type") or "").partition(";")[0] == media_type


def test_a_page_is_described_and_rdf_describes(send: Send) -> None:
    page, turtle = send(THING, BROWSER), send(f"{THING}.ttl")
    assert "https://schema.org/AboutPage" in targets(page, "type")
    assert {media_type for rel, _, media_type in links(page) if rel == "describedby"} == GRAPH_TYPES
    assert targets(page, "describes") == targets(page, "alternate") == []
    assert targets(turtle, "describes") == [f"{THING}.html"]
    assert {media_type for rel, _, media_type in links(turtle) if rel == "alternate"} == GRAPH_TYPES - {"text/turtle"}
    assert "https://schema.org/AboutPage" not in targets(turtle, "type")


def test_the_first_page_has_the_dumps_as_its_items(send: Send) -> None:
    response = send("/", BROWSER)
    assert targets(response, "cite-as") == [f"{BASE}data/progression-profiles"]
    assert {"/data/all.nq", "/data/all.csv", "/data/SHA256SUMS"} <= set(targets(response, "item"))
    assert {"https://schema.org/AboutPage", "https://schema.org/Dataset"} <= set(targets(response, "type"))
    for relation, target, media_type in links(response):
        if relation in {"item", "describedby"} and media_type:
            assert (send(target, media_type).header("content-type") or "").partition(";")[0] == media_type


def test_a_dump_belongs_to_the_first_page(send: Send) -> None:
    response = send("/data/all.nq")
    assert targets(response, "collection") == ["/"]
    assert targets(response, "type") == ["https://schema.org/DataDownload"]
    assert len(targets(response, "license")) == 1


@pytest.mark.parametrize("path", ["/def/progression", "/def/progression/1.0.0", "/def/shapes", "/def/soc2020"])
def test_a_definition(send: Send, path: str) -> None:
    response = send(path)
    assert targets(response, "cite-as") == [f"https://w3id.org/tlevel{path}"]
    assert targets(response, "describes") == [f"{path}.html"]
    assert {send(target).status for target in targets(response, "alternate")} == {200}


ODD = """
@prefix e: <http://e.org/> .
<https://data.example.org/id/tŷ> a e:Tŷ , <http://e.org/a,b;c> , <http://e.org/it's> , <urn:x:y> .
<https://data.example.org/id/many> a %s .
<https://data.example.org/id/long> a <http://e.org/%s> , e:Short .
"""


def test_a_header_stays_short_and_in_ascii() -> None:
    kinds = " , ".join(f"<http://e.org/c{number:05}>" for number in range(5000))
    site = site_from(ODD % (kinds, "x" * 50_000))
    odd = respond(site, Request.of("/doc/tŷ"))
    assert {"http://e.org/T%C5%B7", "http://e.org/a,b;c", "http://e.org/it's", "urn:x:y"} == set(targets(odd, "type"))
    assert targets(odd, "cite-as") == ["https://data.example.org/id/t%C5%B7"]
    assert len(targets(respond(site, Request.of("/doc/many.nt")), "type")) == 10
    assert targets(respond(site, Request.of("/doc/long")), "type") == ["http://e.org/Short"]
