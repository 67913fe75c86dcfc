"""Releases that are loaded together."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.dataset.several_releases import find_releases, load_releases, values_of
from tlevel_rdf.errors import RdfSyntaxError, ReleaseError, SettingError, UnreadableInputError
from tlevel_rdf.release.dumps import N_QUADS

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release


def test_each_release_has_its_graphs_below_its_iri(small_release: Release) -> None:
    first, second = find_releases([str(small_release.folder), str(small_release.folder.parent)])
    sizes = load_releases([first, second]).graph_sizes()
    start = f"https://w3id.org/tlevel/releases/{first.id}/graph/"
    of_release = small_release.store().graph_sizes()
    assert {name.replace(f"releases/{first.id}/", ""): size for name, size in sizes.items()} == of_release
    assert f"{start}inferred" in sizes


def test_one_place_or_another_kind_is_no_comparison(small_release: Release, tmp_path: Path) -> None:
    folder = str(small_release.folder)
    assert find_releases([]) == find_releases([folder]) == []
    file = tmp_path / "a.ttl"
    file.touch()
    assert find_releases([folder, str(file)]) == []
    with pytest.raises(SettingError, match="cannot be combined"):
        find_releases(["http://e.org/query", folder])
    with pytest.raises(UnreadableInputError, match="does not exist"):
        find_releases([folder, str(tmp_path / "none")])


def test_only_a_query_with_an_older_and_a_newer_version_has_values(small_release: Release) -> None:
    both = [small_release, small_release]
    assert values_of(both, "what-changed") == {name: [f"/releases/{small_release.id}/"] for name in ("old", "new")}
    for releases, query in ((both[:1], "what-changed"), (both, "highest-levels"), (both, "SELECT * {}")):
        assert values_of(releases, query) == {}


def test_a_damaged_release_is_a_clear_error(small_release: Release, tmp_path: Path) -> None:
    copy = shutil.copytree(small_release.folder, tmp_path / small_release.id)
    (copy / N_QUADS).write_text("<a", encoding="utf-8")
    with pytest.raises(RdfSyntaxError, match=N_QUADS):
        load_releases(find_releases([str(copy), str(copy)]))
    (copy / N_QUADS).unlink()
    with pytest.raises(ReleaseError, match="is missing"):
        load_releases(find_releases([str(copy), str(copy)]))
    (copy / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(ReleaseError):
        find_releases([str(copy), str(copy)])
