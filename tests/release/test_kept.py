"""The releases of a folder, and their removal by a rule."""

from __future__ import annotations

import datetime
import json
import os
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.errors import OutputError, ReleaseError, SettingError
from tlevel_rdf.release.kept import REMOVED, Rule, hold, list_releases, prune, read_removals
from tlevel_rdf.release.release import sha256
from tlevel_rdf.release.staging import staging

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://e.org/"
TODAY = datetime.date(2026, 12, 1)


def add(out: Path, day: str, number: int = 0, base: str = BASE) -> str:
    """Add what a listing reads of a release; a later number is a later release of the same day."""
    name = f"{day}-{number:012x}"
    folder = out / name
    folder.mkdir(parents=True)
    manifest = {"id": name, "base": base, "date": day, "files": {}, "triples": 7, "version": "v", "generator": "g"}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "SHA256SUMS").write_text(f"{name}\n", encoding="utf-8")
    os.utime(folder / "manifest.json", (number, number))
    return name


@pytest.fixture(name="out")
def make_out(tmp_path: Path) -> Path:
    """A folder with five releases, the newest of them current, and what is no release of this data."""
    out = tmp_path / "releases"
    names = [add(out, day, number) for number, day in enumerate(("2026-11-01", "2026-11-02", "2026-11-03"))]
    names += [add(out, "2026-11-03", 9), add(out, "2026-11-04", 10)]
    add(out, "2026-10-01", 11, "https://other.org/")
    (out / "2026-10-02-damaged").mkdir()
    (out / "2026-10-02-damaged" / "manifest.json").write_text("{", encoding="utf-8")
    (out / "current").symlink_to(names[-1])
    return out


def kept(out: Path) -> list[str]:
    return [release.id for release in list_releases(out, BASE)]


def test_releases_are_listed_by_date_then_by_time(out: Path) -> None:
    assert [name[:10] for name in kept(out)] == ["2026-11-04", "2026-11-03", "2026-11-03", "2026-11-02", "2026-11-01"]
    assert kept(out)[1].endswith("9")


@pytest.mark.parametrize(
    ("rule", "number", "reason"),
    [
        (Rule(keep=2), 2, "not among the 2 newest releases"),
        (Rule(keep=1), 1, "not the newest release"),
        (Rule(keep=99), 5, ""),
        (Rule(since=datetime.date(2026, 11, 3)), 3, "older than 2026-11-03"),
        (Rule(since=datetime.date(2030, 1, 1), reason="Disk is full"), 1, "Disk is full"),
    ],
)
def test_a_rule_removes_old_releases_and_records_them(rule: Rule, number: int, reason: str, out: Path) -> None:
    before = list_releases(out, BASE)
    sums = {release.id: sha256(release.folder / "SHA256SUMS") for release in before}
    planned, _ = prune(out, rule, TODAY, is_dry=True)
    assert (len(kept(out)), (out / REMOVED).exists()) == (5, False)
    removals, shown = prune(out, rule, TODAY)
    assert removals == planned
    assert shown == []
    assert kept(out) == [release.id for release in before[:number]]
    assert [removal.id for removal in removals] == [release.id for release in before[number:]]
    assert all(each.sums == sums[each.id] and each.triples == 7 and each.removed == "2026-12-01" for each in removals)
    assert {removal.reason for removal in removals} == ({reason} if removals else set())
    assert {*read_removals(out, BASE)} == {*removals}
    assert read_removals(out, "https://other.org/") == []
    # What is no release of this data stays.
    assert (out / "2026-10-02-damaged").is_dir()
    assert len(list_releases(out, "https://other.org/")) == 1
    assert prune(out, rule, TODAY) == ([], [])


def test_the_current_release_stays_even_if_it_is_an_old_one(out: Path) -> None:
    oldest = kept(out)[-1]
    (out / "current").unlink()
    (out / "current").symlink_to(oldest)
    prune(out, Rule(keep=1), TODAY)
    assert [name[:10] for name in kept(out)] == ["2026-11-04", "2026-11-01"]


def test_a_release_that_a_server_shows_stays(out: Path) -> None:
    shown = kept(out)[2]
    held = hold(out / shown)
    assert held is not None
    assert [release.id for release in prune(out, Rule(keep=1), TODAY)[1]] == [shown]
    assert kept(out)[1:] == [shown]
    os.close(held)
    assert [removal.id for removal in prune(out, Rule(keep=1), TODAY)[0]] == [shown]
    assert hold(None) is hold(out / "missing") is None


def test_a_removal_that_was_stopped_is_finished(out: Path) -> None:
    [*_, oldest] = list_releases(out, BASE)
    prune(out, Rule(since=datetime.date(2026, 11, 2)), TODAY)
    add(out, "2026-11-01", 0)
    oldest.folder.rename(out / f".removing-{oldest.id}")
    assert oldest.id not in kept(out)
    prune(out, Rule(keep=99), TODAY)
    assert not [*out.glob(".removing-*")]
    assert [removal.id for removal in read_removals(out, BASE)] == [oldest.id]


def test_no_release_is_removed_while_one_is_built(out: Path) -> None:
    with staging(out), pytest.raises(OutputError, match="another build is running"):
        prune(out, Rule(keep=1), TODAY)
    assert len(kept(out)) == 5


def test_a_folder_without_a_current_release_is_refused(out: Path) -> None:
    for folder in (out / kept(out)[0], out.parent, out / "missing"):
        with pytest.raises(ReleaseError, match="has no current release"):
            prune(folder, Rule(keep=1), TODAY)


@pytest.mark.parametrize(
    ("keep", "since", "reason"), [(None, None, ""), (1, TODAY, ""), (0, None, ""), (-1, None, ""), (1, None, "x" * 501)]
)
def test_a_rule_that_is_none_is_refused(keep: int | None, since: datetime.date | None, reason: str) -> None:
    with pytest.raises(SettingError):
        Rule(keep, since, reason)


def test_a_damaged_record_is_read_as_far_as_it_goes(out: Path) -> None:
    [*_, removal] = prune(out, Rule(keep=1), TODAY)[0]
    good = (out / REMOVED).read_bytes()
    record = json.loads(good.splitlines()[-1])
    wrong: list[object] = [
        {**record, "triples": "7"},
        {**record, "date": "yesterday"},
        {**record, "reason": None},
        {**record, "more": 1},
        [],
        None,
    ]
    bad = b"".join(
        json.dumps({**each, "id": "x"} if isinstance(each, dict) else each).encode() + b"\n" for each in wrong
    )
    (out / REMOVED).write_bytes(b"\xff\x00\n{\n" + b"9" * 100_000 + b"\n" + bad + good)
    assert removal in read_removals(out, BASE)
    assert "x" not in {each.id for each in read_removals(out, BASE)}
