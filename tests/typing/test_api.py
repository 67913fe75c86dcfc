"""The program of `api.py` runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("api.py")


@pytest.mark.usefixtures("small_data")
def test_the_program_runs_and_prints_errors_with_hints(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(PROGRAM), str(tmp_path)], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, "")
    code, message, _, query, last = done.stdout.splitlines()
    assert code == "TLR003"
    assert message.startswith("base is 'no base'")
    assert query.startswith("TLR006: line 1, column 8: ")
    assert last.startswith("2026-11-30-")
