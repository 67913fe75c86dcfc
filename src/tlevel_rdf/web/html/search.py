"""The page of a search: the form, the results, and the choices that narrow them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlencode

from tlevel_rdf.limits import MAX_FACET_VALUES, MAX_PAGE_ENTRIES
from tlevel_rdf.web.data.codes import plain_path
from tlevel_rdf.web.data.iris import local_path
from tlevel_rdf.web.html.rendering import render, tables_of
from tlevel_rdf.web.html.view_models import TermView
from tlevel_rdf.web.http.media_types import PLAIN_JSON

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tlevel_rdf.search.entries import Entry
    from tlevel_rdf.search.index import Facet
    from tlevel_rdf.web.data.site import Site

_HEADINGS: Final = {
    "kind": "Kind",
    "level": "Level",
    "route": "Route",
    "t-level": "T Level",
    "flag": "Flag",
}


@dataclass(frozen=True)
class SearchView:
    """A search and a page of its results.

    Attributes:
        text: the words of the search.
        read_as: the words that were searched for in place of those of the text; empty if there are none.
        chosen: the values chosen of each facet.
        facets: the values of each facet among the results.
        entries: the results on this page.
        total: the number of all results.
        page: the number of this page, from 1.
        pages: the number of pages.
    """

    text: str
    read_as: str
    chosen: Mapping[str, Sequence[str]]
    facets: Mapping[str, Sequence[Facet]]
    entries: Sequence[Entry]
    total: int
    page: int
    pages: int

    def path(self, page: int = 1, choices: Mapping[str, Sequence[str]] | None = None) -> str:
        """Return the path of the search with another page or with other choices."""
        return f"/search?{self.parameters(page, choices)}"

    def parameters(self, page: int = 1, choices: Mapping[str, Sequence[str]] | None = None) -> str:
        """Return the parameters of the search with another page or with other choices."""
        chosen = self.chosen if choices is None else choices
        return urlencode({"q": [self.text], **chosen, "page": [str(page)] if page > 1 else []}, doseq=True)


class Choice(NamedTuple):
    """A choice that narrows the results, or takes back one that does: its words, its path, and the results then."""

    name: str
    href: str
    number: int
    is_chosen: bool


class ResultView(NamedTuple):
    """A result: its name, what it is, its codes, and the T Levels that it belongs to."""

    name: TermView
    kind: str
    codes: str
    t_levels: list[TermView]


def search_page(site: Site, view: SearchView) -> bytes:
    """Return the page of a search."""
    listed = ", ".join(choice.name for name in _HEADINGS for choice in _choices(view, name) if choice.is_chosen)
    title = f"Search for “{view.text}”" if view.text else listed or "Search"
    return render(
        site,
        "search.html",
        title,
        view=view,
        results=[_result(site, entry) for entry in view.entries],
        groups=[(_HEADINGS[name], _choices(view, name)) for name in _HEADINGS if view.facets[name]],
        previous=view.path(view.page - 1) if view.page > 1 else "",
        following=view.path(view.page + 1) if view.page < view.pages else "",
        alternates=_alternates(view),
    )


def _alternates(view: SearchView) -> list[TermView]:
    """Return links to the results as data; empty before a search."""
    if not view.text and not any(view.chosen.values()):
        return []
    json = TermView("JSON", view.path(view.page).replace("?", ".json?", 1), datatype=PLAIN_JSON.name)
    tables = (
        tables_of("/api/search", f"?{view.parameters()}&limit={MAX_PAGE_ENTRIES}")[1:]
        if view.entries and view.text
        else ()
    )
    return [json, *tables]


def _choices(view: SearchView, name: str) -> list[Choice]:
    chosen = view.chosen[name]
    return [
        Choice(
            facet.name,
            view.path(choices={**view.chosen, name: () if facet.value in chosen else (facet.value,)}),
            facet.number,
            facet.value in chosen,
        )
        for facet in view.facets[name][:MAX_FACET_VALUES]
    ]


def _result(site: Site, entry: Entry) -> ResultView:
    names = site.search_index.t_levels
    links = [TermView(names.get(iri, iri), local_path(iri, site.base)) for iri in entry.t_levels if iri != entry.iri]
    return ResultView(
        TermView(entry.name, plain_path(entry.iri, site.base)),
        entry.kind_and_level,
        ", ".join(entry.codes),
        sorted(links, key=lambda link: link.text),
    )
