"""The releases in one folder."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.release.kept import Rule, prune
from tlevel_rdf.web.data.releases import (
    files_of,
    kept_release,
    kept_releases,
    last_whole,
    release_before,
    release_in_force,
    release_of_day,
)
from tlevel_rdf.web.http.problems import ProblemError

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.web.data.site import Site


def test_releases_are_found_by_id_day_and_order(kept_site: Site) -> None:
    newest, middle, oldest = kept_releases(kept_site)
    assert newest.id == kept_site.release
    assert kept_release(kept_site, middle.id) == middle
    assert kept_release(kept_site, "current") is None
    assert release_before(kept_site, middle.id) == oldest
    assert release_before(kept_site, oldest.id) is None
    assert release_of_day(kept_site, "2026-11-23") == newest
    assert release_of_day(kept_site, "") is None


def test_a_damaged_release_and_one_of_another_base_are_left_out(kept_site: Site, tmp_path: Path) -> None:
    assert kept_site.folder is not None
    served = tmp_path / kept_site.folder.name
    served.symlink_to(kept_site.folder)
    (tmp_path / "2026-01-01-000000000000").mkdir()
    (tmp_path / "2026-01-01-000000000000" / "manifest.json").write_text("{", encoding="utf-8")
    assert kept_releases(replace(kept_site, folder=served)) == []
    assert kept_releases(replace(kept_site, base="https://e.org/")) == []
    assert kept_releases(replace(kept_site, folder=None)) == []


@pytest.mark.parametrize("name", ["SHA256SUMS", "manifest.json"])
def test_a_release_that_lacks_a_part_does_not_spoil_the_list(name: str, kept_site: Site, tmp_path: Path) -> None:
    newest, _, oldest = kept_releases(kept_site)
    for release in (newest, oldest):
        (tmp_path / release.id).mkdir()
        for file in ("SHA256SUMS", "manifest.json"):
            shutil.copy(release.folder / file, tmp_path / release.id)
    site = replace(kept_site, folder=tmp_path / newest.id)
    assert len(kept_releases(site)) == 2
    if name == "SHA256SUMS":
        (tmp_path / oldest.id / name).unlink()
    else:
        manifest = {key: value for key, value in oldest.manifest.items() if key != "triples"}
        (tmp_path / oldest.id / name).write_text(json.dumps(manifest), encoding="utf-8")
    assert [release.id for release in kept_releases(site)] == [newest.id]


def test_a_damaged_last_release_of_a_day_does_not_hide_the_one_before_it(kept_site: Site, tmp_path: Path) -> None:
    assert kept_site.folder is not None
    out = shutil.copytree(kept_site.folder.parent, tmp_path / "out", symlinks=True)
    site = replace(kept_site, folder=out / kept_site.release)
    newest, middle, _ = kept_releases(site)
    assert newest.date == middle.date
    shutil.rmtree(newest.folder / "store")
    assert release_of_day(site, "2026-11-23") == middle
    assert release_in_force(site, "2026-11-30") == middle
    # Its own id still leads to it, and a day of damaged releases only to the last.
    assert kept_release(site, newest.id) == newest
    (middle.folder / "progression-profiles.nq").unlink()
    assert release_of_day(site, "2026-11-23") == newest


def test_a_release_that_was_in_force_and_was_removed_is_gone(kept_site: Site, tmp_path: Path) -> None:
    assert kept_site.folder is not None
    out = shutil.copytree(kept_site.folder.parent, tmp_path / "out", symlinks=True)
    site = replace(kept_site, folder=out / kept_site.release)
    newest = kept_releases(site)[0]
    prune(out, Rule(since=newest.date), dt.date(2026, 12, 1))
    with pytest.raises(ProblemError, match="was removed"):
        release_in_force(site, "2026-11-22")
    assert release_in_force(site, "2026-11-23").date == newest.date
    with pytest.raises(ProblemError, match="There is no release 2026-11-21"):
        release_in_force(site, "2026-11-21")
    assert last_whole([]) is None


def test_the_files_are_those_of_the_release_with_their_checksums(kept_site: Site) -> None:
    [release, *_] = kept_releases(kept_site)
    files = files_of(release)
    assert {file.name for file in files} == set(release.files)
    assert [file.name for file in files if not file.sha256] == ["SHA256SUMS"]
    assert all(file.path.stat().st_size == file.size for file in files)
