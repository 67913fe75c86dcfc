"""Worker processes, as the server sees them: started, asked one thing at a time, ended."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, cast

from tlevel_rdf.web.wire import HEAD, Answer, framed, unpacked
from tlevel_rdf.web.worker import READY, work

if TYPE_CHECKING:
    from tlevel_rdf.web.site import Site

#: Workers are forks of a process that has loaded what they need and opened nothing: 15 ms each, their code shared.
_CONTEXT: Final = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["__main__", "tlevel_rdf.web.worker"])
#: How long a worker may take to be ready; it takes a tenth of a second.
_SECONDS_TO_START: Final = 30


class WorkerLostError(Exception):
    """The worker ended before it answered."""


class Worker(asyncio.Protocol):
    """One worker process, and the line to it.

    Attributes:
        gone: done as soon as the process has ended or was ended.
    """

    def __init__(self, process: multiprocessing.process.BaseProcess) -> None:
        loop = asyncio.get_running_loop()
        self.gone: asyncio.Future[None] = loop.create_future()
        self._process = process
        self._answer: asyncio.Future[Answer] = loop.create_future()
        self._received = bytearray()
        self._transport: asyncio.Transport | None = None

    def ask(self, question: bytes) -> asyncio.Future[Answer]:
        """Hand over a question. The worker must be free, and stays busy until the answer is there.

        Returns:
            The answer, or `WorkerLostError`.
        """
        self._answer = asyncio.get_running_loop().create_future()
        if self._transport is None or self.gone.done():
            self._answer.set_exception(WorkerLostError())
        else:
            self._transport.write(framed(question))
        return self._answer

    @property
    def seconds_of_work(self) -> float:
        """The processor time that it has used; 0 if it has ended."""
        pid = self._process.pid
        # The clock of another process (clock_getcpuclockid); time on the wall says little on a busy machine.
        with contextlib.suppress(OSError):
            return time.clock_gettime((~pid << 3) | 2) if pid else 0.0
        return 0.0

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid or 0

    def end(self) -> None:
        """End the process at once, whatever it does."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The line is there."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """A part of an answer."""
        self._received += data
        if len(self._received) < HEAD.size:
            return
        end = HEAD.size + HEAD.unpack_from(self._received)[0]
        if len(self._received) < end:
            return
        answer = unpacked(memoryview(self._received)[HEAD.size : end])
        self._received = bytearray()
        if not self._answer.done():
            self._answer.set_result(answer)

    def connection_lost(self, _error: Exception | None) -> None:
        """The process has ended."""
        if not self._answer.done():
            self._answer.set_exception(WorkerLostError())
        if not self.gone.done():
            self.gone.set_result(None)

    async def is_ready(self) -> bool:
        """Wait until it can be asked; False if it ended instead, or takes too long."""
        try:
            async with asyncio.timeout(_SECONDS_TO_START):
                return await self._answer == READY
        except (WorkerLostError, TimeoutError):
            return False


class Starter:
    """Starts workers of one site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        # Processes are started by one thread: that takes some milliseconds, and is not made for several.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="start-worker")

    async def start(self) -> Worker | None:
        """A worker that is ready; None if none can be started now, or if it ended at once."""
        loop = asyncio.get_running_loop()
        try:
            process, line = await loop.run_in_executor(self._thread, self._fork)
        except (OSError, EOFError):  # no memory, no process, or the one that forks has ended and is made anew
            return None
        line.settimeout(0)
        _, worker = await loop.create_connection(lambda: Worker(process), sock=line)
        if await worker.is_ready():
            return worker
        worker.end()
        return None

    def close(self) -> None:
        """Start no more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _fork(self) -> tuple[multiprocessing.process.BaseProcess, socket.socket]:
        ours, theirs = socket.socketpair()
        process = _CONTEXT.Process(target=work, args=(theirs, self._site), daemon=True)
        process.start()
        theirs.close()
        return process, ours
