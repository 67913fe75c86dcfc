"""Commands that run queries: each runs in a process of its own, whose end is explained."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.server.conftest import descendants, flip_a_byte, is_alive
from tests.web.conftest import endless_query, wait_until
from tlevel_rdf import entry_point
from tlevel_rdf.release.release import STORE

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release

GREEDY = "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tlevel_rdf", *map(str, arguments)]
    environment = {**os.environ, "TLEVEL_RDF_MEMORY": "200000000"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)


@pytest.fixture
def damaged(small_release: Release, tmp_path: Path) -> Path:
    copy = shutil.copytree(small_release.folder, tmp_path / "release")
    for file in (copy / STORE).glob("*.sst"):
        flip_a_byte(file)
    return copy


def test_a_query_that_needs_too_much_memory_ends_with_a_message(small_release: Release) -> None:
    done = run("query", GREEDY, "--on", small_release.folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "error TLR008: the query " in done.stderr
    assert "hint: ask for less, or raise the setting memory" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [("query", COUNT, "--on"), ("get", "/", "--on")])
def test_a_damaged_store_is_named(command: tuple[str, ...], damaged: Path) -> None:
    done = run(*command, damaged)
    assert (done.returncode, done.stdout) == (2, "")
    assert "error TLR010: " in done.stderr
    assert re.search("is damaged: |: Corruption: ", done.stderr)


def test_the_status_of_a_command_is_its_own(small_release: Release) -> None:
    done = run("get", "/none", "--on", small_release.folder)
    assert (done.returncode, done.stderr) == (1, "The answer has status 404.\n")


def test_a_query_ends_with_the_command(small_release: Release) -> None:
    command = [sys.executable, "-m", "tlevel_rdf", "query", endless_query(), "--on", str(small_release.folder)]
    with subprocess.Popen(command) as process:
        assert wait_until(lambda: bool(descendants(process.pid)))
        [child] = descendants(process.pid)
        process.kill()
        assert wait_until(lambda: not is_alive(child))


def test_an_end_without_damage_has_its_reason(small_release: Release, damaged: Path, tmp_path: Path) -> None:
    for arguments in ([], [str(tmp_path / "none")], [f"--on={small_release.folder}"]):
        assert "ended by SIGSEGV" in entry_point._explain(11, arguments)  # noqa: SLF001
    assert "is damaged" in entry_point._explain(11, ["query", f"--on={damaged}"])  # noqa: SLF001
