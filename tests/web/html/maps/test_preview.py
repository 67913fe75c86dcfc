"""The preview of a link: its size, and what is drawn."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.web.conftest import BROWSER, site_from
from tests.web.html.maps.test_picture import ODD
from tlevel_rdf.web.html.maps import preview
from tlevel_rdf.web.html.maps.preview import PreviewSize, draw_preview, preview_size
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response

T_LEVEL = "/doc/t-level/healthcare-science"


@pytest.fixture(autouse=True)
def _built() -> None:
    if preview_size(1, 1) is None:
        pytest.fail("The fonts of pictures are not built. Run: python assets/build.py")


def get(site: Site, target: str, accept: str | None = None) -> Response:
    return respond(site, Request.of(target, accept=accept))


def meta(page: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


def svg(words: str, family: str = "sans-serif") -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">'
        f'<text x="5" y="30" font-family="{family}" font-size="20">{words}</text></svg>'
    )


def pixels(picture: bytes) -> bytes:
    return Image.open(BytesIO(picture)).convert("L").tobytes()


def test_the_size_on_the_page_is_that_of_the_picture_and_its_text_says_what_it_shows(site: Site) -> None:
    page = get(site, f"{T_LEVEL}.html").content.decode()
    stated = meta(page)
    assert stated["og:image"] == f"{site.url}{T_LEVEL[1:]}.png"
    assert stated["og:image:alt"].startswith("Next steps after Healthcare Science: 26 next steps in rows")
    assert stated["twitter:card"] == "summary_large_image"
    response = get(site, f"{T_LEVEL}.png")
    assert response.header("content-type") == "image/png"
    size = Image.open(BytesIO(response.content)).size
    assert size == (int(stated["og:image:width"]), int(stated["og:image:height"])) == (1200, size[1])
    assert f'href="{T_LEVEL}.png"' in page
    assert get(site, f"{T_LEVEL}.png").content == response.content


def test_no_client_is_sent_it_by_its_accept_header(site: Site) -> None:
    for accept in ("image/png", "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8", "image/*"):
        response = get(site, T_LEVEL, accept)
        assert response.header("content-type") != "image/png"


def test_things_without_a_map_have_none(site: Site) -> None:
    assert get(site, "/doc/degree/nursing.png").status == 404
    assert "og:image" not in meta(get(site, "/doc/degree/nursing", BROWSER).content.decode())
    without_options = site_from(
        "<https://data.example.org/id/t> a <https://w3id.org/tlevel/def/progression#TLevel> . "
        "<https://data.example.org/id/picture.png> <urn:p> 'a thing' ."
    )
    assert get(without_options, "/doc/t.png").status == 404
    assert "og:image" not in meta(get(without_options, "/doc/t", BROWSER).content.decode())
    # The name of a thing is not an extension.
    location = get(without_options, "/id/picture.png").header("location") or ""
    assert get(without_options, location, BROWSER).status == 200


def test_without_fonts_pages_state_no_picture(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "_FONTS", [])
    assert get(site, f"{T_LEVEL}.png").status == 404
    assert "og:image" not in meta(get(site, T_LEVEL, BROWSER).content.decode())


def test_a_picture_that_is_too_high_has_no_preview() -> None:
    assert preview_size(1000, 3000) == PreviewSize(1200, 3600)
    assert preview_size(1000, 3001) is None


def test_words_are_drawn_in_the_font_of_the_package_whatever_the_style_asks_for() -> None:
    drawn = draw_preview(svg("Nurse"))
    assert pixels(drawn) != pixels(draw_preview(svg("")))
    assert pixels(drawn) == pixels(draw_preview(svg("Nurse", "DejaVu Sans, Arial, sans-serif")))


def test_names_with_markup_and_odd_characters_are_drawn() -> None:
    odd = site_from(ODD.replace("]]>", "]]> \\u202E\\uFFFE 漢字 🎓"))
    for path in ("/doc/t.png", "/doc/s.png"):
        assert get(odd, path).header("content-type") == "image/png"


def test_colours_are_their_defaults() -> None:
    style, rect = "<style>rect{{fill:{}}}</style>", '<rect width="1" height="1"/>'
    square = f'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">{style}{rect}</svg>'
    assert draw_preview(square.format("var(--good, #00603f)")) == draw_preview(square.format("#00603f"))
