"""The same input and settings give the same bytes, whatever the place, time zone, locale or hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.graph import canonical_quads
from tlevel_rdf.release import release
from tlevel_rdf.release.build import build_paths
from tlevel_rdf.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release

ENVIRONMENTS = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"},
]


@pytest.mark.parametrize("environment", ENVIRONMENTS, ids=lambda e: e["TZ"])
def test_another_process_builds_the_same_bytes(
    environment: dict[str, str], shipped_release: Release, tmp_path: Path
) -> None:
    program = "import tlevel_rdf, sys; print(tlevel_rdf.build(out=sys.argv[1]).release.folder)"
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    built = release.open_release(tmp_path)
    assert done.stdout.strip() == str(built.folder)
    assert built.id == shipped_release.id
    for name in release.MEDIA_TYPES:
        assert (built.folder / name).read_bytes() == (shipped_release.folder / name).read_bytes(), name


@pytest.mark.parametrize(
    ("given", "environment", "date"),
    [
        ({}, {}, "2026-11-22"),
        ({}, {"SOURCE_DATE_EPOCH": "1700000000"}, "2023-11-14"),
        ({}, {"SOURCE_DATE_EPOCH": "1700000000", "TLEVEL_RDF_DATE": "2026-12-01"}, "2026-12-01"),
    ],
)
def test_the_date_is_an_input(given: dict[str, object], environment: dict[str, str], date: str, tmp_path: Path) -> None:
    settings = read_settings(given, environment)
    outcome = build_paths([], tmp_path, settings)
    if outcome.release is None:  # a release dated in the future is refused by R27, so the date was read
        assert {finding.code for finding in outcome.findings if finding.severity == "Violation"} == {"R27"}
        assert str(settings.date) == date
    else:
        assert outcome.release.date.isoformat() == date


@pytest.mark.parametrize("run", [1, 2, 7, 1000])
def test_lines_are_sorted_the_same_in_memory_and_on_disk(run: int, tmp_path: Path) -> None:
    lines = [b"<c> <p> <o> <g2> .\n", b"<a> <p> <o> <g1> .\n", b"<c> <p> <o> <g1> .\n", b"<a> <p> <o> <g1> .\n"]
    ordered = list(canonical_quads.sort_lines(lines, tmp_path, run))
    assert ordered == sorted(set(lines))
    assert list(canonical_quads.to_union(ordered)) == [b"<a> <p> <o> .\n", b"<c> <p> <o> .\n"]
    assert [line.split()[3] for line in canonical_quads.sort_by_graph(ordered, tmp_path, run)] == [
        b"<g1>",
        b"<g1>",
        b"<g2>",
    ]
