"""The first page: what there is, for people; for programs, the same in RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.serialization import serialize_graph
from tlevel_rdf.store.select import select_rows
from tlevel_rdf.web.data.description import describe
from tlevel_rdf.web.data.labels import names_of
from tlevel_rdf.web.handlers.dcat import describe_catalogue
from tlevel_rdf.web.handlers.schema_org import dataset_markup
from tlevel_rdf.web.handlers.signposting import link, links_of_dataset
from tlevel_rdf.web.html.rendering import home_page
from tlevel_rdf.web.html.view_models import Presenter, TermView
from tlevel_rdf.web.http.media_types import HTML, LINKSET, PAGE
from tlevel_rdf.web.http.representation import select_media_type

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Request, Response


#: More classes are for the page of numbers.
_MOST_CLASSES: Final = 200


def home(site: Site, request: Request) -> Response:
    """`/`: a page for people; for programs, the catalogue, and what the data says of the base.

    Raises:
        ProblemError: 406.
    """
    media_type, headers = select_media_type(request, PAGE)

    def make() -> bytes:
        if media_type is HTML:
            return home_page(site, () if _has_t_levels(site) else _classes(site), dataset_markup(site))
        # The base may itself be a thing, and this is its document.
        root = describe(site.store, site.base, site.fragments).triples
        return serialize_graph((*describe_catalogue(site), *root), media_type.graph_syntax, about=site.dataset)

    headers += (*links_of_dataset(site, media_type), ("link", link("/linkset.json", "linkset", LINKSET)))
    return site.represent(media_type, make(), headers=headers)


def _has_t_levels(site: Site) -> bool:
    return bool(select_rows(site.store, f"SELECT ?t {{ ?t a {terms.T_LEVEL} }} LIMIT 1"))


def _classes(site: Site) -> list[tuple[TermView, int]]:
    """The classes of data that is not about T Levels, each with a query for its members and their number."""
    of_class = site.counts.of_class
    counted = sorted(of_class.items(), key=lambda one: (-one[1], one[0]))[:_MOST_CLASSES]
    viewer = Presenter(site.base, names_of(site.store, (iri for iri, _ in counted)))
    return [(TermView(viewer.label(iri), f"/sparql?{_members(iri)}"), number) for iri, number in counted]


def _members(iri: str) -> str:
    query = f"SELECT DISTINCT ?thing WHERE {{ ?thing a <{iri}> }} ORDER BY ?thing LIMIT 1000"
    return urlencode({"query": query, "format": "html"})
