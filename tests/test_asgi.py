"""The site under other ASGI servers, in test clients, and mounted in another application."""

from __future__ import annotations

import asyncio
import html
import os
import re
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx
import hypercorn.asyncio
import hypercorn.config
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

import tlevel_rdf
from tests.checkout import use_checkout
from tests.server.conftest import PROCESSES, descendants, folder, is_alive, make_current, releases
from tests.web.conftest import TLS, endless_query, wait_until
from tlevel_rdf.asgi import SiteApp, create_app
from tlevel_rdf.errors import UnreadableInputError, WorkersError
from tlevel_rdf.server.http.listener import listen
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["folder", "releases"]

pytestmark = pytest.mark.usefixtures("small_data")

SETTINGS = Settings(workers=1, timeout=60)
THING = "/id/t-level/healthcare-science"
DOCUMENT = "/doc/t-level/healthcare-science"
ASK = "ASK { ?s ?p ?o }"


@pytest.fixture(scope="module")
def data_app(small_checkout: Path) -> SiteApp:
    """An application that starts at its first request, and serves all tests of this module that send no lifespan."""
    with use_checkout(small_checkout):
        return create_app(tlevel_rdf.open(), SETTINGS)


@contextmanager
def run_uvicorn(app: Any) -> Iterator[str]:
    """Run an application under uvicorn as it is, and return its address."""
    server = uvicorn.Server(uvicorn.Config(app, log_config=None))
    with listen("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            assert wait_until(lambda: server.started or not thread.is_alive())
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def run_hypercorn(app: Any) -> Iterator[str]:
    """Run an application under hypercorn as it is, and return its address."""
    config, stop = hypercorn.config.Config(), threading.Event()
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        config.bind = [f"fd://{listener.detach()}"]

    async def run() -> None:
        async def wait() -> None:
            await asyncio.to_thread(stop.wait)

        await hypercorn.asyncio.serve(app, config, shutdown_trigger=wait)

    thread = threading.Thread(target=asyncio.run, args=(run(),))
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        stop.set()
        thread.join()


def check_site(client: httpx.Client, prefix: str = "") -> None:
    """Send GET, HEAD, POST and conditional requests, and check that each has its right response."""
    found = client.get(f"{prefix}{THING}")
    assert (found.status_code, found.headers["location"]) == (303, f"{prefix}{DOCUMENT}")
    page = client.get(found.headers["location"], headers={"accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert f'href="{prefix}/static/site.css"' in page.text
    assert f'<{prefix}{DOCUMENT}.ttl>; rel="describedby"; type="text/turtle"' in page.headers["link"]
    path = page.headers["content-location"]
    assert path == f"{prefix}{DOCUMENT}.html"
    head = client.head(path)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", page.headers["etag"])
    held = client.get(path, headers={"if-none-match": page.headers["etag"]})
    assert (held.status_code, held.content) == (304, b"")
    for answer in (
        client.post(f"{prefix}/sparql", data={"query": ASK}),
        client.get(f"{prefix}/sparql", params={"query": ASK}),
    ):
        assert (answer.status_code, answer.json()["boolean"]) == (200, True)
    large = client.post(f"{prefix}/sparql", content=b" " * (Settings().body_bytes + 1))
    assert (large.status_code, large.headers["content-type"]) == (413, "application/problem+json")
    assert client.get(f"{prefix}/doc/none").status_code == 404


@pytest.mark.parametrize("run", [run_uvicorn, run_hypercorn])
@pytest.mark.parametrize("prefix", ["", "/data/t levels"])
def test_the_site_runs_under_a_server(run: Callable[[Any], Any], prefix: str) -> None:
    app: Any = create_app(tlevel_rdf.open(), SETTINGS)
    if prefix:
        app = Starlette(routes=[Mount(prefix, app)])
    with run(app) as address, httpx.Client(base_url=address, trust_env=False, verify=TLS, timeout=60) as client:
        check_site(client, prefix.replace(" ", "%20"))


def test_the_workers_live_from_startup_to_shutdown() -> None:
    app = create_app(tlevel_rdf.open(), SETTINGS)
    before = descendants(os.getpid())
    with TestClient(app, follow_redirects=False) as client:
        workers = descendants(os.getpid()) - before
        assert workers
        check_site(client)
    assert wait_until(lambda: not descendants(os.getpid()) & workers)


def test_without_lifespan_the_workers_start_once_for_all_threads_and_event_loops() -> None:
    app = create_app(tlevel_rdf.open(), SETTINGS)
    before = descendants(os.getpid())

    async def ask_ten_times() -> set[int]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://x", timeout=60) as client:
            responses = await asyncio.gather(*(client.get(f"{DOCUMENT}.ttl?{number}") for number in range(10)))
        return {response.status_code for response in responses}

    with ThreadPoolExecutor(4) as pool:
        runs = [pool.submit(asyncio.run, ask_ten_times()) for _ in range(4)]
        assert [run.result() for run in runs] == [{200}] * 4
    assert wait_until(lambda: len(descendants(os.getpid()) - before) == PROCESSES)
    check_site(TestClient(app, follow_redirects=False))
    # A worker that was too slow on a busy machine is there until its successor has taken its place.
    assert wait_until(lambda: len(descendants(os.getpid()) - before) == PROCESSES)


def test_a_mounted_site_answers_without_lifespan(data_app: SiteApp) -> None:
    app = Starlette(routes=[Mount("/outer", Starlette(routes=[Mount("/data", data_app)]))])
    check_site(TestClient(app, follow_redirects=False), "/outer/data")


@pytest.mark.parametrize("path", [f"/data{DOCUMENT}.ttl", f"{DOCUMENT}.ttl"])
def test_the_path_may_include_the_root_path_or_not(path: str, data_app: SiteApp) -> None:
    async def get() -> httpx.Response:
        transport = httpx.ASGITransport(data_app, root_path="/data/")
        async with httpx.AsyncClient(transport=transport, base_url="http://x", timeout=60) as client:
            return await client.get(path)

    response = asyncio.run(get())
    assert response.status_code == 200
    assert f"</data{DOCUMENT}.html>" in response.headers["link"]


def test_links_in_json_begin_with_the_root_path(data_app: SiteApp) -> None:
    client = TestClient(Starlette(routes=[Mount("/data", data_app)]))
    index = client.get("/data/api/").json()
    assert index["t_levels"] == "/data/api/t-levels"
    listed = client.get(index["t_levels"]).json()["t_levels"][0]
    assert client.get(listed["self"]).status_code == client.get(listed["page"]).status_code == 200
    assert client.get(index["openapi"]).json()["servers"] == [{"url": "/data/"}]
    variants = client.get(f"/data{DOCUMENT}", headers={"accept": "image/png"}).json()["variants"]
    assert f"/data{DOCUMENT}.ttl" in {variant["href"] for variant in variants}


def test_every_link_of_a_mounted_page_leads_to_the_mounted_site(data_app: SiteApp) -> None:
    client = TestClient(Starlette(routes=[Mount("/data", data_app)]))
    page = client.get("/data/", headers={"accept": "text/html"}).text
    paths = set(re.findall(r'(?:href|src|action)="(/[^"#]*)', page))
    assert {path for path in paths if not path.startswith("/data/")} == set()
    # Scripts add a query to the path of a `data-href`.
    links = set(re.findall(r'(?<![\w-])(?:href|src|action)="(/[^"#]*)', page))
    assert len(links) > 10
    assert {link for link in links if client.get(html.unescape(link)).status_code != 200} == set()


def test_the_end_of_a_client_reaches_the_worker_from_another_event_loop(data_app: SiteApp) -> None:
    async def give_up() -> None:
        transport = httpx.ASGITransport(data_app)
        async with httpx.AsyncClient(transport=transport, base_url="http://x", timeout=60) as client:
            query = client.get("/sparql", params={"query": endless_query()})
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(query, 1)

    asyncio.run(give_up())
    check_site(TestClient(data_app, follow_redirects=False))


def test_a_newer_release_is_taken_up(folder: Path, releases: list[Path]) -> None:
    client = TestClient(create_app(folder, SETTINGS))
    assert client.get("/data/manifest.json").json()["id"] == releases[0].name
    make_current(folder, releases[1].name)
    assert wait_until(lambda: client.get("/data/manifest.json").json()["id"] == releases[1].name)


def test_a_site_without_workers_does_not_start(folder: Path, releases: list[Path]) -> None:
    app = create_app(folder, SETTINGS)
    shutil.rmtree(folder / releases[0].name)
    with pytest.raises(WorkersError):
        TestClient(app).get("/")
    sent: list[Any] = []

    async def start() -> None:
        async def receive() -> dict[str, str]:
            return {"type": "lifespan.startup"}

        async def send(message: Any) -> None:
            sent.append(message)

        await app({"type": "lifespan"}, receive, send)

    with pytest.raises(WorkersError):
        asyncio.run(start())
    assert sent[0]["type"] == "lifespan.startup.failed"
    assert "no worker" in sent[0]["message"]


def test_data_that_cannot_be_opened_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError):
        create_app(tmp_path / "none.ttl", SETTINGS)


def test_a_websocket_is_no_request_for_the_site(data_app: SiteApp) -> None:
    client = TestClient(data_app)
    with pytest.raises(ValueError, match="of type websocket"), client.websocket_connect("/"):
        pass


def test_the_workers_end_with_the_process() -> None:
    program = """
import asyncio, httpx, os, tlevel_rdf
from tests.server.conftest import PROCESSES, descendants
from tests.web.conftest import wait_until
from tlevel_rdf.asgi import create_app
from tlevel_rdf.settings import Settings
app = create_app(tlevel_rdf.open(), Settings(workers=1))
client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x")
assert asyncio.run(client.get("/")).status_code == 200
assert wait_until(lambda: len(descendants(os.getpid())) == PROCESSES)
print(*descendants(os.getpid()))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    workers = list(map(int, done.stdout.split()))
    assert workers
    assert wait_until(lambda: not any(map(is_alive, workers)))
