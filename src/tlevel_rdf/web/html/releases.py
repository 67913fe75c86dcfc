"""The pages about releases: the list, one release with its files, and what changed between two."""

from __future__ import annotations

import re
from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from tlevel_rdf.limits import MAX_PAGE_ROWS
from tlevel_rdf.web.data.releases import files_of, kept_releases, why_none_kept
from tlevel_rdf.web.data.versions import moments
from tlevel_rdf.web.html.rendering import render
from tlevel_rdf.web.html.view_models import TermView
from tlevel_rdf.web.http.media_types import ATOM, CSV, PLAIN_JSON, RDF_PATCH

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from tlevel_rdf.changes.change import Change
    from tlevel_rdf.release.kept import Removal
    from tlevel_rdf.release.release import Release
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.data.versions import VersionChanges
    from tlevel_rdf.web.http.media_types import MediaType


#: Characters that a feed cannot contain (XML 1.0, section 2.2).
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


#: The character in their place.
_REPLACEMENT: Final = "\ufffd"


class ReleaseRow(NamedTuple):
    """A row of the list of releases.

    Attributes:
        release: the release.
        href: its page.
        changes: the page with what changed since the release before; empty for the first.
        is_served: True for the release that this site shows.
        name: its day, with its id if another release has the same day.
        updated: the time from which on it is the release in force.
    """

    release: Release
    href: str
    changes: str
    is_served: bool
    name: str
    updated: str


class VersionRow(NamedTuple):
    """A row of the list of versions of a document.

    Attributes:
        release: the release.
        href: the version of the document.
        name: the day of the release, with its id if another release has the same day.
        updated: the time of the version.
        changes: what changed; None if no earlier release is kept.
        is_first: True if the release before does not describe the thing.
    """

    release: Release
    href: str
    name: str
    updated: str
    changes: ChangeList | None
    is_first: bool


class ChangeList(NamedTuple):
    """Changes of one kind: the first sentences, and the number of all."""

    texts: list[str]
    total: int


def releases_page(site: Site, releases: Sequence[Release], removed: Sequence[Removal]) -> bytes:
    """Return the page that lists the releases, the newest first, and those that were removed."""
    forms = _forms("/releases", PLAIN_JSON, ATOM)
    rows = _rows(site, releases)
    values = {"rows": rows, "removed": removed, "reason": "" if rows else why_none_kept(site)}
    return render(site, "releases.html", "Releases", path="/releases", alternates=forms, **values)


def releases_feed(site: Site, releases: Sequence[Release]) -> bytes:
    """Return the feed of releases (RFC 4287). The empty feed of data that is no release is as old as Atom."""
    rows = _rows(site, releases)
    updated = rows[0].updated if rows else "2005-12-01T00:00:00Z"
    return render(site, "releases.atom", "Releases", rows=rows, updated=updated)


def _rows(site: Site, releases: Sequence[Release]) -> list[ReleaseRow]:
    moment, names = moments(releases), _names(releases)
    return [
        ReleaseRow(
            each,
            _path(each),
            changes_path(before, each) if before else "",
            each.id == site.release,
            names[each.id],
            _updated(moment[each.id]),
        )
        for each, before in zip_longest(releases, releases[1:])
    ]


def _names(releases: Sequence[Release]) -> dict[str, str]:
    """Return the day of each release, with its id if another release has the same day, by its id."""
    of_day = Counter(release.date for release in releases)
    return {one.id: _with_id(one) if of_day[one.date] > 1 else _day(one.date) for one in releases}


def _with_id(release: Release) -> str:
    return f"{_day(release.date)} ({release.id})"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _updated(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def release_page(site: Site, release: Release, before: Release | None) -> bytes:
    """Return the page of a release: its date, its files with their checksums, and a link to what changed."""
    title = f"Release of {_day(release.date)}"
    return render(
        site,
        "release.html",
        title,
        release=release,
        files=[(file, f"{_path(release)}/{quote(file.name)}") for file in files_of(release)],
        changes=changes_path(before, release) if before else "",
        accepted=release.manifest.get("accepted"),
        path=_path(release),
        alternates=_forms(_path(release), PLAIN_JSON),
    )


def versions_page(site: Site, name: str, original: str, rows: Sequence[tuple[VersionChanges, str]]) -> bytes:
    """Return the page that lists the versions of a document and what changed in each, the newest first.

    Args:
        site: the site.
        name: the label of the thing.
        original: the path of the document.
        rows: each version with its path.
    """
    return render(site, "versions.html", f"Versions of {name}", **_versions(site, original, rows))


def versions_feed(site: Site, name: str, original: str, rows: Sequence[tuple[VersionChanges, str]]) -> bytes:
    """Return the feed of the versions of a document in which something changed (RFC 4287); see `versions_page`."""
    return render(
        site, "versions.atom", f"Changes of {_NO_XML.sub(_REPLACEMENT, name)}", **_versions(site, original, rows)
    )


def _versions(site: Site, original: str, rows: Sequence[tuple[VersionChanges, str]]) -> dict[str, object]:
    kept = kept_releases(site)
    moment, names = moments(kept), _names(kept)
    listed = [
        VersionRow(
            one.release, path, names[one.release.id], _updated(moment[one.release.id]), _change_list(one), one.is_first
        )
        for one, path in rows
    ]
    changed = [row for row in listed if row.is_first or row.changes is None or row.changes.total]
    path, question, query = original.partition("?")
    return {
        "original": original,
        "rows": listed,
        "changed": changed,
        "feed": f"/timemap{path}{ATOM.suffix}{question}{query}",
    }


def _change_list(version: VersionChanges) -> ChangeList | None:
    if version.changes is None:
        return None
    texts = [_NO_XML.sub(_REPLACEMENT, change.text) for change in version.changes[:MAX_PAGE_ROWS]]
    return ChangeList(texts, len(version.changes))


def changes_page(site: Site, old: Release, new: Release, changes: Iterable[Change]) -> bytes:
    """Return the page with what changed between two releases, in words."""
    meaning, sources = ChangeList([], 0), ChangeList([], 0)
    for change in changes:
        texts, total = sources if change.is_about_source else meaning
        if total < MAX_PAGE_ROWS:
            texts.append(change.text)
        if change.is_about_source:
            sources = ChangeList(texts, total + 1)
        else:
            meaning = ChangeList(texts, total + 1)
    path = changes_path(old, new)
    names = _names([old, new])
    return render(
        site,
        "changes.html",
        f"Changes from {names[old.id]} to {names[new.id]}",
        old=(old, _path(old)),
        new=(new, _path(new)),
        meaning=meaning,
        sources=sources,
        path=path,
        alternates=_forms(path, PLAIN_JSON, CSV, RDF_PATCH),
    )


def changes_path(old: Release, new: Release) -> str:
    """Return the path of the page with what changed between two releases."""
    return f"/changes/{quote(old.id)}..{quote(new.id)}"


def _path(release: Release) -> str:
    return f"/releases/{quote(release.id)}"


def _forms(path: str, *offers: MediaType) -> tuple[TermView, ...]:
    """Return links to other representations of a page."""
    return tuple(TermView(offer.label, f"{path}{offer.suffix}", datatype=offer.name) for offer in offers)
