"""Raw connections to a server, and servers in processes of their own."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

import httpx
import pytest

from tests.checkout import use_checkout
from tests.web.conftest import TLS, client, numbered_site, run_server, site
from tlevel_rdf.limits import FAST_WORKERS, SPARE_WORKERS
from tlevel_rdf.release.build import build_paths
from tlevel_rdf.release.release import CURRENT
from tlevel_rdf.settings import read_settings
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.conftest import RunningServer

__all__ = ["client", "numbered_site", "run_server", "site"]

#: The head of a query in a body, without its last header.
POST: Final = b"POST /sparql HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\nContent-Type: application/sparql-query\r\n"
CLOSE: Final = b"Connection: close\r\n"
_LONG_QUERY: Final = "SELECT (?s AS ?a) (?s AS ?b) (?s AS ?c) (?s AS ?d) { ?s ?p ?o . ?t ?q ?u } LIMIT 20000"
#: A request whose response has some 6 MB, without the end of its head.
LONG: Final = f"GET /sparql?query={quote(_LONG_QUERY)} HTTP/1.1\r\nHost: x\r\n".encode()
#: The processes of a server with one worker for each queue: workers and the fork server.
PROCESSES: Final = FAST_WORKERS + 1 + SPARE_WORKERS + 1


@contextmanager
def connect(server: RunningServer) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        yield connection


def read_all(connection: socket.socket) -> bytes:
    """Return all bytes until the server closes the connection."""
    received = b""
    # The server resets a connection of which it has not read everything.
    with contextlib.suppress(ConnectionResetError):
        while more := connection.recv(65_536):
            received += more
    return received


def exchange(server: RunningServer, sent: bytes) -> bytes:
    """Send bytes on a new connection and return all that the server sends."""
    with connect(server) as connection:
        connection.sendall(sent)
        return read_all(connection)


def is_cut_off(connection: socket.socket, first: bytes, more: bytes) -> bool:
    """Send more and more; return True when the server closes the connection."""
    with contextlib.suppress(ConnectionError):
        connection.sendall(first)
        for _ in range(100_000):
            connection.sendall(more)
        return False
    return True


class ServerProcess(NamedTuple):
    """A server in a process of its own, a client of it, and the lines of its log."""

    process: subprocess.Popen[str]
    client: httpx.Client
    log: list[str]

    @property
    def release(self) -> str:
        """The id of the release that the server serves."""
        return str(self.client.get("/data/manifest.json").json()["id"])


@contextmanager
def run_process(place: Path | str, port: int = 0, /, **environment: str) -> Iterator[ServerProcess]:
    """Serve a folder, or the engine at a URL, with one worker for each queue."""
    command = [sys.executable, "-m", "tlevel_rdf", "serve", str(place), "--port", str(port), "--workers", "1"]
    settings = {f"TLEVEL_RDF_{name}": value for name, value in environment.items()}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **settings}) as process:
        assert process.stderr is not None
        log: list[str] = []
        for line in process.stderr:
            log.append(line)
            if line.startswith("Serving at "):
                break
        address = log[-1].split()[-1]
        reader = threading.Thread(target=log.extend, args=(process.stderr,))
        reader.start()
        try:
            with httpx.Client(base_url=address, trust_env=False, verify=TLS, timeout=120) as client:
                yield ServerProcess(process, client, log)
        finally:
            process.kill()
            reader.join()


@pytest.fixture(scope="session")
def releases(small_checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two releases with different titles."""
    folder = tmp_path_factory.mktemp("releases")
    name = "healthcare-science.yaml"
    text = (shipped("data") / "profiles" / name).read_text(encoding="utf-8")
    folders = []
    for line in (57, 56):
        file = folder / name
        file.write_text(text.replace("line: 57", f"line: {line}"), encoding="utf-8")
        with use_checkout(small_checkout):
            release = build_paths([file], folder, read_settings({}, {})).release
        assert release is not None
        folders.append(release.folder)
    return folders


@pytest.fixture
def folder(releases: list[Path], tmp_path: Path) -> Path:
    """A folder with both releases, the first of which is the current one."""
    for release in releases:
        shutil.copytree(release, tmp_path / release.name)
    make_current(tmp_path, releases[0].name)
    return tmp_path


def make_current(folder: Path, name: str) -> None:
    """Make a release the current one."""
    link = folder / "link"
    link.symlink_to(name, target_is_directory=True)
    link.replace(folder / CURRENT)


def flip_a_byte(file: Path) -> None:
    """Change the first byte of a file, or change it back; in a file of a store, it belongs to data."""
    damaged = bytearray(file.read_bytes())
    damaged[0] ^= 0xFF
    file.write_bytes(damaged)


def is_complete(server: RunningServer) -> bool:
    """Return True if the server has all its workers."""
    pids = server.scheduler.pids
    return len(pids) == server.scheduler.target_size and all(map(is_alive, pids))


def is_alive(pid: int) -> bool:
    """Return True if a process exists and is no zombie, or if one of its threads has not ended.

    The first thread of a killed process may be a zombie while others still hold its files and sockets open.
    """
    if not (stat := _stat(pid)):
        return False
    return stat[0] not in {"Z", "X"} or sum(1 for _ in Path(f"/proc/{pid}/task").glob("*")) > 1


def is_running(pid: int) -> bool:
    """Return True if a process uses a processor or waits for one."""
    return _stat(pid)[:1] == ["R"]


def has_worked(pid: int) -> bool:
    """Return True if a process has used half a second of processor time."""
    return bool(stat := _stat(pid)) and int(stat[11]) > os.sysconf("SC_CLK_TCK") / 2


def descendants(pid: int) -> set[int]:
    """Return the living children of a process, their children, and so on."""
    stats = {child: _stat(child) for child in _pids()}
    parents = {child: int(stat[1]) for child, stat in stats.items() if stat and stat[0] not in {"Z", "X"}}
    below = {pid}
    while more := {child for child, parent in parents.items() if parent in below} - below:
        below |= more
    return below - {pid}


def children(pid: int) -> set[int]:
    """Return the children of a process, with zombies."""
    stats = {child: _stat(child) for child in _pids()}
    return {child for child, stat in stats.items() if stat and int(stat[1]) == pid}


def _pids() -> list[int]:
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]


def _stat(pid: int) -> list[str]:
    """Return the fields of proc(5) after the name of a process; none if it does not exist."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return []
