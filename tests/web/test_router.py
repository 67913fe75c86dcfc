"""Routing: the paths of the site, IRIs of the data at the same paths, and IRIs that share a path."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from tests.web.conftest import BROWSER, site_from
from tlevel_rdf.limits import MAX_PATH_CHARACTERS
from tlevel_rdf.web.handlers.home import home
from tlevel_rdf.web.http.media_types import HTML, PAGE, PROBLEM
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.http.problems import busy
from tlevel_rdf.web.router import ROUTES, Route, complete_response, problem_response, respond

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response

BASE = "https://data.example.org/"
SAYS = NamedNode("http://e.org/p")
PATHS = [
    "doc/own", "data/own", "api/own", "api/t-levels/own", "queries/own", "static/own", "sparql", "catalogue", "void",
    "linkset.json", "def/Class1", "def/", "def/onto", "def/slash/Term", "def/level", "def/é", ".well-known/own", "",
    "id/", "doc/own.ttl", "def/Class1/",
]  # fmt: skip
DATA = "".join(f'<{BASE}{path}> <{SAYS.value}> "of {path}" .\n' for path in PATHS)
ONTOLOGY = f"""
<{BASE}def/onto#Term> <{SAYS.value}> "of a term" ; <http://www.w3.org/2000/01/rdf-schema#isDefinedBy> <{BASE}def/onto> .
<{BASE}id/caf%C3%A9> <{SAYS.value}> "of escapes" .
<{BASE}id/café> <{SAYS.value}> "of letters" .
<{BASE}id/thé> <{SAYS.value}> "of letters alone" .
<{BASE}def/routes> <{SAYS.value}> "of the base's routes" .
<https://w3id.org/tlevel/def/routes> <{SAYS.value}> "of the vocabulary's routes" .
<https://w3id.org/tlevel/def/bands> <{SAYS.value}> "of the vocabulary's bands" .
"""


@pytest.fixture(scope="module")
def own_site() -> Site:
    return site_from(DATA + ONTOLOGY, BASE)


def get(site: Site, target: str, accept: str | None = "text/turtle") -> Response:
    """Send a request and follow a redirect."""
    response = respond(site, Request.of(target, accept=accept))
    return (
        respond(site, Request.of(response.header("location") or "", accept=accept))
        if response.status == 303
        else response
    )


def words(response: Response, iri: str) -> set[str]:
    assert response.status == 200
    quads = parse(response.content, format=RdfFormat.TURTLE)
    return {q.object.value for q in quads if q.subject == NamedNode(iri) and isinstance(q.object, Literal)}


@pytest.mark.parametrize("path", PATHS)
def test_the_description_of_an_iri_is_at_its_path(own_site: Site, path: str) -> None:
    if path == "def/level":
        # Every site has the vocabulary at that path.
        assert "of def/level" in words(get(own_site, f"/doc?iri={quote(BASE + path)}"), BASE + path)
    else:
        assert f"of {path}" in words(get(own_site, f"/{quote(path)}"), BASE + path)


@pytest.mark.parametrize("path", ["doc/no", "data/no", "api/no", "queries/no", "static/no", "def/no", "no"])
def test_an_unknown_path_is_not_found(own_site: Site, path: str) -> None:
    assert get(own_site, f"/{path}").status == 404
    assert respond(own_site, Request.of("/api/no", method="POST")).status == 405


@pytest.mark.parametrize("path", ["def/onto", "def/Class1", "doc/own", "linkset.json"])
def test_a_media_type_that_nothing_has_is_not_acceptable(own_site: Site, path: str) -> None:
    assert get(own_site, f"/{path}", "image/png").status == 406


@pytest.mark.parametrize("path", ["/sparql", "/catalogue", "/void", "/linkset.json", "/"])
def test_the_site_answers_its_own_paths_first(own_site: Site, path: str) -> None:
    assert get(own_site, path, BROWSER).status == 200
    assert get(own_site, path, None).status == 200


@pytest.mark.parametrize("path", ["/def/onto", "/def/Class1"])
@pytest.mark.parametrize(
    ("accept", "suffix", "content_type"),
    [
        ("*/*", ".ttl", "text/turtle; charset=utf-8"),
        ("application/ld+json", ".jsonld", "application/ld+json"),
        (BROWSER, ".html", "text/html; charset=utf-8"),
    ],
)
def test_an_ontology_is_a_document_at_its_iri(
    own_site: Site, path: str, accept: str, suffix: str, content_type: str
) -> None:
    response = respond(own_site, Request.of(path, accept=accept))
    assert (response.status, response.header("content-type")) == (200, content_type)
    assert response.header("content-location") == path + suffix
    assert respond(own_site, Request.of(path + suffix)).content == response.content
    assert f'<{BASE}{path[1:]}>; rel="cite-as"' in (response.header("link") or "")


def test_a_document_of_an_ontology_describes_its_terms(own_site: Site) -> None:
    assert words(get(own_site, "/def/onto"), f"{BASE}def/onto#Term") == {"of a term"}
    assert 'href="/def/onto#Term"' in get(own_site, "/def/onto.html").content.decode()


@pytest.mark.parametrize(
    ("iri", "text", "document"),
    [
        (f"{BASE}id/caf%C3%A9", "of escapes", "/doc/caf%C3%A9"),
        (f"{BASE}id/café", "of letters", f"/doc?iri={BASE}id/caf%C3%A9"),
        (f"{BASE}id/thé", "of letters alone", "/doc/th%C3%A9"),
        (f"{BASE}def/routes", "of the base's routes", "/def/routes"),
        (
            "https://w3id.org/tlevel/def/routes",
            "of the vocabulary's routes",
            "/doc?iri=https://w3id.org/tlevel/def/routes",
        ),
        ("https://w3id.org/tlevel/def/bands", "of the vocabulary's bands", "/def/bands"),
    ],
)
def test_each_of_two_things_with_one_path_has_its_own_document(
    own_site: Site, iri: str, text: str, document: str
) -> None:
    response = get(own_site, f"/doc?iri={quote(iri, safe='')}")
    assert words(response, iri) == {text}
    variant = document.replace("/doc?", "/doc.ttl?") if "?" in document else f"{document}.ttl"
    assert response.header("content-location") == variant
    assert get(own_site, variant).content == get(own_site, document).content == response.content
    about = {q.subject.value for q in parse(response.content, format=RdfFormat.TURTLE) if q.object == NamedNode(iri)}
    assert about == ({BASE + document[1:]} if document.startswith("/doc") else set())
    page = respond(own_site, Request.of(document, accept=BROWSER))
    assert f'href="{variant}"' in page.content.decode()
    assert f"<{variant}>" in (page.header("link") or "")


@pytest.mark.parametrize(
    ("route", "path", "matches"),
    [("/", "/", True), ("/", "/a", False), ("/a", "/a", True), ("/a", "/a/", False), ("/a/", "/a/b", True)],
)
def test_a_route_with_a_final_slash_matches_all_paths_below(route: str, path: str, matches: bool) -> None:  # noqa: FBT001 - a column
    assert Route(route, home).matches(path) is matches


def test_every_representation_of_a_page_has_a_route() -> None:
    paths = {route.path for route in ROUTES}
    for path in ("/doc", "/catalogue", "/void", "/queries"):
        assert {path, *(path + offer.suffix for offer in PAGE)} <= paths


def test_a_long_path_is_rejected_before_routing(own_site: Site) -> None:
    assert get(own_site, "/" + "a" * (MAX_PATH_CHARACTERS - 1)).status == 404
    assert get(own_site, "/" + "a" * MAX_PATH_CHARACTERS).status == 414


def test_a_complete_response_ignores_preconditions_ranges_and_head(own_site: Site) -> None:
    headers = (("if-none-match", "*"), ("range", "bytes=0-1"))
    complete = complete_response(own_site, Request("GET", "/void", "", headers))
    assert (complete.status, complete.content) == (200, respond(own_site, Request("GET", "/void")).content)
    assert complete_response(own_site, Request("HEAD", "/void")).content == complete.content


def test_a_missing_file_is_a_problem_without_its_path(own_site: Site, tmp_path: Path) -> None:
    broken = replace(own_site, files={"a.nq": tmp_path / "a.nq"})
    response = get(broken, "/data/a.nq")
    assert response.status == 503
    assert str(tmp_path) not in response.content.decode()


def test_a_problem_is_a_page_for_browsers_only(own_site: Site) -> None:
    for accept, content_type in ((BROWSER, HTML.content_type), ("*/*", PROBLEM.name), ("image/png", PROBLEM.name)):
        response = problem_response(own_site, Request.of("/", accept=accept), busy(2))
        assert (response.status, response.header("content-type")) == (503, content_type)
        assert (response.header("retry-after"), response.header("cache-control")) == ("2", "no-store")


@pytest.mark.parametrize("path", ["/tlevels/doc/x", "/doc/x"])
def test_a_site_whose_address_has_a_path_links_below_it(path: str) -> None:
    site = site_from(f'<{BASE}id/x> <{SAYS.value}> "x" .', BASE)
    moved = replace(site, settings=replace(site.settings, address="https://example.org/tlevels/"))
    response = respond(moved, Request.of(path, accept="text/html"))
    assert response.status == 200
    assert response.header("content-location") == "/tlevels/doc/x.html"
    assert b'href="/tlevels/static/site.css"' in response.content
    assert b'href="/static/' not in response.content
    top = respond(moved, Request.of("/tlevels", accept="text/html"))
    assert top.status == 200
    missing = respond(moved, Request.of("/tlevels/none", accept="text/html"))
    assert b'href="/tlevels/"' in missing.content


def test_a_path_that_only_begins_like_that_of_the_site_is_another() -> None:
    site = site_from(f'<{BASE}id/x> <{SAYS.value}> "x" .', BASE)
    moved = replace(site, settings=replace(site.settings, address="https://example.org/t/"))
    assert respond(moved, Request.of("/tdoc/x")).status == 404


@pytest.mark.parametrize("path", ["/%64ef/level", "/d%65%66/level", "/%73p%61rql", "/%72obots.txt", "/rob%6Fts%2etxt"])
def test_a_needless_escape_in_the_first_segment_changes_nothing(own_site: Site, path: str) -> None:
    assert respond(own_site, Request("GET", path)) == respond(own_site, Request("GET", unquote(path)))


@pytest.mark.parametrize("path", ["/%2fdef/level", "/def%2Flevel", "/%C3%A9/level", "/%2e%2e/def/level"])
def test_an_escape_that_is_needed_stays(own_site: Site, path: str) -> None:
    assert respond(own_site, Request("GET", path)).status == 404
