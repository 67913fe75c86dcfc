"""The guides run as they are printed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

GUIDES = Path(__file__).parents[2] / "docs" / "guide"
_BLOCK = re.compile(r"```(sh|text)\n(.*?)```", re.DOTALL)


@pytest.mark.usefixtures("small_data")
@pytest.mark.parametrize(("guide", "printing"), [("add-a-t-level", 6), ("from-a-document-to-a-release", 3)])
def test_the_commands_of_a_guide_run_and_print_what_it_says(guide: str, printing: int, tmp_path: Path) -> None:
    """Each block of commands runs; where a block of text follows, the commands print it."""
    shell = {**os.environ, "NO_COLOR": "1", "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    printed = ""
    compared = 0
    for kind, block in _BLOCK.findall((GUIDES / f"{guide}.md").read_text(encoding="utf-8")):
        if kind == "text":
            compared += 1
            assert printed.replace(f"{tmp_path}/", "").strip().splitlines() == block.strip().splitlines()
            continue
        command = ["bash", "-eo", "pipefail", "-c", block]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=shell)
        assert done.returncode == 0, done.stdout + done.stderr
        printed = done.stdout + done.stderr
    assert compared == printing
