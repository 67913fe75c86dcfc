"""Versions of documents: `?version=…`, the links between them (RFC 5829) and Memento (RFC 7089).

A document is its own TimeGate: a request with `Accept-Datetime` is redirected to the version of that time. Its TimeMap
is at `/timemap` followed by its path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from tlevel_rdf.web.data.releases import find_release, kept_releases
from tlevel_rdf.web.data.versions import moments, neighbours, version_at
from tlevel_rdf.web.http.conditional_requests import timestamp
from tlevel_rdf.web.http.media_types import LINK_FORMAT
from tlevel_rdf.web.http.messages import Response, http_date
from tlevel_rdf.web.http.problems import bad_request
from tlevel_rdf.web.http.query_string import parse_parameters
from tlevel_rdf.web.metadata.signposting import link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.release.release import Release
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Request

TIMEMAP: Final = "/timemap"


def requested_version(site: Site, request: Request) -> Release | None:
    """Return the release that a request names with `version=`, by its id or its day; None if it names none.

    Raises:
        ProblemError: 400, it names two; 404, the release is not kept; 410, it was removed.
    """
    if "version=" not in request.query:
        return None
    names = parse_parameters(request.query).get("version", ())
    if len(names) > 1:
        raise bad_request("The address may name one version only.")
    return find_release(site, names[0]) if names else None


def with_version(target: str, release: Release) -> str:
    """Return a path, which may have a query, with the parameter that names a release."""
    return f"{target}{'&' if '?' in target else '?'}version={quote(release.id)}"


def as_memento(site: Site, response: Response, release: Release, original: str, iris: Sequence[str]) -> Response:
    """Return the response about a thing in an older release with the headers of a Memento.

    Args:
        site: the site of today.
        response: from the older release.
        release: that release.
        original: the path of the document of today.
        iris: of the thing.
    """
    before, after = neighbours(site, release, iris)
    links = [
        response.header("link") or "",
        *_original_links(original),
        link(original, "latest-version"),
        *([link(with_version(original, before), "predecessor-version prev memento")] if before else []),
        *([link(with_version(original, after), "successor-version next memento")] if after else []),
    ]
    moment = moments(kept_releases(site))[release.id]
    return response.with_headers(("memento-datetime", http_date(moment)), ("link", ", ".join(filter(None, links))))


def as_original(site: Site, response: Response, original: str) -> Response:
    """Return the response about a thing with links to its TimeGate and TimeMap, if releases are kept."""
    if site.folder is None or site.is_static:
        return response
    links = [response.header("link") or "", *_original_links(original)]
    vary = ", ".join(filter(None, (response.header("vary"), "Accept-Datetime")))
    return response.with_headers(("link", ", ".join(filter(None, links))), ("vary", vary))


def negotiate_time(site: Site, request: Request, iris: Sequence[str], target: str) -> Response | None:
    """Return the redirect to the version of a thing at the time that a request names, or None if it names none.

    Args:
        site: the site.
        request: with its header `Accept-Datetime`.
        iris: of the thing.
        target: the path of the document, which may name a representation.

    Raises:
        ProblemError: 400, the time is not well formed.
    """
    text = request.header("accept-datetime")
    if text is None or site.folder is None:
        return None
    seconds = timestamp(text)
    if seconds is None:
        raise bad_request("Accept-Datetime is not a time such as Sun, 22 Nov 2026 00:00:00 GMT.")
    release = version_at(site, iris, seconds)
    if release is None:
        return None
    headers = (
        ("location", with_version(target, release)),
        ("vary", "Accept, Accept-Datetime"),
        ("link", ", ".join(_original_links(target))),
        ("cache-control", "no-cache"),
    )
    return Response(302, headers)


def _original_links(original: str) -> tuple[str, str]:
    return link(original, "original timegate"), link(f"{TIMEMAP}{original}", "timemap version-history", LINK_FORMAT)
