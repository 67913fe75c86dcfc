"""`/linkset.json`: the links of the data set for machines that follow links (RFC 9264; FAIR Signposting, level 2)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.web.handlers.dcat import dumps
from tlevel_rdf.web.handlers.documents import thing_if_known
from tlevel_rdf.web.http.media_types import GRAPHS, LINKSET, PLAIN_JSON
from tlevel_rdf.web.http.negotiation import best_match

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Request, Response

PATH: Final = "/linkset.json"
_TYPES: Final = ("https://schema.org/AboutPage", "https://schema.org/Dataset")


def linkset(site: Site, request: Request) -> Response:
    """The links of the data set, and those that lead back to it.

    Who takes no links gets what the data says of that IRI, if it says something.
    """
    if best_match(request.header("accept"), (LINKSET, PLAIN_JSON)) is None and (known := thing_if_known(site, request)):
        return known
    return site.represent(LINKSET, json.dumps({"linkset": links(site)}, ensure_ascii=False, indent=2).encode() + b"\n")


def links(site: Site) -> list[dict[str, Any]]:
    """The link contexts (RFC 9264, section 4.2), each with its targets by relation.

    The landing page is the first page of the site.
    """
    landing = site.base
    items = [{"href": site.base + dump.path, "type": _sent_as(dump.name, dump.media_type.name)} for dump in dumps(site)]
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
    told = [{"anchor": one["href"], "describes": [{"href": landing, "type": "text/html"}]} for one in described]
    return [about, *back, *told]


def _sent_as(name: str, media_type: str) -> str:
    """The media type that a file is sent in: a packed one's is that of its packing."""
    return "application/gzip" if name.endswith(".gz") else media_type
