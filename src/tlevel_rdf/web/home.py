"""The first page, and the data set's own description for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.writing import write_graph
from tlevel_rdf.web.asking import ask_rows
from tlevel_rdf.web.choosing import chosen
from tlevel_rdf.web.description import describe
from tlevel_rdf.web.names import names_of
from tlevel_rdf.web.negotiation import HTML, PAGE
from tlevel_rdf.web.pages import home_page
from tlevel_rdf.web.views import Shown, Viewer

if TYPE_CHECKING:
    from tlevel_rdf.web.http import Request, Response
    from tlevel_rdf.web.site import Site

_VOID_DATASET: Final = NamedNode(f"{terms.VOID}Dataset")
_DATA_DUMP: Final = NamedNode(f"{terms.VOID}dataDump")
_SPARQL_ENDPOINT: Final = NamedNode(f"{terms.VOID}sparqlEndpoint")


def home(site: Site, request: Request) -> Response:
    """`/`: a page for people; the description of the data set (VoID, DCAT) for programs.

    Raises:
        ProblemError: 406.
    """
    media_type, headers = chosen(request, PAGE)

    def make() -> bytes:
        if media_type is HTML:
            return home_page(site, () if _has_t_levels(site) else _classes(site))
        return write_graph(describe_dataset(site), media_type.graph_syntax, about=site.dataset)

    return site.represent(request, media_type, make, etag=site.etag("home", media_type.name), headers=headers)


def describe_dataset(site: Site) -> list[Triple]:
    """The data set: what the settings and the files say of it, and what the data itself says."""
    dataset = NamedNode(site.dataset)
    said: list[tuple[NamedNode, NamedNode | Literal]] = [
        (terms.TYPE, _VOID_DATASET),
        (terms.TYPE, terms.DATASET),
        (terms.TITLE, Literal(site.settings.title, language="en")),
        (terms.LICENCE, NamedNode(site.settings.licence)),
        (terms.RIGHTS, Literal(site.settings.attribution, language="en")),
        (_SPARQL_ENDPOINT, NamedNode(f"{site.base}sparql")),
        *((_DATA_DUMP, NamedNode(f"{site.base}data/{name}")) for name in site.files),
    ]
    if site.date:
        said.append((terms.MODIFIED, Literal(site.date.isoformat(), datatype=terms.DATE)))
    known = describe(site.store, site.dataset)
    return [*(Triple(dataset, predicate, value) for predicate, value in said), *known.triples]


def _has_t_levels(site: Site) -> bool:
    return bool(ask_rows(site.store, f"SELECT ?t {{ ?t a {terms.T_LEVEL} }} LIMIT 1"))


def _classes(site: Site) -> list[tuple[Shown, int]]:
    """The classes of data that is not about T Levels, each with a query for its members and their number."""
    rows = ask_rows(
        site.store, "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY DESC(?n) ?c LIMIT 200"
    )
    counted = [
        (row["c"].value, int(row["n"].value))
        for row in rows
        if isinstance(row["c"], NamedNode) and isinstance(row["n"], Literal)
    ]
    viewer = Viewer(site.base, names_of(site.store, (iri for iri, _ in counted)))
    return [(Shown(viewer.label(iri), f"/sparql?{_members(iri)}"), number) for iri, number in counted]


def _members(iri: str) -> str:
    query = f"SELECT DISTINCT ?thing WHERE {{ ?thing a <{iri}> }} ORDER BY ?thing LIMIT 1000"
    return urlencode({"query": query, "format": "html"})
