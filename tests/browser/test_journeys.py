"""The errands of five people on the site: with scripts and without, and by keyboard alone."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import Open

SCRIPTS: Final = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
#: Presses of Tab to a link or field, at most: further ones nobody would make.
MAX_PRESSES: Final = 80
#: The name of an element, as far as the pages need it.
WORDS: Final = "one => one.labels?.[0]?.innerText ?? one.ariaLabel ?? one.innerText ?? ''"


def press_to(page: Page, name: str) -> None:
    """Move the focus by Tab to the first link, button or field of a name."""
    for _ in range(MAX_PRESSES):
        page.keyboard.press("Tab")
        # The last one, as the host of a shadow root has the focus of what is in it.
        focused = page.locator(":focus").last
        words = focused.evaluate(WORDS) if focused.count() else ""
        if " ".join(words.split()) == name:
            outline = focused.evaluate("one => getComputedStyle(one.closest('.cm-editor') ?? one).outlineStyle")
            assert outline != "none", f"{name} does not show the focus"
            return
    raise AssertionError(f"{MAX_PRESSES} presses of Tab do not reach {name!r} on {page.url}")


def press_to_element(page: Page, element: Locator) -> None:
    """Move the focus by Tab to an element whose name others have too."""
    for _ in range(MAX_PRESSES):
        page.keyboard.press("Tab")
        if element.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{MAX_PRESSES} presses of Tab do not reach {element} on {page.url}")


def press_enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def follow(page: Page, name: str) -> None:
    """Follow a link, or press a button, by keyboard."""
    press_to(page, name)
    press_enter(page)


@SCRIPTS
def test_a_learner_comes_from_optician_to_the_line_of_the_source_by_keyboard(open_page: Open, scripts: bool) -> None:
    page = open_page("/", java_script_enabled=scripts)
    press_to(page, "Search for a T Level, a job, an apprenticeship or a code")
    page.keyboard.type("dispensing optic")
    if scripts:
        page.get_by_role("option").first.wait_for()
        assert page.get_by_role("combobox").get_attribute("aria-expanded") == "true"
        page.keyboard.press("Escape")
    press_enter(page)
    assert page.get_by_role("status").filter(has_text="result").count() == 1
    press_to_element(page, page.locator(".results li").filter(has_text="Apprenticeship").get_by_role("link").first)
    press_enter(page)
    assert "Dispensing Optician" in page.get_by_role("heading", level=1).inner_text()
    follow(page, "Optical Care Services")
    assert page.get_by_role("row").filter(has_text="Dispensing Optician").count()
    link = page.get_by_role("link", name=re.compile(r"^lines? \d+")).first
    words = link.inner_text()
    press_to_element(page, link)
    press_enter(page)
    number = re.findall(r"\d+", words)[0]
    target = page.locator(":target")
    assert number in target.inner_text()
    assert page.locator("blockquote").count()


@SCRIPTS
def test_an_adviser_compares_two_specialisms_and_prints_by_keyboard(open_page: Open, scripts: bool) -> None:
    page = open_page("/", java_script_enabled=scripts)
    follow(page, "How do two specialisms compare?")
    for label, name in (("First specialism", "Optical Care Services"), ("Second specialism", "Assisting with Health")):
        press_to(page, label)
        # The keys choose an option of a list.
        page.keyboard.type(name)
    follow(page, "Show the answer")
    assert "Assisting+with+Healthcare+Science" in page.url
    assert page.get_by_role("heading", name="Answer").is_visible()
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Show the answer").is_visible()
    assert page.get_by_role("table").first.is_visible()


@SCRIPTS
def test_a_teacher_prints_the_map_and_copies_the_html_that_embeds_it_by_keyboard(
    open_page: Open, address: str, scripts: bool
) -> None:
    page = open_page("/doc/t-level/healthcare-science", java_script_enabled=scripts)
    press_to(page, "Put this map on your own page")
    page.keyboard.press("Enter")
    press_to(page, "HTML to copy")
    page.keyboard.press("Control+A")
    html = page.locator(":focus").evaluate("one => one.value.slice(one.selectionStart, one.selectionEnd)")
    (source,) = re.findall(r'src="([^"]+\.svg)"', html)
    path = source[source.index("/doc/") :]
    picture = page.request.get(f"{address}{path}")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "frame-ancestors" not in picture.headers["content-security-policy"]
    page.emulate_media(media="print")
    assert page.locator("svg.progression-map:visible").count() == 1
    assert not page.locator("details.embed").is_visible()
    # The page of a lesson shows the map with its words, and its links leave the frame.
    page.emulate_media(media="screen")
    page.goto("about:blank")
    page.set_content(html.replace(source, address + path))
    frame = page.frame_locator("iframe")
    frame.locator("text.map-name", has_text="Dispensing").first.wait_for()
    assert frame.locator("a").first.get_attribute("target") == "_top"


@SCRIPTS
def test_an_employer_comes_from_a_code_to_t_levels_by_keyboard(open_page: Open, scripts: bool) -> None:
    page = open_page("/", java_script_enabled=scripts)
    follow(page, "Search")
    press_to(page, "Search for a T Level, a job, an apprenticeship or a code")
    page.keyboard.type("ST0774")
    press_enter(page)
    result = page.locator(".results li").first
    assert "ST0774" in result.inner_text()
    press_to_element(page, result.get_by_role("link", name="Healthcare Science"))
    press_enter(page)
    assert "T Level" in page.get_by_role("heading", level=1).inner_text()
    assert page.get_by_role("row").filter(has_text="Dispensing Optician").count()


@SCRIPTS
def test_a_data_team_searches_by_code_downloads_and_queries_by_keyboard(
    open_page: Open, address: str, scripts: bool
) -> None:
    page = open_page("/", java_script_enabled=scripts)
    found = json.loads(page.request.get(f"{address}/search.json?q=OCC0774").body())
    assert found["results"][0]["codes"] == ["OCC0774"]
    follow(page, "Downloads")
    table = page.get_by_role("link", name=re.compile(r"\.csv$")).first
    press_to_element(page, table)
    assert page.request.get(f"{address}{table.get_attribute('href')}").ok
    page.reload()
    follow(page, "Query the data")
    press_to(page, "SPARQL query")
    page.keyboard.press("Control+A")
    page.keyboard.type("SELECT ?t { ?t a <https://w3id.org/tlevel/def/progression#TLevel> } LIMIT 3")
    follow(page, "Run query")
    assert page.get_by_role("table").get_by_role("link").count() == 3


def test_suggestions_are_chosen_by_keyboard(open_page: Open) -> None:
    page = open_page("/")
    field = page.get_by_label("Search for a T Level")
    field.fill("optical care")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/doc/" in page.url
