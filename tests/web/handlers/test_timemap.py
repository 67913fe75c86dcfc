"""The versions of a document, as a TimeMap and as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import site_from
from tlevel_rdf.web.data.releases import kept_releases
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response

PATH = "/doc/specialism/healthcare-science/optical-care-services"


def get(site: Site, target: str, accept: str = "*/*") -> Response:
    path, _, query = target.partition("?")
    return respond(site, Request("GET", path, query, (("accept", accept),)))


def test_a_timemap_lists_the_versions_the_oldest_first(kept_site: Site) -> None:
    newest, _, oldest = kept_releases(kept_site)
    response = get(kept_site, f"/timemap{PATH}")
    assert response.header("content-type") == "application/link-format"
    start = "https://w3id.org/tlevel"
    days = ("Sun, 22 Nov 2026 00:00:00 GMT", "Mon, 23 Nov 2026 00:00:00 GMT")
    assert response.content.decode().split(",\n") == [
        f'<{start}{PATH}>; rel="original timegate"',
        f'<{start}/timemap{PATH}>; rel="self"; type="application/link-format"; from="{days[0]}"; until="{days[1]}"',
        f'<{start}{PATH}?version={oldest.id}>; rel="first memento"; datetime="{days[0]}"',
        f'<{start}{PATH}?version={newest.id}>; rel="last memento"; datetime="{days[1]}"\n',
    ]


def test_a_page_lists_the_versions_the_newest_first(kept_site: Site) -> None:
    newest, _, oldest = kept_releases(kept_site)
    page = get(kept_site, f"/timemap{PATH}", "text/html").content.decode()
    assert page.index(f'href="{PATH}?version={newest.id}"') < page.index(f'href="{PATH}?version={oldest.id}"')
    by_query = get(kept_site, "/timemap/doc?iri=https://w3id.org/tlevel/id/degree/orthoptics", "text/html")
    assert by_query.content.decode().count("&amp;version=") == 1, "only the release of today has its tombstone"


@pytest.mark.parametrize(
    ("target", "status"),
    [("/timemap/doc/none", 404), ("/timemap/doc", 400), ("/timemap/doc?iri=x", 400), ("/timemap/id/x", 404)],
)
def test_what_no_release_describes_has_no_timemap(target: str, status: int, kept_site: Site) -> None:
    assert get(kept_site, target).status == status


def test_data_that_is_no_release_has_no_timemap() -> None:
    assert get(site_from("<https://data.example.org/id/a> <x:b> 1 ."), "/timemap/doc/a").status == 404
