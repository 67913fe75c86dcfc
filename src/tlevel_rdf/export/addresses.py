"""The addresses that an export begins with; it finds the others by following links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.store.select import select_rows
from tlevel_rdf.web.data.code_lookup import paths_of_codes
from tlevel_rdf.web.data.iris import local_path, to_uri
from tlevel_rdf.web.handlers.downloads import static_names
from tlevel_rdf.web.handlers.vocabulary import definitions, earlier_versions
from tlevel_rdf.web.html.query_in_browser import browser_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.web.data.site import Site

#: Addresses that no link leads to, or not with a certain extension.
_FIXED: Final = (
    "/",
    "/search",
    "/sparql",
    "/queries/",
    "/queries",
    "/catalogue",
    "/void",
    "/.well-known/void",
    "/robots.txt",
    "/sitemap.xml",
    "/llms.txt",
    "/linkset.json",
    "/api/",
    "/api/openapi.json",
    "/def/context.jsonld",
)


def first_addresses(site: Site) -> Iterator[str]:
    """Yield the targets of pages, files and IRIs of a site, each a path with a query if it has one."""
    yield from _FIXED
    # Only a query page that runs queries has an editor and an engine.
    unused = () if browser_data(site) else ("query-e",)
    yield from (f"/static/{name}" for name in static_names() if not name.startswith(unused))
    yield from (f"/data/{quote(name)}" for name in site.files)
    for document in (*definitions(), *earlier_versions()):
        for iri in (document.iri, *sorted(document.versions)):
            yield local_path(iri, site.base)
    for iri in _things(site):
        whole = iri.partition("#")[0]
        yield f"/{to_uri(whole.removeprefix(site.base))}" if whole.startswith(site.base) else _document(iri, site.base)


def redirected_codes(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the paths of codes of public registers, each with the path of its one thing."""
    for path, iri in paths_of_codes(site.store, site.base):
        yield f"/{to_uri(path)}", f"/{to_uri(iri.removeprefix(site.base))}"


def _things(site: Site) -> Iterator[str]:
    """Yield the IRIs that the data describes, and those under the base that it names, in a fixed order."""
    query = (
        f"SELECT DISTINCT ?thing {{ {{ ?thing ?p ?o }} UNION"
        f" {{ ?s ?q ?thing FILTER(isIRI(?thing) && STRSTARTS(STR(?thing), {Literal(site.base)})) }} }} ORDER BY ?thing"
    )
    yield from (node.value for row in select_rows(site.store, query) if isinstance(node := row["thing"], NamedNode))


def _document(iri: str, base: str) -> str:
    return local_path(iri, base).partition("#")[0]
