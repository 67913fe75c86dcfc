"""Pipes, devices and sockets as paths: each command refuses them at once."""

from __future__ import annotations

import os
import socket
from contextlib import closing
from pathlib import Path

import pytest

from tests.test_cli import run
from tlevel_rdf.errors import UnreadableInputError
from tlevel_rdf.regular_files import is_special, refuse_special
from tlevel_rdf.shipped import shipped

REFERENCE = shipped("data") / "reference"
COMMANDS: dict[str, tuple[list[str | Path], str, str]] = {
    "check a profile": (["check"], ".yaml", "not a file"),
    "check RDF": (["check"], ".ttl", "not a file"),
    "check links": (["check"], ".sssom.tsv", "not a file"),
    "check anything": (["check"], "", "not a file"),
    "check by shapes": (["check", "--shapes"], "", "no shapes"),
    "check with reference data": (["check", "--reference"], "", "not a folder"),
    "build": (["build"], ".yaml", "not a file"),
    "verify": (["verify"], "", "not a release"),
    "query a file": (["query"], ".rq", "not a file"),
    "query RDF": (["query", "ASK {}", "--on"], ".nt", "not a file"),
    "get": (["get", "/", "--on"], ".nq", "not a file"),
    "serve": (["serve"], ".trig", "not a file"),
    "import": (["import"], ".docx", "a pipe or a device"),
    "update": (["reference", "update", "--reference", REFERENCE], ".csv", "not a file"),
}


@pytest.mark.usefixtures("small_data")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_pipe_is_refused_by_every_command(name: str, tmp_path: Path) -> None:
    arguments, ending, message = COMMANDS[name]
    pipe = tmp_path / f"pipe{ending}"
    os.mkfifo(pipe)
    done = run(*arguments, pipe, cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stdout + done.stderr


def test_a_socket_a_device_and_a_link_to_one_are_special(tmp_path: Path) -> None:
    (tmp_path / "link.ttl").symlink_to("/dev/null")
    with closing(socket.socket(socket.AF_UNIX)) as listener:
        listener.bind(str(tmp_path / "s"))
        for path in (tmp_path / "s", Path("/dev/zero"), tmp_path / "link.ttl"):
            assert is_special(path)
            with pytest.raises(UnreadableInputError, match="is a pipe, a device or a socket, and not a file"):
                refuse_special(path)


def test_files_folders_and_missing_paths_are_not_special(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "file", tmp_path / "missing", Path("a\0b")):
        assert not is_special(path)
        refuse_special(path)
