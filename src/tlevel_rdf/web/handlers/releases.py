"""`/releases` and `/changes/{old}..{new}`: the releases that are kept, their files, and what changed between two."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote

from tlevel_rdf.changes.comparison import compare
from tlevel_rdf.changes.differences import as_rdf_patch
from tlevel_rdf.changes.formats import to_csv, to_json
from tlevel_rdf.changes.version import Version
from tlevel_rdf.errors import ReleaseError
from tlevel_rdf.release.dumps import N_QUADS
from tlevel_rdf.web.data.releases import (
    files_of,
    find_release,
    kept_release,
    kept_releases,
    refuse_removed,
    release_before,
    release_in_force,
    release_of_day,
    removed_releases,
    removed_summary,
    why_none_kept,
)
from tlevel_rdf.web.data.site import IMMUTABLE, entity_tag
from tlevel_rdf.web.handlers.documents import thing_response
from tlevel_rdf.web.html.releases import changes_page, release_page, releases_feed, releases_page
from tlevel_rdf.web.http.media_types import ATOM, CSV, HTML, PLAIN_JSON, RDF_PATCH, split_suffix, type_of_file
from tlevel_rdf.web.http.messages import Response
from tlevel_rdf.web.http.problems import not_found
from tlevel_rdf.web.http.representation import select_representation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tlevel_rdf.release.release import Release
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Request

_OFFERS: Final = (HTML, PLAIN_JSON)
LIST_OFFERS: Final = (*_OFFERS, ATOM)
_CHANGES_OFFERS: Final = (HTML, PLAIN_JSON, CSV, RDF_PATCH)


def releases(site: Site, request: Request) -> Response:
    """Answer `/releases`: the releases that are kept, the newest first, and those that were removed.

    Raises:
        ProblemError: 406.
    """
    kept, removed = kept_releases(site), removed_releases(site)

    def body(offer: MediaType) -> bytes:
        if offer is ATOM:
            return releases_feed(site, kept)
        if offer is HTML:
            return releases_page(site, kept, removed)
        return _to_json([*(_summary(site, each) for each in kept), *(removed_summary(site, each) for each in removed)])

    return _respond(site, request, LIST_OFFERS, body)


def release(site: Site, request: Request) -> Response:
    """Answer `/releases/{id}`, a release, and `/releases/{id}/{file}`, one of its files, which never change.

    Raises:
        ProblemError: 404, the release is not kept or has no such file; 410, it was removed; 406.
    """
    path, _ = split_suffix(request.path, _OFFERS)
    name, _, file = unquote(request.path.removeprefix("/releases/")).partition("/")
    if file:
        return _file(find_release(site, name), file)
    if path.endswith("/") and (found := kept_release(site, name)):
        return Response(308, (("location", f"/releases/{quote(found.id)}"),))
    found = find_release(site, unquote(path.removeprefix("/releases/")).removesuffix("/"))
    before = release_before(site, found.id)

    def body(offer: MediaType) -> bytes:
        return release_page(site, found, before) if offer is HTML else _to_json(_summary(site, found))

    return _respond(site, request, _OFFERS, body)


def dated(site: Site, request: Request) -> Response:
    """Redirect `/data/progression-profiles/{date}`, the identifier of a version, to its release.

    Raises:
        ProblemError: 404, no release of that day is kept; 410, it was removed.
    """
    day = unquote(request.path.rpartition("/")[2])
    found = release_of_day(site, day)
    if found is None:
        refuse_removed(site, day)
        has_some = bool(kept_releases(site))
        raise not_found(
            f"No release of {day} is kept. /releases lists those that are." if has_some else why_none_kept(site)
        )
    return Response(303, (("location", f"/releases/{found.id}"), ("cache-control", "no-cache")))


def changes(site: Site, request: Request) -> Response:
    """Answer `/changes/{old}..{new}`: what changed between two releases, by their ids or days.

    A day means the release in force that day. Without `new`, it is the release that the site shows. So a client that
    keeps the id or the day of its copy asks `/changes/{old}..` for everything since.

    Raises:
        ProblemError: 404, one of the releases is not kept; 410, one was removed; 406.
        ReleaseError: one of them is damaged.
    """
    path, _ = split_suffix(request.path, _CHANGES_OFFERS)
    old, _, new = unquote(path.removeprefix("/changes/")).partition("..")
    if not old:
        raise not_found(_how_to_compare(site))
    before, after = release_in_force(site, old), release_in_force(site, new or site.release)
    versions = _version(before), _version(after)

    def body(offer: MediaType) -> bytes:
        if offer is HTML:
            return changes_page(site, before, after, compare(*versions))
        if offer is RDF_PATCH:
            with versions[0].lines(with_graphs=True) as lines, versions[1].lines(with_graphs=True) as newer:
                return b"".join(as_rdf_patch(lines, newer))
        write = to_csv if offer is CSV else to_json
        return "".join(write(compare(*versions))).encode()

    return _respond(site, request, _CHANGES_OFFERS, body)


def no_changes(site: Site, request: Request) -> Response:
    """Answer `/changes`, which names no releases.

    Raises:
        ProblemError: 404, with the addresses that show changes, unless the data describes a thing at this address.
    """
    found = thing_response(site, request)
    if found is None:
        raise not_found(_how_to_compare(site))
    return found


def _how_to_compare(site: Site) -> str:
    kept = kept_releases(site)
    if not kept:
        return why_none_kept(site)
    first, last = kept[-1], kept[0]
    return (
        f"Name two releases by their ids or days, such as /changes/{first.date}..{last.date}, or one, such as"
        f" /changes/{first.id}.. for everything since. /releases lists all, and /changes/stream is for programs."
    )


def _respond(site: Site, request: Request, offers: Sequence[MediaType], body: Callable[[MediaType], bytes]) -> Response:
    path, fixed = split_suffix(request.path, offers)
    media_type, headers, content = select_representation(
        request, offers, body, fixed, lambda offer: f"{path}{offer.suffix}"
    )
    return site.represent(media_type, content, headers=headers)


def _file(found: Release, name: str) -> Response:
    for file in files_of(found):
        if file.name == name:
            media_type = type_of_file(name)
            tag = entity_tag(media_type, f"{found.id} {name} {file.sha256}".encode())
            headers = (("content-type", media_type.content_type), ("etag", tag), ("accept-ranges", "bytes"), IMMUTABLE)
            return Response(200, headers, file.path)
    raise not_found(f"The release {found.id} has no file {name}.")


def _version(found: Release) -> Version:
    if not (found.folder / N_QUADS).is_file():
        message = f"{found.folder / N_QUADS} is missing"
        raise ReleaseError(message, hint="build the release again")
    return Version(found.id, found.store(), found.folder / N_QUADS)


def _summary(site: Site, found: Release) -> dict[str, Any]:
    before = release_before(site, found.id)
    path = f"releases/{quote(found.id)}"
    return {
        "id": found.id,
        "date": found.date.isoformat(),
        "url": site.url + path,
        "version": found.manifest["version"],
        "is_served": found.id == site.release,
        "previous": before.id if before else None,
        "changes": f"{site.url}changes/{quote(before.id)}..{quote(found.id)}" if before else None,
        "accepted": found.manifest.get("accepted"),
        "removed": None,
        "files": [
            {
                "name": file.name,
                "url": f"{site.url}{path}/{quote(file.name)}",
                "bytes": file.size,
                "sha256": file.sha256,
            }
            for file in files_of(found)
        ],
    }


def _to_json(value: object) -> bytes:
    return f"{json.dumps(value, indent=2, ensure_ascii=False)}\n".encode()
