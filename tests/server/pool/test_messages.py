"""Requests and responses as bytes."""

from __future__ import annotations

from dataclasses import astuple, replace
from pathlib import Path

import pytest

from tlevel_rdf.server.pool.messages import LENGTH, frame, pack_request, pack_response, unpack_request, unpack_response
from tlevel_rdf.web.http.messages import Request, Response


def test_a_request_comes_back_as_it_was() -> None:
    headers = [(b"accept", b"text/html;q=0.5"), (b"accept", b"\xe9")]
    message = pack_request(b"POST", b"/sparql", b"a=b%20c", headers, b"\x00\xff")
    expected = (("accept", "text/html;q=0.5"), ("accept", "\xe9"))
    assert unpack_request(message) == Request("POST", "/sparql", "a=b%20c", expected, b"\x00\xff")


def test_equal_requests_are_equal_bytes() -> None:
    """The bytes are the key of the cache, and must not depend on which objects are shared."""
    accept = (b"accept", b"text/html")
    shared = pack_request(b"GET", b"/doc/x", b"", [accept, accept], b"")
    copies = pack_request(
        b"GET", b"/doc/x", b"", [accept, (bytes(bytearray(b"accept")), accept[1][:4] + b"/html")], b""
    )
    assert shared == copies
    assert shared != pack_request(b"GET", b"/doc/x", b"", [accept], b"")


@pytest.mark.parametrize("body", [b"", b"\x00" * 1_000_000, Path("/srv/all.nq")])
def test_a_response_comes_back_as_it_was(body: bytes | Path) -> None:
    response = Response(200, (("content-type", "text/html"), ("vary", "Accept")), body)
    received = unpack_response(pack_response(response))
    assert received.head == b"content-type: text/html\r\nvary: Accept\r\n"
    assert astuple(received) == astuple(response)
    assert replace(received, status=206).head == received.head


def test_a_frame_begins_with_the_length_of_its_message() -> None:
    assert frame(b"message") == LENGTH.pack(7) + b"message"
