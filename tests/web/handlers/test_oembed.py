"""Maps for other sites to embed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.web.conftest import BROWSER
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

PAGE = "doc/t-level/healthcare-science"


def ask(site: Site, target: str, status: int = 200) -> dict[str, object]:
    response = respond(site, Request.of(target))
    assert response.status == status, response.content
    content: dict[str, object] = json.loads(response.content)
    return content


def test_a_page_links_to_its_description_and_that_to_its_picture(site: Site) -> None:
    page = respond(site, Request.of(f"/{PAGE}", accept=BROWSER)).content.decode()
    (link,) = re.findall(r'type="application/json\+oembed" href="([^"]+)"', page)
    found = ask(site, f"/{link.removeprefix(site.url)}")
    assert (found["type"], found["version"]) == ("rich", "1.0")
    assert found["title"] == "Next steps after Healthcare Science"
    html = str(found["html"])
    assert html.startswith(f'<iframe src="{site.url}{PAGE}.svg" width="{found["width"]}" height="{found["height"]}"')
    picture = respond(site, Request.of(f"/{PAGE}.svg"))
    assert "frame-ancestors" not in (picture.header("content-security-policy") or "")
    # The page shows the same HTML to people, escaped.
    assert f"&lt;iframe src=&#34;{site.url}{PAGE}.svg" in page.replace('="', "=&#34;") or "&lt;iframe" in page


@pytest.mark.parametrize("url", [PAGE, f"{PAGE}.html", "id/t-level/healthcare-science"])
def test_the_url_of_a_page_or_an_identifier_finds_its_map(site: Site, url: str) -> None:
    assert ask(site, f"/oembed?url={quote(site.url + url, safe='')}") == ask(site, f"/oembed/{PAGE}.json")


def test_the_map_fits_the_size_that_is_asked_for(site: Site) -> None:
    whole = ask(site, f"/oembed/{PAGE}.json")
    small = ask(site, f"/oembed?url={quote(site.url + PAGE)}&maxwidth=400&maxheight=300")
    assert int(str(small["width"])) <= 400
    assert int(str(small["height"])) <= 300
    ratio = int(str(whole["width"])) / int(str(whole["height"]))
    assert abs(int(str(small["width"])) / int(str(small["height"])) / ratio - 1) < 0.02


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/oembed", 400),
        ("/oembed?url=https://e.org/a&format=xml", 400),
        (f"/oembed/{PAGE}.json?maxwidth=wide", 400),
        ("/oembed?url=https://e.org/", 404),
        ("/oembed/doc/route/health-and-science.json", 404),
        ("/oembed/void.json", 404),
    ],
)
def test_other_requests_are_refused(site: Site, target: str, status: int) -> None:
    ask(site, target, status)
