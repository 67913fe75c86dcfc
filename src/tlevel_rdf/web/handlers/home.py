"""The first page: an overview for people, and the catalogue for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tlevel_rdf.web.data.description import describe
from tlevel_rdf.web.handlers.dcat import describe_catalogue
from tlevel_rdf.web.handlers.page_or_graph import PageOrGraph
from tlevel_rdf.web.html.pages import home_page
from tlevel_rdf.web.http.media_types import LINKSET
from tlevel_rdf.web.metadata.schema_org import dataset_markup
from tlevel_rdf.web.metadata.signposting import link, links_of_dataset

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
        page=lambda: home_page(site, dataset_markup(site)),
        # The base may itself be the IRI of a thing, and this is its document.
        triples=lambda: (*describe_catalogue(site), *describe(site.store, site.base, site.fragments).triples),
        links=lambda media_type: (*links_of_dataset(site, media_type), _LINKSET),
    ).respond(site, request)
