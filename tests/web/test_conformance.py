"""The response of each route by method and Accept header, by a function call and over a socket."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import BASE, BROWSER, serving
from tlevel_rdf.web.data.iris import ONTOLOGY, SHAPES
from tlevel_rdf.web.data.site import entity_tag
from tlevel_rdf.web.http.media_types import type_of_file
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tests.web.conftest import Send
    from tlevel_rdf.web.data.site import Site

#: The file as it was released.
SHA256_OF_1_0_0 = "c16ebd6b1955349aaa15c4788c325a9099c29e5dc30957015b0918ca083f40f7"
TTL = "text/turtle; charset=utf-8"
HTML = "text/html; charset=utf-8"
JSONLD, NT, RDF = "application/ld+json", "application/n-triples", "application/rdf+xml"
PROBLEM = "application/problem+json"
RESULTS = "application/sparql-results+json"
THING = "/doc/t-level/healthcare-science"
SELECT = "/sparql?query=SELECT%20%3Fs%20%7B%3Fs%20a%20%3Ft%7D%20LIMIT%202"
ASK = "/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D"
CONSTRUCT = "/sparql?query=CONSTRUCT%20WHERE%20%7B%3Fs%20a%20%3Ft%7D%20LIMIT%202"

SUFFIXES = [(".ttl", TTL), (".jsonld", JSONLD), (".nt", NT), (".rdf", RDF), (".html", HTML)]
RESULT_SUFFIXES = [
    (".json", RESULTS),
    (".xml", "application/sparql-results+xml"),
    (".csv", "text/csv; charset=utf-8"),
    (".tsv", "text/tab-separated-values; charset=utf-8"),
    (".rq", "application/sparql-query"),
]

#: Target, Accept, status and Content-Type.
TABLE = [
    ("/", BROWSER, 200, HTML),
    ("/", None, 200, HTML),
    ("/", "text/turtle", 200, TTL),
    ("/", "application/ld+json", 200, JSONLD),
    ("/", "image/png", 406, PROBLEM),
    (THING, None, 200, TTL),
    (THING, "*/*", 200, TTL),
    (THING, BROWSER, 200, HTML),
    (THING, "text/turtle", 200, TTL),
    (THING, "application/ld+json", 200, JSONLD),
    (THING, 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', 200, JSONLD),
    (THING, "application/n-triples", 200, NT),
    (THING, "application/rdf+xml", 200, RDF),
    (THING, "text/html;q=0, */*", 200, TTL),
    (THING, "text/turtle;q=0.1, application/rdf+xml;q=0.2", 200, RDF),
    (THING, "image/png", 406, PROBLEM),
    (THING, "*/*;q=0", 406, PROBLEM),
    (THING, "this is no header", 200, TTL),
    (f"{THING}.ttl", BROWSER, 200, TTL),
    (f"{THING}.jsonld", BROWSER, 200, JSONLD),
    (f"{THING}.nt", BROWSER, 200, NT),
    (f"{THING}.rdf", "image/png", 200, RDF),
    (f"{THING}.html", "text/turtle", 200, HTML),
    (f"/doc?iri={BASE}id/t-level/healthcare-science", None, 200, TTL),
    (f"/doc.html?iri={BASE}id/t-level/healthcare-science", None, 200, HTML),
    ("/doc", None, 400, PROBLEM),
    ("/doc?iri=relative", None, 400, PROBLEM),
    ("/doc?iri=https://e.org/a&iri=https://e.org/b", None, 400, PROBLEM),
    ("/doc/t-level/none", None, 404, PROBLEM),
    ("/doc/t-level/none.ttl", BROWSER, 404, HTML),
    ("/doc/", None, 404, PROBLEM),
    ("/id/t-level/none", None, 404, PROBLEM),
    ("/id/t-level/none", BROWSER, 404, HTML),
    ("/id/", None, 404, PROBLEM),
    ("/nothing/here", None, 404, PROBLEM),
    *((f"/def/{name}", None, 200, TTL) for name in (*ONTOLOGY, SHAPES)),
    *((f"/def/{name}", BROWSER, 200, HTML) for name in (*ONTOLOGY, SHAPES)),
    ("/def/progression.rdf", None, 200, RDF),
    ("/def/progression/1.0.0", None, 200, TTL),
    ("/def/progression/1.0.0.jsonld", None, 200, JSONLD),
    ("/def/progression/1.1.0", None, 200, TTL),
    ("/def/progression/9.9.9", None, 404, PROBLEM),
    ("/def/progression", "image/png", 406, PROBLEM),
    ("/def/context.jsonld", BROWSER, 200, JSONLD),
    ("/def/soc2020", None, 200, TTL),
    ("/def/route.html", None, 200, HTML),
    ("/def/none", None, 404, PROBLEM),
    ("/data/all.nq", None, 200, "application/n-quads"),
    ("/data/all.csv", "image/png", 200, "text/csv; charset=utf-8"),
    ("/data/SHA256SUMS", None, 200, "text/plain; charset=utf-8"),
    ("/data/none.nq", None, 404, PROBLEM),
    ("/static/site.css", BROWSER, 200, "text/css; charset=utf-8"),
    ("/static/none.css", None, 404, PROBLEM),
    ("/sparql", BROWSER, 200, HTML),
    ("/sparql", "text/turtle", 200, TTL),
    ("/sparql", "image/png", 406, PROBLEM),
    (SELECT, None, 200, RESULTS),
    (SELECT, "application/json", 200, "application/json"),
    (SELECT, "application/sparql-results+xml", 200, "application/sparql-results+xml"),
    (SELECT, "text/csv", 200, "text/csv; charset=utf-8"),
    (SELECT, "text/tab-separated-values", 200, "text/tab-separated-values; charset=utf-8"),
    (SELECT, BROWSER, 200, HTML),
    (SELECT, "text/turtle", 406, PROBLEM),
    (f"{SELECT}&format=csv", BROWSER, 200, "text/csv; charset=utf-8"),
    (f"{SELECT}&format=ttl", None, 200, RESULTS),
    (ASK, None, 200, RESULTS),
    (ASK, BROWSER, 200, HTML),
    (ASK, "text/csv", 200, "text/csv; charset=utf-8"),
    (CONSTRUCT, None, 200, TTL),
    (CONSTRUCT, "application/ld+json", 200, JSONLD),
    (CONSTRUCT, "application/n-triples", 200, NT),
    (CONSTRUCT, "application/rdf+xml", 200, RDF),
    (CONSTRUCT, BROWSER, 200, HTML),
    (CONSTRUCT, "text/csv", 406, PROBLEM),
    *(("/catalogue", accept, 200, kind) for accept, kind in ((None, HTML), (BROWSER, HTML), (TTL, TTL), (RDF, RDF))),
    *((f"/catalogue{suffix}", "image/png", 200, kind) for suffix, kind in SUFFIXES),
    ("/catalogue", "image/png", 406, PROBLEM),
    ("/catalogue/none", None, 404, PROBLEM),
    *(("/void", accept, 200, kind) for accept, kind in ((None, HTML), (BROWSER, HTML), (JSONLD, JSONLD), (NT, NT))),
    *((f"/void{suffix}", "image/png", 200, kind) for suffix, kind in SUFFIXES),
    ("/void", "image/png", 406, PROBLEM),
    ("/linkset.json", "text/html", 200, "application/linkset+json"),
    *(("/queries/", accept, 200, kind) for accept, kind in ((None, HTML), (BROWSER, HTML), (TTL, TTL), (RDF, RDF))),
    *((f"/queries{suffix}", "image/png", 200, kind) for suffix, kind in SUFFIXES),
    ("/queries/", "image/png", 406, PROBLEM),
    *((f"/queries/highest-levels{suffix}", "image/png", 200, kind) for suffix, kind in (*SUFFIXES, *RESULT_SUFFIXES)),
    ("/queries/highest-levels", BROWSER, 200, HTML),
    ("/queries/highest-levels", "text/csv", 200, "text/csv; charset=utf-8"),
    ("/queries/highest-levels", "image/png", 406, PROBLEM),
    ("/queries/none", None, 404, PROBLEM),
    ("/queries/none", BROWSER, 404, HTML),
    ("/queries/highest-levels?none=1", BROWSER, 400, HTML),
    ("/queries/highest-levels.csv?none=1", None, 400, PROBLEM),
    ("/api", BROWSER, 200, "application/json"),
    ("/api/", None, 200, "application/json"),
    ("/api/", "text/turtle", 406, PROBLEM),
    ("/api/openapi.json", None, 200, "application/json"),
    ("/api/t-levels", None, 200, "application/json"),
    ("/api/t-levels/healthcare-science", None, 200, "application/json"),
    ("/api/t-levels/none", None, 404, PROBLEM),
    ("/api/t-levels/none", BROWSER, 404, HTML),
    ("/api/t-levels/", None, 404, PROBLEM),
    ("/api/search", None, 400, PROBLEM),
    ("/api/search?q=optic", "*/*;q=0.1", 200, "application/json"),
    ("/sparql?query=", None, 400, PROBLEM),
    ("/sparql?query=SELECT", BROWSER, 400, HTML),
]


@pytest.mark.parametrize(("target", "accept", "status", "content_type"), TABLE)
def test_get_has_its_status_media_type_and_common_headers(
    send: Send, target: str, accept: str | None, status: int, content_type: str
) -> None:
    response = send(target, accept)
    assert (response.status, response.header("content-type")) == (status, content_type)
    assert response.header("content-length") == str(len(response.content))
    assert response.header("access-control-allow-origin") == "*"
    assert response.header("x-content-type-options") == "nosniff"
    assert (response.header("content-security-policy") is not None) == (content_type == HTML)


@pytest.mark.parametrize(("target", "accept"), [row[:2] for row in TABLE])
def test_head_has_the_headers_of_get_and_no_body(send: Send, target: str, accept: str | None) -> None:
    get, head = send(target, accept), send(target, accept, "HEAD")
    assert head.content == b""
    assert (head.status, head.headers) == (get.status, get.headers)


@pytest.mark.parametrize(("target", "accept"), [row[:2] for row in TABLE if row[2] == 200])
def test_a_matching_entity_tag_gets_304(send: Send, target: str, accept: str | None) -> None:
    first = send(target, accept)
    tag = first.header("etag")
    assert tag is not None
    assert not tag.startswith("W/")
    for if_none_match in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = send(target, accept, if_none_match=if_none_match)
        assert (again.status, again.content) == (304, b"")
        for name in ("etag", "vary", "content-location", "cache-control"):
            assert again.header(name) == first.header(name)
    assert send(target, accept, if_none_match='"other"').content == first.content


@pytest.mark.parametrize("target", ["/", "/id/t-level/healthcare-science", THING, "/def/level", "/data/all.nq", "/x"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_other_methods_are_not_allowed(send: Send, target: str, method: str) -> None:
    response = send(target, None, method)
    assert (response.status, response.header("allow")) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize(
    ("target", "allow"),
    [("/", "GET, HEAD, OPTIONS"), (THING, "GET, HEAD, OPTIONS"), ("/sparql", "GET, HEAD, POST, OPTIONS")],
)
def test_options_lists_the_methods_for_clients_and_browsers(send: Send, target: str, allow: str) -> None:
    response = send(target, None, "OPTIONS", origin="https://e.org", access_control_request_method="POST")
    assert (response.status, response.header("allow"), response.content) == (204, allow, b"")
    assert response.header("access-control-allow-methods") == allow
    assert "Content-Type" in (response.header("access-control-allow-headers") or "")
    assert response.header("access-control-allow-origin") == "*"


def test_a_thing_redirects_to_its_document(send: Send) -> None:
    response = send("/id/t-level/healthcare-science", "text/turtle")
    assert (response.status, response.header("location"), response.header("vary")) == (303, THING, "Accept")


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [(None, ".ttl"), ("application/ld+json", ".jsonld"), (NT, ".nt"), (RDF, ".rdf"), (BROWSER, ".html")],
)
def test_a_negotiated_document_states_the_path_of_its_representation(
    send: Send, accept: str | None, suffix: str
) -> None:
    negotiated = send(THING, accept)
    variant = send(f"{THING}{suffix}")
    assert (negotiated.header("vary"), negotiated.header("content-location")) == (
        "Accept, Accept-Encoding",
        f"{THING}{suffix}",
    )
    assert negotiated.header("last-modified") == "Sun, 22 Nov 2026 00:00:00 GMT"
    assert (negotiated.content, negotiated.header("etag")) == (variant.content, variant.header("etag"))


def test_each_representation_has_its_own_entity_tag(send: Send) -> None:
    tags = {send(f"{THING}{suffix}").header("etag") for suffix in (".ttl", ".jsonld", ".nt", ".rdf", ".html")}
    assert len(tags) == 5


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Sun, 22 Nov 2026 00:00:00 GMT", 304),
        ("Mon, 23 Nov 2026 00:00:00 GMT", 304),
        ("Sat, 21 Nov 2026 23:59:59 GMT", 200),
        ("yesterday", 200),
        ("Mon, 23 Nov 2026 00:00:00 -0000", 304),
    ],
)
def test_if_modified_since_counts_without_if_none_match(send: Send, since: str, status: int) -> None:
    assert send(THING, if_modified_since=since).status == status
    assert send(THING, if_modified_since=since, if_none_match='"other"').status == 200


def test_a_second_release_of_one_day_is_newer_than_the_first(site: Site) -> None:
    built = dt.datetime(2026, 11, 22, 9, 0, 0, tzinfo=dt.UTC)
    first, second = (replace(site, modified=built + dt.timedelta(hours=hours)) for hours in (0, 1))
    seen = respond(first, Request.of(THING)).header("last-modified")
    assert seen == "Sun, 22 Nov 2026 09:00:00 GMT"
    with serving(first) as client:
        assert client.get(THING, headers={"if-modified-since": seen}).status_code == 304
    with serving(second) as client:
        assert client.get(THING, headers={"if-modified-since": seen}).status_code == 200


def test_a_version_of_the_vocabulary_never_changes(send: Send) -> None:
    for version in ("1.0.0", "1.1.0"):
        assert "immutable" in (send(f"/def/progression/{version}").header("cache-control") or "")
    assert send("/def/progression").header("cache-control") == "no-cache"
    assert send("/def/progression").content == send("/def/progression/1.1.0").content
    assert hashlib.sha256(send("/def/progression/1.0.0").content).hexdigest() == SHA256_OF_1_0_0


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".jsonld", ".rdf", ".html"])
def test_a_version_of_the_vocabulary_is_the_same_in_each_release(site: Site, suffix: str) -> None:
    newer = replace(site, release="2027-01-01-fedcba", date=dt.date(2027, 1, 1))
    request = Request.of(f"/def/progression/1.0.0{suffix}")
    response = respond(site, request)
    assert response == respond(newer, request)
    assert response.header("etag") == entity_tag(type_of_file(f"x{suffix}"), response.content)
    assert response.header("last-modified") is None
    # The vocabulary without its version has the date of the release.
    request = Request.of(f"/def/progression{suffix}")
    assert respond(site, request).header("last-modified") != respond(newer, request).header("last-modified")


def test_a_preflight_allows_what_a_script_needs(send: Send) -> None:
    allowed = (send("/data/all.nq", method="OPTIONS").header("access-control-allow-headers") or "").lower()
    for name in ("range", "if-range", "if-match", "if-none-match", "if-unmodified-since", "content-type", "accept"):
        assert name in allowed.split(", ")
    exposed = (send("/data/all.nq").header("access-control-expose-headers") or "").lower()
    for name in ("accept-ranges", "content-range", "content-encoding", "etag", "link", "location", "retry-after"):
        assert name in exposed.split(", ")


def test_several_accept_headers_are_joined(send: Send) -> None:
    assert send(THING, "text/html;q=0.1", Accept="text/turtle").header("content-type") == TTL
