"""Sites, servers and requests for the tests of `web` and `server`."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import shutil
import socket
import ssl
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from tests.checkout import use_checkout
from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.graph.jsonld import CONTEXT_ADDRESS
from tlevel_rdf.release.build import build_paths
from tlevel_rdf.server.access_log import ServerLog
from tlevel_rdf.server.http.listener import listen
from tlevel_rdf.server.lifecycle import SiteServer
from tlevel_rdf.settings import Settings, read_settings
from tlevel_rdf.shipped import shipped
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.web.data.site import Site, site_of
from tlevel_rdf.web.http.messages import Request, Response
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Triple

    from tlevel_rdf.server.pool.scheduler import Scheduler
    from tlevel_rdf.store.base import Query, Solutions, Syntax

    Send = Callable[..., Response]

#: The base of the shipped data.
BASE = "https://w3id.org/tlevel/"
#: The Accept header of a browser.
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.fixture(scope="session")
def site(small_store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("dumps")
    files = {}
    for name, text in (("all.nq", "<x:a> <x:b> <x:c> .\n"), ("all.csv", "a,b\n"), ("SHA256SUMS", "0  all.nq\n")):
        files[name] = folder / name
        files[name].write_text(text, encoding="utf-8")
    return Site(small_store, BASE, "2026-11-22-abcdef", dt.date(2026, 11, 22), files)


@pytest.fixture(scope="session")
def kept_site(small_checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site on the third of three releases, two of them of one day."""
    out, profiles = tmp_path_factory.mktemp("kept"), tmp_path_factory.mktemp("profiles")
    with use_checkout(small_checkout):
        text = (shipped("data") / "profiles" / "healthcare-science.yaml").read_text(encoding="utf-8")
        for day, change in (
            ("2026-11-22", text),
            ("2026-11-23", text.replace("degree: Optometry", "degree: Orthoptics")),
            ("2026-11-23", text.replace("line: 27", "line: 28")),
        ):
            (profiles / "a.yaml").write_text(change, encoding="utf-8")
            assert build_paths([profiles], out, read_settings({"date": day}, {})).release is not None
        # What a stopped build or a person leaves there is no release.
        (out / ".building-x").mkdir()
        shutil.copytree(out / "current", out / "copy")
        return site_of(open_dataset([out], Settings()), Settings())


def site_from(turtle: str, base: str = "https://data.example.org/") -> Site:
    """Return a site that serves data given in Turtle or TriG."""
    return Site(EmbeddedStore.of(parse(turtle, format=RdfFormat.TRIG)), base, "test")


#: For every client of a test. Without it, each client reads the certificates of all authorities, which takes 30 ms.
TLS: Final = ssl.create_default_context()


@dataclass(frozen=True)
class RunningServer:
    """A running server, a client connected to it, and the URL of its metrics."""

    server: SiteServer
    client: httpx.Client
    metrics_url: str

    @property
    def scheduler(self) -> Scheduler:
        assert self.server.live is not None
        return self.server.live.backend.scheduler

    @property
    def port(self) -> int:
        return self.client.base_url.port or 0


@contextmanager
def run_server(
    site: Site, newer: Callable[[str], Site | None] | None = None, log: ServerLog | None = None
) -> Iterator[RunningServer]:
    """Run a server with all its workers on a free port of the loopback interface."""
    ready = threading.Event()
    server = SiteServer(site, log or ServerLog(), newer)
    with listen("127.0.0.1", 0) as listener, listen("127.0.0.1", 0) as metrics:
        address, metrics_url = (f"http://127.0.0.1:{one.getsockname()[1]}" for one in (listener, metrics))
        thread = threading.Thread(target=server.run, args=(listener, metrics, ready.set))
        thread.start()
        try:
            assert ready.wait(120)
            with httpx.Client(base_url=address, trust_env=False, verify=TLS, timeout=120) as client:
                # Send no headers but those of the test.
                client.headers.clear()
                yield RunningServer(server, client, metrics_url)
        finally:
            server.stop()
            thread.join(120)


@contextmanager
def serving(site: Site) -> Iterator[httpx.Client]:
    """Run a server and return a client connected to it."""
    with run_server(site) as server:
        yield server.client


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> bool:
    """Return True as soon as a condition holds, or False when the time is up."""
    end, never = time.monotonic() + seconds, threading.Event()
    while not condition():
        if time.monotonic() > end:
            return False
        never.wait(0.01)
    return True


@pytest.fixture(scope="session")
def client(site: Site) -> Iterator[httpx.Client]:
    with serving(site) as client:
        yield client


def send_over_socket(client: httpx.Client, request: Request) -> Response:
    """Send a request as it is over a socket and return the response."""
    target = request.path + (f"?{request.query}" if request.query else "")
    url = client.base_url.copy_with(raw_path=target.encode())
    sent = [(name.encode(), value.encode("latin-1")) for name, value in request.headers]
    built = client.build_request(request.method, url, headers=sent, content=request.body)
    received = client.send(built, stream=True)
    # `iter_raw` does not undo the content coding.
    body = b"".join(received.iter_raw())
    received.close()
    headers = tuple((name, value) for name, value in received.headers.multi_items() if name != "date")
    return Response(received.status_code, headers, body)


def send_bytes(client: httpx.Client, sent: bytes) -> bytes:
    """Send bytes that no HTTP client would send and return the first 100 bytes of the response."""
    with socket.create_connection((client.base_url.host, client.base_url.port or 0), timeout=60) as connection:
        connection.sendall(sent)
        return connection.recv(100)


@pytest.fixture(params=["respond", "socket"])
def send(request: pytest.FixtureRequest, site: Site) -> Send:
    """Return a function that sends a request to the site: once by a function call, once over a socket."""
    client = request.getfixturevalue("client") if request.param == "socket" else None

    def send_request(
        target: str, accept: str | None = None, method: str = "GET", body: bytes = b"", **headers: str
    ) -> Response:
        plain = Request.of(target, method=method, accept=accept)
        more = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        sent = replace(plain, headers=plain.headers + more, body=body)
        return send_over_socket(client, sent) if client else respond(site, sent)

    return send_request


#: A query that any worker answers in a millisecond, and its result in CSV.
SMALL_QUERY = "SELECT ?o { <https://data.example.org/id/7> ?p ?o }"
SMALL_RESULT = b"o\r\nhttps://data.example.org/id/8\r\n"


@pytest.fixture(scope="session")
def numbered_site() -> Site:
    """A site with a chain of 1,000 things, on which `endless_query` does not end."""
    lines = (f"id:{number} <https://data.example.org/next> id:{number + 1} ." for number in range(1_000))
    return site_from("\n".join(("@prefix id: <https://data.example.org/id/> .", *lines)))


class FaultyStore:
    """A store with a bug: it raises an error that the package does not expect."""

    def query(self, query: Query, _syntax: Syntax) -> bytes:
        if "fault" in query.text:
            raise KeyError(query.text)
        return b'{"head": {}, "boolean": true}'

    def select(self, query: Query) -> Solutions | bool:
        if "fault" in query.text:
            raise KeyError(query.text)
        return True

    def graph_sizes(self) -> dict[str, int]:
        return {}

    def describe(self, iris: Iterable[str]) -> Iterator[tuple[Triple, str]]:
        raise KeyError(*iris)

    def close(self) -> None:
        """Do nothing."""


def endless_query(number: int = 0) -> str:
    """Return a query that no engine finishes; each number gives a different query."""
    return f"SELECT (COUNT(*) AS ?n{number}) {{ ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }}"


def run_query(client: httpx.Client, query: str) -> httpx.Response:
    """Send a query and return the response in CSV."""
    return client.get("/sparql", params={"query": query}, headers={"accept": "text/csv"})


def answers_correctly(client: httpx.Client) -> bool:
    """Send a small query that is in no cache, and return True if the result is right."""
    response = run_query(client, f"{SMALL_QUERY} # {next(_NUMBERS)}")
    return (response.status_code, response.content) == (200, SMALL_RESULT)


_NUMBERS = itertools.count()


def with_context(content: bytes) -> bytes:
    """Put the published context in the place of its address, which nothing fetches here."""
    own = json.loads((shipped("ontology") / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return content.replace(f'"@context": "{CONTEXT_ADDRESS}"'.encode(), f'"@context": {json.dumps(own)}'.encode())
