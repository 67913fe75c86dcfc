"""The page of a search: its paths, its choices and its results."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.search.entries import Entry
from tlevel_rdf.search.index import SearchIndex
from tlevel_rdf.search.index_file import FACETS
from tlevel_rdf.web.html.search import SearchView, search_page

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

ENTRIES = [
    Entry("https://w3id.org/tlevel/id/occupation/a", "Roofer & Tiler", ["Occupation"], 2, ["OCC1"], [], {"x"}),
    Entry("https://w3id.org/tlevel/id/degree/b", "Roofs", ["Degree"]),
]


def view(page: int = 1, pages: int = 3, **chosen: tuple[str, ...]) -> SearchView:
    choices = {**dict.fromkeys(FACETS, ()), **chosen}
    return SearchView("roof", "", choices, SearchIndex.of(ENTRIES).facets([0, 1]), ENTRIES, 70, page, pages)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (view().path(), "/search?q=roof"),
        (view().path(2), "/search?q=roof&page=2"),
        (view(kind=("A & B",)).path(), "/search?q=roof&kind=A+%26+B"),
        (view(kind=("A",)).path(choices={}), "/search?q=roof"),
        (view(kind=("A",)).path(choices={"level": ("2",)}), "/search?q=roof&level=2"),
    ],
)
def test_a_path_keeps_the_search_and_its_choices(path: str, expected: str) -> None:
    assert path == expected


def test_a_result_says_what_it_is_and_which_codes_it_has(site: Site) -> None:
    page = search_page(site, view()).decode()
    assert "Roofer &amp; Tiler" in page
    assert "Occupation at level 2 · OCC1" in page
    assert 'href="/doc/degree/b"' in page
    assert "70 results, page 1 of 3" in page


def test_a_choice_can_be_taken_back(site: Site) -> None:
    page = search_page(site, view(kind=("Occupation",))).decode()
    assert "<strong>Occupation</strong>" in page
    assert 'href="/search?q=roof"' in page


@pytest.mark.parametrize(("page", "relations"), [(1, {"next"}), (2, {"next", "prev"}), (3, {"prev"})])
def test_pages_of_results_follow_one_another(site: Site, page: int, relations: set[str]) -> None:
    text = search_page(site, view(page)).decode()
    assert {relation for relation in ("next", "prev") if f'rel="{relation}"' in text} == relations


@pytest.mark.parametrize("kinds", [[], ["Term"]])
def test_results_are_shown_whether_or_not_they_can_be_narrowed(site: Site, kinds: list[str]) -> None:
    """A term of the vocabulary is of no kind that narrows a search."""
    entries = [Entry("https://w3id.org/tlevel/def/progression#hasOption", "has option", kinds)]
    facets = SearchIndex.of(entries).facets([0])
    assert any(facets.values()) is bool(kinds)
    found = SearchView("option", "", dict.fromkeys(FACETS, ()), facets, entries, 1, 1, 1)
    page = search_page(site, found).decode()
    assert "has option</a>" in page
    assert "Nothing was found" not in page
    assert ("Narrow the results" in page) is bool(kinds)


def test_a_page_after_the_last_leads_to_the_first(site: Site) -> None:
    page = search_page(site, replace(view(99), entries=[])).decode()
    assert "There is no page 99 of these results" in page
    assert "Nothing was found" not in page
