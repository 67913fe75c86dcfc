"""The ASGI application: request bodies, faults, files, and responses on their way."""

from __future__ import annotations

import errno
import socket
from dataclasses import replace
from typing import TYPE_CHECKING

import anyio
import pytest

from tests.server.conftest import CLOSE, LONG, POST, connect, exchange, is_cut_off, read_all
from tests.web.conftest import (
    SMALL_QUERY,
    SMALL_RESULT,
    FaultyStore,
    run_server,
    serving,
    wait_until,
)
from tlevel_rdf.errors import ReleaseError
from tlevel_rdf.settings import Settings
from tlevel_rdf.web.client import fetch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.web.conftest import RunningServer
    from tlevel_rdf.store.base import Query, Solutions
    from tlevel_rdf.web.data.site import Site


class _Closed(FaultyStore):
    def select(self, query: Query) -> Solutions | bool:
        raise ReleaseError(f"/srv/secret/store cannot answer {query.text}")


def test_a_damaged_release_is_a_503_that_names_no_file(site: Site) -> None:
    found = fetch(replace(site, store=_Closed()), "/doc/t-level/healthcare-science")
    assert found.status == 503
    assert b"secret" not in found.body


def test_a_missing_file_is_a_503(site: Site, tmp_path: Path) -> None:
    gone = replace(site, files={"all.nq": tmp_path / "gone.nq"})
    found = fetch(gone, "/data/all.nq")
    assert found.status == 503
    assert str(tmp_path).encode() not in found.body
    assert fetch(gone, "/", "text/html").status == 200


def test_a_file_that_cannot_be_opened_costs_one_request(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "for a test")

    file = tmp_path / "some.nt"
    file.write_bytes(b"<x:a> <x:b> <x:c> .\n")
    with serving(replace(site, files={"some.nt": file})) as client:
        with monkeypatch.context() as patched:
            patched.setattr(anyio, "open_file", refuse)
            response = client.get("/data/some.nt")
            assert (response.status_code, response.headers["content-type"]) == (503, "application/problem+json")
        assert client.get("/data/some.nt").content == file.read_bytes()


def test_a_large_file_is_complete(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "large.nt"
    file.write_bytes(b"<x:a> <x:b> <x:c> .\n" * 50_000)
    with serving(replace(site, files={"large.nt": file})) as client:
        assert client.get("/data/large.nt").content == file.read_bytes()


@pytest.fixture(scope="module")
def server(numbered_site: Site) -> Iterator[RunningServer]:
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server:
        yield server


def test_long_responses_on_their_way_are_bounded(numbered_site: Site) -> None:
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server, connect(server) as first:
        first.sendall(LONG + b"\r\n")
        assert first.recv(12) == b"HTTP/1.1 200"
        assert server.server.app is not None
        server.server.app.buffers.limit = 7_000_000
        received = exchange(server, LONG + CLOSE + b"\r\n")
        assert received.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 2" in received
        assert len(rest_of(first)) > 4_000_000
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server:
        assert exchange(server, LONG + CLOSE + b"\r\n").startswith(b"HTTP/1.1 200 ")


def rest_of(connection: socket.socket) -> bytes:
    """Read a body in JSON to its end."""
    received = b""
    while not received.rstrip().endswith(b"]}}"):
        received += connection.recv(65_536)
    return received


def test_a_client_that_expects_100_continue_gets_it(server: RunningServer) -> None:
    with connect(server) as connection:
        head = POST + CLOSE + f"Expect: 100-continue\r\nContent-Length: {len(SMALL_QUERY)}\r\n\r\n".encode()
        connection.sendall(head)
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(SMALL_QUERY.encode())
        received = read_all(connection)
    assert received.startswith(b"HTTP/1.1 200 ")
    assert received.endswith(SMALL_RESULT)


def test_a_body_too_large_is_refused_before_it_is_sent(server: RunningServer) -> None:
    length = f"Content-Length: {Settings().body_bytes + 1}\r\n\r\n".encode()
    received = exchange(server, POST + b"Expect: 100-continue\r\n" + length)
    assert received.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close\r\n" in received


def test_a_body_too_large_in_chunks_ends_the_connection(server: RunningServer) -> None:
    with connect(server) as connection:
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        assert is_cut_off(connection, POST + b"Transfer-Encoding: chunked\r\n\r\n", chunk)


def test_a_chunked_body_is_read(server: RunningServer) -> None:
    chunks = b"".join(
        b"%x\r\n%s\r\n" % (len(part), part) for part in (SMALL_QUERY[:5].encode(), SMALL_QUERY[5:].encode())
    )
    received = exchange(server, POST + CLOSE + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n")
    assert received.startswith(b"HTTP/1.1 200 ")
    assert received.endswith(SMALL_RESULT)


def test_a_body_that_ends_early_is_not_answered(server: RunningServer) -> None:
    before = server.server.log.statuses[499]
    with connect(server) as connection:
        connection.sendall(POST + b"Content-Length: 1000\r\n\r\nASK {}")
        connection.shutdown(socket.SHUT_WR)
        assert read_all(connection) == b""
    assert wait_until(lambda: server.server.log.statuses[499] > before)


def test_a_client_that_sends_too_much_reads_the_reason(server: RunningServer) -> None:
    with connect(server) as connection:
        connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1500000\r\n\r\n" + b"a" * 1_500_000)
        assert connection.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_a_range_of_a_file_is_sent(site: Site) -> None:
    with run_server(site) as server:
        whole = server.client.get("/data/all.nq").content
        for _ in range(2):
            part = server.client.get("/data/all.nq", headers={"range": "bytes=2-5"})
            assert (part.status_code, part.content) == (206, whole[2:6])
        assert wait_until(lambda: server.server.log.statuses[206] == 2)
