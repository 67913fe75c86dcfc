"""Verification finds every kind of damage to a release."""

from __future__ import annotations

import json
import shutil
from random import Random
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from tlevel_rdf.codes import Code
from tlevel_rdf.errors import ReleaseError
from tlevel_rdf.findings import Severity
from tlevel_rdf.release import dumps, release
from tlevel_rdf.release.tables import table
from tlevel_rdf.release.verify import verify_release
from tlevel_rdf.search.index_file import FILE, pack_index

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tlevel_rdf.release.release import Release


@pytest.fixture
def copy(small_release: Release, tmp_path: Path) -> Path:
    return shutil.copytree(small_release.folder, tmp_path / "release")


def sign(folder: Path) -> None:
    """Write the checksums of the changed files."""
    names = sorted(set(release.list_files(folder)) - {release.SUMS})
    lines = [f"{release.sha256(folder / name)}  {name}\n" for name in names]
    (folder / release.SUMS).write_text("".join(lines), encoding="utf-8")


def sign_store(folder: Path) -> None:
    release.write_sums(release.store_digests(folder), folder / release.STORE_SUMS)


def codes(folder: Path) -> set[str]:
    return {finding.code for finding in verify_release(folder) if finding.severity is Severity.VIOLATION}


def drop_a_line(name: str, marker: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        lines = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
        lines.remove(next(line for line in lines if marker in line))
        (folder / name).write_text("".join(lines), encoding="utf-8")
        sign(folder)

    return damage


def change_the_search_index(folder: Path) -> None:
    (folder / FILE).write_bytes(pack_index([]))
    sign(folder)


def add_to_store(folder: Path) -> None:
    store = pyoxigraph.Store(str(folder / release.STORE))
    store.add(pyoxigraph.Quad(*(pyoxigraph.NamedNode(f"https://e.org/{x}") for x in "abc")))
    store.flush()


def add_to_store_and_sign(folder: Path) -> None:
    add_to_store(folder)
    sign_store(folder)


def take_from_store(folder: Path) -> None:
    store = pyoxigraph.Store(str(folder / release.STORE))
    store.remove(next(iter(store)))
    store.flush()


def miscount(folder: Path) -> None:
    manifest = json.loads((folder / release.MANIFEST).read_text(encoding="utf-8"))
    manifest["graphs"].popitem()
    (folder / release.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    sign(folder)


def miscount_the_classes(folder: Path) -> None:
    manifest = json.loads((folder / release.MANIFEST).read_text(encoding="utf-8"))
    manifest["counts"]["of_class"].popitem()
    (folder / release.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    sign(folder)


def add_a_file(folder: Path) -> None:
    (folder / "extra.txt").write_text("hi", encoding="utf-8")


def change_the_table(folder: Path) -> None:
    text = (folder / table.CSV).read_text(encoding="utf-8")
    (folder / table.CSV).write_text(text.replace("Optometry", "Astrology", 1), encoding="utf-8", newline="")
    sign(folder)


def add_links(folder: Path) -> None:
    (folder / release.LINKS / "extra.sssom.tsv").write_text("hi", encoding="utf-8")


def change_links(folder: Path) -> None:
    with (folder / release.LINKS / "jobs-and-standards.sssom.tsv").open("a", encoding="utf-8") as file:
        file.write("\n")


def break_the_store(folder: Path) -> None:
    for file in (folder / release.STORE).glob("*.sst"):
        file.unlink()


def spoil(folder: Path) -> None:
    (folder / dumps.TURTLE).write_bytes(b"# changed\n" + (folder / dumps.TURTLE).read_bytes())


def unlist(folder: Path) -> None:
    lines = (folder / release.SUMS).read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / release.SUMS).write_text("".join(lines[:-1]), encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (spoil, Code.CHECKSUM),
        (lambda folder: (folder / dumps.TRIG).unlink(), Code.CHECKSUM),
        (unlist, Code.CHECKSUM),
        (drop_a_line(dumps.TURTLE, "tlp:mode mode:work"), Code.DUMP),
        (drop_a_line(dumps.N_TRIPLES, "#mode>"), Code.DUMP),
        (miscount, Code.COUNT),
        (miscount_the_classes, Code.COUNT),
        (add_a_file, Code.CHECKSUM),
        (add_links, Code.CHECKSUM),
        (change_links, Code.CHECKSUM),
        (lambda folder: (folder / release.LINKS / "jobs-and-standards.sssom.tsv").unlink(), Code.CHECKSUM),
        (change_the_table, Code.DUMP),
        (change_the_search_index, Code.DUMP),
        (break_the_store, Code.STORE),
        (add_to_store, Code.STORE),
        (add_to_store_and_sign, Code.STORE),
        (lambda folder: (folder / release.STORE / "extra").write_text("x", encoding="utf-8"), Code.STORE),
        (take_from_store, Code.STORE),
    ],
    ids=[
        "changed file",
        "missing file",
        "unlisted file",
        "turtle",
        "n-triples",
        "counts",
        "counts of classes",
        "stray file",
        "stray links",
        "changed links",
        "missing links",
        "table",
        "search index",
        "broken store",
        "more in store",
        "more in store, signed",
        "stray file in store",
        "less",
    ],
)
def test_damage_is_found(damage: Callable[[Path], None], code: str, copy: Path) -> None:
    damage(copy)
    assert code in codes(copy)


def test_each_flipped_byte_of_the_store_is_found(copy: Path) -> None:
    random = Random(15)  # noqa: S311 - the same places in each run
    files = [copy / name for name in release.store_digests(copy)]
    sizes = [file.stat().st_size for file in files]
    for _ in range(100):
        [file] = random.choices(files, sizes)
        data = bytearray(file.read_bytes())
        position, bit = random.randrange(len(data)), 1 << random.randrange(8)
        data[position] ^= bit
        file.write_bytes(data)
        assert [finding.file for finding in verify_release(copy) if finding.code == Code.STORE] == [str(file)]
        data[position] ^= bit
        file.write_bytes(data)
    assert codes(copy) == set()


@pytest.mark.parametrize("number", range(12))
def test_each_file_of_the_store_is_read_to_its_end_without_checksums(number: int, copy: Path) -> None:
    # A release of an older version has no checksums of its store.
    (copy / release.STORE_SUMS).unlink()
    files = sorted((copy / release.STORE).glob("*.sst"))
    assert len(files) > number
    data = bytearray(files[number].read_bytes())
    for position in range(len(data) // 4, len(data) // 2, 512):
        data[position] ^= 1
    files[number].write_bytes(data)
    assert codes(copy) == {Code.STORE}


def test_a_valid_release_has_no_violations(small_release: Release) -> None:
    assert codes(small_release.folder) == set()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"id": 1, "base": "x", "date": "never", "files": {}}'])
def test_a_damaged_manifest_is_a_clear_error(text: str, copy: Path) -> None:
    (copy / release.MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(ReleaseError, match="damaged"):
        verify_release(copy)


def test_a_folder_without_a_release_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="not a release"):
        verify_release(tmp_path)
