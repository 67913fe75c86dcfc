"""Connections as no browser uses them: endless heads, silence, pipelining, half-closed connections."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.server.conftest import CLOSE, LONG, POST, connect, exchange, is_cut_off, read_all
from tests.web.conftest import SMALL_QUERY, SMALL_RESULT, answers_correctly, endless_query, run_server, wait_until
from tlevel_rdf.server import lifecycle
from tlevel_rdf.server.http import protocol
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.conftest import RunningServer
    from tlevel_rdf.web.data.site import Site


@pytest.fixture(scope="module")
def server(numbered_site: Site) -> Iterator[RunningServer]:
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server:
        yield server


def test_an_endless_head_is_cut_off(server: RunningServer) -> None:
    with connect(server) as connection:
        assert is_cut_off(connection, b"GET / HTTP/1.1\r\nHost: x\r\n", b"X: " + b"a" * 1_000 + b"\r\n")
    received = exchange(server, b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 130_000)
    assert received.startswith(b"HTTP/1.1 431 Request Header Fields Too Large\r\n")
    assert b"connection: close\r\n" in received
    assert b"application/problem+json" in received


@pytest.mark.parametrize("size", [60_001, 70_000, 1_000_000])
def test_a_target_over_the_limit_is_refused(size: int, server: RunningServer) -> None:
    received = exchange(server, b"GET /?" + b"a" * (size - 2) + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    assert received.startswith(b"HTTP/1.1 414 ")
    assert b"by POST" in received


def test_a_target_of_the_maximum_length_is_answered(server: RunningServer) -> None:
    target = f"/sparql?query={quote(SMALL_QUERY)}%23".encode()
    target += b"a" * (60_000 - len(target))
    received = exchange(server, b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n" + CLOSE + b"\r\n")
    assert received.startswith(b"HTTP/1.1 200 ")
    assert received.endswith(SMALL_RESULT)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: x\r\n",
        POST + b"Content-Length: 10\r\n\r\nASK",
        b"GET /id/1 HTTP/1.1\r\nHost: x\r\n\r\n\r\n",
        b"GET /id/1 HTTP/1.1\r\nHost: x\r\n\r\n\r\n\r\n\r\nGET",
    ],
)
def test_a_client_that_keeps_the_server_waiting_is_cut_off(
    sent: bytes, numbered_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "REQUEST_SECONDS", 1)
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server, connect(server) as connection:
        head, end, after = sent.rpartition(b"HTTP/1.1\r\nHost: x\r\n\r\n")
        connection.sendall(head + end)
        if head:
            assert connection.recv(9) == b"HTTP/1.1 "
        # With data after the response, uvicorn itself would wait for ever.
        connection.sendall(after)
        read_all(connection)


def test_pipelined_requests_are_answered_in_their_order(server: RunningServer) -> None:
    targets = [f"/sparql?query={quote(SMALL_QUERY.replace('/7>', f'/{number}>'))}" for number in (500, 7, 20, 7, 300)]
    requests = [f"GET {target} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n".encode() for target in targets]
    received = exchange(server, b"\r\n".join(requests) + CLOSE + b"\r\n")
    assert received.count(b"HTTP/1.1 200 OK\r\n") == 5
    nexts = [
        line.rpartition(b"/")[2] for line in received.splitlines() if line.startswith(b"https://data.example.org/id/")
    ]
    assert nexts == [b"501", b"8", b"21", b"8", b"301"]


def test_thousands_of_pipelined_requests_are_answered(server: RunningServer) -> None:
    request = b"HEAD /id/7 HTTP/1.1\r\nHost: x\r\n"
    with connect(server) as connection, ThreadPoolExecutor(1) as pool:
        sent = pool.submit(connection.sendall, b"\r\n".join([request] * 6_000) + CLOSE + b"\r\n")
        assert read_all(connection).count(b"HTTP/1.1 303 ") == 6_000
        sent.result(60)


def test_a_client_that_does_not_read_is_cut_off(numbered_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "UNREAD_ANSWER_SECONDS", 0.2)
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server, connect(server) as connection:
        connection.sendall(LONG + b"\r\n")
        assert connection.recv(12) == b"HTTP/1.1 200"
        app = server.server.app
        assert app is not None
        assert wait_until(lambda: app.buffers.bytes == 0)
        assert len(read_all(connection)) < 5_000_000


@pytest.mark.parametrize(
    "framing",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5",
        b"Content-Length: 5\r\nContent-Length: 6",
        b"Content-Length: -1",
        b"Content-Length: 5x",
        b"Transfer-Encoding: gzip",
        b"Transfer-Encoding: gzip\r\nTransfer-Encoding: x",
    ],
)
def test_an_ambiguous_end_of_a_body_is_refused(framing: bytes, server: RunningServer) -> None:
    received = exchange(server, POST + framing + b"\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")
    assert received.startswith(b"HTTP/1.1 400 ")
    assert received.count(b"HTTP/1.1") == 1


def test_a_half_closed_connection_is_answered(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HALF_CLOSED_SECONDS", 60)
    for number in range(20):
        with connect(server) as connection:
            # Both are new to the server, so that a worker is busy with the first when the connection is half closed.
            for query in (f"ASK {{}} # {number}", f"SELECT * {{ ?s ?p ?o }} # {number}"):
                connection.sendall(b"GET /sparql?query=%s HTTP/1.1\r\nHost: x\r\n\r\n" % quote(query).encode())
            connection.shutdown(socket.SHUT_WR)
            assert read_all(connection).count(b"HTTP/1.1 200 ") == 2


def test_a_half_closed_connection_without_a_response_is_aborted(numbered_site: Site) -> None:
    settings = Settings(workers=1, timeout=3600)
    with run_server(replace(numbered_site, settings=settings)) as server, connect(server) as connection:
        connection.sendall(f"GET /sparql?query={quote(endless_query())} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        connection.shutdown(socket.SHUT_WR)
        assert read_all(connection) == b""
        assert wait_until(lambda: server.server.log.statuses[499] == 1)


def test_an_idle_connection_may_send_a_last_request_when_the_server_stops(
    numbered_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "LAST_REQUEST_SECONDS", 60)
    monkeypatch.setattr(lifecycle, "CLOSE_SECONDS", 100)
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server, connect(server) as connection:
        assert answers_correctly(server.client)
        server.server.stop()
        assert wait_until(lambda: is_refused(server))
        connection.sendall(b"GET /def/level.ttl HTTP/1.1\r\nHost: x\r\n\r\n")
        received = read_all(connection)
        assert received.startswith(b"HTTP/1.1 200 ")
        assert b"\r\nconnection: close\r\n" in received


def is_refused(server: RunningServer) -> bool:
    try:
        socket.create_connection(("127.0.0.1", server.port), timeout=60).close()
    except ConnectionRefusedError:
        return True
    return False


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a b/c\r\n\r\n", 400),
        (b"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
        (b"BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        (b"GARBAGE\r\n\r\n", 400),
        (POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
        (b"GET /healthz HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", 404),
        (b"GET /healthz HTTP/1.0\r\n\r\n", 404),
    ],
)
def test_the_head_of_a_request_is_checked(server: RunningServer, head: bytes, status: int) -> None:
    with connect(server) as connection:
        connection.sendall(head)
        received = connection.recv(1_000).lower()
    assert received.startswith(f"http/1.1 {status} ".encode())
    assert b"\r\ndate: " in received


def test_a_new_connection_takes_the_place_of_a_waiting_one(numbered_site: Site) -> None:
    settings = Settings(workers=1, connections=10)
    with run_server(replace(numbered_site, settings=settings)) as server, ExitStack() as stack:
        for _ in range(30):
            stack.enter_context(connect(server)).sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-a: ")
        for _ in range(10):
            assert server.client.get("/def/level.ttl").status_code == 200
