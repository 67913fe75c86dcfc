"""Builds give the same bytes for the same input, and leave the old release as it was if they fail."""

from __future__ import annotations

import hashlib
import os
import resource
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from tests.checkout import TOP
from tests.counting import counted_calls
from tlevel_rdf.findings import Severity
from tlevel_rdf.graph.description import describe
from tlevel_rdf.release import dumps, release
from tlevel_rdf.release.build import build_paths
from tlevel_rdf.release.checksums import compare
from tlevel_rdf.release.verify import verify_release
from tlevel_rdf.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release

pytestmark = pytest.mark.usefixtures("small_data")

ENVIRONMENTS = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"},
]


@pytest.mark.parametrize("environment", ENVIRONMENTS, ids=lambda e: e["TZ"])
def test_another_process_builds_the_same_bytes(
    environment: dict[str, str], small_release: Release, tmp_path: Path
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
    assert built.id == small_release.id
    for name in release.list_files(small_release.folder):
        assert (built.folder / name).read_bytes() == (small_release.folder / name).read_bytes(), name


@pytest.mark.parametrize(
    ("given", "environment", "date"),
    [
        ({}, {}, "2026-11-30"),
        ({}, {"SOURCE_DATE_EPOCH": "1700000000"}, "2023-11-14"),
        ({}, {"SOURCE_DATE_EPOCH": "1700000000", "TLEVEL_RDF_DATE": "2026-12-01"}, "2026-12-01"),
    ],
)
def test_the_date_comes_from_settings_or_sources(
    given: dict[str, object], environment: dict[str, str], date: str, tmp_path: Path
) -> None:
    settings = read_settings(given, environment)
    outcome = build_paths([], tmp_path, settings)
    if outcome.release is None:  # a release dated in the future is refused by R27, so the date was read
        assert {finding.code for finding in outcome.findings if finding.severity == "Violation"} == {"R27"}
        assert str(settings.date) == date
    else:
        assert outcome.release.date.isoformat() == date


def test_sums_are_those_of_the_files(shipped_release: Release) -> None:
    sums = dict(release.read_sums(shipped_release.folder))
    assert set(sums) == set(release.list_files(shipped_release.folder)) - {release.SUMS}
    for name, digest in sums.items():
        assert hashlib.sha256((shipped_release.folder / name).read_bytes()).hexdigest() == digest


def test_the_store_has_each_triple_once_in_its_default_graph(shipped_release: Release) -> None:
    store = pyoxigraph.Store.read_only(str(shipped_release.folder / release.STORE))
    answer = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    counted = answer.serialize(format=pyoxigraph.QueryResultsFormat.CSV)
    assert counted == f"n\r\n{shipped_release.manifest['triples']}\r\n".encode()


#: Builds a release, and prints each stage as it begins.
PROGRAM = """
import sys
from functools import partial
from pathlib import Path
from tlevel_rdf.release.build import build_paths
from tlevel_rdf.settings import read_settings
build_paths([Path(sys.argv[1])], Path(sys.argv[2]), read_settings({}, {}), partial(print, flush=True))
"""


def visible(out: Path) -> set[str]:
    return {entry.name for entry in out.iterdir() if not entry.name.startswith(".")}


def is_whole(out: Path) -> bool:
    return not [finding for finding in verify_release(out) if finding.severity is Severity.VIOLATION]


STAGES = ["Reading", "Describing and checking", "Writing the dumps", "Comparing the profiles", "Publishing"]


@pytest.mark.parametrize("stage", STAGES)
def test_a_killed_build_leaves_the_old_release(stage: str, out: Path, changed: Path) -> None:
    before = visible(out)
    command = [sys.executable, "-c", PROGRAM, str(changed), str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert any(line.strip() == stage for line in process.stdout)
        process.kill()
    assert is_whole(out)
    assert all(is_whole(out / name) for name in visible(out) - before)
    assert build_paths([changed], out, read_settings({}, {})).release is not None
    assert len(visible(out)) == 3
    assert not [entry for entry in out.iterdir() if entry.name.startswith(".building-")]


@pytest.mark.parametrize("limit", [0, 1_000, 100_000, 300_000])
def test_a_full_disk_leaves_the_old_release(limit: int, out: Path, changed: Path) -> None:
    before = visible(out)

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        # Python would leave files of compiled modules that are cut off, and fail on them at its next start.
        [sys.executable, "-B", "-m", "tlevel_rdf", "build", str(changed), "--out", str(out)],
        preexec_fn=little_room,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "hint:" in done.stderr
    assert visible(out) == before
    assert is_whole(out)


def test_violations_leave_the_old_release(out: Path, tmp_path: Path, profile_text: str) -> None:
    bad = tmp_path / "bad.yaml"
    rest = "        wording: stated\n        line: 35\n      - app"
    bad.write_text(profile_text.replace(f"level: 4\n{rest}", f"level: 6\n{rest}"))
    before = visible(out)
    outcome = build_paths([bad], out, read_settings({}, {}))
    assert outcome.release is None
    assert [finding.code for finding in outcome.findings if finding.severity is Severity.VIOLATION]
    assert visible(out) == before
    assert is_whole(out)


def test_building_the_same_again_changes_nothing(out: Path) -> None:
    before = {entry: entry.lstat().st_mtime_ns for entry in (out / release.CURRENT).resolve().rglob("*")}
    assert build_paths([], out, read_settings({}, {})).release is not None
    assert {entry: entry.lstat().st_mtime_ns for entry in (out / release.CURRENT).resolve().rglob("*")} == before


def test_a_changed_comment_makes_a_new_release(out: Path, tmp_path: Path, profile_text: str) -> None:
    first = release.open_release(out)
    file = tmp_path / "healthcare-science.yaml"
    ids = []
    for comment in ("# one\n", "# two\n", "# one\n"):
        file.write_text(comment + profile_text, encoding="utf-8")
        result = build_paths([file], out, read_settings({}, {}))
        assert result.release is not None
        ids.append(result.release.id)
        assert release.open_release(out).id == result.release.id
    assert len({first.id, *ids}) == 3
    assert ids[0] == ids[2]


def test_a_build_replaces_a_damaged_release(out: Path) -> None:
    before = release.open_release(out)
    for name in (release.store_files(before.folder)[-1], dumps.TURTLE):
        (before.folder / name).write_bytes(b"damaged")
        assert compare(before.folder)
        build_paths([], out, read_settings({}, {}))
        assert release.open_release(out).id == before.id
        assert compare(before.folder) == []
    assert not list(out.glob(".building-*"))


def test_a_build_describes_each_profile_once(tmp_path: Path) -> None:
    with counted_calls() as calls:
        build_paths([], tmp_path, read_settings({}, {}))
    assert calls[describe.__code__] == 1


def test_a_blocked_build_writes_no_dumps(tmp_path: Path, profile_text: str) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(profile_text.replace("level: 6", "level: 8", 1), encoding="utf-8")
    with counted_calls() as calls:
        assert build_paths([bad], tmp_path / "out", read_settings({}, {})).release is None
    assert calls[dumps.write_canonical.__code__] == 1
    assert calls[dumps.write_others.__code__] == 0


def test_a_release_has_the_sets_of_links_as_they_are_shipped(shipped_release: Release) -> None:
    shipped_files = sorted((TOP / "data" / "links").glob("*.sssom.tsv"))
    assert [name for name in shipped_release.files if name.startswith("links/")] == [
        f"links/{file.name}" for file in shipped_files
    ]
    for file in shipped_files:
        assert (shipped_release.folder / "links" / file.name).read_bytes() == file.read_bytes()
        listed = shipped_release.manifest["files"][f"links/{file.name}"]
        assert listed["mediaType"] == "text/tab-separated-values"
