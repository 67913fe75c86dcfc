"""The query page of an exported site in a browser: queries run there, from a host that only hands out files.

The host is at a path, and sends with each file the headers that the export has for Netlify: those of the worker too.
"""

from __future__ import annotations

import gzip
import json
import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.test_journeys import press_to
from tests.browser.test_pages import COLOURS, overflow, violations
from tests.browser.test_query_editor import choose
from tests.export.conftest import ROOT, exported
from tlevel_rdf.web.handlers.downloads import static_names
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page

    from tests.export.conftest import Exported

    #: Opens the query page with a query in its address; the keywords are options of the browser context.
    Open = Callable[..., Page]

__all__ = ["exported"]

LABELS: Final = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX tlp: <https://w3id.org/tlevel/def/progression#>
SELECT * { ?thing tlp:progressesTo ?next . OPTIONAL { ?next skos:notation ?code } } ORDER BY ?thing ?next ?code"""
#: It has no end that anyone could wait for.
ENDLESS: Final = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
#: It doubles a text until that has 2 GB.
GROWING: Final = f"""SELECT (STRLEN(?t31) AS ?n) {{
BIND("a" AS ?t0) {" ".join(f"BIND(CONCAT(?t{n}, ?t{n}) AS ?t{n + 1})" for n in range(31))} }}"""


class _Host(SimpleHTTPRequestHandler):
    """A host of files at a path, with the headers of the export."""

    headers_to_send: tuple[tuple[str, str], ...] = ()

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(ROOT)) if path.startswith(f"{ROOT}/") else "/no/such/file"

    def end_headers(self) -> None:
        for name, value in self.headers_to_send:
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *_arguments: object) -> None:  # noqa: A002 - the name of the base class
        """Write nothing."""


@pytest.fixture(scope="module")
def host(exported: Exported) -> Iterator[str]:
    if "query-engine.js" not in static_names():
        pytest.fail("The engine of the query page is not built. Run: python assets/build.py")
    rules = (exported.folder / "_headers").read_text(encoding="utf-8")
    _Host.headers_to_send = tuple(re.findall(r"^  ([\w-]+): (.*)$", rules, re.MULTILINE))
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=exported.folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def open_page(browser: Browser, host: str) -> Iterator[Open]:
    """Return a function that opens the page; at the end, nothing came from elsewhere and the console has no error."""
    faults: list[str] = []
    contexts = []

    def check_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "net::ERR_FAILED" not in message.text:
            faults.append(message.text)

    def open_in_context(query: str = "", **options: object) -> Page:
        context = browser.new_context(base_url=host, **options)  # type: ignore[arg-type]  # options of the browser
        contexts.append(context)
        context.on("request", lambda one: None if one.url.startswith((host, "blob:")) else faults.append(one.url))
        page = context.new_page()
        page.on("console", check_console)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.set_default_timeout(20_000)
        page.goto(f"{ROOT}/sparql.html" + (f"?{urlencode({'query': query})}" if query else ""))
        return page

    yield open_in_context
    for context in contexts:
        context.close()
    assert not faults


def run(page: Page, query: str) -> None:
    page.evaluate(
        "query => { const f = document.getElementById('query'); f.value = query; f.form.requestSubmit(); }", query
    )
    page.get_by_role("button", name="Stop").wait_for(state="hidden")


def download(page: Page, label: str) -> bytes:
    with page.expect_download() as found:
        page.get_by_role("button", name=label, exact=True).click()
    return Path(found.value.path()).read_bytes()


def from_server(exported: Exported, query: str, form: str) -> bytes:
    return respond(exported.site, Request("GET", "/sparql", urlencode({"query": query, "format": form}))).content


def test_rows_are_those_of_the_server_and_lead_to_pages_of_the_site(open_page: Open, exported: Exported) -> None:
    page = open_page(LABELS)
    page.get_by_role("table").wait_for()
    expected = json.loads(from_server(exported, LABELS, "json"))
    number = len(expected["results"]["bindings"])
    assert json.loads(download(page, "JSON")) == expected
    assert download(page, "CSV") == from_server(exported, LABELS, "csv")
    expect(page.get_by_role("table")).to_contain_text(f"{number} rows")
    assert page.get_by_role("columnheader").all_inner_texts() == ["thing", "next", "code"]
    first = page.get_by_role("table").get_by_role("link").first
    with page.expect_navigation():
        first.click()
    assert ROOT in page.url
    assert page.title() != ""
    assert page.get_by_role("heading", level=1).is_visible()


def test_each_triple_counts_once_and_values_are_those_of_the_server(open_page: Open, exported: Exported) -> None:
    page = open_page()
    for query in (
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
        "ASK { ?s <relative> ?o }",
        "SELECT ?z ?a { VALUES (?a ?z) { (1.50 'é'@en-GB) (UNDEF true) } }",
    ):
        run(page, query)
        assert json.loads(download(page, "JSON")) == json.loads(from_server(exported, query, "json")), query


def test_a_graph_has_each_statement_once(open_page: Open, exported: Exported) -> None:
    query = "CONSTRUCT { ?s ?p ?o } { GRAPH ?g { ?s ?p ?o } FILTER(!isBlank(?s) && !isBlank(?o)) }"
    page = open_page(query)
    page.get_by_role("region", name="The result in Turtle").wait_for()
    expected = sorted(from_server(exported, query, "nt").splitlines())
    expect(page.get_by_role("status")).to_contain_text(f"{len(expected):,} statements")
    expect(page.get_by_text("This page shows the first 1,000 lines")).to_be_visible()
    assert sorted(download(page, "N-Triples").splitlines()) == expected
    assert download(page, "Turtle").startswith(b"<")


def test_problems_are_stated_in_words_and_the_next_query_runs(open_page: Open) -> None:
    page = open_page()
    for query, message in (
        ("SELECT * {\n  ?s ?p\n}", "Line 3, column 1: unexpected }."),
        ("SELECT * { ?s foaf:name ?o }", "Line 1, column 15: the prefix foaf: is not declared."),
        ("SELECT * {", "the query ends too early"),
        ("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o }", "neither in GROUP BY nor in an aggregate"),
        ("SELECT * { SERVICE SILENT <https://e.org/> { ?s ?p ?o } }", "SERVICE queries another endpoint"),
        ("PREFIX a: <urn:a:>\nDELETE WHERE { ?s ?p ?o }", "DELETE begins an update, not a query"),
        ("SELECT * FROM <urn:a> FROM <urn:b> { ?s ?p ?o }", "does not merge several graphs"),
        ("SELECT (<urn:f>(1) AS ?x) {}", "The custom function <urn:f> is not supported"),
        ("SELECT * { " + "{" * 5000 + "}" * 5000 + " }", "nested too deeply"),
        ("# nothing", "The query is empty"),
        (GROWING, "needs more memory than this page gives it, 1 GB"),
    ):
        run(page, query)
        expect(page.get_by_role("alert")).to_contain_text(message)
    run(page, "ASK { ?s ?p 'SERVICE' , '# FROM FROM' }")
    expect(page.get_by_role("status")).to_contain_text("The answer is no")
    assert page.get_by_role("alert").count() == 0


def test_an_endless_query_ends_at_the_deadline_and_by_the_button_and_the_next_one_runs(open_page: Open) -> None:
    page = open_page()
    page.evaluate("document.getElementById('query-tool').dataset.seconds = 0.2")
    run(page, ENDLESS)
    expect(page.get_by_role("alert")).to_contain_text("took longer than 0.2 seconds, so it was ended")
    page.evaluate("document.getElementById('query-tool').dataset.seconds = 60")
    page.evaluate("query => { document.getElementById('query').value = query; }", ENDLESS)
    page.get_by_role("button", name="Run query").click()
    page.get_by_text("Running the query").wait_for()
    press_to(page, "Stop")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("The query was stopped.")
    expect(page.get_by_role("button", name="Run query")).to_be_focused()
    run(page, "ASK {}")
    expect(page.get_by_role("status")).to_contain_text("The answer is yes")


def test_a_query_is_written_run_and_shared_by_keyboard(open_page: Open) -> None:
    page = open_page()
    press_to(page, "SPARQL query")
    page.keyboard.press("Control+A")
    page.keyboard.type("SELECT ?thing WHERE { ?thing a tleve")
    choose(page, "tlp:TLevel")
    page.keyboard.type(" } LIMIT 3")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("table").get_by_role("link")).to_have_count(3)
    link = page.get_by_role("link", name="Link to this query and its result")
    assert page.evaluate("location.href") == link.evaluate("one => one.href")
    page.reload()
    expect(page.get_by_role("table").get_by_role("link")).to_have_count(3)
    run(page, f"ASK {{}} # {'long ' * 1000}")
    assert "#query=ASK" in page.url
    page.reload()
    expect(page.get_by_role("status")).to_contain_text("The answer is yes")


def test_a_file_that_cannot_be_loaded_is_named_and_asked_for_again(open_page: Open, exported: Exported) -> None:
    page = open_page()
    page.context.route("**/data.trig.gz", lambda route: route.abort())
    run(page, "ASK {}")
    expect(page.get_by_role("alert")).to_contain_text("/_/data.trig.gz could not be loaded")
    page.context.unroute("**/data.trig.gz")
    page.context.route("**/data.trig.gz", lambda route: route.fulfill(body=b"<urn:a> { cut"))
    run(page, "ASK {}")
    expect(page.get_by_role("alert")).to_contain_text("The engine or the data could not be opened")
    page.context.unroute("**/data.trig.gz")
    # Some hosts have the browser decompress it.
    data = gzip.decompress((exported.folder / "_/data.trig.gz").read_bytes())
    page.context.route("**/data.trig.gz", lambda route: route.fulfill(body=data))
    run(page, "ASK { ?s ?p ?o }")
    expect(page.get_by_role("status")).to_contain_text("The answer is yes")


def test_the_page_with_a_result_is_accessible_light_and_dark_and_on_small_screens(open_page: Open) -> None:
    page = open_page(LABELS, viewport={"width": 320, "height": 640})
    page.get_by_role("table").wait_for()
    run(page, "SELECT")
    assert violations(page) == []
    run(page, LABELS)
    page.get_by_role("table").wait_for()
    assert overflow(page) == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
        assert violations(page, COLOURS) == [], scheme


def test_without_scripts_the_page_says_what_to_do(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    expect(page.get_by_text("has no server that runs queries")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)


def test_the_engine_and_the_data_are_loaded_with_the_first_query_and_once(open_page: Open) -> None:
    page = open_page()
    loaded: list[str] = []
    page.context.on("request", lambda one: loaded.append(one.url.rsplit("/", 1)[1]))
    run(page, "ASK {}")
    run(page, "ASK { ?s ?p ?o }")
    assert [name for name in loaded if name.endswith(".gz")] == ["query-engine.wasm.gz", "data.trig.gz"]
