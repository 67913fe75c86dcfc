"""Things of kept releases."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tlevel_rdf.changes.change import Kind
from tlevel_rdf.web.data import versions
from tlevel_rdf.web.data.releases import kept_releases
from tlevel_rdf.web.data.versions import (
    describes,
    history,
    last_version,
    moments,
    neighbours,
    newest_releases,
    site_of_version,
    version_at,
)

if TYPE_CHECKING:
    import pytest

    from tlevel_rdf.web.data.site import Site

OPTICAL = ["https://w3id.org/tlevel/id/specialism/healthcare-science/optical-care-services"]
ORTHOPTICS = ["https://w3id.org/tlevel/id/degree/orthoptics"]


def at(year: int, month: int = 1, day: int = 1) -> float:
    return dt.datetime(year, month, day, 12, tzinfo=dt.UTC).timestamp()


def test_each_release_is_a_version_with_a_time_of_its_own(kept_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    newest, middle, oldest = kept_releases(kept_site)
    assert newest_releases(kept_site) == [newest, middle, oldest]
    start = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    assert moments([newest, middle, oldest]) == {
        oldest.id: dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
        middle.id: start,
        newest.id: start + dt.timedelta(seconds=1),
    }
    monkeypatch.setattr(versions, "MAX_VERSIONS", 1)
    assert newest_releases(kept_site) == [newest]
    # The last that is listed is compared with the one before it, which is not.
    [only] = history(kept_site, ORTHOPTICS)
    assert [change.kind for change in only.changes or ()] == [Kind.REMOVED]


def test_an_older_site_has_its_own_data_and_stays_open(kept_site: Site) -> None:
    newest, middle, _ = kept_releases(kept_site)
    old = site_of_version(kept_site, middle)
    assert (old.release, old.version, old.base) == (middle.id, middle.id, kept_site.base)
    assert site_of_version(kept_site, middle) is old
    assert describes(kept_site, middle, ORTHOPTICS)
    assert describes(kept_site, newest, OPTICAL)
    assert not describes(kept_site, newest, ["https://w3id.org/tlevel/id/none"])


def test_the_version_of_a_time_is_the_last_release_before_it(kept_site: Site) -> None:
    newest, middle, oldest = kept_releases(kept_site)
    start = dt.datetime(2026, 11, 23, tzinfo=dt.UTC).timestamp()
    for seconds, release in (
        (at(1), oldest),
        (at(2026, 11, 22), oldest),
        (start, middle),
        (start + 1, newest),
        (at(2026, 11, 23), newest),
        (at(9998), newest),
    ):
        assert version_at(kept_site, OPTICAL, seconds) == release
    # The first release did not describe it; the last one has its tombstone.
    assert version_at(kept_site, ORTHOPTICS, at(2026, 11, 22)) == middle
    assert version_at(kept_site, ORTHOPTICS, at(2026, 11, 23)) == newest
    assert version_at(kept_site, ["https://w3id.org/tlevel/id/none"], at(2026)) is None


def test_the_history_of_a_thing_has_the_changes_of_its_parts(kept_site: Site, tmp_path: Path) -> None:
    newest, middle, oldest = kept_releases(kept_site)
    last, between, first = history(kept_site, OPTICAL)
    assert (last.release, between.release) == (newest, middle)
    assert all(each.changes and not each.is_first for each in (last, between))
    assert (first.release, first.changes) == (oldest, None)
    removed, added = history(kept_site, ORTHOPTICS)
    assert [change.kind for change in removed.changes or ()] == [Kind.REMOVED]
    assert ([change.kind for change in added.changes or ()], added.is_first) == ([Kind.ADDED], True)
    copies = [shutil.copytree(release.folder, tmp_path / "two" / release.id) for release in (middle, oldest)]
    two = replace(kept_site, folder=Path(copies[0]), release=middle.id)
    t_level = ["https://w3id.org/tlevel/id/t-level/healthcare-science"]
    for iris in (OPTICAL, t_level):
        newer, older = history(two, iris)
        assert (newer.release.id, older.release.id, older.changes) == (middle.id, oldest.id, None)
        assert sorted(change.text.partition(" (")[0] for change in newer.changes or ()) == [
            "degree in Optometry removed from Optical Care Services",
            "degree in Orthoptics added to Optical Care Services",
        ]
    [added] = history(two, ORTHOPTICS)
    assert [change.kind for change in added.changes or ()] == [Kind.ADDED]


def test_the_last_version_of_a_thing_is_the_one_before_its_tombstone(kept_site: Site) -> None:
    newest, middle, _ = kept_releases(kept_site)
    assert last_version(kept_site, ORTHOPTICS[0]) == middle
    assert last_version(kept_site, OPTICAL[0]) == newest
    assert last_version(kept_site, "https://w3id.org/tlevel/id/none") is None


def test_a_damaged_release_describes_nothing(kept_site: Site, tmp_path: Path) -> None:
    newest, middle, oldest = kept_releases(kept_site)
    copy = Path(shutil.copytree(newest.folder, tmp_path / "two" / newest.id))
    between = Path(shutil.copytree(middle.folder, tmp_path / "two" / "2026-11-22-damaged"))
    shutil.rmtree(between / "store")
    manifest = (between / "manifest.json").read_text(encoding="utf-8").replace(middle.id, between.name)
    (between / "manifest.json").write_text(manifest.replace('"2026-11-23"', '"2026-11-22"'), encoding="utf-8")
    site = replace(kept_site, folder=copy)
    damaged = next(each for each in kept_releases(site) if each.id == between.name)
    assert damaged in newest_releases(site)
    assert not describes(site, damaged, OPTICAL)
    assert [one.release.id for one in history(site, OPTICAL)] == [newest.id]
    assert version_at(site, OPTICAL, at(2026, 11, 22)) == kept_releases(site)[0]
    assert neighbours(site, kept_releases(site)[0], OPTICAL) == (None, None)
    # An intact release before it takes its place.
    shutil.copytree(oldest.folder, tmp_path / "two" / oldest.id)
    assert [each.id for each in kept_releases(site) if describes(site, each, OPTICAL)] == [newest.id, oldest.id]
    assert version_at(site, OPTICAL, at(2026, 11, 22)).id == oldest.id  # type: ignore[union-attr]  # there is one


def test_neighbours_are_the_versions_of_the_releases_before_and_after(kept_site: Site) -> None:
    newest, middle, oldest = kept_releases(kept_site)
    assert neighbours(kept_site, oldest, OPTICAL) == (None, middle)
    assert neighbours(kept_site, middle, OPTICAL) == (oldest, newest)
    assert neighbours(kept_site, newest, OPTICAL) == (middle, None)
    assert neighbours(kept_site, middle, ORTHOPTICS) == (None, newest)
