"""The releases in one folder: the one that is served, and those that were or will be."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from tlevel_rdf.changes.limits import MAX_VERSIONS
from tlevel_rdf.errors import ReleaseError
from tlevel_rdf.limits import MAX_QUOTED_CHARACTERS
from tlevel_rdf.release.dumps import N_QUADS
from tlevel_rdf.release.kept import list_releases, read_removals
from tlevel_rdf.release.release import read_sums
from tlevel_rdf.web.http.problems import Problem, ProblemError, gone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tlevel_rdf.release.kept import Removal
    from tlevel_rdf.release.release import Release
    from tlevel_rdf.web.data.site import Site


#: The releases that a message names.
_NAMED_RELEASES: Final = 5
#: Of a day such as 2026-11-22.
_DAY_CHARACTERS: Final = 10


class KeptFile(NamedTuple):
    """A file of a release, with its size in bytes and its SHA-256."""

    name: str
    path: Path
    size: int
    sha256: str


def kept_releases(site: Site) -> list[Release]:
    """Return the releases in the folder of the site's release, the newest first; damaged ones are left out.

    Those with another base are of another data set.
    """
    return list_releases(site.folder.parent, site.base) if site.folder else []


def why_none_kept(site: Site) -> str:
    """Return why no release can be listed, for a site that keeps none: its data may still be a release."""
    if site.folder is not None:
        return "No release in the folder of this site can be read now."
    reason = "comes from an engine" if site.is_on_engine else "is not a release"
    # RDF files are downloads themselves.
    downloads = "" if site.files else "downloads, "
    return (
        f"This site has no folder of releases, because its data {reason}. So it has no list of releases,"
        f" {downloads}earlier versions or changes."
    )


def removed_releases(site: Site) -> list[Removal]:
    """Return the releases that were removed from that folder, the last removed first, and are not there again."""
    if site.folder is None:
        return []
    kept = {release.id for release in kept_releases(site)}
    return [each for each in read_removals(site.folder.parent, site.base) if each.id not in kept]


def kept_release(site: Site, name: str) -> Release | None:
    """Return the release of an id, or None if it is not kept."""
    return next((release for release in kept_releases(site) if release.id == name), None)


def release_of_day(site: Site, day: str) -> Release | None:
    """Return the last release with a date, such as 2026-11-22; a damaged one only if the day has no other."""
    return last_whole([release for release in kept_releases(site) if release.date.isoformat() == day])


def last_whole(releases: Sequence[Release]) -> Release | None:
    """Return the first of some releases that can be opened, or the first if none can; None if there are none."""
    if len(releases) > 1:
        return next(filter(_can_be_opened, releases), releases[0])
    return releases[0] if releases else None


def _can_be_opened(release: Release) -> bool:
    try:
        release.store()
    except ReleaseError:
        return False
    return (release.folder / N_QUADS).is_file()


def release_in_force(site: Site, name: str) -> Release:
    """Return the release of an id, or the last one at or before a day.

    Raises:
        ProblemError: 404, there is no such release, or the day is before the first; 410, it was removed.
    """
    day = _read_day(name)
    if day is None or kept_release(site, name):
        return find_release(site, name)
    kept = [release for release in kept_releases(site) if release.date <= day]
    since = kept[0].date if kept else dt.date.min
    removed = [each for each in removed_releases(site) if since < dt.date.fromisoformat(each.date) <= day]
    if removed:
        # The release in force that day is no longer kept.
        refuse_removed(site, max(removed, key=lambda each: each.date).id)
    found = last_whole([release for release in kept if release.date == since])
    if found is None:
        return find_release(site, name)
    return found


def _read_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if len(text) == _DAY_CHARACTERS else None
    except ValueError:
        return None


def find_release(site: Site, name: str) -> Release:
    """Return the release of an id, or the last one of a day.

    Raises:
        ProblemError: 404, with the releases that are kept; 410, it was removed.
    """
    found = kept_release(site, name) or release_of_day(site, name)
    if found is not None:
        return found
    refuse_removed(site, name)
    kept = [{"id": each.id, "date": each.date.isoformat()} for each in kept_releases(site)[:MAX_VERSIONS]]
    if not kept:
        raise ProblemError(Problem(HTTPStatus.NOT_FOUND, why_none_kept(site), members={"versions": kept}))
    listed = ", ".join(each["id"] for each in kept[:_NAMED_RELEASES])
    hint = f"/releases lists those that are kept, such as {listed}."
    if _read_day(name):
        hint = f"The first release that is kept is of {kept[-1]['date']}. {hint}"
    detail = f"There is no release {name[:MAX_QUOTED_CHARACTERS]}." if name else "The address names no release."
    raise ProblemError(Problem(HTTPStatus.NOT_FOUND, detail, hint, members={"versions": kept}))


def refuse_removed(site: Site, name: str) -> None:
    """Refuse a release that was removed.

    Args:
        site: with the folder of releases.
        name: the id or the day of the release.

    Raises:
        ProblemError: 410, with what it was.
    """
    for removal in removed_releases(site):
        if name in {removal.id, removal.date}:
            detail = (
                f"The release {removal.id} was removed on {removal.removed}: {removal.reason}. It had"
                f" {removal.triples:,} statements. The SHA-256 of its list of checksums is {removal.sums}."
            )
            raise gone(detail, {"release": removed_summary(site, removal)})


def removed_summary(site: Site, removal: Removal) -> dict[str, Any]:
    """Return a removed release as JSON has it."""
    return {
        "id": removal.id,
        "date": removal.date,
        "url": f"{site.url}releases/{quote(removal.id)}",
        "is_served": False,
        "removed": {"date": removal.removed, "reason": removal.reason, "sha256_of_sha256sums": removal.sums},
        "files": [],
    }


def release_before(site: Site, name: str) -> Release | None:
    """Return the release before another one, or None if that is the first or is not kept."""
    releases = kept_releases(site)
    older = [after for before, after in pairwise(releases) if before.id == name]
    return older[0] if older else None


def files_of(release: Release) -> list[KeptFile]:
    """Return the files of a release, each with the checksum of the list; the list itself has none.

    Raises:
        ReleaseError: the list of checksums cannot be read.
    """
    digests = dict(read_sums(release.folder))
    return [KeptFile(name, file, file.stat().st_size, digests.get(name, "")) for name, file in release.files.items()]
