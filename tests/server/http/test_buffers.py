"""The memory for requests that arrive and responses that clients have not read."""

from __future__ import annotations

from tlevel_rdf.server.http.buffers import Buffers
from tlevel_rdf.settings import Settings


def test_one_response_and_one_body_always_fit() -> None:
    buffers = Buffers(Settings(buffers=16_000_000, answer_bytes=500_000_000, body_bytes=1_000_000))
    assert buffers.has_room(501_000_000)
    assert not buffers.has_room(501_000_001)


def test_the_setting_is_the_limit() -> None:
    buffers = Buffers(Settings(buffers=100_000_000))
    buffers.bytes = 60_000_000
    assert buffers.has_room()
    assert buffers.has_room(40_000_000)
    assert not buffers.has_room(40_000_001)
