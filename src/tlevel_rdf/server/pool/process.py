"""Worker processes as the server sees them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import TYPE_CHECKING, Final, cast

from tlevel_rdf.errors import WorkersError
from tlevel_rdf.limits import WORKER_START_SECONDS
from tlevel_rdf.server.pool.forkserver import Forkserver
from tlevel_rdf.server.pool.messages import LENGTH, READY, frame, unpack_response

if TYPE_CHECKING:
    from collections.abc import Callable

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response


_NOT_STARTED: Final = "no worker process can be started: "
_HINT: Final = "check that the release exists, or give more memory"


class ExitReason(StrEnum):
    """The reason for the end of a worker, as the metrics show it."""

    MOVED = "moved"
    DEADLINE = "deadline"
    ABANDONED = "abandoned"
    FAULT = "fault"
    LOST = "lost"


def set_policy(pid: int, policy: int, niceness: int = 0) -> None:
    """Set the scheduling policy and the niceness (sched(7)) of a process; the policy of the calling thread for 0."""
    # The process has ended, or the system forbids it. Both only affect waiting times.
    with contextlib.suppress(OSError):
        os.sched_setscheduler(pid, policy, os.sched_param(0))
        if niceness:
            os.setpriority(os.PRIO_PROCESS, pid, niceness)


class WorkerLostError(Exception):
    """The worker ended before it answered."""


class WorkerProcess(asyncio.Protocol):
    """A worker process and the connection to it.

    Attributes:
        pid: its process id.
        exited: done as soon as the process has ended or was killed.
        on_response: called with each response.
        exit_reason: why it was killed; LOST if it ended by itself.
    """

    def __init__(self, pid: int, connection: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        self.exited: asyncio.Future[None] = loop.create_future()
        self.exit_reason = ExitReason.LOST
        self.pid = pid
        self._connection = connection
        self.on_response: Callable[[WorkerProcess, Response], None] = WorkerProcess._on_first_response
        self._first: asyncio.Future[Response] = loop.create_future()
        self._received = bytearray()
        self._transport: asyncio.Transport | None = None

    def send(self, request: bytes) -> None:
        """Send a request. The worker answers requests in their order, as long as it lives."""
        if self._transport is not None:
            self._transport.write(frame(request))

    @property
    def cpu_seconds(self) -> float:
        """The processor time that it has used; 0 if it has ended."""
        # The CPU clock of another process, as clock_getcpuclockid(3) computes its number.
        with contextlib.suppress(OSError):
            return time.clock_gettime((~self.pid << 3) | 2)
        return 0.0

    @property
    def has_unread_response(self) -> bool:
        """True if the worker has sent a response, or a part of one, that the server has not read yet."""
        with contextlib.suppress(OSError):
            return bool(self._connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        return False

    @property
    def has_ended(self) -> bool:
        """True if the process has ended, even if the event loop has not reported it yet."""
        try:
            return self.exited.done() or not self._connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def kill(self, reason: ExitReason = ExitReason.LOST) -> None:
        """End the process at once."""
        if self.exited.done():
            # Its process id may be another process's by now.
            return
        self.exit_reason = reason
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Take a part of a response, or several responses."""
        self._received += data
        while len(self._received) >= LENGTH.size:
            end = LENGTH.size + LENGTH.unpack_from(self._received)[0]
            if len(self._received) < end:
                return
            with memoryview(self._received) as received:
                response = unpack_response(received[LENGTH.size : end])
            del self._received[:end]
            self.on_response(self, response)

    def connection_lost(self, _error: Exception | None) -> None:
        """Report that the process has ended."""
        if not self.exited.done():
            self.exited.set_result(None)

    async def wait_until_ready(self) -> None:
        """Wait for the first message.

        Raises:
            WorkersError: the process failed or ended instead, or takes too long.
        """
        await asyncio.wait((self._first, self.exited), timeout=WORKER_START_SECONDS, return_when="FIRST_COMPLETED")
        if not self._first.done():
            raise WorkersError(f"{_NOT_STARTED}it ended or took too long", hint=_HINT)
        if (first := self._first.result()).status != READY:
            raise WorkersError(_NOT_STARTED + first.content.decode(), hint=_HINT)

    def _on_first_response(self, response: Response) -> None:
        self._first.set_result(response)


class WorkerStarter:
    """Starts workers for a site, one at a time."""

    def __init__(self, site: Site) -> None:
        self._forkserver = Forkserver(site)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="start-worker")

    async def start(self) -> WorkerProcess:
        """Return a worker that is ready.

        Raises:
            WorkersError: none can be started now.
        """
        loop = asyncio.get_running_loop()
        try:
            pid, connection = await loop.run_in_executor(self._thread, self._forkserver.fork)
        except OSError as error:  # no memory, no process, or the fork server has ended
            raise WorkersError(f"{_NOT_STARTED}{error}", hint=_HINT) from error
        connection.settimeout(0)
        _, worker = await loop.create_connection(lambda: WorkerProcess(pid, connection), sock=connection)
        try:
            await worker.wait_until_ready()
        except BaseException:
            worker.kill()
            raise
        return worker

    async def restart_if_ended(self) -> None:
        """Start the fork server again if it has ended."""
        # If it cannot be started now, the next call or the next worker tries again.
        with contextlib.suppress(OSError):
            await asyncio.get_running_loop().run_in_executor(self._thread, self._forkserver.restart_if_ended)

    async def close(self) -> None:
        """End the fork server and all its workers."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._forkserver.close)
        self._thread.shutdown(wait=False)
