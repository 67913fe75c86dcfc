"""The weight of pages: what a browser loads for a page of each kind, compressed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.test_pages import PAGES
from tests.web.conftest import BROWSER
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

#: Bytes of a page with its styles, scripts and pictures.
MAX_PAGE_BYTES: Final = 80_000
#: Bytes of the query page with its editor, which no other page has.
MAX_QUERY_PAGE_BYTES: Final = 200_000


def weigh(site: Site, target: str) -> tuple[int, str]:
    path, _, query = target.partition("?")
    plain = respond(site, Request("GET", path, query, (("accept", BROWSER),)))
    coded = respond(site, Request("GET", path, query, (("accept", BROWSER), ("accept-encoding", "br, gzip"))))
    return coded.length, plain.content.decode(errors="replace")


@pytest.mark.parametrize("target", PAGES)
def test_a_page_with_all_that_it_loads_is_light(site: Site, target: str) -> None:
    total, text = weigh(site, target)
    loaded = re.findall(r'<(?:script|img)[^>]* src="([^"]+)"|<link rel="(?:stylesheet|icon)" href="([^"]+)"', text)
    parts = {one or other: weigh(site, one or other)[0] for one, other in loaded}
    assert "/static/site.css" in parts
    may_have_editor = target.partition("?")[0] == "/sparql"
    assert total + sum(parts.values()) < (MAX_QUERY_PAGE_BYTES if may_have_editor else MAX_PAGE_BYTES), (total, parts)
