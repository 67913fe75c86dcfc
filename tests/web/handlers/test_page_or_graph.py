"""Resources with a page and RDF: the representation that a request selects."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Triple

from tests.web.conftest import BROWSER, site_from
from tlevel_rdf.web.handlers.page_or_graph import PageOrGraph
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.http.problems import ProblemError

TRIPLE = Triple(NamedNode("http://e.org/a"), NamedNode("http://e.org/b"), NamedNode("http://e.org/c"))


def resource(path: str = "") -> PageOrGraph:
    return PageOrGraph(
        about="http://e.org/a",
        page=lambda: b"<!DOCTYPE html>",
        triples=lambda: [TRIPLE],
        path=path,
        links=lambda media_type: (("link", media_type.name),),
    )


@pytest.mark.parametrize(
    ("target", "accept", "content_type", "location"),
    [
        ("/a", None, "text/html; charset=utf-8", "/a.html"),
        ("/a", BROWSER, "text/html; charset=utf-8", "/a.html"),
        ("/a", "text/turtle", "text/turtle; charset=utf-8", "/a.ttl"),
        ("/a.nt", BROWSER, "application/n-triples", None),
        ("/a.html", "text/turtle", "text/html; charset=utf-8", None),
    ],
)
def test_the_extension_or_the_accept_header_selects_the_representation(
    target: str, accept: str | None, content_type: str, location: str | None
) -> None:
    response = resource("/a").respond(site_from(""), Request.of(target, accept=accept))
    assert (response.status, response.header("content-type")) == (200, content_type)
    assert response.header("content-location") == location
    assert response.header("link") == content_type.partition(";")[0]
    assert response.content.strip().startswith(b"<!DOCTYPE" if "html" in content_type else b"<http://e.org/a>")


def test_a_resource_at_one_path_ignores_extensions() -> None:
    response = resource().respond(site_from(""), Request.of("/a.nt", accept="text/turtle"))
    assert (response.header("content-type"), response.header("content-location")) == (
        "text/turtle; charset=utf-8",
        None,
    )


def test_only_the_selected_representation_is_made() -> None:
    def fail() -> bytes:
        raise AssertionError

    only_rdf = PageOrGraph(about="http://e.org/a", page=fail, triples=lambda: [TRIPLE], path="/a")
    assert only_rdf.respond(site_from(""), Request.of("/a.ttl")).status == 200
    with pytest.raises(ProblemError):
        only_rdf.respond(site_from(""), Request.of("/a", accept="image/png"))
