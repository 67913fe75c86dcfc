"""Data with any IRIs and blank nodes: the site finds, describes and links each thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Dataset, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from tests.web.conftest import BROWSER, site_from, with_context
from tlevel_rdf.web.data.iris import document_path
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response

BASE = "https://data.example.org/"
#: IRIs of all kinds.
SUBJECTS = [
    "http://e.org/x#y",
    "http://e.org/x#",
    "http://e.org/?q=a&b=c#d",
    "http://e.org/%2F%41",
    "http://e.org/a+b",
    "http://e.org/é/日本",
    "http://xn--bcher-kva.example/",
    "http://[::1]:80/x",
    "http://user@e.org:8080/",
    "urn:isbn:0451450523",
    "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "tag:e.org,2026:x",
    "mailto:a@e.org",
    "data:,x",
    "x:",
    f"{BASE}",
    f"{BASE}id/",
    f"{BASE}id/a b".replace(" ", "%20"),
    f"{BASE}id/a/b/c",
    f"{BASE}id//a",
    f"{BASE}id/a/",
    f"{BASE}id/a.ttl",
    f"{BASE}id/a.html?x=1",
    f"{BASE}id/a?x=1&y=%26",
    f"{BASE}id/a/b/c#d",
    f"{BASE}id/ŷ",
    f"{BASE}id/%C3%B6",
    f"{BASE}id/..",
    f"{BASE}id/../x",
    f"{BASE}doc/a",
    f"{BASE}sparql",
    f"{BASE}elsewhere/a;b=c",
]
#: An IRI whose letter and escape look the same in a path, so its document has a path by query only.
MIXED = f"{BASE}id/ŷ%C5%B7"
OBJECTS = [
    "http://e.org/only-an-object",
    "urn:only:object",
    f"{BASE}id/only-an-object",
    "http://e.org/only#object",
    MIXED,
]


def site_with(triples: list[Triple]) -> Site:
    return site_from((serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode(), BASE)


@pytest.fixture(scope="module")
def odd_site() -> Site:
    predicate = NamedNode("http://e.org/p")
    triples = [Triple(NamedNode(s), predicate, NamedNode(SUBJECTS[-1 - n])) for n, s in enumerate(SUBJECTS)]
    triples += [Triple(BlankNode(), predicate, NamedNode(o)) for o in OBJECTS]
    return site_with(triples)


def get(site: Site, target: str, accept: str | None = None) -> Response:
    return respond(site, Request.of(target, accept=accept))


@pytest.mark.parametrize("iri", [*SUBJECTS, *OBJECTS])
def test_each_thing_has_its_document(odd_site: Site, iri: str) -> None:
    path = document_path(iri, BASE).variant()
    assert path.isascii()
    response = get(odd_site, path)
    assert response.status == 200
    # Under the base, one document describes a thing and its hash IRIs.
    about = iri.partition("#")[0] if path.startswith("/doc/") else iri
    nodes = {node for quad in parse(response.content, format=RdfFormat.TURTLE) for node in (quad.subject, quad.object)}
    assert NamedNode(about) in nodes
    for suffix in (".nt", ".jsonld", ".html"):
        variant = get(odd_site, document_path(iri, BASE).variant(suffix))
        assert (variant.status, variant.header("content-location")) == (200, None)
    negotiated = get(odd_site, path, "application/n-triples")
    assert negotiated.header("content-location") == document_path(iri, BASE).variant(".nt")
    assert negotiated.content == get(odd_site, document_path(iri, BASE).variant(".nt")).content


@pytest.mark.parametrize("iri", [iri for iri in SUBJECTS if iri.startswith(f"{BASE}id/") and "#" not in iri])
def test_each_thing_under_the_base_redirects_to_its_document(odd_site: Site, iri: str) -> None:
    response = get(odd_site, iri.removeprefix(BASE.removesuffix("/")))
    assert (response.status, response.header("location")) == (303, document_path(iri, BASE).variant())


def test_every_link_to_a_document_works(odd_site: Site) -> None:
    for iri in (*SUBJECTS, *OBJECTS):
        page = get(odd_site, document_path(iri, BASE).variant(), BROWSER).content.decode()
        for target in re.findall(r'href="(/doc[^"]*)"', page):
            assert get(odd_site, target.replace("&amp;", "&").partition("#")[0]).status == 200


NODES = st.one_of(
    st.integers(0, 5).map(lambda n: BlankNode(f"b{n}")), st.integers(0, 3).map(lambda n: NamedNode(f"{BASE}id/n{n}"))
)
PREDICATES = st.integers(0, 2).map(lambda n: NamedNode(f"http://e.org/p{n}"))


@given(st.lists(st.builds(Triple, NODES, PREDICATES, NODES), min_size=1, max_size=12))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_every_syntax_has_the_same_blank_nodes(triples: list[Triple]) -> None:
    site = site_with(triples)
    if get(site, "/id/n0").status == 404:
        return
    forms = set()
    for suffix, syntax in ((".ttl", RdfFormat.TURTLE), (".nt", RdfFormat.N_TRIPLES), (".jsonld", RdfFormat.JSON_LD)):
        found = Dataset(
            Quad(*quad.triple) for quad in parse(with_context(get(site, f"/doc/n0{suffix}").content), format=syntax)
        )
        forms.add(frozenset(map(str, found)) if not _has_blank(found) else len(found))
    assert len(forms) == 1
    named = {t for t in triples if NamedNode(f"{BASE}id/n0") in {t.subject, t.object} and not _is_blank(t)}
    described = {quad.triple for quad in parse(get(site, "/doc/n0.nt").content, format=RdfFormat.N_TRIPLES)}
    assert named <= described


def _is_blank(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)


def _has_blank(found: Dataset) -> bool:
    return any(_is_blank(quad.triple) for quad in found)
