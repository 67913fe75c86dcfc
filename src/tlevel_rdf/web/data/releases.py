"""The releases in one folder: the one that is served, and those that were or will be."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tlevel_rdf.release.kept import list_releases, read_removals
from tlevel_rdf.release.release import read_sums

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.kept import Removal
    from tlevel_rdf.release.release import Release
    from tlevel_rdf.web.data.site import Site


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
    """Return the last release with a date, such as 2026-11-22."""
    return next((release for release in kept_releases(site) if release.date.isoformat() == day), None)


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
