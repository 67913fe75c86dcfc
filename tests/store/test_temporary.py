"""Temporary folders: nothing of them is left, and a full disk gives one message."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.errors import OutputError
from tlevel_rdf.store.temporary import temporary_error, temporary_folder

if TYPE_CHECKING:
    from pathlib import Path

DATA = "<http://e.org/a> <http://e.org/p> <http://e.org/b> ."
SERVE = [sys.executable, "-m", "tlevel_rdf", "serve", "--port", "0", "--workers", "1"]


@pytest.fixture
def parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_folder_is_removed_when_it_is_not_needed(parent: Path) -> None:
    folder, remove = temporary_folder()
    assert folder.parent == parent
    remove()
    assert list(parent.iterdir()) == []


def test_only_what_a_process_has_left_is_removed(parent: Path) -> None:
    used, remove = temporary_folder()
    left = parent / "tlevel-rdf-left"
    for name in ("store", "lock"):
        (left / name).parent.mkdir(exist_ok=True)
        (left / name).touch()
    (parent / "tlevel-rdf-mine").mkdir()
    (parent / "tlevel-rdf-link").symlink_to(parent / "tlevel-rdf-mine")
    other, remove_other = temporary_folder()
    assert not left.exists()
    assert {path.name for path in parent.iterdir()} == {used.name, other.name, "tlevel-rdf-mine", "tlevel-rdf-link"}
    remove()
    remove_other()


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(28, "No space left on device"), "No space left on device"),
        (OSError("IO error: No space left on device: While appending to file: x.sst"), "No space left on device"),
        (OSError(5, "Input/output error"), "Input/output error"),
        (OSError("strange"), "strange"),
    ],
)
def test_the_message_has_the_cause(error: OSError, reason: str) -> None:
    message = temporary_error(error).message
    assert message == f"temporary files cannot be written to {tempfile.gettempdir()}: {reason}"


def test_no_folder_can_be_made(parent: Path) -> None:
    parent.rmdir()
    with pytest.raises(OutputError, match="No such file or directory"):
        temporary_folder()


def test_what_a_killed_server_leaves_is_gone_after_the_next_start(tmp_path: Path) -> None:
    file, temporary = tmp_path / "a.nt", tmp_path / "temporary"
    file.write_text(DATA, encoding="utf-8")
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    for kind in (signal.SIGKILL, signal.SIGTERM):
        with subprocess.Popen([*SERVE, str(file)], stderr=subprocess.PIPE, text=True, env=environment) as server:
            assert server.stderr is not None
            assert any(line.startswith("Serving") for line in server.stderr)
            assert len(list(temporary.iterdir())) == 1
            server.send_signal(kind)
    assert list(temporary.iterdir()) == []


def test_a_full_disk_for_temporary_files_gives_one_message(tmp_path: Path) -> None:
    file = tmp_path / "many.nt"
    file.write_text("".join(f"<urn:{n}> <urn:p> <urn:{n + 1}> .\n" for n in range(5_000)), encoding="utf-8")
    command = ["prlimit", "--fsize=20000", sys.executable, "-m", "tlevel_rdf", "query", "ASK {}", "--on", str(file)]
    # Compiled modules would be cut off too, and break later runs.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=environment)
    assert (done.returncode, done.stdout) == (2, "")
    message, hint = done.stderr.splitlines()
    assert message.endswith(f"temporary files cannot be written to {tempfile.gettempdir()}: File too large")
    assert hint == "    hint: free some disk space, or name another folder in the variable TMPDIR"
