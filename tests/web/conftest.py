"""The shipped data as a site, asked directly and over a real socket."""

from __future__ import annotations

import datetime as dt
import itertools
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from tlevel_rdf.server.access_log import Journal
from tlevel_rdf.server.http.listener import bound
from tlevel_rdf.server.lifecycle import SiteServer
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.web.data.site import Site
from tlevel_rdf.web.http.messages import Request, Response
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyoxigraph import Triple

    from tlevel_rdf.server.pool.scheduler import Lanes
    from tlevel_rdf.store.base import Question

    Ask = Callable[..., Response]

BASE = "https://w3id.org/tlevel/"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.fixture(scope="session")
def site(corpus_store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("dumps")
    files = {}
    for name, text in (("all.nq", "<x:a> <x:b> <x:c> .\n"), ("all.csv", "a,b\n"), ("SHA256SUMS", "0  all.nq\n")):
        files[name] = folder / name
        files[name].write_text(text, encoding="utf-8")
    return Site(corpus_store, BASE, "2026-11-22-abcdef", dt.date(2026, 11, 22), files)


def site_from(turtle: str, base: str = "https://data.example.org/") -> Site:
    """Any data in Turtle or TriG, as a site."""
    return Site(EmbeddedStore.of(parse(turtle, format=RdfFormat.TRIG)), base, "test")


@dataclass(frozen=True)
class Running:
    """A server at work, a client of it, and the address of its operations."""

    server: SiteServer
    client: httpx.Client
    operations: str

    @property
    def lanes(self) -> Lanes:
        assert self.server.shell is not None
        return self.server.shell.served.lanes

    @property
    def port(self) -> int:
        return self.client.base_url.port or 0


@contextmanager
def running(
    site: Site, newer: Callable[[str], Site | None] | None = None, journal: Journal | None = None
) -> Iterator[Running]:
    """The site behind a real socket, with all its workers."""
    ready = threading.Event()
    server = SiteServer(site, journal or Journal(), newer)
    with bound("127.0.0.1", 0) as listener, bound("127.0.0.1", 0) as beside:
        address, operations = (f"http://127.0.0.1:{one.getsockname()[1]}" for one in (listener, beside))
        thread = threading.Thread(target=server.run, args=(listener, beside, ready.set))
        thread.start()
        try:
            assert ready.wait(20)
            with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
                # What httpx would send of its own accord says nothing about the site.
                client.headers.clear()
                yield Running(server, client, operations)
        finally:
            server.stop()
            thread.join(20)


@contextmanager
def served(site: Site) -> Iterator[httpx.Client]:
    """The site behind a real socket, and a client of it."""
    with running(site) as server:
        yield server.client


def soon(is_so: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether something becomes so within some time."""
    end, never = time.monotonic() + seconds, threading.Event()
    while not is_so():
        if time.monotonic() > end:
            return False
        never.wait(0.01)
    return True


@pytest.fixture(scope="session")
def client(site: Site) -> Iterator[httpx.Client]:
    with served(site) as client:
        yield client


def over_socket(client: httpx.Client, request: Request) -> Response:
    """A request sent as it stands, and what came back, in our own values."""
    target = request.path + (f"?{request.query}" if request.query else "")
    url = client.base_url.copy_with(raw_path=target.encode())
    sent = [(name.encode(), value.encode("latin-1")) for name, value in request.headers]
    made = client.build_request(request.method, url, headers=sent, content=request.body)
    got = client.send(made, stream=True)
    # The bytes as they came, in their coding.
    body = b"".join(got.iter_raw())
    got.close()
    headers = tuple((name, value) for name, value in got.headers.multi_items() if name != "date")
    return Response(got.status_code, headers, body)


def raw(client: httpx.Client, sent: bytes) -> bytes:
    """The beginning of what comes back for bytes that no client would send."""
    with socket.create_connection((client.base_url.host, client.base_url.port or 0), timeout=20) as connection:
        connection.sendall(sent)
        return connection.recv(100)


@pytest.fixture(params=["respond", "socket"])
def ask(request: pytest.FixtureRequest, site: Site) -> Ask:
    """Asks the site, once as a function and once over a socket."""
    client = request.getfixturevalue("client") if request.param == "socket" else None

    def asked(
        target: str, accept: str | None = None, method: str = "GET", body: bytes = b"", **headers: str
    ) -> Response:
        made = Request.of(target, method=method, accept=accept)
        more = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        made = Request(made.method, made.path, made.query, made.headers + more, body)
        return over_socket(client, made) if client else respond(site, made)

    return asked


#: A question that any worker answers in a millisecond, and its answer.
SMALL = "SELECT ?o { <https://data.example.org/id/7> ?p ?o }"
SMALL_ANSWER = b"o\r\nhttps://data.example.org/id/8\r\n"


@pytest.fixture(scope="session")
def numbered() -> Site:
    """A thousand things in a row, of which threes make queries without end."""
    lines = (f"id:{number} <https://data.example.org/next> id:{number + 1} ." for number in range(1_000))
    return site_from("\n".join(("@prefix id: <https://data.example.org/id/> .", *lines)))


class Broken:
    """A store with a fault, which stands for any fault of ours."""

    def answer(self, question: Question) -> bytes:
        if "fault" in question.text:
            raise KeyError(question.text)
        return b'{"head": {}, "boolean": true}'

    def graphs(self) -> dict[str, int]:
        return {}

    def about(self, iris: Iterable[str]) -> Iterator[tuple[Triple, str]]:
        raise KeyError(*iris)

    def close(self) -> None:
        """Nothing to let go of."""


def runaway(number: int = 0) -> str:
    """A query that no engine ends; with another number, another one."""
    return f"SELECT (COUNT(*) AS ?n{number}) {{ ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }}"


def sparql(client: httpx.Client, query: str) -> httpx.Response:
    """The answer to a query, in CSV."""
    return client.get("/sparql", params={"query": query}, headers={"accept": "text/csv"})


def is_right(client: httpx.Client) -> bool:
    """Whether a small query that was not asked before is answered as it should be."""
    response = sparql(client, f"{SMALL} # {next(_NUMBERS)}")
    return (response.status_code, response.content) == (200, SMALL_ANSWER)


_NUMBERS = itertools.count()
