"""The server as a process: it reports its address, refuses what it cannot use, and stops in order and in time."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.server.conftest import PROCESSES, descendants, has_worked, is_alive, run_process
from tests.web.conftest import (
    TLS,
    endless_query,
    run_query,
    wait_until,
)
from tlevel_rdf.errors import AddressError
from tlevel_rdf.server.http.listener import listen
from tlevel_rdf.server.lifecycle import serve
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.web.data.site import Site


PROGRAM = """
from pyoxigraph import RdfFormat, parse
from tlevel_rdf.server.lifecycle import serve
from tlevel_rdf.settings import Settings
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.web.data.site import Site
store = EmbeddedStore.of(parse("<https://data.example.org/id/a> a <x:T> .", format=RdfFormat.TRIG))
serve(Site(store, "https://data.example.org/", "test", settings=Settings(port=0)), lambda a: print(a, flush=True))
print("ended", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_stops_at_a_signal(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert httpx.get(f"{address}id/a", trust_env=False, verify=TLS).status_code == 303
        process.send_signal(number)
        assert process.stdout.read() == "ended\n"
        assert process.wait(60) == 0


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("", ["{}sparql"]),
        (", address='https://e.org/'", ["https://e.org/sparql"]),
        (", address='https://data.example.org/'", ["https://data.example.org/sparql"]),
        (", host='0.0.0.0'", ["https://data.example.org/sparql"]),
        (", host='::1'", ["https://data.example.org/sparql"]),
    ],
)
def test_the_service_description_names_the_address(setting: str, expected: list[str]) -> None:
    """The Host header of a client has no influence, because the cache serves all clients."""
    program = PROGRAM.replace("port=0", f"port=0{setting}")
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        reached = address.replace("0.0.0.0", "127.0.0.1")  # noqa: S104 - the server's
        headers = {"accept": "application/n-triples", "host": "made.up.example"}
        lines = httpx.get(f"{reached}sparql", headers=headers, trust_env=False, verify=TLS).text.splitlines()
        process.terminate()
    endpoints = [line.split()[2].strip("<>") for line in lines if "sparql-service-description#endpoint>" in line]
    assert sorted(endpoints) == sorted(one.format(address) for one in expected)


def test_a_port_in_use_is_an_error_before_anything_starts(site: Site) -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(AddressError, match=f"cannot listen on 127.0.0.1 port {port}") as raised:
            serve(replace(site, settings=Settings(port=port)), lambda _: pytest.fail("the server started"))
    assert "--port" in raised.value.hint


def failed_start(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `tlevel-rdf serve` with something that it refuses."""
    (folder / "some.nt").write_text("<https://e.org/s> <https://e.org/p> <https://e.org/o> .\n", encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "tlevel_rdf", "serve", "some.nt", "--port", "0", *arguments],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", **{f"TLEVEL_RDF_{name}": value for name, value in environment.items()}},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_an_access_log_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    done = failed_start(tmp_path, ACCESS_LOG=str(tmp_path / "none" / "access.log"))
    assert done.returncode == 2
    assert "access.log cannot be written: No such file or directory" in done.stderr
    assert "hint: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_server_without_workers_is_an_error(tmp_path: Path) -> None:
    done = failed_start(tmp_path, "--workers", "0")
    assert done.returncode == 2
    assert "workers is 0; it must be from 1 to 256" in done.stderr


def test_the_server_does_not_wait_for_a_slow_query_when_it_stops(folder: Path) -> None:
    with run_process(folder, TIMEOUT="3600") as server:
        answers: list[httpx.Response] = []
        slow = threading.Thread(target=lambda: answers.append(run_query(server.client, endless_query())))
        slow.start()
        assert wait_until(lambda: len(descendants(server.process.pid)) == PROCESSES)
        below = descendants(server.process.pid)
        assert wait_until(lambda: any(map(has_worked, below)))
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(60) == 0
        slow.join()
        assert answers[0].status_code == 503
        assert "shutting down" in answers[0].json()["detail"]
        assert wait_until(lambda: not any(map(is_alive, below)))


def test_clients_that_connected_before_the_stop_are_answered(folder: Path) -> None:
    request = b"GET /doc/t-level/healthcare-science.ttl HTTP/1.1\r\nHost: x\r\n\r\n"
    with run_process(folder) as server, contextlib.ExitStack() as stack:
        address = ("127.0.0.1", server.client.base_url.port or 0)

        def connect() -> socket.socket:
            return stack.enter_context(socket.create_connection(address, timeout=60))

        idle = connect()
        idle.sendall(request)
        assert b"HTTP/1.1 200 OK" in idle.recv(15)
        server.process.send_signal(signal.SIGSTOP)
        pending = [connect() for _ in range(5)]
        for connection in (idle, *pending):
            connection.sendall(request)
        server.process.send_signal(signal.SIGTERM)
        server.process.send_signal(signal.SIGCONT)
        for connection in (idle, *pending):
            assert b"".join(iter(partial(connection.recv, 65_536), b"")).count(b"HTTP/1.1 200 OK") == 1
        assert server.process.wait(60) == 0


def test_the_server_stops_while_it_starts(folder: Path) -> None:
    program = "import os, signal; from tlevel_rdf.server.pool.scheduler import Scheduler; "
    program += "from tlevel_rdf.cli import main; start = Scheduler.start\n"
    program += "async def stop_first(self):\n    os.kill(os.getpid(), signal.SIGTERM)\n    await start(self)\n"
    program += "Scheduler.start = stop_first\nmain()"
    command = [sys.executable, "-c", program, "serve", str(folder), "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0
    assert not re.search("Traceback|Error", done.stderr)
