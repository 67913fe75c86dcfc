"""The process that forks workers ends when the server has gone, whatever it is doing."""

from __future__ import annotations

import pickle
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.server.conftest import descendants, is_alive
from tests.web.conftest import wait_until
from tlevel_rdf.server.pool import forking

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.web.data.site import Site


def test_a_file_in_the_current_folder_stands_for_no_module(tmp_path: Path) -> None:
    for name in ("html.py", "queue.py", "csv.py"):
        (tmp_path / name).write_text("raise SystemExit('run')", encoding="ascii")
    (tmp_path / "a.nt").write_text("<https://e.org/s> <https://e.org/p> <https://e.org/o> .\n", encoding="ascii")
    command = [sys.executable, "-P", "-m", "tlevel_rdf", "serve", "a.nt", "--base", "https://e.org/", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        process.terminate()
        assert line.startswith("Serving at "), line + process.stderr.read()


def test_workers_end_if_their_server_ends_before_it_reads_a_process_id(numbered_site: Site) -> None:
    site = pickle.dumps(numbered_site)
    ours, theirs = socket.socketpair()
    connection, end = socket.socketpair()
    command = [sys.executable, "-m", forking.__name__, str(theirs.fileno())]
    with (
        connection,
        subprocess.Popen(command, pass_fds=[theirs.fileno()], start_new_session=True) as process,
    ):
        theirs.close()
        ours.sendall(len(site).to_bytes(8, "big") + site)
        with end:
            socket.send_fds(ours, [b"f"], [end.fileno()])
        assert ours.recv(1, socket.MSG_PEEK)
        (worker,) = descendants(process.pid)
        ours.close()
        assert process.wait(60) == -signal.SIGKILL
        assert wait_until(lambda: not is_alive(worker))


def test_the_process_that_starts_early_ends_without_a_word_if_the_data_cannot_be_opened(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tlevel_rdf", "serve", "absent.ttl"]
    # The output is complete only when no process has it open any more.
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 2
    assert run.stderr.startswith("error ")
    assert "Traceback" not in run.stderr
