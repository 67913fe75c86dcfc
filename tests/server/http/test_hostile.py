"""Clients that ask for other protocols, send without end, or send slowly."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.server.conftest import CLOSE, POST, connect, exchange, is_cut_off, read_all
from tests.web.conftest import SMALL_QUERY, SMALL_RESULT, answers_correctly, endless_query, run_server, wait_until
from tlevel_rdf.limits import MAX_HEADERS, MAX_PIPELINED_BYTES
from tlevel_rdf.server.http import protocol
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.web.conftest import RunningServer
    from tlevel_rdf.server.http.buffers import Buffers
    from tlevel_rdf.web.data.site import Site

UPGRADE = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(SMALL_QUERY)
GET = b"GET /def/level.ttl HTTP/1.1\r\nHost: x\r\n"
#: A client of the Java library, which asks for HTTP/2 with each first request.
JAVA = """
import java.net.URI;
import java.net.http.*;
public class Client {
    public static void main(String[] arguments) throws Exception {
        var client = HttpClient.newHttpClient();
        for (int i = 0; i < 3; i++) {
            var request = HttpRequest.newBuilder(URI.create(arguments[0]))
                .header("Content-Type", "application/sparql-query").header("Accept", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString(arguments[1])).build();
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            System.out.print(response.statusCode() + " " + response.body());
        }
    }
}
"""


@pytest.fixture(scope="module")
def server(numbered_site: Site) -> Iterator[RunningServer]:
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server:
        yield server


def buffers_of(server: RunningServer) -> Buffers:
    assert server.server.app is not None
    return server.server.app.buffers


@pytest.mark.parametrize("step", [1, 50, 10_000])
def test_a_post_with_upgrade_is_answered_like_any_other(step: int, server: RunningServer) -> None:
    chunked = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(SMALL_QUERY), SMALL_QUERY.encode())
    first = POST + UPGRADE + LENGTH + b"\r\n" + SMALL_QUERY.encode()
    sent = first + POST + UPGRADE.upper() + chunked + GET + CLOSE + b"\r\n"
    with connect(server) as connection:
        for start in range(0, len(sent), step):
            connection.sendall(sent[start : start + step])
        received = read_all(connection)
    assert received.count(b"HTTP/1.1 200 OK\r\n") == 3
    assert received.count(SMALL_RESULT) == 2


@pytest.mark.parametrize("name", [b"Upgrade", b"UPGRADE", b"upgrade"])
def test_the_body_of_a_post_with_upgrade_is_no_request(name: bytes, server: RunningServer) -> None:
    body = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
    head = POST + b"Connection: close, upgrade\r\n" + name + b": websocket\r\n"
    received = exchange(server, head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    assert received.startswith(b"HTTP/1.1 400 ")
    assert received.count(b"HTTP/1.1") == 1


def test_requests_behind_a_get_with_upgrade_are_answered(server: RunningServer) -> None:
    received = exchange(server, (GET + UPGRADE + b"\r\n") * 3 + GET + CLOSE + b"\r\n")
    assert received.count(b"HTTP/1.1 200 OK\r\n") == 4


def test_megabytes_of_empty_lines_before_a_request_are_skipped(server: RunningServer) -> None:
    sent = b"\r\n" * 3_000_000 + b"\n\r\r\n" + GET + b"\r\n" + b"\r\n" * 1_000 + GET + CLOSE + b"\r\n"
    assert exchange(server, sent).count(b"HTTP/1.1 200 OK\r\n") == 2


def test_connect_is_refused(server: RunningServer) -> None:
    received = exchange(server, b"CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n" + GET + b"\r\n")
    assert received.startswith(b"HTTP/1.1 501 ")
    assert received.count(b"HTTP/1.1") == 1


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_asks_for_http_2_and_is_answered(server: RunningServer) -> None:
    address = f"http://127.0.0.1:{server.port}/sparql"
    sent = ["-H", "Content-Type: application/sparql-query", "-H", "Accept: text/csv", "--data-binary", SMALL_QUERY]
    command = ["curl", "--http2", "--silent", "--noproxy", "*", *sent, address, address]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert done.stdout == SMALL_RESULT * 2


@pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed")
def test_the_client_of_java_is_answered(server: RunningServer, tmp_path: Path) -> None:
    source = tmp_path / "Client.java"
    source.write_text(JAVA, encoding="utf-8")
    command = ["java", "-XX:TieredStopAtLevel=1", str(source), f"http://127.0.0.1:{server.port}/sparql", SMALL_QUERY]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    assert done.stdout == (b"200 " + SMALL_RESULT) * 3, done.stderr


def test_pipelined_requests_wait_outside_the_server(numbered_site: Site) -> None:
    requests = b"HEAD /id/7 HTTP/1.1\r\nHost: x\r\n\r\n" * 140_000
    settings = Settings(workers=1, timeout=3600)
    with run_server(replace(numbered_site, settings=settings)) as server, connect(server) as connection:
        connection.sendall(f"GET /sparql?query={quote(endless_query())} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        connection.settimeout(1)
        with pytest.raises(TimeoutError):
            connection.sendall(requests)
        assert MAX_PIPELINED_BYTES < buffers_of(server).bytes < 1_000_000
        assert answers_correctly(server.client)
        connection.close()


@pytest.mark.parametrize("trailers", [b"a:\r\n" * 3_000, b"A: " + b"a" * 9_000, b"a" * 9_000])
def test_trailers_are_bounded(trailers: bytes, server: RunningServer) -> None:
    received = exchange(server, POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + trailers)
    assert received.startswith(b"HTTP/1.1 431 ")
    with connect(server) as connection:
        assert is_cut_off(connection, POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", trailers)


def test_trailers_are_discarded(server: RunningServer) -> None:
    body = b"%x\r\n%s\r\n0\r\nContent-Type: text/plain\r\nHost: y\r\n\r\n" % (len(SMALL_QUERY), SMALL_QUERY.encode())
    received = exchange(server, POST + CLOSE + b"Transfer-Encoding: chunked\r\n\r\n" + body)
    assert received.startswith(b"HTTP/1.1 200 ")
    assert received.endswith(SMALL_RESULT)


@pytest.mark.parametrize("header", [b"a:\r\n", b"Accept-Language: en\r\n", b"Cookie: a=b\r\n"])
def test_the_number_of_headers_is_bounded(header: bytes, server: RunningServer) -> None:
    head = b"GET / HTTP/1.1\r\nHost: x\r\n" + CLOSE
    assert exchange(server, head + header * (MAX_HEADERS - 2) + b"\r\n").startswith(b"HTTP/1.1 200 ")
    assert exchange(server, head + header * (MAX_HEADERS - 1) + b"\r\n").startswith(b"HTTP/1.1 431 ")
    with connect(server) as connection:
        assert is_cut_off(connection, head, header * 6_000)


def test_all_bodies_together_are_bounded(numbered_site: Site) -> None:
    head = POST + b"Content-Length: 900000\r\n\r\n"
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server, ExitStack() as stack:
        buffers = buffers_of(server)
        buffers.limit = 3_000_000
        for _ in range(10):
            with contextlib.suppress(ConnectionError):
                stack.enter_context(connect(server)).sendall(head + b" " * 800_000)
        assert wait_until(lambda: buffers.bytes > 2_000_000)
        assert buffers.has_room()
        assert answers_correctly(server.client)
        stack.close()
        assert wait_until(lambda: buffers.bytes == 0)


def test_a_slow_body_gives_its_place_to_a_new_connection(numbered_site: Site) -> None:
    settings = Settings(workers=1, connections=10)
    with run_server(replace(numbered_site, settings=settings)) as server, ExitStack() as stack:
        for _ in range(30):
            stack.enter_context(connect(server)).sendall(POST + b"Content-Length: 1000\r\n\r\nASK")
        for _ in range(10):
            assert server.client.get("/def/level.ttl").status_code == 200


@pytest.mark.parametrize(
    "framing", [b"Content-Length: 1000\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n1\r\nA\r\n1\r\n"]
)
def test_a_body_that_stalls_is_refused(framing: bytes, numbered_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "UNREAD_ANSWER_SECONDS", 0.4)
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server:
        assert exchange(server, POST + framing + b"A").startswith(b"HTTP/1.1 408 ")


def test_a_length_with_thousands_of_zeros_is_a_number(server: RunningServer) -> None:
    zeros = b"Content-Length: " + b"0" * 6_000
    sent = POST + CLOSE + zeros + b"%d\r\n\r\n" % len(SMALL_QUERY) + SMALL_QUERY.encode()
    assert exchange(server, sent).endswith(SMALL_RESULT)
    assert exchange(server, POST + zeros + b"9999999\r\n\r\n").startswith(b"HTTP/1.1 413 ")
    assert exchange(server, GET + CLOSE + zeros + b"\r\n\r\n").startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"a:\r\n" * 200 + b"\r\n", 431),
        (b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        (b"GARBAGE\r\n\r\n", 400),
    ],
)
def test_refused_requests_are_in_the_metrics(sent: bytes, status: int, server: RunningServer) -> None:
    before = server.server.log.statuses[status]
    assert exchange(server, sent).startswith(f"HTTP/1.1 {status} ".encode())
    assert server.server.log.statuses[status] == before + 1


def test_half_a_request_behind_an_answer_does_not_keep_a_half_closed_connection(server: RunningServer) -> None:
    with connect(server) as connection:
        connection.sendall(GET + b"\r\n" + GET + b"\r\nGET /")
        connection.shutdown(socket.SHUT_WR)
        assert read_all(connection).count(b"HTTP/1.1 200 ") <= 2
