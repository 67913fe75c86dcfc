"""For whoever runs the server: its own port with health and figures, the access log, settings that cannot be."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.web.conftest import SMALL_QUERY, answers_correctly, endless_query, run_query, run_server, wait_until
from tlevel_rdf.errors import SettingError
from tlevel_rdf.server import lifecycle
from tlevel_rdf.server.access_log import ServerLog
from tlevel_rdf.settings import Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.web.conftest import RunningServer
    from tlevel_rdf.web.data.site import Site


@pytest.fixture(scope="module")
def server(numbered_site: Site) -> Iterator[RunningServer]:
    with run_server(replace(numbered_site, settings=Settings(workers=1, timeout=1))) as server:
        yield server


def operate(server: RunningServer, path: str, method: str = "GET") -> httpx.Response:
    return httpx.request(method, server.metrics_url + path, trust_env=False)


def figures(server: RunningServer) -> dict[tuple[str, str], float]:
    """Every figure, by its name and the values of its labels."""
    response = operate(server, "/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    return {
        (sample.name, ",".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


@pytest.mark.parametrize(
    ("path", "status", "body"), [("/healthz", 200, "alive\n"), ("/readyz", 200, "ready\n"), ("/", 404, None)]
)
def test_health(path: str, status: int, body: str | None, server: RunningServer) -> None:
    response = operate(server, path)
    assert response.status_code == status
    assert body is None or response.text == body
    assert response.headers["cache-control"] == "no-store"
    head = operate(server, path, "HEAD")
    assert (head.status_code, head.content) == (status, b"")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_the_site_itself_has_none_of_it(path: str, server: RunningServer) -> None:
    assert server.client.get(path).status_code == 404


def test_requests_and_ends_of_workers_are_counted(server: RunningServer) -> None:
    before = figures(server)

    def more(name: str, label: str) -> float:
        return figures(server)[name, label] - before.get((name, label), 0)

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
    assert more("tlevel_rdf_request_seconds_sum", "") >= 1
    now = figures(server)
    assert now["tlevel_rdf_release", "test"] == 1
    assert now["tlevel_rdf_cache_entries", ""] >= 3
    assert wait_until(lambda: figures(server)["tlevel_rdf_workers", ""] == server.scheduler.target_size)


def test_a_worker_that_dies_at_rest_is_counted_and_replaced(server: RunningServer) -> None:
    assert wait_until(lambda: len(server.scheduler.pids) == server.scheduler.target_size)
    before = figures(server).get(("tlevel_rdf_workers_ended_total", "lost"), 0)
    for pid in server.scheduler.pids:
        os.kill(pid, 9)
    lost = before + server.scheduler.target_size
    assert wait_until(lambda: figures(server).get(("tlevel_rdf_workers_ended_total", "lost"), 0) == lost)
    assert wait_until(lambda: len(server.scheduler.pids) == server.scheduler.target_size)
    assert answers_correctly(server.client)


def test_it_is_not_ready_while_it_ends(numbered_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle, "SHUTDOWN_SECONDS", 1.5)
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server, ThreadPoolExecutor(1) as pool:
        assert wait_until(lambda: operate(server, "/readyz").status_code == 200)
        slow = pool.submit(run_query, server.client, endless_query())
        assert wait_until(lambda: server.scheduler.slow.busy == 1)
        server.server.stop()
        assert wait_until(lambda: operate(server, "/readyz").status_code == 503)
        assert operate(server, "/healthz").status_code == 200
        assert slow.result(20).status_code == 503


def test_a_line_about_each_request(numbered_site: Site) -> None:
    events, accesses = io.StringIO(), io.StringIO()
    settings = Settings(workers=1, timeout=1)
    with run_server(replace(numbered_site, settings=settings), log=ServerLog(events, accesses)) as server:
        run_query(server.client, f"{SMALL_QUERY} # {'a' * 1_000}")
        length = len(server.client.get("/doc/1").content)
        server.client.head("/doc/1")
        server.client.get("/doc/1", headers={"if-none-match": "*"})
        server.client.get("/doc/none")
        server.client.post("/sparql", data={"query": endless_query()})
        assert wait_until(lambda: accesses.getvalue().count("\n") == 6)
    lines = [json.loads(line) for line in accesses.getvalue().splitlines()]
    assert [line["status"] for line in lines] == [200, 200, 200, 304, 404, 503]
    assert [line["bytes"] for line in lines[1:4]] == [length, 0, 0]
    assert len({line["id"] for line in lines}) == 6
    assert all(isinstance(line["milliseconds"], float) for line in lines)
    assert lines[-1]["milliseconds"] >= 900
    assert len(lines[0]["query"]) == 200
    assert [line["method"] for line in lines] == ["GET", "GET", "HEAD", "GET", "GET", "POST"]
    known = {"id", "method", "path", "query", "status", "bytes", "milliseconds", "event", "level", "timestamp"}
    assert all(set(line) == known for line in lines)
    told = json.loads(events.getvalue())
    assert (told["status"], told["event"]) == (503, "The server stopped the query after 1 second.")
    assert "127.0.0.1" not in events.getvalue() + accesses.getvalue()


def serve(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What `tlevel-rdf serve` says when it does not start."""
    (folder / "some.nt").write_text("<https://e.org/s> <https://e.org/p> <https://e.org/o> .\n", encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "tlevel_rdf", "serve", "some.nt", "--port", "0", *arguments],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", **{f"TLEVEL_RDF_{name}": value for name, value in environment.items()}},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_an_access_log_that_cannot_be_written(tmp_path: Path) -> None:
    done = serve(tmp_path, ACCESS_LOG=str(tmp_path / "none" / "access.log"))
    assert done.returncode == 2
    assert "access.log cannot be written: No such file or directory" in done.stderr
    assert "hint: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("workers", "0"),
        ("workers", "257"),
        ("timeout", "0.5"),
        ("timeout", "nan"),
        ("memory", "1000000"),
        ("queue", "-1"),
        ("cache", "-1"),
        ("operations_port", "65536"),
    ],
)
def test_settings_that_cannot_be(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=f"^TLR003: {name} is {value}, and can be from "):
        read_settings(environment={f"TLEVEL_RDF_{name.upper()}": value}, folder=tmp_path)


def test_no_workers(tmp_path: Path) -> None:
    done = serve(tmp_path, "--workers", "0")
    assert done.returncode == 2
    assert "workers is 0, and can be from 1 to 256" in done.stderr
