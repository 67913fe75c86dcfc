"""What crawlers find."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from tests.web.conftest import BROWSER
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tests.web.conftest import Send
    from tlevel_rdf.web.data.site import Site

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def test_robots_may_read_pages_and_no_queries(send: Send, site: Site) -> None:
    response = send("/robots.txt", BROWSER)
    assert (response.status, response.header("content-type")) == (200, "text/plain; charset=utf-8")
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /sparql" in lines
    assert f"Sitemap: {site.base}sitemap.xml" in lines


def test_each_address_of_the_site_map_has_a_page(send: Send, site: Site) -> None:
    tree = ElementTree.fromstring(send("/sitemap.xml").content)  # noqa: S314 - our own
    addresses = [element.text or "" for element in tree.iter(LOC)]
    assert len(addresses) == len(set(addresses)) > 100
    assert f"{site.base}doc/t-level/healthcare-science" in addresses
    for address in addresses[:: len(addresses) // 20]:
        assert send(f"/{address.removeprefix(site.base)}", BROWSER).status == 200


def test_a_summary_leads_to_the_data(send: Send, site: Site) -> None:
    text = send("/llms.txt").content.decode()
    for part in text.split("(")[1:]:
        address = part.partition(")")[0]
        if address.startswith(site.base):
            assert send(f"/{address.removeprefix(site.base)}", "*/*").status == 200


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/llms.txt"])
def test_other_media_types_are_not_acceptable(send: Send, path: str) -> None:
    assert send(path, "image/png").status == 406


def test_security_txt_has_the_contact_that_the_publisher_has_set(site: Site) -> None:
    path = "/.well-known/security.txt"
    assert respond(site, Request.of(path)).status == 404
    settings = replace(site.settings, security_contact="mailto:security@example.org")
    response = respond(replace(site, settings=settings), Request.of(path))
    assert (response.status, response.header("content-type")) == (200, "text/plain; charset=utf-8")
    assert response.content.decode().splitlines() == [
        "Contact: mailto:security@example.org",
        "Expires: 2027-11-22T00:00:00Z",
        "Preferred-Languages: en",
        f"Canonical: {site.base}.well-known/security.txt",
    ]


def test_public_urls_begin_with_the_address_of_the_site(site: Site) -> None:
    moved = replace(site, settings=replace(site.settings, address="https://example.org/tlevels/"))
    assert b"Sitemap: https://example.org/tlevels/sitemap.xml" in respond(moved, Request.of("/robots.txt")).content
    assert b"<loc>https://example.org/tlevels/doc/" in respond(moved, Request.of("/sitemap.xml")).content
