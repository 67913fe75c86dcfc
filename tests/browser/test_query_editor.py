"""The editor of the query page, which the script built from assets/ makes of the text field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_journeys import press_to
from tests.browser.test_pages import COLOURS, overflow, violations
from tlevel_rdf.web.handlers.downloads import static_names

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import Open

LABEL = "SPARQL query"
WEIGHT = """() => performance.getEntries()
    .filter((one) => one.encodedBodySize).map((one) => [new URL(one.name).pathname, one.encodedBodySize])"""


@pytest.fixture(autouse=True)
def _built() -> None:
    if "query-editor.js" not in static_names():
        pytest.fail("The editor of the query page is not built. Run: python assets/build.py")


def replace_query(page: Page, query: str) -> None:
    press_to(page, LABEL)
    page.keyboard.press("Control+A")
    page.keyboard.type(query)


def suggestion(page: Page, name: str = "") -> Locator:
    return page.locator(".cm-tooltip").get_by_role("option").filter(has_text=name).first


def choose(page: Page, name: str) -> None:
    """Take the first suggestion, which must have this name."""
    suggestion(page, name).wait_for()
    # CodeMirror waits 75 ms before it takes a key, so that no suggestion comes in between what people type.
    page.wait_for_function("before => performance.now() > before + 100", arg=page.evaluate("performance.now()"))
    page.keyboard.press("Enter")


def test_a_query_is_written_with_suggestions_and_run_by_keyboard(open_page: Open) -> None:
    page = open_page("/sparql")
    replace_query(page, "SELECT ?thing WHERE { ?thing a tleve")
    choose(page, "tlp:TLevel")
    page.keyboard.type(" } LIMIT 3")
    # A term brings the line of its prefix along.
    field = page.locator("textarea#query")
    prefix = "PREFIX tlp: <https://w3id.org/tlevel/def/progression#>"
    assert field.input_value() == f"{prefix}\nSELECT ?thing WHERE {{ ?thing a tlp:TLevel }} LIMIT 3"
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert page.get_by_role("table").get_by_role("link").count() == 3
    expect(page.get_by_role("textbox", name=LABEL)).to_contain_text("?thing a tlp:TLevel")


def test_prefixes_and_variables_are_suggested_and_comments_are_left_alone(open_page: Open) -> None:
    page = open_page("/sparql")
    replace_query(page, "# tlp:TLev")
    page.keyboard.press("Control+Space")
    expect(suggestion(page)).to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.type("PREFIX sk")
    choose(page, "skos:")
    page.keyboard.type("\nSELECT ?longest_name WHERE { ?lon")
    suggestion(page, "?longest_name").wait_for()
    page.keyboard.press("Escape")
    value = page.locator("textarea#query").input_value()
    assert "\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nSELECT" in value


def test_tab_leaves_the_editor_in_both_directions(open_page: Open) -> None:
    page = open_page("/sparql")
    press_to(page, LABEL)
    page.keyboard.press("Tab")
    expect(page.get_by_label("Format of the result")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("textbox", name=LABEL)).to_be_focused()
    page.get_by_text(LABEL, exact=True).click()
    expect(page.get_by_role("textbox", name=LABEL)).to_be_focused()


def test_the_editor_is_accessible_light_and_dark_with_suggestions_and_on_small_screens(open_page: Open) -> None:
    page = open_page("/sparql?query=SELECT&format=html", viewport={"width": 320, "height": 640})
    box = page.get_by_role("textbox", name=LABEL)
    assert box.get_attribute("aria-invalid") == "true"
    assert "problem with the query" in str(box.get_attribute("aria-description"))
    replace_query(page, 'SELECT ?a { ?a skos:prefLabel "A"@en # comment\n; ' + "tlp:optionFor " * 6 + "tlp:o")
    suggestion(page, "tlp:").wait_for()
    assert overflow(page) == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
        assert violations(page, COLOURS) == [], scheme


def test_the_query_page_is_light_and_no_other_page_loads_the_editor(open_page: Open) -> None:
    page = open_page("/sparql")
    page.get_by_role("textbox", name=LABEL).wait_for()
    assert "query-editor.js" in str(sizes := page.evaluate(WEIGHT))
    assert sum(size for _, size in sizes) < 200_000, sizes
    for path in ("/", "/queries/options-after-specialism"):
        assert "query-editor.js" not in str(open_page(path).evaluate(WEIGHT))


def test_a_hostile_query_stays_text(open_page: Open) -> None:
    query = "# </textarea><script>document.title='x'</script>\r\nSELECT * { ?s ?p '" + "<b>" * 2000 + "'"
    page = open_page("/sparql")
    with page.expect_navigation():
        page.evaluate("(query) => { const f = document.forms[0]; f.query.value = query; f.submit(); }", query)
    page.get_by_role("textbox", name=LABEL).wait_for()
    assert page.title().startswith("Error in the query")
    assert page.locator("textarea#query").input_value() == query.replace("\r\n", "\n")
