"""A server that a benchmark starts, measures and stops."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Seconds that a server has to answer its first query, and to end.
SECONDS_TO_START = 60
SECONDS_TO_END = 20
#: Seconds that wrk waits for an answer.
SECONDS_TO_ANSWER = 20
_LISTENING = "0A"


class BenchmarkError(Exception):
    """A measurement would not be valid."""


class Figures(NamedTuple):
    """Figures of wrk: requests in a second, latencies in milliseconds, and the number of requests that failed."""

    rate: float
    median: float
    p99: float
    failed: int


class Server:
    """A server process on a free port of 127.0.0.1, for the length of a `with` block.

    The process leads a process group of its own. The end of the block ends the whole group, whatever ended the block.
    """

    def __init__(self, name: str, *command: str) -> None:
        """Prepare a server.

        Args:
            name: its column in the tables.
            command: the program and its arguments; the last one is the port, and is added here.
        """
        self.name, self.command, self.runs = name, command, 0

    def __enter__(self) -> Self:
        """Start the server and wait until it answers a query.

        Raises:
            BenchmarkError: it ends or does not answer in time, or another process has its port.
        """
        self.port = free_port()
        self.errors = tempfile.TemporaryFile()
        began = time.perf_counter()
        self.process = subprocess.Popen(
            [*self.command, str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=self.errors,
            start_new_session=True,
        )
        try:
            self._await_answer(began + SECONDS_TO_START)
            self.seconds_to_start = time.perf_counter() - began
            self.check()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """End the process group: first with SIGTERM, and with SIGKILL if that takes too long."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(SECONDS_TO_END)
                break
        # Children that outlived their parent are in the group still.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.errors.close()

    def check(self) -> None:
        """Refuse to go on unless the process still runs and owns the only socket that listens on the port.

        Raises:
            BenchmarkError: a measurement would be of another server, or of none.
        """
        if self.process.poll() is not None:
            raise BenchmarkError(f"{self.name} has ended.\n{self._last_errors()}")
        if not owns_port(self.process.pid, self.port):
            raise BenchmarkError(f"port {self.port} belongs to a process that this run did not start")

    def answers(self) -> bool:
        """Return True if the server answers a query."""
        try:
            return self.fetch(f"/sparql?query={quote('ASK {}')}")[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def fetch(self, path: str) -> tuple[int, bytes]:
        """Return the status and the body of one answer."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()

    def measure(self, target: str, connections: int, seconds: int) -> Figures:
        """Send requests for some seconds, and return the figures of wrk.

        Args:
            target: the target of each request; %N% in it becomes a number that no other request has.
            connections: connections that are open at a time.
            seconds: how long wrk sends requests.
        """
        self.check()
        self.runs += 1
        done = subprocess.run(
            [
                *("wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--timeout", str(SECONDS_TO_ANSWER)),
                *("-s", str(Path(__file__).with_name("wrk.lua")), f"http://127.0.0.1:{self.port}/"),
            ],
            env={**os.environ, "BENCH_TARGET": target, "BENCH_START": str(self.runs * 10_000_000)},
            capture_output=True,
            text=True,
            check=True,
        )
        self.check()
        figures = next(line for line in done.stdout.splitlines() if line.startswith("figures "))
        requests, duration, median, p99, failed = map(int, figures.split()[1:])
        return Figures(requests / duration * 1e6, median / 1000, p99 / 1000, failed)

    def _await_answer(self, deadline: float) -> None:
        while not self.answers():
            if self.process.poll() is not None or time.perf_counter() > deadline:
                raise BenchmarkError(f"{self.name} does not start.\n{self._last_errors()}")
            time.sleep(0.005)

    def _last_errors(self) -> str:
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace")[-2000:]


def free_port() -> int:
    """Return a port of 127.0.0.1 on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def owns_port(pid: int, port: int) -> bool:
    """Return True if something listens on a port, and every socket that does belongs to one process (Linux)."""
    rows: Sequence[list[str]] = [
        line.split()
        for table in ("tcp", "tcp6")
        if (file := Path("/proc/net", table)).exists()
        for line in file.read_text(encoding="ascii").splitlines()[1:]
    ]
    # Columns of proc(5): the local address as hexadecimal address:port, the state, and the inode of the socket.
    listening = {row[9] for row in rows if row[3] == _LISTENING and int(row[1].rpartition(":")[2], 16) == port}
    own = set()
    for link in Path("/proc", str(pid), "fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            own.add(str(link.readlink()).removeprefix("socket:[").removesuffix("]"))
    return bool(listening) and listening <= own
