"""Things of kept releases: a site of an older release, and the release that described a thing at some time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from tlevel_rdf.changes.comparison import compare_things
from tlevel_rdf.changes.limits import MAX_HISTORY_PARTS, MAX_OPEN_RELEASES, MAX_VERSIONS
from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.errors import ReleaseError
from tlevel_rdf.graph import terms
from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.store.select import select_rows, values_blocks
from tlevel_rdf.web.data.description import is_known
from tlevel_rdf.web.data.labels import Labels
from tlevel_rdf.web.data.releases import kept_releases
from tlevel_rdf.web.data.site import site_of
from tlevel_rdf.web.data.tombstones import find_tombstone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tlevel_rdf.changes.change import Change
    from tlevel_rdf.release.release import Release
    from tlevel_rdf.settings import Settings
    from tlevel_rdf.store.base import Store
    from tlevel_rdf.web.data.site import Site


def site_of_version(site: Site, release: Release) -> Site:
    """Return the site of a kept release; the last few stay open.

    Raises:
        ReleaseError: the release is damaged.
    """
    return _open(release.folder, site.settings, release.id == site.release)


@lru_cache(maxsize=MAX_OPEN_RELEASES)
def _open(folder: Path, settings: Settings, is_current: bool) -> Site:  # noqa: FBT001 - a part of the key
    opened = site_of(open_dataset([folder], settings), settings)
    return replace(opened, version=opened.release, is_current=is_current)


def moments(releases: Sequence[Release]) -> dict[str, dt.datetime]:
    """Return the time from which on each release describes things, by its id.

    That is the beginning of its day, in UTC, and a second more for each release of that day before it: the times of
    Memento have seconds, and no two releases have the same.

    Args:
        releases: all that are kept, the newest first.
    """
    found: dict[str, dt.datetime] = {}
    number_of_day: Counter[dt.date] = Counter()
    for release in reversed(releases):
        start = dt.datetime.combine(release.date, dt.time(), tzinfo=dt.UTC)
        found[release.id] = start + dt.timedelta(seconds=number_of_day[release.date])
        number_of_day[release.date] += 1
    return found


def newest_releases(site: Site) -> list[Release]:
    """Return the kept releases, the newest first, at most `MAX_VERSIONS` of them."""
    return kept_releases(site)[:MAX_VERSIONS]


def describes(site: Site, release: Release, iris: Sequence[str]) -> bool:
    """Return True if a kept release describes one of some IRIs. A damaged release describes nothing."""
    return _is_whole(site, release) and any(is_known(site_of_version(site, release).store, iri) for iri in iris)


def _is_whole(site: Site, release: Release) -> bool:
    try:
        site_of_version(site, release)
    except ReleaseError:
        return False
    return True


def version_at(site: Site, iris: Sequence[str], seconds: float) -> Release | None:
    """Return the release that described a thing at some time.

    That is the last release before it; if that does not describe the thing, the next one that does, or else the last
    that did (RFC 7089, section 4.5.3, leaves the choice to the server).

    Args:
        site: the site.
        iris: of the thing.
        seconds: the time, in seconds since 1970.
    """
    kept = kept_releases(site)
    moment = moments(kept)
    newest_first = kept[:MAX_VERSIONS]
    later = [release for release in newest_first if moment[release.id].timestamp() > seconds]
    before = newest_first[len(later) :]
    whole = (release for release in before if _is_whole(site, release))
    in_order = chain(islice(whole, 1), reversed(later), before)
    return next((release for release in in_order if describes(site, release, iris)), None)


def last_version(site: Site, iri: str) -> Release | None:
    """Return the last kept release in which a thing was not gone, or None if there is none among the newest."""
    for release in newest_releases(site):
        if describes(site, release, [iri]):
            tombstone = find_tombstone(site_of_version(site, release).store, iri)
            if tombstone is None or not tombstone.is_gone:
                return release
    return None


def label_of(site: Site, release: Release, iris: Sequence[str]) -> str:
    """Return the label that a release has for the first of some IRIs that it describes."""
    store = site_of_version(site, release).store
    iri = next((iri for iri in iris if is_known(store, iri)), iris[0])
    return Labels(site.base, labels_and_types(store, [iri])).of(iri)


class VersionChanges(NamedTuple):
    """A version of a thing, and what changed since the version of the release before.

    Attributes:
        release: the release that describes the thing so.
        changes: the changes in what the data says of the thing and of its parts; None if no earlier release is kept.
        is_first: True if the release before does not describe the thing.
    """

    release: Release
    changes: list[Change] | None
    is_first: bool


def history(site: Site, iris: Sequence[str]) -> list[VersionChanges]:
    """Return the versions of a thing with their changes, the newest first.

    The options after a specialism, and the specialisms of a T Level, are parts of it. Damaged releases are left out.
    """
    kept = kept_releases(site)
    listed = {release.id for release in kept[:MAX_VERSIONS]}
    # One after the other, so that each is opened once. The last that is listed is compared with the one before it.
    whole = (release for release in kept if _is_whole(site, release))
    found = []
    for release, before in pairwise(chain(whole, (None,))):
        if release is None or release.id not in listed:
            break
        if not describes(site, release, iris):
            continue
        if before is None:
            found.append(VersionChanges(release, None, is_first=True))
            continue
        old, new = site_of_version(site, before).store, site_of_version(site, release).store
        things = {*iris, *_parts(old, iris), *_parts(new, iris)}
        changes = [change for change in compare_things(old, new, things) if not change.is_about_source]
        found.append(VersionChanges(release, changes, is_first=not describes(site, before, iris)))
    return found


def _parts(store: Store, iris: Iterable[str]) -> Iterator[str]:
    """Yield the specialisms of T Levels, and the options after those or after specialisms."""
    for block in values_blocks(iris):
        query = (
            f"SELECT DISTINCT ?part {{ VALUES ?whole {{ {block} }} {{ ?part {terms.OPTION_FOR} ?whole }} UNION"
            f" {{ ?part {terms.SPECIALISM_OF} ?whole }} UNION"
            f" {{ ?part {terms.OPTION_FOR}/{terms.SPECIALISM_OF} ?whole }} FILTER(isIRI(?part)) }}"
            f" ORDER BY ?part LIMIT {MAX_HISTORY_PARTS}"
        )
        yield from (row["part"].value for row in select_rows(store, query))  # type: ignore[union-attr]  # an IRI


def neighbours(site: Site, release: Release, iris: Sequence[str]) -> tuple[Release | None, Release | None]:
    """Return the versions of a thing before and after that of a release, if they are of the releases next to it.

    Damaged releases are skipped.
    """
    kept = kept_releases(site)
    place = next((number for number, each in enumerate(kept) if each.id == release.id), len(kept))
    older = next((each for each in kept[place + 1 :] if _is_whole(site, each)), None)
    newer = next((each for each in reversed(kept[:place]) if _is_whole(site, each)), None)
    before, after = (each if each and describes(site, each, iris) else None for each in (older, newer))
    return before, after
