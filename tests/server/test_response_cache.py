"""The cache: what it keeps, for which requests, and within which size."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import (
    SMALL_QUERY,
    SMALL_RESULT,
    answers_correctly,
    run_query,
    run_server,
    wait_until,
)
from tlevel_rdf.server.response_cache import ResponseCache
from tlevel_rdf.settings import Settings
from tlevel_rdf.web.http.messages import Response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.conftest import RunningServer
    from tlevel_rdf.web.data.site import Site


ROWS = {"accept": "text/csv"}


def test_a_cleared_cache_is_empty() -> None:
    cache = ResponseCache(1_000_000)
    cache.put(b"request", Response(200, (), b"x"))
    assert cache.get(b"request") is not None
    cache.clear()
    assert (len(cache), cache.bytes, cache.get(b"request")) == (0, 0, None)


@pytest.mark.parametrize(
    "response",
    [
        Response(500, (), b"x"),
        Response(404, (), b"x"),
        Response(200, (("cache-control", "no-store"),), b"x"),
        Response(200, (), Path("all.nq")),
        Response(200, (), b"x" * 100_000),
    ],
)
def test_errors_files_and_large_or_changing_responses_are_not_kept(response: Response) -> None:
    cache = ResponseCache(1_000_000)
    cache.put(b"request", response)
    assert (len(cache), cache.bytes, cache.get(b"request")) == (0, 0, None)


def test_the_least_recently_used_response_makes_room() -> None:
    cache = ResponseCache(100_000)
    responses = {b"%d" % number: Response(200, (), b"%d" % number) for number in range(100)}
    for request, response in responses.items():
        cache.put(request, response)
        assert cache.get(b"0") == responses[b"0"]
    assert 10 < len(cache) < 30
    assert cache.bytes <= 100_000
    assert cache.get(b"1") is None
    assert cache.get(b"99") == responses[b"99"]


def test_the_cache_answers_while_all_workers_are_busy(numbered_site: Site) -> None:
    settings = Settings(workers=1, timeout=60)
    with run_server(replace(numbered_site, settings=settings)) as server, ThreadPoolExecutor(1) as pool:
        assert wait_until(lambda: len(server.scheduler.pids) == server.scheduler.target_size)
        kept = run_query(server.client, SMALL_QUERY)
        stopped = server.scheduler.pids
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        try:
            other = pool.submit(answers_correctly, server.client)
            assert wait_until(lambda: server.scheduler.fast.busy == 1)
            again = run_query(server.client, SMALL_QUERY)
            assert (again.status_code, again.content, again.headers["etag"]) == (
                200,
                SMALL_RESULT,
                kept.headers["etag"],
            )
            assert not other.done()
        finally:
            for pid in stopped:
                os.kill(pid, signal.SIGCONT)
        assert other.result(60)


@pytest.fixture(scope="module")
def server(numbered_site: Site) -> Iterator[RunningServer]:
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server:
        yield server


def cache_hits(server: RunningServer) -> int:
    assert server.server.live is not None
    return server.server.live.backend.cache.found


@pytest.mark.parametrize("function", ["RAND()", "NOW()", "UUID()", "STRUUID()", "BNODE()"])
def test_responses_that_change_are_not_kept(function: str, server: RunningServer) -> None:
    before = cache_hits(server)
    for _ in range(2):
        response = run_query(server.client, f"SELECT ({function} AS ?x) {{}}")
        assert (response.status_code, response.headers["cache-control"]) == (200, "no-store")
    assert cache_hits(server) == before


@pytest.mark.parametrize("query", ["SELECT", "SELECT * { SERVICE <x:a> {} }", "ASK { ?s ?p ?o } #" + "a" * 600_000])
def test_errors_are_not_kept(query: str, server: RunningServer) -> None:
    before = cache_hits(server)
    statuses = [server.client.post("/sparql", data={"query": query}).status_code for _ in range(2)]
    assert statuses[0] == statuses[1] >= 400
    assert cache_hits(server) == before


def test_the_key_of_a_query_in_a_body_is_the_body(server: RunningServer) -> None:
    before = cache_hits(server)
    other = SMALL_QUERY.replace("/7>", "/8>")
    answers = [
        server.client.post("/sparql", data={"query": query}, headers=ROWS)
        for query in (SMALL_QUERY, other, SMALL_QUERY)
    ]
    assert [answer.content for answer in answers] == [SMALL_RESULT, SMALL_RESULT.replace(b"/8", b"/9"), SMALL_RESULT]
    assert cache_hits(server) == before + 1
    # The same bytes with another content type are another request.
    plain = server.client.post(
        "/sparql", content=SMALL_QUERY, headers=ROWS | {"content-type": "application/sparql-query"}
    )
    assert plain.content == SMALL_RESULT
    assert cache_hits(server) == before + 1


def test_one_response_serves_get_head_and_conditional_requests(server: RunningServer) -> None:
    first = server.client.get("/doc/7.ttl")
    before = cache_hits(server)
    tag = first.headers["etag"]
    head = server.client.head("/doc/7.ttl")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(first.content))
    held = server.client.get("/doc/7.ttl", headers={"if-none-match": tag})
    assert (held.status_code, held.content, held.headers["etag"]) == (304, b"", tag)
    assert server.client.get("/doc/7.ttl", headers={"if-match": '"another"'}).status_code == 412
    # Only files have ranges (RFC 9110, section 14.2: a server may ignore a range).
    whole = server.client.get("/doc/7.ttl", headers={"range": "bytes=0-9"})
    assert (whole.status_code, whole.content) == (200, first.content)
    assert cache_hits(server) == before + 4
    statuses = server.server.log.statuses
    assert wait_until(lambda: (statuses[304], statuses[412]) == (1, 1))


def test_each_content_coding_has_a_response_of_its_own(server: RunningServer) -> None:
    plain = server.client.get("/void.ttl", headers={"accept-encoding": "identity"})
    packed = server.client.get("/void.ttl", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert packed.headers["etag"] != plain.headers["etag"]


def test_the_cache_stays_within_its_size(numbered_site: Site) -> None:
    with run_server(replace(numbered_site, settings=Settings(workers=1, cache=0))) as server:
        assert [run_query(server.client, SMALL_QUERY).content for _ in range(2)] == [SMALL_RESULT] * 2
        assert cache_hits(server) == 0
    with run_server(replace(numbered_site, settings=Settings(workers=1, cache=100_000))) as server:
        assert all(answers_correctly(server.client) for _ in range(100))
        assert server.server.live is not None
        cache = server.server.live.backend.cache
        assert 0 < cache.bytes <= 100_000
        assert 10 < len(cache) < 30
