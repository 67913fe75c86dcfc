"""Each kind of page in a real browser: accessible by axe, readable on small screens, in print, dark, and enlarged."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.browser.conftest import AXE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Open

#: A page of each kind.
PAGES: Final = (
    "/",
    "/search?q=optician",
    "/search?q=nothing+at+all",
    "/doc/t-level/healthcare-science",
    "/doc/specialism/healthcare-science/optical-care-services",
    "/doc/apprenticeship/level-6/dispensing-optician",
    "/doc/degree/nursing",
    "/doc/occupation/OCC0774",
    "/doc/standard/ST0774",
    "/doc/route/health-and-science",
    "/doc/qualification/603-7083-x",
    "/doc/source/000-80ba2ef1bfb81c71-txt",
    "/doc/option/healthcare-science/optical-care-services/degree/optometry",
    "/def/progression",
    "/def/level",
    "/def/shapes",
    "/report",
    "/releases",
    "/codes/",
    "/catalogue",
    "/void",
    "/queries/",
    "/queries/options-after-specialism",
    "/sparql",
    "/sparql?query=SELECT+*+%7B+%3Fs+a+%3Ftype+%7D+LIMIT+20&format=html",
    "/sparql?query=SELECT&format=html",
    "/questions/ways-to-a-job?job=optician",
    "/questions/compare-specialisms",
    "/questions/open-t-levels",
    "/no/such/page",
)
#: Pages whose colours, other than on the others, are checked in the dark.
DARK: Final = ("/", "/search?q=optician", "/doc/t-level/healthcare-science", "/sparql?query=SELECT&format=html")
RULES: Final = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS: Final = {"type": "rule", "values": ["color-contrast"]}


def violations(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    """Return what axe finds: its rule, and the first elements that break it."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules)
    return [
        f"{page.url}: {one['id']}: {one['help']}: " + " | ".join(node["html"][:200] for node in one["nodes"][:3])
        for one in found["violations"]
    ]


def overflow(page: Page) -> list[str]:
    """Return the elements that make a page or a box on it scroll sideways."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => {
            const width = document.documentElement.clientWidth;
            const isWide = document.documentElement.scrollWidth > width;
            // Code may scroll within its own box.
            const isCut = (one) => one.scrollWidth > one.clientWidth;
            const boxes = [...document.querySelectorAll("div.scroll")].filter(isCut);
            return [...(isWide ? document.body.querySelectorAll("*") : []), ...boxes]
                .filter((one) => boxes.includes(one) || one.getBoundingClientRect().right > width + 1)
                .slice(0, 5).map((one) => one.outerHTML.slice(0, 150));
        }"""
    )


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_each_kind_is_accessible_and_fits(open_page: Open, path: str) -> None:
    page = open_page(path, viewport={"width": 1200, "height": 900})
    assert violations(page) == []
    assert overflow(page) == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(page) == [], "with text of 200 %"
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size({"width": 320, "height": 640})
    assert overflow(page) == [], "at 320 pixels"
    if path in DARK:
        page.emulate_media(color_scheme="dark")
        assert violations(page, COLOURS) == [], "in the dark"
    page.emulate_media(media="print", color_scheme="light")
    assert not page.locator("header nav").is_visible()
    # The order in which a screen reader reads: the header, the main part beginning with its heading, the footer.
    tree = page.locator("body").aria_snapshot()
    assert re.findall(r"^- (main|contentinfo)", tree, re.MULTILINE) == ["main", "contentinfo"]
    headings = re.findall(r"heading .*\[level=(\d)\]", tree)
    assert headings[0] == "1"
    assert headings.count("1") == 1
    assert all(int(later) <= int(earlier) + 1 for earlier, later in itertools.pairwise(headings)), headings
