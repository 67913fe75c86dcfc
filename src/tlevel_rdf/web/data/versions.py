"""Things of kept releases: a site of an older release, and the release that described a thing at some time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from tlevel_rdf.changes.limits import MAX_OPEN_RELEASES, MAX_VERSIONS
from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.web.data.description import is_known
from tlevel_rdf.web.data.releases import kept_releases
from tlevel_rdf.web.data.site import site_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tlevel_rdf.release.release import Release
    from tlevel_rdf.settings import Settings
    from tlevel_rdf.web.data.site import Site


def site_of_version(site: Site, release: Release) -> Site:
    """Return the site of a kept release; the last few stay open.

    Raises:
        ReleaseError: the release is damaged.
    """
    return _open(release.folder, site.settings)


@lru_cache(maxsize=MAX_OPEN_RELEASES)
def _open(folder: Path, settings: Settings) -> Site:
    opened = site_of(open_dataset([folder], settings), settings)
    return replace(opened, version=opened.release)


def moment_of(release: Release) -> dt.datetime:
    """Return the time from which on a release describes things: the beginning of its day, in UTC."""
    return dt.datetime.combine(release.date, dt.time(), tzinfo=dt.UTC)


def daily_versions(site: Site) -> list[Release]:
    """Return the kept releases, the newest first: of each day the last one, and at most `MAX_VERSIONS` of them."""
    last: dict[dt.date, Release] = {}
    for release in kept_releases(site):
        last.setdefault(release.date, release)
    return [*islice(last.values(), MAX_VERSIONS)]


def describes(site: Site, release: Release, iris: Sequence[str]) -> bool:
    """Return True if a kept release describes one of some IRIs.

    Raises:
        ReleaseError: the release is damaged.
    """
    store = site_of_version(site, release).store
    return any(is_known(store, iri) for iri in iris)


def version_at(site: Site, iris: Sequence[str], seconds: float) -> Release | None:
    """Return the release that described a thing at some time.

    That is the last release before it; if that does not describe the thing, the next one that does, or else the last
    that did (RFC 7089, section 4.5.3, leaves the choice to the server).

    Args:
        site: the site.
        iris: of the thing.
        seconds: the time, in seconds since 1970.
    """
    newest_first = daily_versions(site)
    later = [release for release in newest_first if moment_of(release).timestamp() > seconds]
    before = newest_first[len(later) :]
    in_order = chain(before[:1], reversed(later), before[1:])
    return next((release for release in in_order if describes(site, release, iris)), None)


def neighbours(site: Site, release: Release, iris: Sequence[str]) -> tuple[Release | None, Release | None]:
    """Return the versions of a thing before and after that of a release, if they are of the releases next to it."""
    versions = daily_versions(site)
    older = next((each for each in versions if each.date < release.date), None)
    newer = next((each for each in reversed(versions) if each.date > release.date), None)
    before, after = (each if each and describes(site, each, iris) else None for each in (older, newer))
    return before, after
