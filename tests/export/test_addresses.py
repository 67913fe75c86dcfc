"""The addresses that an export begins with."""

from __future__ import annotations

from pyoxigraph import RdfFormat, parse

from tlevel_rdf.export.addresses import first_addresses, redirected_codes
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.web.data.site import Site

DATA = """
@prefix dct: <http://purl.org/dc/terms/> .
<https://e.org/id/degree/é> dct:identifier "D 1" ; dct:subject <https://e.org/id/named> , <https://other.org/named> .
<https://e.org/id/source#line-1> dct:title "a line" .
<https://other.org/known> dct:title "known" .
"""
SITE = Site(EmbeddedStore.of(parse(DATA, format=RdfFormat.TURTLE)), "https://e.org/", "test")


def test_pages_files_and_iris_come_first() -> None:
    found = list(first_addresses(SITE))
    assert found[0] == "/"
    assert {"/static/site.css", "/def/progression", "/def/shapes"} <= set(found)
    assert {"/id/degree/%C3%A9", "/id/named", "/id/source", "/doc?iri=https://other.org/known"} <= set(found)
    assert "/doc?iri=https://other.org/named" not in found


def test_codes_lead_to_their_things() -> None:
    assert ("/id/degree/D%201", "/id/degree/%C3%A9") in redirected_codes(SITE)
