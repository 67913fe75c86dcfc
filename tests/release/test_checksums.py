"""The comparison of a release with its checksums."""

from __future__ import annotations

import itertools
import shutil
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.errors import ReleaseError
from tlevel_rdf.release import dumps, release
from tlevel_rdf.release.checksums import Comparison, compare, compare_until

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release


@pytest.fixture
def copy(small_release: Release, tmp_path: Path) -> Path:
    return shutil.copytree(small_release.folder, tmp_path / "release")


def never() -> bool:
    return False


def test_a_release_is_as_it_was_built(small_release: Release) -> None:
    assert compare(small_release.folder) == []
    assert compare_until(small_release.folder, never) == Comparison([], 0)


def test_a_changed_byte_of_the_store_is_found(copy: Path) -> None:
    name = release.store_files(copy)[-1]
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    assert [(one.name, one.is_in_store) for one in compare_until(copy, never).differences] == [(name, True)]


def test_a_size_is_found_without_reading(copy: Path) -> None:
    with (copy / dumps.TURTLE).open("ab") as file:
        file.write(b"#")
    (copy / dumps.N_TRIPLES).unlink()
    messages = {one.name: one.message for one in compare_until(copy, lambda: True).differences}
    size = (copy / dumps.TURTLE).stat().st_size
    assert messages == {
        dumps.TURTLE: f"The file has {size:,} bytes, not {size - 1:,}.",
        dumps.N_TRIPLES: "The file is missing.",
    }


def test_files_beside_those_of_the_store_are_found(copy: Path) -> None:
    (copy / release.STORE / "new.sst").write_bytes(b"x")
    assert [one.message for one in compare(copy)] == ["store.sha256 does not list store/new.sst."]


def test_files_that_are_not_read_in_time_are_counted(copy: Path) -> None:
    files = len(release.store_files(copy)) + len(release.list_files(copy)) - 1
    assert compare_until(copy, lambda: True).unread > 0
    calls = itertools.count()
    assert 0 < compare_until(copy, lambda: next(calls) >= 3).unread < files


def test_without_a_list_there_is_an_error(copy: Path) -> None:
    (copy / release.SUMS).unlink()
    with pytest.raises(ReleaseError, match="cannot be read"):
        compare(copy)
