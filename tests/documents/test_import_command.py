"""The command, as people use it, and the guide that shows how."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "from-a-document-to-a-release.md"
TEXT = "T Level in Tax\n\nThis T Level has one specialism: Tax.\n\nWork: Adviser.\n"


def run(*arguments: str, cwd: Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tlevel_rdf", "import", *arguments],
        cwd=cwd,
        input=text,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert "Traceback" not in done.stderr
    return done


STATUSES = [
    # the document, the flags, the exit status, what is on standard error
    (TEXT, [], 0, "no findings"),
    (TEXT, ["--strict"], 0, "no findings"),
    (TEXT + "\nBlah blah blah.\n", [], 0, "a.txt:7:1: warning TLR140: “Blah blah blah.”"),
    (TEXT + "\nBlah blah blah.\n", ["--strict"], 1, "1 warning"),
    ("Blah blah blah.\n", [], 1, "violation TLR148"),
    ("", [], 2, "violation TLR014"),
]


@pytest.mark.parametrize(("text", "flags", "status", "message"), STATUSES)
def test_exit_statuses(text: str, flags: list[str], status: int, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    done = run("a.txt", "--out", "out", *flags, cwd=tmp_path)

    assert done.returncode == status
    assert message in done.stderr
    assert done.stdout == ("out/tax.yaml\n" if status == 0 or "--strict" in flags else "")


def test_standard_input(tmp_path: Path) -> None:
    done = run("-", cwd=tmp_path, text=TEXT)

    assert (done.returncode, done.stdout) == (0, "profiles/tax.yaml\n")
    assert "document: standard input\n" in (tmp_path / "profiles" / "tax.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [[], ["nowhere.txt"], ["--oot"]])
def test_misuse(arguments: list[str], tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path)

    assert done.returncode == 2
    assert "hint:" in done.stderr


@pytest.mark.usefixtures("small_data")
def test_the_guide(tmp_path: Path) -> None:
    """Every block of commands runs, and where a block of text follows, that is what is printed."""
    shell = {**os.environ, "NO_COLOR": "1", "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    printed = ""
    for kind, block in re.findall(r"```(sh|text)\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL):
        if kind == "text":
            assert printed.strip() == block.strip()
            continue
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", block],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env=shell,
        )
        assert done.returncode == 0, done.stderr
        printed = done.stdout + done.stderr
