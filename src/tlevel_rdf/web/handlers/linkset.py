"""`/linkset.json`: the links of the data set (RFC 9264; FAIR Signposting, level 2)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.web.data.dumps import dumps
from tlevel_rdf.web.handlers.documents import thing_response
from tlevel_rdf.web.http.media_types import GRAPHS, LINKSET, PLAIN_JSON
from tlevel_rdf.web.http.negotiation import best_match

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Request, Response

_TYPES: Final = ("https://schema.org/AboutPage", "https://schema.org/Dataset")


def linkset(site: Site, request: Request) -> Response:
    """Answer `/linkset.json`: the links of the data set, and the links back to it.

    If the client does not accept link sets and the data describes that IRI, the response is about that thing.
    """
    if best_match(request.header("accept"), (LINKSET, PLAIN_JSON)) is None and (known := thing_response(site, request)):
        return known
    return site.represent(LINKSET, json.dumps({"linkset": links(site)}, ensure_ascii=False, indent=2).encode() + b"\n")


def links(site: Site) -> list[dict[str, Any]]:
    """Return the link contexts (RFC 9264, section 4.2), each with its targets by relation type.

    The landing page is the first page of the site.
    """
    landing = site.base
    items = [{"href": site.base + dump.path, "type": dump.file_type.name} for dump in dumps(site)]
    described = [
        {"href": f"{site.base}{document}{offer.suffix}", "type": offer.name}
        for document in ("catalogue", "void")
        for offer in GRAPHS
    ]
    about: dict[str, Any] = {"anchor": landing, "cite-as": [{"href": site.dataset}], "describedby": described}
    about["type"] = [{"href": iri} for iri in _TYPES]
    if items:
        about["item"] = items
    if site.about.licence:
        about["license"] = [{"href": site.about.licence}]
    back = [{"anchor": item["href"], "collection": [{"href": landing, "type": "text/html"}]} for item in items]
    descriptions = [{"anchor": one["href"], "describes": [{"href": landing, "type": "text/html"}]} for one in described]
    return [about, *back, *descriptions]
