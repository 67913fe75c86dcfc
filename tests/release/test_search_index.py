"""The search index of a release."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tlevel_rdf.release import release
from tlevel_rdf.release.search_index import pack_search_index, write_search_index
from tlevel_rdf.search.index import SearchIndex
from tlevel_rdf.search.index_file import FILE

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release


def test_a_release_has_the_index_of_its_store_and_its_checksum(small_release: Release, tmp_path: Path) -> None:
    file = small_release.folder / FILE
    assert file.read_bytes() == pack_search_index(small_release.folder, small_release.base)
    assert (FILE, release.sha256(file)) in set(release.read_sums(small_release.folder))
    index = SearchIndex.open(file)
    assert index.entry(index.find("optical care").things[0]).name == "Optical Care Services"
    copy = shutil.copytree(small_release.folder, tmp_path / "copy")
    (copy / FILE).unlink()
    write_search_index(copy, small_release.base)
    assert (copy / FILE).read_bytes() == file.read_bytes()
