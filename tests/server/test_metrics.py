"""The operations port: health, readiness and metrics."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.server.conftest import connect, exchange
from tests.web.conftest import TLS, endless_query, run_query, run_server, wait_until
from tlevel_rdf.server import lifecycle
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.conftest import RunningServer
    from tlevel_rdf.web.data.site import Site


@pytest.fixture(scope="module")
def server(numbered_site: Site) -> Iterator[RunningServer]:
    with run_server(replace(numbered_site, settings=Settings(workers=1, timeout=3))) as server:
        yield server


def get_operations(server: RunningServer, path: str, method: str = "GET") -> httpx.Response:
    return httpx.request(method, server.metrics_url + path, trust_env=False, verify=TLS)


def metrics(server: RunningServer) -> dict[tuple[str, str], float]:
    """Return every value by its name and the values of its labels."""
    response = get_operations(server, "/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    return {
        (sample.name, ",".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


@pytest.mark.parametrize(
    ("path", "status", "body"), [("/healthz", 200, "alive\n"), ("/readyz", 200, "ready\n"), ("/", 404, None)]
)
def test_health_and_readiness(path: str, status: int, body: str | None, server: RunningServer) -> None:
    response = get_operations(server, path)
    assert response.status_code == status
    assert body is None or response.text == body
    assert response.headers["cache-control"] == "no-store"
    head = get_operations(server, path, "HEAD")
    assert (head.status_code, head.content) == (status, b"")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_the_site_does_not_serve_operations(path: str, server: RunningServer) -> None:
    assert server.client.get(path).status_code == 404


def test_requests_and_ends_of_workers_are_counted(server: RunningServer) -> None:
    before = metrics(server)

    def more(name: str, label: str) -> float:
        return metrics(server)[name, label] - before.get((name, label), 0)

    for path in ("/doc/1", "/doc/1", "/doc/2", "/id/1", "/doc/none"):
        server.client.get(path)
    assert run_query(server.client, endless_query()).status_code == 503
    assert wait_until(lambda: more("tlevel_rdf_workers_ended_total", "deadline") == 1)
    assert more("tlevel_rdf_workers_ended_total", "moved") == 1
    assert wait_until(lambda: more("tlevel_rdf_requests_total", "503") == 1)
    counted = [more("tlevel_rdf_requests_total", status) for status in ("200", "303", "404")]
    assert counted == [3, 1, 1]
    assert more("tlevel_rdf_cache_found_total", "") == 1
    assert more("tlevel_rdf_request_seconds_count", "") == 6
    assert more("tlevel_rdf_request_seconds_bucket", "+Inf") == 6
    assert more("tlevel_rdf_request_seconds_sum", "") >= 3
    now = metrics(server)
    assert now["tlevel_rdf_release", "test"] == 1
    assert now["tlevel_rdf_cache_entries", ""] >= 3
    assert wait_until(lambda: metrics(server)["tlevel_rdf_workers", ""] == server.scheduler.target_size)


def test_the_server_is_not_ready_while_it_stops(numbered_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle, "SHUTDOWN_SECONDS", 100)
    settings = Settings(workers=1, timeout=3600)
    with run_server(replace(numbered_site, settings=settings)) as server, connect(server) as connection:
        assert wait_until(lambda: get_operations(server, "/readyz").status_code == 200)
        connection.sendall(f"GET /sparql?query={quote(endless_query())} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert wait_until(lambda: server.scheduler.slow.busy == 1)
        server.server.stop()
        assert wait_until(lambda: get_operations(server, "/readyz").status_code == 503)
        assert get_operations(server, "/healthz").status_code == 200


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", "414"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"a: b\r\n" * 200 + b"\r\n", "431"),
        (b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", "501"),
    ],
)
def test_what_is_refused_before_it_is_read_is_counted(sent: bytes, status: str, server: RunningServer) -> None:
    name = ("tlevel_rdf_requests_total", status)
    before = metrics(server).get(name, 0)
    assert exchange(server, sent).startswith(f"HTTP/1.1 {status} ".encode())
    assert metrics(server)[name] == before + 1
