"""The pages about releases."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from tlevel_rdf.changes.change import Change, Kind
from tlevel_rdf.limits import MAX_PAGE_ROWS
from tlevel_rdf.web.data.releases import kept_releases
from tlevel_rdf.web.html.releases import changes_page, changes_path, release_page, releases_feed, releases_page

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_list_links_to_each_release_and_to_what_changed(kept_site: Site) -> None:
    newest, middle, oldest = kept_releases(kept_site)
    page = releases_page(kept_site, [newest, middle, oldest], []).decode()
    assert page.count("Changes since the release before") == 2
    assert changes_path(oldest, middle) in page
    assert "23 November 2026</time>, on this site now" in page


def test_the_feed_has_an_entry_for_each_release(kept_site: Site) -> None:
    releases = kept_releases(kept_site)
    feed = ElementTree.fromstring(releases_feed(kept_site, releases))  # noqa: S314 - made here
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [
        f"{kept_site.url}releases/{release.id}" for release in releases
    ]
    assert [entry.findtext(f"{ATOM}updated") for entry in entries] == [
        "2026-11-23T00:00:01Z",
        "2026-11-23T00:00:00Z",
        "2026-11-22T00:00:00Z",
    ]
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        f"Release of 23 November 2026 ({releases[0].id})",
        f"Release of 23 November 2026 ({releases[1].id})",
        "Release of 22 November 2026",
    ]
    assert len([link for link in feed.iter(f"{ATOM}link") if link.get("rel") == "related"]) == 2
    assert feed.findtext(f"{ATOM}updated") == "2026-11-23T00:00:01Z"
    assert len(ElementTree.fromstring(releases_feed(kept_site, [])).findall(f"{ATOM}entry")) == 0  # noqa: S314


def test_a_release_lists_its_files_and_the_losses_that_were_accepted(kept_site: Site) -> None:
    [release, *_] = kept_releases(kept_site)
    page = release_page(kept_site, release, None).decode()
    assert "SHA256SUMS" in page
    assert "What changed" not in page
    release.manifest["accepted"] = {"reason": "It is <so>.", "losses": [{"what": "all"}]}
    try:
        assert "It is &lt;so&gt;." in release_page(kept_site, release, None).decode()
    finally:
        del release.manifest["accepted"]


def test_the_heading_of_changes_within_a_day_names_the_releases(kept_site: Site) -> None:
    newest, middle, oldest = kept_releases(kept_site)
    within = changes_page(kept_site, middle, newest, []).decode()
    assert f"<h1>Changes from 23 November 2026 ({middle.id}) to 23 November 2026 ({newest.id})</h1>" in within
    across = changes_page(kept_site, oldest, newest, []).decode()
    assert "<h1>Changes from 22 November 2026 to 23 November 2026</h1>" in across


def test_a_page_lists_a_bounded_number_of_changes(kept_site: Site) -> None:
    newest, _, oldest = kept_releases(kept_site)
    many = (Change(Kind.ADDED, "x", f"Thing {n}", is_about_source=n % 2 == 1) for n in range(3 * MAX_PAGE_ROWS))
    page = changes_page(kept_site, oldest, newest, many).decode()
    assert page.count("<li>Thing ") == 2 * MAX_PAGE_ROWS
    assert "1,500 changes, of which this page lists the first 1,000" in page
