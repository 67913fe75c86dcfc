"""Folders that a release cannot be built in."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.errors import OutputError
from tlevel_rdf.release import release
from tlevel_rdf.release.build import build_paths
from tlevel_rdf.release.staging import publish, staging
from tlevel_rdf.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_file_instead_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match="is a file"):
        build_paths([], tmp_path / "out", read_settings({}, {}))


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        # root may write anywhere but where the kernel makes files itself
        with pytest.raises(OutputError, match="cannot be written"):
            build_paths([], type(tmp_path)("/proc/self/releases"), read_settings({}, {}))
        return
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="cannot be written"):
        build_paths([], tmp_path / "out", read_settings({}, {}))


def test_a_second_build_at_the_same_time_is_refused(out: Path) -> None:
    with staging(out), pytest.raises(OutputError, match="another build"):
        build_paths([], out, read_settings({}, {}))


def test_a_release_with_the_same_id_and_other_contents_is_refused(out: Path) -> None:
    (out / release.CURRENT / release.SUMS).write_text("other")
    with pytest.raises(OutputError, match="other contents"):
        build_paths([], out, read_settings({}, {}))


def test_a_staging_folder_is_empty_and_is_removed(tmp_path: Path) -> None:
    with staging(tmp_path / "out") as folder:
        assert list(folder.iterdir()) == []
        (folder / "a").write_text("x", encoding="utf-8")
    assert [entry.name for entry in (tmp_path / "out").iterdir()] == [".lock"]


def test_an_abandoned_folder_is_removed_by_the_next_build(tmp_path: Path) -> None:
    (tmp_path / ".building-x" / "store").mkdir(parents=True)
    with staging(tmp_path) as folder:
        assert [entry.name for entry in tmp_path.iterdir() if entry.is_dir()] == [folder.name]


def test_what_a_killed_build_leaves_is_removed_by_the_next(tmp_path: Path) -> None:
    (tmp_path / ".building-link").symlink_to("2026-11-22-a", target_is_directory=True)
    (tmp_path / ".building-file").write_text("x", encoding="utf-8")
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "a").write_text("x", encoding="utf-8")
    (tmp_path / ".building-other").symlink_to("kept", target_is_directory=True)
    with staging(tmp_path):
        pass
    assert {entry.name for entry in tmp_path.iterdir()} == {".lock", "kept"}
    assert (tmp_path / "kept" / "a").is_file()


def make_a_file(current: Path) -> None:
    current.write_text("mine", encoding="utf-8")


def make_a_folder(current: Path) -> None:
    current.mkdir()
    (current / "mine").write_text("mine", encoding="utf-8")


def make_an_empty_folder(current: Path) -> None:
    current.mkdir()


def make_a_link(current: Path) -> None:
    (current.parent / "other").mkdir()
    current.symlink_to("other", target_is_directory=True)


@pytest.mark.parametrize("make", [make_a_file, make_a_folder, make_an_empty_folder, make_a_link])
def test_what_is_called_current_and_is_no_release_is_never_replaced(make: Callable[[Path], None], out: Path) -> None:
    current = out / release.CURRENT
    current.unlink()
    make(current)
    before = (current.lstat(), sorted(out.rglob("*")))
    with pytest.raises(OutputError, match="is not the link to a release"):
        build_paths([], out, read_settings({}, {}))
    with pytest.raises(OutputError, match="is not the link to a release"):
        publish(out / "folder", "2026-11-22-a")
    assert (current.lstat(), sorted(out.rglob("*"))) == before


def test_a_link_that_leads_nowhere_is_replaced(tmp_path: Path) -> None:
    (tmp_path / release.CURRENT).symlink_to("gone", target_is_directory=True)
    with staging(tmp_path) as folder:
        (folder / "a").write_text("x", encoding="utf-8")
        place = publish(folder, "2026-11-22-a")
    assert (tmp_path / release.CURRENT).resolve() == place.resolve()


def test_a_published_folder_is_the_current_one_and_can_be_read_by_everyone(tmp_path: Path) -> None:
    with staging(tmp_path) as folder:
        (folder / "a").write_text("x", encoding="utf-8")
        place = publish(folder, "2026-11-22-a")
    assert place == tmp_path / "2026-11-22-a"
    assert (tmp_path / release.CURRENT).resolve() == place.resolve()
    assert (place / "a").read_text(encoding="utf-8") == "x"
    assert place.stat().st_mode & 0o777 == 0o755
