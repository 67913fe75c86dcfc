"""The releases in one folder: the one that is served, and those that were or will be."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.errors import ReleaseError
from tlevel_rdf.release.release import SUMS, Release, is_release, open_release, read_sums

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.web.data.site import Site


#: The entries of a manifest that pages show.
_SHOWN: Final = frozenset({"triples", "version", "generator"})


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
    if site.folder is None:
        return []
    folders = [each for each in site.folder.parent.iterdir() if each.is_dir() and not each.is_symlink()]
    opened = [release for each in folders if (release := _open(each)) and release.base == site.base]
    # A second release of one day has a later time.
    return sorted(opened, key=lambda one: (one.date, (one.folder / "manifest.json").stat().st_mtime_ns), reverse=True)


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


def _open(folder: Path) -> Release | None:
    # A folder of another name is a copy or a build that was stopped.
    if folder.name.startswith(".") or not is_release(folder):
        return None
    try:
        release = open_release(folder)
    except ReleaseError:
        return None
    is_whole = release.manifest.keys() >= _SHOWN and (folder / SUMS).is_file()
    return release if is_whole and release.folder.name == release.id else None
