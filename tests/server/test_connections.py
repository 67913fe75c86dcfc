"""What comes over a connection that no browser sends: heads without end, silence, many requests at once, odd bodies."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.web.conftest import SMALL_QUERY, SMALL_RESULT, run_server, wait_until
from tlevel_rdf.server.http import asgi, protocol
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.conftest import RunningServer
    from tlevel_rdf.web.data.site import Site

POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\nContent-Type: application/sparql-query\r\n"
LAST = b"Connection: close\r\n"


@pytest.fixture(scope="module")
def server(numbered_site: Site) -> Iterator[RunningServer]:
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server:
        yield server


@contextmanager
def connected(server: RunningServer) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        yield connection


def rest(connection: socket.socket) -> bytes:
    """All that comes until the server closes the connection."""
    received = b""
    try:
        while more := connection.recv(65_536):
            received += more
    except ConnectionResetError:  # it had not read everything
        pass
    return received


def is_cut_off(connection: socket.socket, head: bytes, more: bytes) -> bool:
    """Whether the server closes the connection of whoever sends more and more."""
    try:
        connection.sendall(head)
        for _ in range(100_000):
            connection.sendall(more)
    except ConnectionError:
        return True
    return False


def answer(server: RunningServer, sent: bytes) -> bytes:
    with connected(server) as connection:
        connection.sendall(sent)
        return rest(connection)


def test_a_head_without_end_is_cut_off(server: RunningServer) -> None:
    with connected(server) as connection:
        assert is_cut_off(connection, b"GET / HTTP/1.1\r\nHost: x\r\n", b"X: " + b"a" * 1_000 + b"\r\n")
    told = answer(server, b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 130_000)
    assert told.startswith(b"HTTP/1.1 431 Request Header Fields Too Large\r\n")
    assert b"connection: close\r\n" in told
    assert b"application/problem+json" in told


@pytest.mark.parametrize("size", [60_001, 70_000, 1_000_000])
def test_a_target_too_long(size: int, server: RunningServer) -> None:
    told = answer(server, b"GET /?" + b"a" * (size - 2) + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    assert told.startswith(b"HTTP/1.1 414 ")
    assert b"by POST" in told


def test_a_target_as_long_as_it_may_be(server: RunningServer) -> None:
    target = f"/sparql?query={quote(SMALL_QUERY)}%23".encode()
    target += b"a" * (60_000 - len(target))
    told = answer(server, b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n" + LAST + b"\r\n")
    assert told.startswith(b"HTTP/1.1 200 ")
    assert told.endswith(SMALL_RESULT)


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
def test_whoever_keeps_the_server_waiting_is_cut_off(
    sent: bytes, numbered_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "REQUEST_SECONDS", 0.2)
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server:
        assert rest_is_over(server, sent)


def rest_is_over(server: RunningServer, sent: bytes) -> bool:
    with connected(server) as connection:
        # Byte by byte, so that what comes after a request comes when that has been answered.
        head, end, after = sent.rpartition(b"HTTP/1.1\r\nHost: x\r\n\r\n")
        connection.sendall(head + end)
        if head and not head.startswith(b"POST"):
            assert connection.recv(9) == b"HTTP/1.1 "
        connection.sendall(after)
        connection.settimeout(4)  # that uvicorn waits longer for the next request
        rest(connection)
    return True


def test_requests_in_a_row_are_answered_in_their_order(server: RunningServer) -> None:
    targets = [f"/sparql?query={quote(SMALL_QUERY.replace('/7>', f'/{number}>'))}" for number in (500, 7, 20, 7, 300)]
    requests = [f"GET {target} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n".encode() for target in targets]
    told = answer(server, b"\r\n".join(requests) + LAST + b"\r\n")
    assert told.count(b"HTTP/1.1 200 OK\r\n") == 5
    nexts = [line.rpartition(b"/")[2] for line in told.splitlines() if line.startswith(b"https://data.example.org/id/")]
    assert nexts == [b"501", b"8", b"21", b"8", b"301"]


def test_thousands_of_requests_in_a_row(server: RunningServer) -> None:
    request = b"HEAD /id/7 HTTP/1.1\r\nHost: x\r\n"
    with connected(server) as connection, ThreadPoolExecutor(1) as pool:
        sent = pool.submit(connection.sendall, b"\r\n".join([request] * 6_000) + LAST + b"\r\n")
        assert rest(connection).count(b"HTTP/1.1 303 ") == 6_000
        sent.result(1)


def long_answer() -> bytes:
    query = "SELECT (?s AS ?a) (?s AS ?b) (?s AS ?c) (?s AS ?d) { ?s ?p ?o . ?t ?q ?u } LIMIT 20000"
    return f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()


def test_who_reads_nothing_is_cut_off(numbered_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "UNREAD_ANSWER_SECONDS", 0.2)
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server, connected(server) as connection:
        connection.sendall(long_answer())
        assert connection.recv(12) == b"HTTP/1.1 200"
        held = server.server.app
        assert held is not None
        assert wait_until(lambda: held.unsent == 0)
        assert len(rest(connection)) < 5_000_000


def test_answers_on_their_way_have_a_bound(numbered_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server, connected(server) as first:
        first.sendall(long_answer())
        assert first.recv(12) == b"HTTP/1.1 200"
        monkeypatch.setattr(asgi, "MAX_UNSENT_ANSWERS", 7_000_000 / Settings().answer_bytes)
        told = answer(server, long_answer().replace(b"\r\n\r\n", b"\r\n" + LAST + b"\r\n"))
        assert told.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 2" in told
        assert len(rest_of(first)) > 4_000_000
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server:
        assert answer(server, long_answer().replace(b"\r\n\r\n", b"\r\n" + LAST + b"\r\n")).startswith(b"HTTP/1.1 200 ")


def rest_of(connection: socket.socket) -> bytes:
    """What comes of a body in JSON, to its end."""
    received = b""
    while not received.rstrip().endswith(b"]}}"):
        received += connection.recv(65_536)
    return received


def test_a_client_that_waits_to_be_told_to_go_on(server: RunningServer) -> None:
    with connected(server) as connection:
        head = POST + LAST + f"Expect: 100-continue\r\nContent-Length: {len(SMALL_QUERY)}\r\n\r\n".encode()
        connection.sendall(head)
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(SMALL_QUERY.encode())
        told = rest(connection)
    assert told.startswith(b"HTTP/1.1 200 ")
    assert told.endswith(SMALL_RESULT)


def test_a_body_too_large_is_refused_before_it_is_sent(server: RunningServer) -> None:
    length = f"Content-Length: {Settings().body_bytes + 1}\r\n\r\n".encode()
    told = answer(server, POST + b"Expect: 100-continue\r\n" + length)
    assert told.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close\r\n" in told


def test_a_body_too_large_in_chunks_ends_the_connection(server: RunningServer) -> None:
    with connected(server) as connection:
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        assert is_cut_off(connection, POST + b"Transfer-Encoding: chunked\r\n\r\n", chunk)


def test_a_body_in_chunks(server: RunningServer) -> None:
    chunks = b"".join(
        b"%x\r\n%s\r\n" % (len(part), part) for part in (SMALL_QUERY[:5].encode(), SMALL_QUERY[5:].encode())
    )
    told = answer(server, POST + LAST + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n")
    assert told.startswith(b"HTTP/1.1 200 ")
    assert told.endswith(SMALL_RESULT)


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
def test_a_body_whose_end_can_be_told_in_two_ways(framing: bytes, server: RunningServer) -> None:
    told = answer(server, POST + framing + b"\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")
    assert told.startswith(b"HTTP/1.1 400 ")
    assert told.count(b"HTTP/1.1") == 1


def test_a_body_that_ends_early_is_no_query(server: RunningServer) -> None:
    before = server.server.log.statuses[499]
    with connected(server) as connection:
        connection.sendall(POST + b"Content-Length: 1000\r\n\r\nASK {}")
        connection.shutdown(socket.SHUT_WR)
        assert rest(connection) == b""
    assert wait_until(lambda: server.server.log.statuses[499] > before)


def test_a_client_that_ends_its_side_after_a_request_is_answered(server: RunningServer) -> None:
    for number in range(20):
        with connected(server) as connection:
            # Two requests, each new to the server, so that a worker is at the first when the end comes.
            for query in (f"ASK {{}} # {number}", f"SELECT * {{ ?s ?p ?o }} # {number}"):
                connection.sendall(b"GET /sparql?query=%s HTTP/1.1\r\nHost: x\r\n\r\n" % quote(query).encode())
            connection.shutdown(socket.SHUT_WR)
            assert rest(connection).count(b"HTTP/1.1 200 ") == 2


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
def test_a_request_is_one_of_http(server: RunningServer, head: bytes, status: int) -> None:
    with connected(server) as connection:
        connection.sendall(head)
        told = connection.recv(1_000).lower()
    assert told.startswith(f"http/1.1 {status} ".encode())
    assert b"\r\ndate: " in told


def test_half_a_request_is_dropped_for_a_whole_one(numbered_site: Site) -> None:
    settings = Settings(workers=1, connections=10)
    with run_server(replace(numbered_site, settings=settings)) as server, ExitStack() as stack:
        for _ in range(30):
            stack.enter_context(connected(server)).sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-a: ")
        for _ in range(10):
            assert server.client.get("/def/level.ttl").status_code == 200


def test_who_sends_too_much_reads_why(server: RunningServer) -> None:
    with connected(server) as connection:
        connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1500000\r\n\r\n" + b"a" * 1_500_000)
        assert connection.recv(1000).startswith(b"HTTP/1.1 413 ")
