"""Things with hash IRIs, and the base as a thing: the site finds and describes each in its document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from tests.web.conftest import BROWSER, site_from, with_context
from tlevel_rdf.limits import MAX_FRAGMENTS
from tlevel_rdf.web.data.hash_iris import common_fragments, find_hash_iris
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response

BASE = "https://things.example.net/"
HASHED = f"""
@base <{BASE}> . @prefix e: <http://e.org/> .
<id/alone#it> e:word "of a thing alone" .
<id/both> e:word "of a document" .
<id/both#it> e:word "of a thing with a document" ; e:near <id/both#part> .
<id/both#part> e:word "of a part" .
<id/kö#it> e:word "of a thing with a letter" .
<id/without> e:word "of no fragment" .
<elsewhere#it> e:word "of a thing elsewhere" .
<{BASE}> e:word "of the base" .
<#it> e:word "of a fragment of the base" .
"""


@pytest.fixture(scope="module")
def hash_site() -> Site:
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
def test_the_iri_without_its_fragment_redirects_to_the_document(hash_site: Site, target: str, document: str) -> None:
    response = get(hash_site, target)
    assert (response.status, response.header("location")) == (303, document)
    assert get(hash_site, document).status == 200


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("/doc/alone", {"of a thing alone"}),
        ("/doc/both", {"of a document", "of a thing with a document", "of a part"}),
        ("/doc/without", {"of no fragment"}),
        (f"/doc?iri={BASE}elsewhere", {"of a thing elsewhere"}),
        ("/", {"of the base", "of a fragment of the base"}),
    ],
)
@pytest.mark.parametrize("syntax", [RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.JSON_LD, RdfFormat.RDF_XML])
def test_the_document_describes_its_hash_iris(
    hash_site: Site, document: str, words: set[str], syntax: RdfFormat
) -> None:
    response = get(hash_site, document, syntax.media_type)
    quads = parse(with_context(response.content), format=syntax, base_iri=BASE)
    word = NamedNode("http://e.org/word")
    assert {q.object.value for q in quads if q.predicate == word and isinstance(q.object, Literal)} == words


def test_the_page_has_an_anchor_for_each_hash_iri(hash_site: Site) -> None:
    page = get(hash_site, "/doc/alone", BROWSER).content.decode()
    assert '<h3 id="it">' in page
    assert "of a thing alone" in page


@pytest.mark.parametrize("target", ["/id/unknown", "/doc/unknown", "/id/alone/it", "/id/without%23it"])
def test_an_iri_without_a_known_fragment_is_not_found(hash_site: Site, target: str) -> None:
    assert get(hash_site, target).status == 404


def test_a_document_includes_at_most_the_allowed_fragments() -> None:
    site = site_from("".join(f'<{BASE}id/a#f{n:03}> <http://e.org/p> "{n}" .' for n in range(300)), BASE)
    subjects = {q.subject.value for q in parse(get(site, "/doc/a.nt").content, format=RdfFormat.N_TRIPLES)}
    assert {s for s in subjects if s.startswith(f"{BASE}id/a#")} == {
        f"{BASE}id/a#f{n:03}" for n in range(MAX_FRAGMENTS)
    }


def test_the_fragments_of_large_data_come_from_a_sample() -> None:
    lines = (f'<{BASE}id/{n}#it> <http://e.org/p> "{n}" .' for n in range(12_000))
    site = site_from("\n".join(lines), BASE)
    assert site.fragments == ("it",)
    assert all(get(site, f"/id/{n}").status == 303 for n in range(0, 12_000, 1_000))


def test_fragments_are_sorted_by_frequency_then_by_name() -> None:
    data = "".join(f"<{BASE}id/{n}#{fragment}> <http://e.org/p> 1 ." for fragment in "bac" for n in range(2))
    site = site_from(f"{data} <{BASE}id/9#c> <http://e.org/p> 1 . <http://other.org/#d> <http://e.org/p> 1 .", BASE)
    assert common_fragments(site.store, BASE) == ("c", "a", "b")


def test_a_hash_iri_has_no_hash_iris_of_its_own(hash_site: Site) -> None:
    assert find_hash_iris(hash_site.store, f"{BASE}id/both", ["it", "part", "no"]) == [
        f"{BASE}id/both#it",
        f"{BASE}id/both#part",
    ]
    assert find_hash_iris(hash_site.store, f"{BASE}id/both#it", ["it"]) == []
