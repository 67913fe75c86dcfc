"""The exported site in a browser, from a host that only hands out files: search, suggestions and documents by IRI."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.web.conftest import site_from
from tlevel_rdf.export.writer import export_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

DATA = """
@prefix r: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix tlp: <https://w3id.org/tlevel/def/progression#> .
@prefix id: <https://data.example.org/id/> .
id:optician a tlp:Occupation ; r:label "Dispensing optician" ; tlp:occupationReference "OCC0774" .
id:optician r:seeAlso <https://other.org/a> .
id:assistant a tlp:Occupation ; r:label "Optical assistant" .
id:nurse a tlp:Apprenticeship ; r:label "Nurse" .
<https://other.org/a> r:label "Elsewhere" .
"""


class _Quiet(SimpleHTTPRequestHandler):
    """A host of files without a log."""

    def log_message(self, format: str, *_arguments: object) -> None:  # noqa: A002 - the name of the base class
        """Write nothing."""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("exported") / "site"
    export_site(site_from(DATA), folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def page(browser: Browser, host: str) -> Iterator[Page]:
    context = browser.new_context(base_url=host)
    faults: list[str] = []
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(host) else faults.append(request.url))
    yield page
    context.close()
    assert not faults


def test_the_search_finds_names_and_codes_and_narrows_by_facets(page: Page) -> None:
    page.goto("/search.html?q=opti")
    expect(page.get_by_role("status").filter(has_text="2 results")).to_be_visible()
    page.get_by_role("navigation", name="Narrow the results").get_by_role("link", name="Occupation").click()
    expect(page.locator(".results li")).to_have_count(2)
    page.goto("/search.html?q=how+do+I+become+an+optician")
    expect(page.locator(".results li").first).to_contain_text("Dispensing optician")
    page.goto("/search.html?q=occ+0774")
    with page.expect_navigation():
        page.locator(".results").get_by_role("link").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Dispensing optician")
    page.goto("/search.html?q=unheard+of")
    page.get_by_text("Nothing was found").wait_for()


def test_suggestions_come_from_the_file_of_names(page: Page) -> None:
    page.goto("/search.html")
    page.get_by_label("Search for a T Level").fill("disp")
    page.get_by_role("option", name="Dispensing optician").click()
    page.wait_for_url("**/doc/optician.html")


def test_a_document_about_an_iri_of_another_site_opens(page: Page) -> None:
    page.goto("/doc.html?iri=https://other.org/a")
    page.wait_for_url("**/_/iri/https/other.org/a.html")
    assert "Elsewhere" in page.get_by_role("heading", level=1).inner_text()


def test_the_query_page_keeps_the_query_of_a_link(page: Page) -> None:
    page.goto("/sparql.html?query=ASK+%7B%7D")
    assert page.get_by_role("region", name="Your query").inner_text() == "ASK {}"
