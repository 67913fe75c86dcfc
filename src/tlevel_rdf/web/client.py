"""What the site answers for a path, without a server: for the command line and for whoever writes the site out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

#: A thing redirects once, to its document; more than that would be a loop.
_MOST_REDIRECTS: Final = 5


@dataclass(frozen=True)
class Fetched:
    """What came in the end.

    Attributes:
        path: that answered, after redirects.
        status: of its response.
        content_type: of the body; empty if there is none.
        body: of its response.
    """

    path: str
    status: int
    content_type: str
    body: bytes


def fetch(site: Site, target: str, accept: str = "") -> Fetched:
    """Ask the site for a path as a client does that follows redirects.

    Args:
        site: that is asked.
        target: a path, with a query if it has one; an absolute address of the site does as well.
        accept: the media types that are asked for; empty: any.
    """
    parts = urlsplit(target)
    if parts.scheme and target.startswith(site.base):
        target = target[len(site.base) - 1 :]
    elif not target.startswith("/"):
        target = f"/{target}"
    response = respond(site, Request.of(target, accept=accept or None))
    for _ in range(_MOST_REDIRECTS):
        location = response.header("location")
        if response.status != 303 or location is None:
            break
        target = location
        response = respond(site, Request.of(target, accept=accept or None))
    return Fetched(target, response.status, response.header("content-type") or "", response.content)
