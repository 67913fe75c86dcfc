"""Versions of documents: by parameter, by time, and the links between them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import site_from
from tlevel_rdf.web.data.releases import kept_releases
from tlevel_rdf.web.handlers.versions import with_version
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response

OPTION = "/doc/option/healthcare-science/optical-care-services/degree/optometry"
SPECIALISM = "/doc/specialism/healthcare-science/optical-care-services"
ORTHOPTICS = "/doc/degree/orthoptics"
FIRST_DAY = "Sun, 22 Nov 2026 00:00:00 GMT"


def get(site: Site, target: str, accept: str = "text/turtle", at: str = "") -> Response:
    path, _, query = target.partition("?")
    headers = (("accept", accept), *((("accept-datetime", at),) if at else ()))
    return respond(site, Request("GET", path, query, headers))


def links(response: Response) -> dict[str, str]:
    """Return the target of each relation."""
    found = {}
    for one in (response.header("link") or "").split(", <"):
        target, _, rest = one.lstrip("<").partition(">")
        relations = rest.partition('rel="')[2].partition('"')[0]
        found.update(dict.fromkeys(relations.split(), target))
    return found


@pytest.mark.parametrize("day", [True, False])
def test_a_thing_is_as_the_release_that_the_address_names_describes_it(day: bool, kept_site: Site) -> None:  # noqa: FBT001 - a parameter of the test
    *_, oldest = kept_releases(kept_site)
    version = oldest.date.isoformat() if day else oldest.id
    then, now = get(kept_site, f"{OPTION}?version={version}"), get(kept_site, OPTION)
    assert then.status == now.status == 200
    # The document had this job one line further up.
    job = "/doc/option/healthcare-science/optical-care-services/occupation/optometrist"
    lines = [
        re.findall(rb"#wasQuotedFrom> <([^>]+)>", get(kept_site, target, "application/n-triples").content)
        for target in (f"{job}?version={version}", job)
    ]
    assert lines[0] != lines[1]
    assert all(len(found) == 1 for found in lines)
    assert then.header("memento-datetime") == FIRST_DAY
    assert now.header("memento-datetime") is None
    assert then.header("content-location") == f"{OPTION}.ttl?version={oldest.id}"
    assert then.header("etag") != now.header("etag")
    assert f"{OPTION}?version={oldest.id}".encode() in then.content, "the document has its own IRI"


def test_versions_link_to_each_other_and_to_the_document_of_today(kept_site: Site) -> None:
    newest, middle, oldest = kept_releases(kept_site)
    now, first, last = (
        links(get(kept_site, target))
        for target in (SPECIALISM, with_version(SPECIALISM, oldest), with_version(SPECIALISM, newest))
    )
    timemap = f"/timemap{SPECIALISM}"
    for found in (now, first, last):
        assert (found["original"], found["timegate"], found["timemap"]) == (SPECIALISM, SPECIALISM, timemap)
        assert found["version-history"] == timemap
    assert first["latest-version"] == last["latest-version"] == SPECIALISM
    assert first["successor-version"] == first["next"] == with_version(SPECIALISM, middle)
    assert last["predecessor-version"] == last["prev"] == with_version(SPECIALISM, middle)
    assert "predecessor-version" not in first
    assert "successor-version" not in last
    assert "memento" not in now


def test_a_document_is_its_own_timegate(kept_site: Site) -> None:
    newest, _, oldest = kept_releases(kept_site)
    for at, release in (
        (FIRST_DAY, oldest),
        ("Sat, 01 Jan 2000 00:00:00 GMT", oldest),
        ("Tue, 01 Dec 2026 00:00:00 GMT", newest),
    ):
        response = get(kept_site, SPECIALISM, at=at)
        assert (response.status, response.header("location")) == (302, with_version(SPECIALISM, release))
        assert response.header("vary") == "Accept, Accept-Datetime"
        assert links(response)["original"] == SPECIALISM
        # A Memento does not negotiate any more.
        assert get(kept_site, response.header("location") or "", at=FIRST_DAY).status == 200
    assert get(kept_site, f"{SPECIALISM}.ttl", at=FIRST_DAY).header("location") == with_version(
        f"{SPECIALISM}.ttl", oldest
    )
    by_query = "/doc?iri=https%3A%2F%2Fw3id.org%2Ftlevel%2Fid%2Fdegree%2Foptometry"
    location = get(kept_site, by_query, at=FIRST_DAY).header("location")
    assert location == f"{by_query}&version={oldest.id}"
    assert get(kept_site, location).header("memento-datetime") == FIRST_DAY
    assert "Accept-Datetime" in (get(kept_site, SPECIALISM).header("vary") or "")


@pytest.mark.parametrize("at", ["yesterday", "2026-11-22", "Sun, 99 Nov 2026 00:00:00 GMT", "9" * 10_000])
def test_a_time_that_is_not_well_formed_is_a_bad_request(at: str, kept_site: Site) -> None:
    assert get(kept_site, SPECIALISM, at=at).status == 400


def test_times_at_the_ends_of_the_calendar_are_times(kept_site: Site) -> None:
    for at in ("Fri, 31 Dec 9999 23:59:59 -1200", "Mon, 01 Jan 0001 00:00:00 +1200"):
        assert get(kept_site, SPECIALISM, at=at).status in {302, 400}


def test_a_thing_that_is_gone_has_its_versions(kept_site: Site) -> None:
    _, middle, oldest = kept_releases(kept_site)
    assert get(kept_site, ORTHOPTICS).status == 410
    page = get(kept_site, ORTHOPTICS, "text/html").content.decode()
    assert f'<a href="{with_version(ORTHOPTICS, middle)}">The last version with its content</a>' in page
    assert get(kept_site, with_version(ORTHOPTICS, middle)).status == 200
    assert get(kept_site, with_version(ORTHOPTICS, oldest)).status == 404
    assert get(kept_site, "/id/degree/orthoptics", at=FIRST_DAY).status == 302
    # It was there in the first of two releases of that day.
    then = get(kept_site, ORTHOPTICS, at="Mon, 23 Nov 2026 00:00:00 GMT")
    assert then.header("location") == with_version(ORTHOPTICS, middle)


def test_an_identifier_with_a_version_leads_to_that_version(kept_site: Site) -> None:
    _, middle, oldest = kept_releases(kept_site)
    response = get(kept_site, f"/id/degree/orthoptics?version={middle.id}")
    assert (response.status, response.header("location")) == (303, with_version(ORTHOPTICS, middle))
    assert get(kept_site, f"/id/degree/orthoptics?version={oldest.id}").status == 404
    assert get(kept_site, "/id/degree/orthoptics?version=2020-01-01").status == 404


def test_a_version_that_is_not_kept_is_not_found_with_those_that_are(kept_site: Site) -> None:
    kept = [{"id": each.id, "date": each.date.isoformat()} for each in kept_releases(kept_site)]
    for name in ("2020-01-01", "", "..", "x" * 900, "%00", "current"):
        response = get(kept_site, f"{SPECIALISM}?version={name}", "application/problem+json")
        assert response.status in {400, 404}, name
    response = get(kept_site, f"{SPECIALISM}?version=2020-01-01", "application/problem+json")
    assert json.loads(response.content)["versions"] == kept
    page = get(kept_site, f"{SPECIALISM}?version=2020-01-01", "text/html").content.decode()
    assert kept[0]["id"] in page
    assert get(kept_site, f"{SPECIALISM}?version=a&version=b").status == 400


def test_the_page_of_a_version_says_that_it_is_one(kept_site: Site) -> None:
    newest, _, oldest = kept_releases(kept_site)
    page = get(kept_site, with_version(SPECIALISM, oldest), "text/html").content.decode()
    assert "as the release of 22 November 2026 describes it" in page
    assert f'<a href="{SPECIALISM}">This page today</a>' in page
    assert f'href="{SPECIALISM}.ttl?version={oldest.id}"' in page
    assert 'content="noindex"' in page
    assert "Put this map on your own page" not in page
    shown = get(kept_site, with_version(SPECIALISM, newest), "text/html").content.decode()
    assert "This is the version of the release that this site shows now, of 23 November 2026." in shown
    now = get(kept_site, SPECIALISM, "text/html").content.decode()
    assert "earlier version" in page
    assert all("earlier version" not in each for each in (shown, now))
    assert f'<a href="/timemap{SPECIALISM}">Versions of this page and what changed</a>' in now


def test_the_map_of_a_version_is_that_of_its_release(kept_site: Site) -> None:
    *_, middle, _ = kept_releases(kept_site)
    assert b"Orthoptics" in get(kept_site, with_version(f"{SPECIALISM}.svg", middle)).content
    assert b"Orthoptics" not in get(kept_site, f"{SPECIALISM}.svg").content


def test_data_that_is_no_release_has_no_versions() -> None:
    site = site_from("<https://data.example.org/id/a> <x:b> 1 .")
    assert get(site, "/doc/a").header("vary") == "Accept, Accept-Encoding"
    assert get(site, "/doc/a", at=FIRST_DAY).status == 200
    assert get(site, "/doc/a?version=2026-11-22").status == 404
