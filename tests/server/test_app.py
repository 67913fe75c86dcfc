"""The server as a process: it says when it is ready, tells why it cannot listen, and ends when it is told to."""

from __future__ import annotations

import errno
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import anyio
import httpx
import pytest

from tests.web.conftest import FaultyStore, serving, site_from
from tlevel_rdf.errors import AddressError, ReleaseError
from tlevel_rdf.server.http.listener import listen
from tlevel_rdf.server.lifecycle import serve
from tlevel_rdf.settings import Settings
from tlevel_rdf.web.client import fetch

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.store.base import Query, Solutions
    from tlevel_rdf.web.data.site import Site

PROGRAM = """
from dataclasses import replace
from tests.web.conftest import site_from
from tlevel_rdf.settings import Settings
from tlevel_rdf.server.lifecycle import serve
site = site_from("<https://data.example.org/id/a> a <x:T> .")
serve(replace(site, settings=Settings(port=0)), lambda a: print(a, flush=True))
print("ended", flush=True)
"""


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_it_is_told_to(told: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert httpx.get(f"{address}id/a", trust_env=False).status_code == 303
        process.send_signal(told)
        assert process.stdout.read() == "ended\n"
        assert process.wait(20) == 0


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("", ["https://data.example.org/sparql", "{}sparql"]),
        (", address='https://e.org/'", ["https://data.example.org/sparql", "https://e.org/sparql"]),
        (", address='https://data.example.org/'", ["https://data.example.org/sparql"]),
        (", host='0.0.0.0'", ["https://data.example.org/sparql"]),
        (", host='::1'", ["https://data.example.org/sparql"]),
    ],
)
def test_the_service_says_where_it_is_reached(chosen: str, expected: list[str]) -> None:
    """Whatever a client sends as Host, since answers are kept for all."""
    program = PROGRAM.replace("port=0", f"port=0{chosen}")
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        reached = address.replace("0.0.0.0", "127.0.0.1")  # noqa: S104 - the server's
        headers = {"accept": "application/n-triples", "host": "made.up.example"}
        lines = httpx.get(f"{reached}sparql", headers=headers, trust_env=False).text.splitlines()
        process.terminate()
    endpoints = [line.split()[2].strip("<>") for line in lines if "sparql-service-description#endpoint>" in line]
    assert sorted(endpoints) == sorted(one.format(address) for one in expected)


def test_a_port_in_use_is_said_before_anything_starts(site: Site) -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(AddressError, match=f"cannot listen on 127.0.0.1 port {port}") as raised:
            serve(replace(site, settings=Settings(port=port)), lambda _: pytest.fail("it must not start"))
    assert "--port" in raised.value.hint


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1", "a" * 70])
def test_an_address_of_another_machine(host: str) -> None:
    with pytest.raises(AddressError, match="cannot listen on"):
        listen(host, 0)


def test_ipv6() -> None:
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    with listen("::1", 0) as listener:
        assert listener.family == socket.AF_INET6


def test_a_fault_of_ours_costs_one_request_and_is_told_without_its_trace(site: Site) -> None:
    with serving(replace(site, store=FaultyStore())) as client:
        for _ in range(3):
            response = client.get("/sparql?query=ASK%20{}%23fault")
            assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
            assert set(response.json()) == {"type", "title", "status", "detail", "code"}
            assert "KeyError" not in response.text


class _Closed(FaultyStore):
    def select(self, query: Query) -> Solutions | bool:
        raise ReleaseError(f"/srv/secret/store cannot answer {query.text}")


def test_an_error_that_is_not_the_clients_names_no_file(site: Site) -> None:
    found = fetch(replace(site, store=_Closed()), "/doc/t-level/healthcare-science")
    assert found.status == 500
    assert b"secret" not in found.body


def test_a_file_that_is_gone(site: Site, tmp_path: Path) -> None:
    gone = replace(site, files={"all.nq": tmp_path / "gone.nq"})
    found = fetch(gone, "/data/all.nq")
    assert found.status == 500
    assert str(tmp_path).encode() not in found.body
    assert fetch(gone, "/", "text/html").status == 200


def test_a_file_that_can_no_longer_be_opened(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "for a test")

    file = tmp_path / "some.nt"
    file.write_bytes(b"<x:a> <x:b> <x:c> .\n")
    with serving(replace(site, files={"some.nt": file})) as client:
        with monkeypatch.context() as patched:
            patched.setattr(anyio, "open_file", refuse)
            assert client.get("/data/some.nt").status_code == 500
        assert client.get("/data/some.nt").content == file.read_bytes()


def test_a_large_file_comes_whole(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "large.nt"
    file.write_bytes(b"<x:a> <x:b> <x:c> .\n" * 50_000)
    with serving(replace(site, files={"large.nt": file})) as client:
        assert client.get("/data/large.nt").content == file.read_bytes()


@pytest.mark.parametrize(
    "target", ["/id/a", "id/a", "/doc/a", "https://data.example.org/id/a", "https://data.example.org/doc/a.ttl"]
)
def test_fetching_follows_redirects(target: str) -> None:
    site = site_from("<https://data.example.org/id/a> a <x:T> .")
    found = fetch(site, target)
    assert found.status == 200
    assert found.path.startswith("/doc/a")
    assert found.content_type == "text/turtle; charset=utf-8"
