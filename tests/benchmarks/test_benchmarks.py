"""The benchmarks run, and measure only servers of their own."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tlevel_rdf.release.release import Release

FOLDER = Path(__file__).parents[2] / "benchmarks"
#: A server that answers every request with 200.
SERVER = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *_):
        pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


@pytest.fixture(scope="module")
def server_process() -> Any:
    spec = importlib.util.spec_from_file_location("server_process", FOLDER / "server_process.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_no_script_hides_a_module_of_the_standard_library() -> None:
    assert {file.stem for file in FOLDER.glob("*.py")} & sys.stdlib_module_names == set()


@pytest.mark.usefixtures("small_data")
def test_publish_prints_a_ratio() -> None:
    command = [sys.executable, str(FOLDER / "publish.py"), "1", "--rounds", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "1 profiles: the plain pipeline takes" in done.stdout


@pytest.mark.usefixtures("small_data")
def test_changes_prints_ratios_of_time_and_memory() -> None:
    done = subprocess.run(
        [sys.executable, str(FOLDER / "changes.py"), "1", "2"], capture_output=True, text=True, check=True
    )
    assert done.stdout.count("of the time") == 4
    assert "tlevel-rdf diff needs 1." in done.stdout.splitlines()[-1]


def test_engines_prints_a_row_for_each_question(small_release: Release) -> None:
    command = [sys.executable, str(FOLDER / "engines.py"), "--release", str(small_release.folder), "--rounds", "1"]
    done = subprocess.run([*command, "--triples", "12000"], capture_output=True, text=True, check=True)
    triples = int(done.stdout.split()[0].replace(",", ""))
    assert triples >= 12_000
    figures = [line.split(" | ")[1:] for line in done.stdout.splitlines() if line.startswith("| ")][1:]
    assert len(figures) == 12
    assert all(float(one.strip(" |").replace(",", "")) > 0 for row in figures for one in row)


def test_a_server_ends_with_its_block_although_the_block_fails(server_process: Any) -> None:
    server = server_process.Server("ours", sys.executable, "-c", SERVER)
    with pytest.raises(ZeroDivisionError), server:
        raise ZeroDivisionError
    assert server.seconds_to_start > 0
    assert not runs(server.process.pid)


def test_a_server_that_cannot_start_is_an_error_with_the_end_of_its_stderr(server_process: Any) -> None:
    with (
        pytest.raises(server_process.BenchmarkError, match=r"broken does not start(.|\n)*no such thing"),
        server_process.Server("broken", sys.executable, "-c", "raise SystemExit('no such thing')"),
    ):
        pass


def test_a_server_on_a_port_of_another_process_is_not_measured(server_process: Any) -> None:
    with server_process.Server("ours", sys.executable, "-c", SERVER) as server, socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        server.port = other.getsockname()[1]
        with pytest.raises(server_process.BenchmarkError, match="a process that this run did not start"):
            server.measure("/", 1, 1)
