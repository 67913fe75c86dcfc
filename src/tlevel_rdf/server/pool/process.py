"""Worker processes, as the server sees them: started, asked, ended."""

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

from tlevel_rdf.server.pool.forkserver import Nursery
from tlevel_rdf.server.pool.messages import HEAD, Answer, framed, unpacked
from tlevel_rdf.server.pool.worker import READY

if TYPE_CHECKING:
    from collections.abc import Callable

    from tlevel_rdf.web.data.site import Site

#: How long a worker may take to be ready; it takes a tenth of a second.
_SECONDS_TO_START: Final = 30


class Ended(StrEnum):
    """For what a worker ended."""

    MOVED = "moved"
    DEADLINE = "deadline"
    ABANDONED = "abandoned"
    FAULT = "fault"
    LOST = "lost"


def schedule(pid: int, policy: int) -> None:
    """Let a process run by a policy of sched(7), or the calling thread for 0; as before where that cannot be."""
    # It has just ended, or the system forbids it: then others wait longer, and nothing is wrong.
    with contextlib.suppress(OSError):
        os.sched_setscheduler(pid, policy, os.sched_param(0))


class WorkerLostError(Exception):
    """The worker ended before it answered."""


class Worker(asyncio.Protocol):
    """One worker process, and the line to it.

    Attributes:
        pid: the number of its process.
        gone: done as soon as the process has ended or was ended.
        on_answer: is called with each answer.
        ended_for: why it was ended; it may also have ended by itself.
    """

    def __init__(self, pid: int, line: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        self.gone: asyncio.Future[None] = loop.create_future()
        self.ended_for = Ended.LOST
        self.pid = pid
        self._line = line
        self.on_answer: Callable[[Worker, Answer], None] = Worker._begun
        self._first: asyncio.Future[Answer] = loop.create_future()
        self._received = bytearray()
        self._transport: asyncio.Transport | None = None

    def ask(self, question: bytes) -> None:
        """Hand over a question. Questions are answered in their order; those that are not when it is gone never are."""
        if self._transport is not None:
            self._transport.write(framed(question))

    @property
    def seconds_of_work(self) -> float:
        """The processor time that it has used; 0 if it has ended."""
        # The clock of another process (clock_getcpuclockid); time on the wall says little on a busy machine.
        with contextlib.suppress(OSError):
            return time.clock_gettime((~self.pid << 3) | 2)
        return 0.0

    @property
    def has_answered(self) -> bool:
        """Whether there is an answer, or a part of one, that was not read yet."""
        with contextlib.suppress(OSError):
            return bool(self._line.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        return False

    def end(self, reason: Ended = Ended.LOST) -> None:
        """End the process at once, whatever it does."""
        if self.gone.done():
            # Its number may be another process's by now.
            return
        self.ended_for = reason
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The line is there."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """A part of an answer, or of several."""
        self._received += data
        while len(self._received) >= HEAD.size:
            end = HEAD.size + HEAD.unpack_from(self._received)[0]
            if len(self._received) < end:
                return
            with memoryview(self._received) as received:
                answer = unpacked(received[HEAD.size : end])
            del self._received[:end]
            self.on_answer(self, answer)

    def connection_lost(self, _error: Exception | None) -> None:
        """The process has ended."""
        if not self.gone.done():
            self.gone.set_result(None)

    async def is_ready(self) -> bool:
        """Wait until it can be asked; False if it ended instead, or takes too long."""
        await asyncio.wait((self._first, self.gone), timeout=_SECONDS_TO_START, return_when=asyncio.FIRST_COMPLETED)
        return self._first.done() and self._first.result() == READY

    def _begun(self, answer: Answer) -> None:
        self._first.set_result(answer)


class Starter:
    """Starts workers of one site."""

    def __init__(self, site: Site) -> None:
        self._nursery = Nursery(site)
        # One thread, since workers are made one after another.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="start-worker")

    async def start(self) -> Worker | None:
        """A worker that is ready; None if none can be started now, or if it ended at once."""
        loop = asyncio.get_running_loop()
        try:
            pid, line = await loop.run_in_executor(self._thread, self._nursery.fork)
        except OSError:  # no memory, no process, or the one that makes workers has ended and is made anew
            return None
        line.settimeout(0)
        _, worker = await loop.create_connection(lambda: Worker(pid, line), sock=line)
        is_ready = False
        try:
            is_ready = await worker.is_ready()
        finally:
            if not is_ready:
                worker.end()
        return worker if is_ready else None

    async def close(self) -> None:
        """Start no more, and end what was started."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._nursery.close)
        self._thread.shutdown(wait=False)
