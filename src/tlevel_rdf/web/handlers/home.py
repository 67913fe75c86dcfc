"""The first page: an overview for people, and the catalogue for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_LISTED_CLASSES
from tlevel_rdf.store.select import select_rows
from tlevel_rdf.web.data.description import describe
from tlevel_rdf.web.data.labels import labels_and_types
from tlevel_rdf.web.handlers.dcat import describe_catalogue
from tlevel_rdf.web.handlers.page_or_graph import PageOrGraph
from tlevel_rdf.web.handlers.schema_org import dataset_markup
from tlevel_rdf.web.handlers.signposting import link, links_of_dataset
from tlevel_rdf.web.html.rendering import home_page
from tlevel_rdf.web.html.view_models import Presenter, TermView
from tlevel_rdf.web.http.media_types import LINKSET

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Request, Response

_LINKSET: Final = ("link", link("/linkset.json", "linkset", LINKSET))


def home(site: Site, request: Request) -> Response:
    """Answer `/`: a page for people, or the catalogue and the description of the base in RDF.

    Raises:
        ProblemError: 406.
    """
    return PageOrGraph(
        about=site.dataset,
        page=lambda: home_page(site, () if _has_t_levels(site) else _classes(site), dataset_markup(site)),
        # The base may itself be the IRI of a thing, and this is its document.
        triples=lambda: (*describe_catalogue(site), *describe(site.store, site.base, site.fragments).triples),
        links=lambda media_type: (*links_of_dataset(site, media_type), _LINKSET),
    ).respond(site, request)


def _has_t_levels(site: Site) -> bool:
    return bool(select_rows(site.store, f"SELECT ?t {{ ?t a {terms.T_LEVEL} }} LIMIT 1"))


def _classes(site: Site) -> list[tuple[TermView, int]]:
    """Return the largest classes of the data, each with the number of its members and a link to a query for them."""
    counted = sorted(site.counts.of_class.items(), key=lambda one: (-one[1], one[0]))[:MAX_LISTED_CLASSES]
    presenter = Presenter(site.base, labels_and_types(site.store, (iri for iri, _ in counted)))
    return [(TermView(presenter.label(iri), f"/sparql?{_members(iri)}"), number) for iri, number in counted]


def _members(iri: str) -> str:
    query = f"SELECT DISTINCT ?thing WHERE {{ ?thing a <{iri}> }} ORDER BY ?thing LIMIT 1000"
    return urlencode({"query": query, "format": "html"})
