"""The manifest of a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph

from tlevel_rdf.release import dumps

if TYPE_CHECKING:
    from tlevel_rdf.release.release import Release


def test_the_manifest_counts_the_contents(shipped_release: Release) -> None:
    counted: dict[str, int] = {}
    for quad in pyoxigraph.parse(path=shipped_release.folder / dumps.N_QUADS):
        counted[quad.graph_name.value] = counted.get(quad.graph_name.value, 0) + 1
    assert shipped_release.manifest["graphs"] == counted
    assert shipped_release.manifest["findings"] == {"Violation": 0, "Warning": 0, "Info": 12}
