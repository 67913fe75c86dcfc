"""`tlevel-rdf import` as people use it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.test_cli import run

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "T Level in Tax\n\nThis T Level has one specialism: Tax.\n\nWork: Adviser.\n"


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
    done = run("import", "a.txt", "--out", "out", *flags, cwd=tmp_path)

    assert done.returncode == status
    assert message in done.stderr
    assert done.stdout == ("out/tax.yaml\n" if status == 0 or "--strict" in flags else "")


def test_standard_input(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tlevel_rdf", "import", "-"]
    done = subprocess.run(command, cwd=tmp_path, input=TEXT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "profiles/tax.yaml\n")
    assert "document: standard input\n" in (tmp_path / "profiles" / "tax.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [[], ["nowhere.txt"], ["--oot"]])
def test_misuse(arguments: list[str], tmp_path: Path) -> None:
    done = run("import", *arguments, cwd=tmp_path)

    assert done.returncode == 2
    assert "hint:" in done.stderr
