"""Responses with a ready-made head."""

from __future__ import annotations

import asyncio
import logging

import pytest
from uvicorn.protocols.http.flow_control import FlowControl

from tlevel_rdf.server.http.asgi import HEAD_EXTENSION
from tlevel_rdf.server.http.cycle import Cycle

HEAD = b"content-type: text/plain\r\ncontent-length: 2\r\n"


class _Transport(asyncio.Transport):
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.is_closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written.append(bytes(data))

    def close(self) -> None:
        self.is_closed = True


def respond(transport: _Transport, parts: list[bytes], *, keep_alive: bool) -> None:
    """Send a response with a ready-made head and a body in parts."""

    async def send() -> None:
        cycle = Cycle(
            scope={"method": "GET"},  # type: ignore[typeddict-item]  # what a response needs
            transport=transport,
            flow=FlowControl(transport),
            logger=logging.getLogger("test"),
            access_logger=logging.getLogger("test"),
            access_log=False,
            default_headers=[(b"date", b"now")],
            message_event=asyncio.Event(),
            expect_100_continue=False,
            keep_alive=keep_alive,
            on_response=lambda: None,
        )
        start = {"type": "http.response.start", "status": 200, HEAD_EXTENSION: HEAD, "length": 2}
        await cycle.send(start)
        assert not transport.written
        for number, part in enumerate(parts, start=1):
            await cycle.send({"type": "http.response.body", "body": part, "more_body": number < len(parts)})
        assert cycle.response_complete

    asyncio.run(send())


@pytest.mark.parametrize("parts", [[b"ab"], [b"a", b"b"], [b"", b"ab"]])
def test_the_head_is_sent_with_the_first_part_of_the_body(parts: list[bytes]) -> None:
    transport = _Transport()
    respond(transport, parts, keep_alive=True)
    assert transport.written[0] == b"HTTP/1.1 200 OK\r\ndate: now\r\n" + HEAD + b"\r\n" + parts[0]
    assert b"".join(transport.written).endswith(b"\r\n\r\nab")
    assert not transport.is_closed


def test_the_last_response_says_that_the_connection_closes() -> None:
    transport = _Transport()
    respond(transport, [b"ab"], keep_alive=False)
    assert b"\r\nconnection: close\r\n\r\nab" in transport.written[0]
    assert transport.is_closed


def test_a_body_of_another_length_is_a_fault() -> None:
    with pytest.raises(RuntimeError, match="shorter"):
        respond(_Transport(), [b"a"], keep_alive=True)
