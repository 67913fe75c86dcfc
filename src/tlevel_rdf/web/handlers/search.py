"""The search: a page for people, and the same results in JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.limits import MAX_SEARCH_CHARACTERS, MAX_SEARCH_RESULTS
from tlevel_rdf.search.index import Found
from tlevel_rdf.search.index_file import FACETS
from tlevel_rdf.web.data.iris import local_path
from tlevel_rdf.web.html.search import SearchView, search_page
from tlevel_rdf.web.http.media_types import HTML, PLAIN_JSON, split_suffix
from tlevel_rdf.web.http.problems import bad_request
from tlevel_rdf.web.http.query_string import check_parameter_names, parse_parameters
from tlevel_rdf.web.http.representation import select_representation
from tlevel_rdf.web.metadata.signposting import links_of_listing

if TYPE_CHECKING:
    from tlevel_rdf.search.entries import Entry
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Request, Response

#: The representations of a search.
OFFERS: Final = (HTML, PLAIN_JSON)


def search(site: Site, request: Request) -> Response:
    """Answer `/search?q=…`, narrowed by parameters with the names of the facets.

    Raises:
        ProblemError: 400, an unknown parameter, a number that is none, or too long a text; 406.
    """
    path, fixed = split_suffix(request.path, OFFERS)
    view = _search(site, parse_parameters(request.query))

    def path_of(offer: MediaType) -> str:
        return f"{path}{offer.suffix}{f'?{request.query}' if request.query else ''}"

    media_type, headers, body = select_representation(
        request, OFFERS, lambda offer: search_page(site, view) if offer is HTML else _json(site, view), fixed, path_of
    )
    links = links_of_listing(site, media_type, path_of, OFFERS)
    return site.represent(media_type, body, headers=(*headers, *links))


def _search(site: Site, values: dict[str, tuple[str, ...]]) -> SearchView:
    check_parameter_names("The search", values, ("q", "page", *FACETS))
    text = " ".join(values.get("q", ())).strip()
    if len(text) > MAX_SEARCH_CHARACTERS:
        detail = f"The text of a search may have at most {MAX_SEARCH_CHARACTERS} characters."
        raise bad_request(detail)
    number = values.get("page", ("1",))[-1]
    if not (number.isascii() and number.isdigit() and int(number[:9]) > 0 and len(number) < 10):
        raise bad_request("The page of a search is a number from 1.")
    chosen = {name: tuple(filter(None, values.get(name, ()))) for name in FACETS}
    index = site.search_index
    # Choices alone list all things that have them.
    found = index.find(text) if text or not any(chosen.values()) else Found(range(len(index)), "")
    things = index.narrow(found.things, chosen)
    first = (int(number) - 1) * MAX_SEARCH_RESULTS
    return SearchView(
        text=text,
        read_as=found.read_as,
        chosen=chosen,
        facets=index.facets(things),
        entries=[*map(index.entry, things[first : first + MAX_SEARCH_RESULTS])],
        total=len(things),
        page=int(number),
        pages=max(1, -(-len(things) // MAX_SEARCH_RESULTS)),
    )


def _json(site: Site, view: SearchView) -> bytes:
    """Return the results in JSON."""
    content = {
        "q": view.text,
        "read_as": view.read_as or None,
        "total": view.total,
        "page": view.page,
        "pages": view.pages,
        "facets": {name: [facet._asdict() for facet in values] for name, values in view.facets.items()},
        "results": [_result(site, entry) for entry in view.entries],
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _result(site: Site, entry: Entry) -> dict[str, Any]:
    names = site.search_index.t_levels
    return {
        "iri": entry.iri,
        "name": entry.name,
        "kind": entry.kind or None,
        "level": entry.level,
        "codes": entry.codes,
        "t_levels": [{"iri": iri, "name": names.get(iri, iri)} for iri in sorted(entry.t_levels)],
        "page": local_path(entry.iri, site.base),
    }
