"""Worker processes as the server sees them."""

from __future__ import annotations

import asyncio
import socket

import uvloop

from tlevel_rdf.server.pool.process import WorkerProcess


def test_an_unread_response_is_detected() -> None:
    async def check() -> tuple[bool, bool]:
        ours, theirs = socket.socketpair()
        with theirs:
            ours.settimeout(0)
            loop = asyncio.get_running_loop()
            transport, worker = await loop.create_connection(lambda: WorkerProcess(0, ours), sock=ours)
            transport.pause_reading()
            before = worker.has_unread_response
            theirs.send(b"a response")
            after = worker.has_unread_response
            transport.close()
            return before, after

    assert asyncio.run(check()) == (False, True)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        assert runner.run(check()) == (False, True)
