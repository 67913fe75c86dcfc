"""A client that sends requests to a site without a server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tlevel_rdf.limits import MAX_REDIRECTS
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site


@dataclass(frozen=True)
class FetchResult:
    """The last response to a request, after redirects.

    Attributes:
        path: of the last request.
        status: of the last response.
        content_type: of the body; empty if it has none.
        body: of the last response.
    """

    path: str
    status: int
    content_type: str
    body: bytes


def fetch(site: Site, target: str, accept: str = "") -> FetchResult:
    """Send a GET request to a site and follow redirects.

    Args:
        site: to send the request to.
        target: a path, with a query if it has one, or an absolute IRI under the base.
        accept: the value of the Accept header; empty accepts any media type.
    """
    parts = urlsplit(target)
    if parts.scheme and target.startswith(site.base):
        target = target[len(site.base) - 1 :]
    elif not target.startswith("/"):
        target = f"/{target}"
    response = respond(site, Request.of(target, accept=accept or None))
    for _ in range(MAX_REDIRECTS):
        location = response.header("location")
        if response.status != 303 or location is None:
            break
        target = location
        response = respond(site, Request.of(target, accept=accept or None))
    return FetchResult(target, response.status, response.header("content-type") or "", response.content)
