"""The access log."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.web.conftest import SMALL_QUERY, TLS, endless_query, run_query, run_server, wait_until
from tlevel_rdf.server import line_writer
from tlevel_rdf.server.access_log import ServerLog
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.web.data.site import Site


def test_the_access_log_has_a_line_for_each_request(numbered_site: Site) -> None:
    events, accesses = io.StringIO(), io.StringIO()
    settings = Settings(workers=1, timeout=3)
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
    assert lines[-1]["milliseconds"] >= 3000
    assert len(lines[0]["query"]) == 200
    assert [line["method"] for line in lines] == ["GET", "GET", "HEAD", "GET", "GET", "POST"]
    known = {"id", "method", "path", "query", "status", "bytes", "milliseconds", "event", "level", "timestamp"}
    assert all(set(line) == known for line in lines)
    event = json.loads(events.getvalue())
    assert (event["status"], event["event"]) == (503, "The server stopped the query after 3 seconds.")
    assert "127.0.0.1" not in events.getvalue() + accesses.getvalue()


def test_a_log_that_nobody_reads_keeps_no_request_waiting(numbered_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_writer, "MAX_QUEUED_LOG_LINES", 50)
    ours, theirs = os.pipe()
    with os.fdopen(ours, "rb"), os.fdopen(theirs, "w", encoding="utf-8") as pipe:
        log = ServerLog(io.StringIO(), pipe)
        with run_server(replace(numbered_site, settings=Settings(workers=1)), log=log) as server:
            for _ in range(400):
                assert server.client.get("/doc/1", params={"x": "a" * 300}).status_code == 200
            assert log.dropped > 150
            metrics = httpx.get(f"{server.metrics_url}/metrics", trust_env=False, verify=TLS).text
            assert f"tlevel_rdf_log_lines_dropped_total {float(log.dropped)}" in metrics
        # The thread would wait for ever at the end of the test.
        os.set_blocking(theirs, False)


@pytest.mark.parametrize("access_log", ["-", "/dev/full"])
@pytest.mark.parametrize("is_closed", [True, False])
def test_no_state_of_the_logs_changes_an_answer_or_the_end(access_log: str, is_closed: bool, folder: Path) -> None:  # noqa: FBT001
    command = [sys.executable, "-m", "tlevel_rdf", "serve", str(folder), "--port", "0", "--workers", "1"]
    environment = {**os.environ, "TLEVEL_RDF_ACCESS_LOG": access_log}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        address = next(line.split()[-1] for line in process.stderr if line.startswith("Serving at "))
        if is_closed:
            # A closed pipe, which the system reports at each line.
            process.stderr.close()
        with httpx.Client(base_url=address, trust_env=False, verify=TLS, timeout=60) as client:
            for _ in range(300):
                assert client.get("/def/progression", params={"x": "a" * 300}).status_code == 200
            assert client.get("/sparql", params={"query": "CLEAR ALL"}).status_code == 400
        process.send_signal(signal.SIGTERM)
        process.wait(5)
