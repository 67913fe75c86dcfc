"""The pages and redirects of a site, found by its links."""

from __future__ import annotations

from pyoxigraph import RdfFormat, parse

from tlevel_rdf.export.crawler import Crawler, Page, Redirect
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.web.data.site import Site

DATA = """
@prefix dct: <http://purl.org/dc/terms/> .
<https://e.org/id/degree/a> dct:identifier "D1" ; dct:subject <https://e.org/id/named> .
"""
SITE = Site(EmbeddedStore.of(parse(DATA, format=RdfFormat.TURTLE)), "https://e.org/", "test")


def test_each_representation_and_each_redirect_comes_once() -> None:
    crawler = Crawler(SITE, "/p")
    found = list(crawler.crawl())
    pages = [one.target for one in found if isinstance(one, Page)]
    assert len(pages) == len(set(pages))
    assert {"/", "/doc/degree/a.html", "/doc/degree/a.ttl", "/doc/named.rdf", "/queries/", "/api/"} <= set(pages)
    assert "/doc/degree/a" not in pages
    redirects = {one for one in found if isinstance(one, Redirect)}
    assert Redirect("/id/degree/a", "/doc/degree/a") in redirects
    assert Redirect("/id/degree/D1", "/doc/degree/a", is_code=True) in redirects
    assert crawler.endless["/sparql"]
    assert not crawler.missing
