"""Resources with a page for people and the same information in RDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tlevel_rdf.web.data.formats import serialize
from tlevel_rdf.web.http.media_types import HTML, PAGE, split_suffix
from tlevel_rdf.web.http.representation import select_media_type
from tlevel_rdf.web.metadata.signposting import links_of_listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyoxigraph import Triple

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Headers, Request, Response


@dataclass(frozen=True, kw_only=True)
class PageOrGraph:
    """A resource with a page for people and the same information in RDF.

    Attributes:
        about: the IRI of the main subject of the RDF.
        page: returns the resource in HTML.
        triples: returns the resource in RDF.
        path: each representation is at this path with its extension; empty if all are at the path of the request.
        links: returns the Link headers of a representation; None: its other representations, and the licence.
    """

    about: str
    page: Callable[[], bytes]
    triples: Callable[[], Iterable[Triple]]
    path: str = ""
    links: Callable[[MediaType], Headers] | None = None

    def respond(self, site: Site, request: Request) -> Response:
        """Return the representation that a request selects.

        Raises:
            ProblemError: 406.
        """
        if self.path:
            fixed = split_suffix(request.path, PAGE)[1]
            media_type, headers = select_media_type(request, PAGE, fixed, lambda offer: self.path + offer.suffix)
        else:
            media_type, headers = select_media_type(request, PAGE)
        body = (
            self.page()
            if media_type is HTML
            else serialize(self.triples(), media_type, about=self.about, base=site.base)
        )
        links = self.links or (lambda shown: links_of_listing(site, shown, self._path_of(request)))
        return site.represent(media_type, body, headers=(*headers, *links(media_type)))

    def _path_of(self, request: Request) -> Callable[[MediaType], str]:
        return lambda offer: self.path + offer.suffix if self.path else request.path
