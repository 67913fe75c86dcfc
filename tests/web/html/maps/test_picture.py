"""The map on pages and as a picture, by content negotiation."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.web.conftest import BROWSER, site_from
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response

T_LEVEL = "/doc/t-level/healthcare-science"
SVG = "{http://www.w3.org/2000/svg}"
#: The Accept header of a browser for `<img>`.
IMAGE = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"
ODD = """@prefix tlp: <https://w3id.org/tlevel/def/progression#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix id: <https://data.example.org/id/> .
    id:t a tlp:TLevel ; skos:prefLabel "A & <b> \\"c\\" \\u0001" .
    id:s a tlp:OccupationalSpecialism ; tlp:specialismOf id:t ; skos:prefLabel "</svg>" .
    id:u a tlp:OccupationalSpecialism ; tlp:specialismOf id:t .
    id:o tlp:optionFor id:s ; tlp:leadsTo id:d . id:d skos:prefLabel "x\\u0000y]]>" .
    id:picture.svg skos:prefLabel "a thing" .
"""


def get(site: Site, target: str, accept: str | None = None) -> Response:
    return respond(site, Request.of(target, accept=accept))


def parse(response: Response) -> ET.Element:
    return ET.fromstring(response.content)  # noqa: S314 - written by this package


def specialism_path(site: Site) -> str:
    page = get(site, f"{T_LEVEL}.html").content.decode()
    match = re.search(r'<h3><a href="([^"]+)">Optical Care Services', page)
    assert match
    return match[1]


def test_a_picture_is_well_formed_and_names_and_describes_itself(site: Site) -> None:
    response = get(site, f"{T_LEVEL}.svg")
    assert response.header("content-type") == "image/svg+xml"
    root = parse(response)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "group"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert title.text == "Next steps after Healthcare Science"
    assert (description.text or "").startswith("26 next steps in rows")
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (title.get("id"), description.get("id"))


def test_a_picture_names_its_source(site: Site) -> None:
    text = " ".join(" ".join(parse(get(site, f"{T_LEVEL}.svg")).itertext()).split())
    assert f"{site.about.title}, 22 November 2026. {site.about.attribution}" in text


def test_its_links_are_those_of_the_table(site: Site) -> None:
    root = parse(get(site, f"{T_LEVEL}.svg"))
    links = [link.get("href") or "" for link in root.iter(f"{SVG}a")]
    page = get(site, f"{T_LEVEL}.html").content.decode()
    page = page[: page.index("Meaning of the flags")]
    table = re.findall(r'<(?:th scope="row"|h3)><a href="([^"]+)"', page)
    assert sorted(links) == sorted(table)
    assert {link.get("target") for link in root.iter(f"{SVG}a")} == {"_top"}


def test_its_style_is_allowed_by_its_digest_and_nothing_else_is(site: Site) -> None:
    response = get(site, f"{T_LEVEL}.svg")
    root = parse(response)
    (style,) = root.iter(f"{SVG}style")
    digest = base64.b64encode(hashlib.sha256((style.text or "").encode()).digest()).decode()
    policy = response.header("content-security-policy") or ""
    assert f"style-src 'sha256-{digest}'" in policy
    assert "frame-ancestors" not in policy
    assert not [name for one in root.iter() for name in one.attrib if name == "style" or name.startswith("on")]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "text/turtle; charset=utf-8"),
        ("*/*", "text/turtle; charset=utf-8"),
        (BROWSER, "text/html; charset=utf-8"),
        (IMAGE, "image/svg+xml"),
        ("image/svg+xml", "image/svg+xml"),
        ("image/*", "image/svg+xml"),
    ],
)
def test_a_picture_comes_to_clients_that_prefer_it(site: Site, accept: str | None, expected: str) -> None:
    for path in (T_LEVEL, specialism_path(site)):
        response = get(site, path, accept)
        assert response.header("content-type") == expected
        assert (response.header("content-location") == f"{path}.svg") == ("svg" in expected)
        assert "Accept" in (response.header("vary") or "")


def test_only_t_levels_and_specialisms_have_a_map(site: Site) -> None:
    degree = "/doc/degree/optometry"
    assert get(site, f"{degree}.svg").status == 404
    assert get(site, degree, "image/svg+xml").status == 406
    assert get(site, degree, IMAGE).header("content-type") == "text/turtle; charset=utf-8"
    assert 'class="map"' not in get(site, f"{degree}.html").content.decode()


def test_the_page_of_a_specialism_has_its_map_and_its_table(site: Site) -> None:
    page = get(site, f"{specialism_path(site)}.html").content.decode()
    assert page.count("<svg ") == 2
    assert page.index("<svg ") < page.index('<table class="options')
    assert "Next steps after Optical Care Services" in page


def test_a_t_level_without_options_has_a_picture_that_says_so_and_no_map_on_its_page(site: Site) -> None:
    assert b"No profile lists next steps here yet." in get(site, "/doc/t-level/accounting.svg").content
    assert "<svg" not in get(site, "/doc/t-level/accounting.html").content.decode()


def test_a_page_with_too_many_options_has_its_tables_only(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tlevel_rdf.web.html.maps.picture.MAX_MAPPED_OPTIONS", 25)
    page = get(site, f"{T_LEVEL}.html").content.decode()
    assert "<svg" not in page
    assert '<table class="options' in page


def test_odd_labels_stay_text() -> None:
    site = site_from(ODD)
    root = parse(get(site, "/doc/t.svg"))
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == 'Next steps after A & <b> "c"'
    assert "</svg>" in "".join(root.itertext())


def test_a_t_level_with_any_iri_has_a_picture() -> None:
    site = site_from(ODD.replace("https://data.example.org/", "https://elsewhere.example.org/"))
    path = "/doc.svg?iri=https://elsewhere.example.org/id/t"
    assert path in get(site, path.replace(".svg", ".html")).content.decode()
    assert get(site, path).header("content-type") == "image/svg+xml"


def test_a_thing_whose_name_ends_like_a_picture_has_a_path_of_its_own() -> None:
    response = get(site_from(ODD), "/id/picture.svg")
    assert response.header("location") == "/doc?iri=https://data.example.org/id/picture.svg"


def test_a_root_path_comes_before_the_links_of_a_picture(site: Site) -> None:
    mounted = replace(Request.of(f"{T_LEVEL}.svg"), root_path="/tl")
    links = [link.get("href") or "" for link in parse(respond(site, mounted)).iter(f"{SVG}a")]
    assert links
    assert all(link.startswith("/tl/doc/") for link in links)
