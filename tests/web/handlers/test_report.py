"""The report of the checks as a page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.web.conftest import BROWSER
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.release.release import Release
    from tlevel_rdf.web.data.site import Site


def test_the_report_of_a_release_is_a_page_with_links_to_rules_and_things(site: Site, small_release: Release) -> None:
    of_release = replace(site, files={"report.ttl": small_release.folder / "report.ttl"})
    pages = [respond(of_release, Request.of(path, accept=BROWSER)) for path in ("/report", "/report.html")]
    assert [response.status for response in pages] == [200, 200]
    page = pages[0].content.decode()
    assert 'href="/def/shapes#R19"' in page
    assert 'href="/doc/apprenticeship/level-7/clinical-scientist"' in page
    assert ">Clinical Scientist</a>" in page


def test_other_data_has_no_report(site: Site) -> None:
    assert respond(site, Request.of("/report")).status == 404
