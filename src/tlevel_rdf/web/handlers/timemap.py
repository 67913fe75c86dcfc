"""`/timemap/doc/…`: the versions of a document in the kept releases, as a TimeMap (RFC 7089), a page and a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import quote

from tlevel_rdf.web.data.iris import to_uri
from tlevel_rdf.web.data.releases import kept_releases, why_none_kept
from tlevel_rdf.web.data.versions import describes, history, label_of, moments, newest_releases
from tlevel_rdf.web.handlers.documents import iris_of_request, thing_response
from tlevel_rdf.web.handlers.versions import TIMEMAP, with_version
from tlevel_rdf.web.html.releases import versions_feed, versions_page
from tlevel_rdf.web.http.media_types import ATOM, HTML, LINK_FORMAT, split_suffix
from tlevel_rdf.web.http.messages import Request, Response, http_date
from tlevel_rdf.web.http.problems import not_found
from tlevel_rdf.web.http.representation import select_representation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tlevel_rdf.release.release import Release
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType

_T = TypeVar("_T")
_OFFERS: Final = (LINK_FORMAT, HTML, ATOM)


def timemap(site: Site, request: Request) -> Response:
    """Answer `/timemap` followed by the path of a document.

    Raises:
        ProblemError: 400 without an IRI; 404, no kept release describes the thing; 406.
    """
    path, fixed = split_suffix(request.path.removeprefix(TIMEMAP), (ATOM,))
    iris = iris_of_request(site, Request("GET", path, request.query))
    original = f"{path}?iri={quote(iris[0], safe=':/')}" if path == "/doc" else path

    def body(offer: MediaType) -> bytes:
        if offer is LINK_FORMAT:
            versions = [release for release in newest_releases(site) if describes(site, release, iris)]
            return ",\n".join(_links(site, original, _some(site, versions))).encode() + b"\n"
        rows = [(each, with_version(original, each.release)) for each in _some(site, history(site, iris))]
        view = versions_page if offer is HTML else versions_feed
        return view(site, label_of(site, rows[0][0].release, iris), original, rows)

    media_type, headers, content = select_representation(request, _OFFERS, body, fixed)
    return site.represent(media_type, content, headers=headers)


def no_timemap(site: Site, request: Request) -> Response:
    """Answer `/timemap` and paths below it that name no document.

    Raises:
        ProblemError: 404, with an address that has a TimeMap, unless the data describes a thing at this address.
    """
    found = thing_response(site, request)
    if found is None:
        raise not_found("A TimeMap is at /timemap followed by the path of a page, such as /timemap/doc/t-level/….")
    return found


def _some(site: Site, versions: list[_T]) -> list[_T]:
    """Return the versions of a thing, if there are any.

    Raises:
        ProblemError: 404.
    """
    if not versions:
        raise not_found("No kept release describes this." if kept_releases(site) else why_none_kept(site))
    return versions


def _links(site: Site, original: str, versions: Sequence[Release]) -> Iterator[str]:
    """Yield the links of a TimeMap, the oldest version first (RFC 7089, section 5)."""
    start = site.url.removesuffix("/")
    moment = moments(kept_releases(site))
    times = [http_date(moment[release.id]) for release in versions]
    yield f'<{to_uri(start + original)}>; rel="original timegate"'
    yield (
        f'<{to_uri(start + TIMEMAP + original)}>; rel="self"; type="{LINK_FORMAT.name}";'
        f' from="{times[-1]}"; until="{times[0]}"'
    )
    for number, (release, time) in enumerate(zip(reversed(versions), reversed(times), strict=True), 1):
        relation = "first " * (number == 1) + "last " * (number == len(versions)) + "memento"
        target = to_uri(start + with_version(original, release))
        yield f'<{target}>; rel="{relation}"; datetime="{time}"'
