"""IRIs of the data whose paths are routes of the site, and IRIs that share a path: each is found."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from tests.web.conftest import BROWSER, site_from
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response

BASE = "https://data.example.org/"
SAYS = NamedNode("http://e.org/says")
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
def own() -> Site:
    return site_from(DATA + ONTOLOGY, BASE)


def get(site: Site, target: str, accept: str | None = "text/turtle") -> Response:
    """What comes in the end."""
    response = respond(site, Request.of(target, accept=accept))
    return (
        respond(site, Request.of(response.header("location") or "", accept=accept))
        if response.status == 303
        else response
    )


def said(response: Response, iri: str) -> set[str]:
    assert response.status == 200
    quads = parse(response.content, format=RdfFormat.TURTLE)
    return {q.object.value for q in quads if q.subject == NamedNode(iri) and isinstance(q.object, Literal)}


@pytest.mark.parametrize("path", PATHS)
def test_what_the_data_says_of_an_iri_is_at_its_path(own: Site, path: str) -> None:
    if path == "def/level":
        # The vocabulary has that path on every site.
        assert "of def/level" in said(get(own, f"/doc?iri={quote(BASE + path)}"), BASE + path)
    else:
        assert f"of {path}" in said(get(own, f"/{quote(path)}"), BASE + path)


@pytest.mark.parametrize("path", ["doc/no", "data/no", "api/no", "queries/no", "static/no", "def/no", "no"])
def test_what_nobody_knows_stays_unknown(own: Site, path: str) -> None:
    assert get(own, f"/{path}").status == 404
    assert respond(own, Request.of("/api/no", method="POST")).status == 405


@pytest.mark.parametrize("path", ["def/onto", "def/Class1", "doc/own", "linkset.json"])
def test_a_form_that_nothing_has_is_refused(own: Site, path: str) -> None:
    assert get(own, f"/{path}", "image/png").status == 406


@pytest.mark.parametrize("path", ["/sparql", "/catalogue", "/void", "/linkset.json", "/"])
def test_the_site_still_answers_its_own_paths(own: Site, path: str) -> None:
    assert get(own, path, BROWSER).status == 200
    assert get(own, path, None).status == 200


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
    own: Site, path: str, accept: str, suffix: str, content_type: str
) -> None:
    response = respond(own, Request.of(path, accept=accept))
    assert (response.status, response.header("content-type")) == (200, content_type)
    assert response.header("content-location") == path + suffix
    assert respond(own, Request.of(path + suffix)).content == response.content
    assert f'<{BASE}{path[1:]}>; rel="cite-as"' in (response.header("link") or "")


def test_the_terms_of_an_ontology_are_in_its_document(own: Site) -> None:
    assert said(get(own, "/def/onto"), f"{BASE}def/onto#Term") == {"of a term"}
    assert 'href="/def/onto#Term"' in get(own, "/def/onto.html").content.decode()


@pytest.mark.parametrize(
    ("iri", "word", "document"),
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
def test_each_of_two_things_has_a_document_of_its_own(own: Site, iri: str, word: str, document: str) -> None:
    response = get(own, f"/doc?iri={quote(iri, safe='')}")
    assert said(response, iri) == {word}
    variant = document.replace("/doc?", "/doc.ttl?") if "?" in document else f"{document}.ttl"
    assert response.header("content-location") == variant
    assert get(own, variant).content == get(own, document).content == response.content
    about = {q.subject.value for q in parse(response.content, format=RdfFormat.TURTLE) if q.object == NamedNode(iri)}
    assert about == ({BASE + document[1:]} if document.startswith("/doc") else set())
    page = respond(own, Request.of(document, accept=BROWSER))
    assert f'href="{variant}"' in page.content.decode()
    assert f"<{variant}>" in (page.header("link") or "")
