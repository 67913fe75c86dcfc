"""The access log."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.web.conftest import SMALL_QUERY, endless_query, run_query, run_server, wait_until
from tlevel_rdf.server.access_log import ServerLog
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site


def test_the_access_log_has_a_line_for_each_request(numbered_site: Site) -> None:
    events, accesses = io.StringIO(), io.StringIO()
    settings = Settings(workers=1, timeout=5)
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
    assert lines[-1]["milliseconds"] >= 5000
    assert len(lines[0]["query"]) == 200
    assert [line["method"] for line in lines] == ["GET", "GET", "HEAD", "GET", "GET", "POST"]
    known = {"id", "method", "path", "query", "status", "bytes", "milliseconds", "event", "level", "timestamp"}
    assert all(set(line) == known for line in lines)
    event = json.loads(events.getvalue())
    assert (event["status"], event["event"]) == (503, "The server stopped the query after 5 seconds.")
    assert "127.0.0.1" not in events.getvalue() + accesses.getvalue()
