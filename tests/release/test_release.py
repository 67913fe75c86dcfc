"""Opening a release."""

from __future__ import annotations

import datetime
import hashlib
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.errors import ReleaseError
from tlevel_rdf.release import release
from tlevel_rdf.release.release import is_release, open_release, read_sums, sha256

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release


def test_a_folder_of_releases_opens_as_its_current_one(out: Path) -> None:
    opened = open_release(out)
    assert opened == open_release(out / opened.id)
    assert opened.folder == (out / release.CURRENT).resolve()
    assert is_release(out)
    assert is_release(opened.folder)


def test_the_manifest_gives_id_base_and_date(shipped_release: Release) -> None:
    assert shipped_release.id == shipped_release.folder.name
    assert shipped_release.id.startswith("2026-11-30-")
    assert shipped_release.date == datetime.date(2026, 11, 30)
    assert shipped_release.base == "https://w3id.org/tlevel/"


def test_the_files_are_those_that_exist(shipped_release: Release) -> None:
    links = [f"links/{file.name}" for file in sorted((shipped_release.folder / "links").iterdir())]
    # This release has no signature.
    names = [name for name in release.MEDIA_TYPES if name != release.SIGNATURE]
    assert list(shipped_release.files) == [*names, *links]
    assert all(file.is_file() for file in shipped_release.files.values())


def test_a_release_of_an_older_version_has_no_counts(shipped_release: Release) -> None:
    assert shipped_release.counts is not None
    manifest = {key: value for key, value in shipped_release.manifest.items() if key != "counts"}
    assert type(shipped_release)(shipped_release.folder, manifest).counts is None


def test_another_folder_is_refused(tmp_path: Path) -> None:
    assert not is_release(tmp_path)
    with pytest.raises(ReleaseError, match="is not a release and contains none") as caught:
        open_release(tmp_path)
    assert caught.value.hint == "make one with: tlevel-rdf build"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"id": 1}'])
def test_a_damaged_manifest_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / release.MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"manifest\.json is damaged"):
        open_release(tmp_path)


def test_sums_are_read_by_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    assert sha256(tmp_path / "a") == hashlib.sha256(b"x").hexdigest()
    (tmp_path / release.SUMS).write_text("12ab  a\n34cd  b c\n", encoding="utf-8")
    assert list(read_sums(tmp_path)) == [("a", "12ab"), ("b c", "34cd")]


def test_sums_that_do_not_exist_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="SHA256SUMS cannot be read"):
        list(read_sums(tmp_path))
