"""A build that fails or is killed, at any moment, leaves the old release whole and no half one in sight."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.errors import OutputError
from tlevel_rdf.findings import Severity
from tlevel_rdf.release import release
from tlevel_rdf.release.build import build_paths
from tlevel_rdf.release.staging import staging
from tlevel_rdf.release.verify import verify_release
from tlevel_rdf.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

#: Builds, and says each stage as it begins.
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


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "releases"
    assert build_paths([], folder, read_settings({}, {})).release is not None
    return folder


@pytest.fixture
def changed(tmp_path: Path, profile_text: str) -> Path:
    file = tmp_path / "changed.yaml"
    file.write_text(profile_text.replace("line: 57", "line: 56"), encoding="utf-8")
    return file


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
        [sys.executable, "-m", "tlevel_rdf", "build", str(changed), "--out", str(out)],
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
    bad.write_text(
        profile_text.replace("level: 4\n        line: 35\n      - app", "level: 6\n        line: 35\n      - app")
    )
    before = visible(out)
    outcome = build_paths([bad], out, read_settings({}, {}))
    assert outcome.release is None
    assert [finding.code for finding in outcome.findings if finding.severity is Severity.VIOLATION]
    assert visible(out) == before
    assert is_whole(out)


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match="is a file"):
        build_paths([], tmp_path / "out", read_settings({}, {}))


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        # root may write anywhere but where the kernel makes files itself
        with pytest.raises(OutputError, match="cannot be written"):
            build_paths([], type(tmp_path)("/proc/self/releases"), read_settings({}, {}))
        return
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="cannot be written"):
        build_paths([], tmp_path / "out", read_settings({}, {}))


def test_two_builds_at_once(out: Path) -> None:
    with staging(out), pytest.raises(OutputError, match="another build"):
        build_paths([], out, read_settings({}, {}))


def test_building_the_same_again_changes_nothing(out: Path) -> None:
    before = {entry: entry.lstat().st_mtime_ns for entry in (out / release.CURRENT).resolve().rglob("*")}
    assert build_paths([], out, read_settings({}, {})).release is not None
    assert {entry: entry.lstat().st_mtime_ns for entry in (out / release.CURRENT).resolve().rglob("*")} == before


def test_a_release_in_the_way_with_other_contents(out: Path) -> None:
    (out / release.CURRENT / release.SUMS).write_text("other")
    with pytest.raises(OutputError, match="other contents"):
        build_paths([], out, read_settings({}, {}))
