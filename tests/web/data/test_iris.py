"""IRIs and paths: escapes, the paths of documents, and the IRIs that a path can mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlevel_rdf.store.select import select_rows
from tlevel_rdf.web.data.iris import (
    IDENTIFIED,
    document_path,
    document_path_by_query,
    iris_of_document,
    iris_of_uri,
    is_iri,
    is_linkable,
    is_own_iri,
    local_path,
    to_iri,
    to_uri,
)
from tlevel_rdf.web.http.messages import Request

if TYPE_CHECKING:
    from tlevel_rdf.release.release import Release

BASE = "https://data.example.org/"
VOCABULARY = "https://w3id.org/tlevel/def/"


def test_all_iris_of_a_release_begin_with_one_of_a_few_paths(small_release: Release) -> None:
    base = small_release.base
    query = f"SELECT DISTINCT (STR(?s) AS ?iri) {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{base}')) }}"
    found = [str(row["iri"]).strip('"').removeprefix(base) for row in select_rows(small_release.store(), query)]
    assert found
    assert all(f"/{path}".startswith(IDENTIFIED) for path in found)


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        (f"{BASE}id/a/b", "/doc/a/b.ttl"),
        (f"{BASE}id/a#it", "/doc/a.ttl"),
        (f"{BASE}id/é", "/doc/%C3%A9.ttl"),
        (f"{BASE}id/%C3%A9", "/doc/%C3%A9.ttl"),
        (f"{BASE}def/onto", "/def/onto.ttl"),
        (f"{VOCABULARY}level#4", "/def/level.ttl"),
        (f"{VOCABULARY}routes", "/def/routes.ttl"),
        # Every site has the shipped vocabulary at its paths.
        (f"{BASE}def/level", f"/doc.ttl?iri={BASE}def/level"),
        # The path would be that of another thing or of no thing.
        (f"{BASE}id/a.ttl", f"/doc.ttl?iri={BASE}id/a.ttl"),
        (f"{BASE}id/a?x=1", f"/doc.ttl?iri={BASE}id/a%3Fx%3D1"),
        (f"{BASE}id/a/", f"/doc.ttl?iri={BASE}id/a/"),
        (f"{BASE}id/", f"/doc.ttl?iri={BASE}id/"),
        (f"{BASE}id/ŷ%C5%B7", f"/doc.ttl?iri={BASE}id/%C5%B7%25C5%25B7"),
        (f"{BASE}elsewhere", f"/doc.ttl?iri={BASE}elsewhere"),
        ("urn:x:y", "/doc.ttl?iri=urn:x:y"),
    ],
)
def test_each_iri_has_a_document_path(iri: str, path: str) -> None:
    document = document_path(iri, BASE)
    assert document.variant(".ttl") == path
    assert document.variant() == path.replace(".ttl", "", 1)


def test_a_path_by_query_is_that_of_one_iri_only() -> None:
    assert document_path_by_query(f"{BASE}id/a").variant() == f"/doc?iri={BASE}id/a"


@given(st.text(min_size=1, max_size=30) | st.text("a/%41?#é.tl:+&=;", min_size=1, max_size=20))
@settings(max_examples=300)
def test_a_document_path_leads_back_to_its_iri(key: str) -> None:
    for start in (f"{BASE}id/", "http://other.example/"):
        iri = start + key
        if not is_iri(iri):
            continue
        path = document_path(iri, BASE).variant(".ttl")
        request = Request.of(path)
        assert (request.path + (f"?{request.query}" if request.query else "")) == path
        assert request.is_well_formed
        if path.startswith("/doc/"):
            stem = path.removesuffix(".ttl")
            assert iri.partition("#")[0] in iris_of_document(stem, BASE)
            assert iri.partition("#")[0] in iris_of_uri(f"{BASE}id/{stem.removeprefix('/doc/')}")


@pytest.mark.parametrize(
    ("path", "iris"),
    [
        ("/doc/a", (f"{BASE}id/a",)),
        ("/doc/%C3%A9", (f"{BASE}id/%C3%A9", f"{BASE}id/é")),
        ("/doc/%3E", (f"{BASE}id/%3E",)),
        ("/def/level", (f"{VOCABULARY}level",)),
        ("/def/onto", (f"{BASE}def/onto", f"{VOCABULARY}onto")),
    ],
)
def test_a_document_path_can_mean_several_iris(path: str, iris: tuple[str, ...]) -> None:
    assert iris_of_document(path, BASE) == iris


def test_an_invalid_iri_is_no_meaning_of_a_uri() -> None:
    assert iris_of_uri(f"{BASE}id/a>b") == ()
    assert iris_of_uri(f"{BASE}id/%61") == (f"{BASE}id/%61", f"{BASE}id/a")


@given(st.text(max_size=20).filter(lambda text: "%" not in text))
def test_a_uri_is_ascii_and_decodes_to_its_iri(key: str) -> None:
    iri = f"https://e.org/{key}"
    uri = to_uri(iri)
    assert uri.isascii()
    if is_iri(iri):
        assert to_iri(uri) == iri


def test_a_local_path_keeps_the_fragment_only_in_its_own_document() -> None:
    assert local_path(f"{BASE}id/a#é", BASE) == "/doc/a#%C3%A9"
    assert local_path("http://e.org/a#b", BASE) == "/doc?iri=http://e.org/a%23b"
    assert local_path(f"{BASE}id/a", BASE) == "/doc/a"


@pytest.mark.parametrize(
    ("iri", "own", "linkable"),
    [
        (f"{BASE}id/a", True, True),
        (f"{VOCABULARY}level#4", True, True),
        ("http://e.org/", False, True),
        ("mailto:a@e.org", False, True),
        ("javascript:alert(1)", False, False),
        ("data:,x", False, False),
        ("http://[", False, False),
    ],
)
def test_pages_link_to_web_and_mail_addresses_only(iri: str, own: bool, linkable: bool) -> None:  # noqa: FBT001 - columns
    assert (is_own_iri(iri, BASE), is_linkable(iri)) == (own, linkable)
