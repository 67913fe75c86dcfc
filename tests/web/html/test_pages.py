"""Every page is well-formed HTML that needs no script, with labels, headings in order and links that work."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urlencode

import pytest

from tests.web.conftest import BROWSER
from tlevel_rdf.web.html import pages
from tlevel_rdf.web.http.messages import Request, Response
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

VOID = {"meta", "link", "br", "input", "hr", "img"}
T_LEVEL = "/doc/t-level/healthcare-science"
PAGES = [
    "/",
    "/sparql",
    f"/sparql?{urlencode({'query': 'SELECT * { ?s ?p ?o } LIMIT 20'})}",
    f"/sparql?{urlencode({'query': 'ASK {}'})}",
    f"/sparql?{urlencode({'query': 'CONSTRUCT WHERE { ?s ?p ?o } LIMIT 20'})}",
    f"/sparql?{urlencode({'query': 'SELECT'})}",
    "/catalogue",
    "/void",
    "/queries/",
    "/queries/options-after-specialism",
    "/queries/standards-that-follow",
    "/queries/highest-levels",
    "/queries/options-after-specialism?specialism=Optics",
    "/queries/levels-without-options?lowest=low",
    "/nothing",
    T_LEVEL,
    "/doc/t-level/accounting",
    "/doc/profile/healthcare-science",
    "/doc/source/000-80ba2ef1bfb81c71-txt",
    "/def/progression",
    "/def/status",
    "/def/alignments",
    "/def/shapes",
    "/def/soc2020",
]


class Page(HTMLParser):
    """A strict parser: each end tag closes the element that was opened last."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names))
        self.seen.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            self.texts.setdefault(tag, []).append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.seen if name == tag]


def page(site: Site, target: str) -> Page:
    response = respond(site, Request.of(target, accept=BROWSER))
    text = response.content.decode()
    assert text.startswith("<!DOCTYPE html>")
    return Page(text)


@pytest.mark.parametrize("target", PAGES)
def test_a_page_has_one_title_and_headings_in_order(site: Site, target: str) -> None:
    found = page(site, target)
    assert found.all("html") == [{"lang": "en-GB"}]
    # A drawing has a title with an identifier.
    titles = [title for title in found.all("title") if not title]
    assert len(titles) == len(found.all("h1")) == len(found.all("main")) == 1
    assert "".join(found.texts["title"]).strip()
    levels = [int(tag[1]) for tag, _ in found.seen if tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in found.seen if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {a["href"] for a in found.all("a") if a.get("class") == "skip"} == {"#main"}


@pytest.mark.parametrize("target", PAGES)
def test_only_scripts_of_the_site_run_and_nothing_is_fetched_from_elsewhere(site: Site, target: str) -> None:
    found = page(site, target)
    assert not [tag for tag, _ in found.seen if tag in {"style", "iframe", "object", "base"}]
    # A script of that type is data, which no browser runs (HTML, section 4.12.1).
    scripts = [script for script in found.all("script") if script.get("type") != "application/ld+json"]
    assert all(script["src"].startswith("/static/") for script in scripts)
    assert not [a for _, attributes in found.seen for a in attributes if a.startswith("on") or a == "style"]
    sheets = [link["href"] for link in found.all("link") if link["rel"] == "stylesheet"]
    maps = [svg for svg in found.all("svg") if "progression-map" in svg.get("class", "")]
    assert sheets == ["/static/site.css", *(["/static/map.css"] if maps else [])]
    assert not found.all("img")


@pytest.mark.parametrize("target", PAGES)
def test_tables_and_forms_are_labelled(site: Site, target: str) -> None:
    found = page(site, target)
    assert len(found.all("caption")) == len(found.all("table"))
    assert all(cell.get("scope") in {"col", "row", "rowgroup"} for cell in found.all("th"))
    labelled = {label["for"] for label in found.all("label")}
    assert {field["id"] for tag in ("textarea", "select", "input") for field in found.all(tag)} <= labelled
    ids = {attributes["id"] for _, attributes in found.seen if "id" in attributes}
    for _, attributes in found.seen:
        for name in ("aria-labelledby", "aria-describedby"):
            assert set(attributes.get(name, "").split()) <= ids


@pytest.mark.parametrize("target", PAGES)
def test_every_link_works(site: Site, target: str) -> None:
    found = page(site, target)
    ids = {attributes["id"] for _, attributes in found.seen if "id" in attributes}
    links = {a["href"] for a in found.all("a")} | {link["href"] for link in found.all("link")}
    local = {href for href in links if href.startswith(("/", "#"))}
    assert all(href.startswith(("http://", "https://")) for href in links - local)
    # A page of 412 unit groups links to each of them, in one document: that is requested once.
    pages: dict[str, Response] = {}
    for href in sorted(local):
        path, fragment = urldefrag(href)
        if not path:
            assert unquote(fragment) in ids
            continue
        response = pages.get(path) or pages.setdefault(path, respond(site, Request.of(path, accept=BROWSER)))
        assert response.status == 200, href
        if fragment:
            assert f'id="{unquote(fragment)}"' in response.content.decode(), href


def test_a_statement_names_its_graphs(site: Site) -> None:
    text = respond(site, Request.of(f"{T_LEVEL}.html")).content.decode()
    assert "Inferred" in text
    assert "Profile: healthcare science" in text


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ("shapes", "A thing has at most one date of issue, one of change and one of availability."),
        ("shapes", "R27: This has two different dates of the same kind. Keep the right one."),
        ("progression", "An award that a person receives for meeting stated learning outcomes."),
    ],
)
def test_a_term_or_rule_is_explained_before_its_statements(site: Site, document: str, text: str) -> None:
    before, _, after = respond(site, Request.of(f"/def/{document}.html")).content.decode().partition(text)
    assert before.count("<details>") == before.count("</details>")
    assert "</table>" not in after.partition("<details>")[0]


def test_the_home_page_lists_the_files(site: Site) -> None:
    assert 'href="/data/all.nq"' in respond(site, Request.of("/")).content.decode()


def test_the_footer_has_the_attribution_the_licence_and_the_date(site: Site) -> None:
    for target in PAGES:
        text = respond(site, Request.of(target, accept=BROWSER)).content.decode()
        assert site.settings.attribution in text
        assert f'<a href="{site.settings.licence}" rel="license">' in text
        assert '<time datetime="2026-11-22">22 November 2026</time>' in text


@pytest.mark.parametrize("is_built", [True, False])
def test_the_query_page_names_its_editor_only_if_it_is_built(
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    is_built: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setattr(pages, "_HAS_EDITOR", is_built)
    text = pages.query_page(site).decode()
    assert ("/static/query-editor.js" in text) is is_built
    assert '<textarea id="query" name="query"' in text
    text = pages.query_page(replace(site, is_static=True)).decode()
    # Of an exported page, the engine decides.
    assert ("/static/query-editor.js" in text) is (is_built and "query-tool" in text)
