"""The versions of a document, as a TimeMap and as a page."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from tests.web.conftest import site_from
from tlevel_rdf.web.data.releases import kept_releases
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response

ATOM = "{http://www.w3.org/2005/Atom}"
PATH = "/doc/specialism/healthcare-science/optical-care-services"


def get(site: Site, target: str, accept: str = "*/*") -> Response:
    path, _, query = target.partition("?")
    return respond(site, Request("GET", path, query, (("accept", accept),)))


def test_a_timemap_lists_the_versions_the_oldest_first(kept_site: Site) -> None:
    newest, middle, oldest = kept_releases(kept_site)
    response = get(kept_site, f"/timemap{PATH}")
    assert response.header("content-type") == "application/link-format"
    start = "https://w3id.org/tlevel"
    times = (
        "Sun, 22 Nov 2026 00:00:00 GMT",
        "Mon, 23 Nov 2026 00:00:00 GMT",
        "Mon, 23 Nov 2026 00:00:01 GMT",
    )
    assert response.content.decode().split(",\n") == [
        f'<{start}{PATH}>; rel="original timegate"',
        f'<{start}/timemap{PATH}>; rel="self"; type="application/link-format"; from="{times[0]}"; until="{times[2]}"',
        f'<{start}{PATH}?version={oldest.id}>; rel="first memento"; datetime="{times[0]}"',
        f'<{start}{PATH}?version={middle.id}>; rel="memento"; datetime="{times[1]}"',
        f'<{start}{PATH}?version={newest.id}>; rel="last memento"; datetime="{times[2]}"\n',
    ]


def test_a_page_lists_the_versions_the_newest_first(kept_site: Site) -> None:
    newest, _, oldest = kept_releases(kept_site)
    page = get(kept_site, f"/timemap{PATH}", "text/html").content.decode()
    assert page.index(f'href="{PATH}?version={newest.id}"') < page.index(f'href="{PATH}?version={oldest.id}"')
    by_query = get(kept_site, "/timemap/doc?iri=https://w3id.org/tlevel/id/degree/orthoptics", "text/html")
    assert by_query.content.decode().count("&amp;version=") == 2, "the release of today has its tombstone"


def test_a_thing_that_came_and_went_on_one_day_has_both_changes(kept_site: Site) -> None:
    newest, middle, _ = kept_releases(kept_site)
    path = "/timemap/doc/degree/orthoptics"
    page = get(kept_site, path, "text/html").content.decode()
    assert f'Version of <time datetime="2026-11-23">23 November 2026 ({middle.id})</time>' in page
    assert "No fact has changed" not in page
    assert "No earlier release is kept" not in page
    feed = ElementTree.fromstring(get(kept_site, f"{path}.atom").content)  # noqa: S314 - made here
    removed, added = feed.findall(f"{ATOM}entry")
    assert removed.findtext(f"{ATOM}title") == f"Version of 23 November 2026 ({newest.id})"
    assert "removed" in str(removed.findtext(f"{ATOM}summary"))
    assert "added" in str(added.findtext(f"{ATOM}summary"))
    assert [one.findtext(f"{ATOM}updated") for one in (feed, removed, added)] == [
        "2026-11-23T00:00:01Z",
        "2026-11-23T00:00:01Z",
        "2026-11-23T00:00:00Z",
    ]


def test_the_changes_of_a_thing_are_on_its_page_of_versions_and_in_its_feed(kept_site: Site, tmp_path: Path) -> None:
    newest, middle, oldest = kept_releases(kept_site)
    folders = [Path(shutil.copytree(each.folder, tmp_path / "two" / each.id)) for each in (middle, oldest)]
    site = replace(kept_site, folder=folders[0], release=middle.id)
    page = get(site, f"/timemap{PATH}", "text/html").content.decode()
    assert "<li>degree in Orthoptics added to Optical Care Services" in page
    assert "No earlier release is kept to compare this with." in page
    assert "<h1>Versions of Optical Care Services</h1>" in page
    assert f'href="/timemap{PATH}.atom"' in page
    for response in (get(site, f"/timemap{PATH}.atom"), get(site, f"/timemap{PATH}", "application/atom+xml")):
        feed = ElementTree.fromstring(response.content)  # noqa: S314 - made here
        entries = feed.findall(f"{ATOM}entry")
        assert [entry.findtext(f"{ATOM}updated") for entry in entries] == [
            "2026-11-23T00:00:00Z",
            "2026-11-22T00:00:00Z",
        ]
        assert "degree in Orthoptics added to Optical Care Services" in str(entries[0].findtext(f"{ATOM}summary"))
    # Only the line of a job differs between the first release and the last: no entry.
    shutil.rmtree(folders[0])
    kept = Path(shutil.copytree(newest.folder, tmp_path / "two" / newest.id))
    site = replace(kept_site, folder=kept)
    quiet = ElementTree.fromstring(get(site, f"/timemap{PATH}.atom").content)  # noqa: S314 - made here
    assert len(quiet.findall(f"{ATOM}entry")) == 1
    page = get(site, f"/timemap{PATH}", "text/html").content.decode()
    assert "No fact has changed since the version before." in page
    assert "None since then" in page
    # The release with the tombstone does not follow one that described the thing.
    gone = get(site, "/timemap/doc/degree/orthoptics", "text/html").content.decode()
    assert "The release before does not describe this." in gone
    assert "No fact has changed" not in gone


@pytest.mark.parametrize(
    ("target", "status"),
    [("/timemap/doc/none", 404), ("/timemap/doc", 400), ("/timemap/doc?iri=x", 400), ("/timemap/id/x", 404)],
)
def test_what_no_release_describes_has_no_timemap(target: str, status: int, kept_site: Site) -> None:
    assert get(kept_site, target).status == status


def test_data_that_is_no_release_has_no_timemap() -> None:
    assert get(site_from("<https://data.example.org/id/a> <x:b> 1 ."), "/timemap/doc/a").status == 404
