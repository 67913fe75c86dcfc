"""The scheduler with its two queues, and the cache."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import (
    SMALL_QUERY,
    SMALL_RESULT,
    answers_correctly,
    endless_query,
    run_query,
    run_server,
    wait_until,
)
from tlevel_rdf.server import lifecycle
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.conftest import RunningServer
    from tlevel_rdf.web.data.site import Site

ROWS = {"accept": "text/csv"}


@pytest.mark.parametrize("queue", [0, 1])
def test_a_full_queue_refuses_at_once_and_says_when_to_come_again(
    queue: int, numbered_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifecycle, "SHUTDOWN_SECONDS", 0.2)
    settings = Settings(workers=1, queue=queue, timeout=60)
    with run_server(replace(numbered_site, settings=settings)) as server, ThreadPoolExecutor(queue + 1) as pool:
        scheduler = server.scheduler
        assert wait_until(lambda: len(scheduler.pids) == scheduler.target_size)
        under_way = []
        for number in range(queue + 1):
            under_way.append(pool.submit(run_query, server.client, endless_query(number)))
            assert wait_until(lambda: (scheduler.slow.busy, scheduler.slow.waiting) == (1, len(under_way) - 1))
        refused = run_query(server.client, endless_query(99))
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
        assert "busy with other queries" in refused.json()["detail"]
        assert answers_correctly(server.client)
        assert not any(one.done() for one in under_way)
        # Nobody waits for a minute: the server ends those.
        server.server.stop()
        told = [one.result(20) for one in under_way]
    assert {answer.status_code for answer in told} == {503}
    assert all("shutting down" in answer.json()["detail"] for answer in told)


def test_what_ran_away_once_begins_in_the_slow_lane(numbered_site: Site) -> None:
    with run_server(replace(numbered_site, settings=Settings(workers=1, timeout=1))) as server:
        for _ in range(2):
            response = run_query(server.client, endless_query())
            assert (response.status_code, response.headers["retry-after"]) == (503, "30")
            assert "after 1 second." in response.json()["detail"]
        assert wait_until(lambda: server.scheduler.ended["deadline"] == 2)
        assert server.scheduler.ended["moved"] == 1


def test_runaways_without_end_hold_up_nobody(numbered_site: Site) -> None:
    over = threading.Event()
    with run_server(replace(numbered_site, settings=Settings(workers=2, timeout=2))) as server:

        def run_away(kind: int) -> set[int]:
            statuses = set()
            for number in range(kind, 10_000, 8):
                statuses.add(run_query(server.client, endless_query(number)).status_code)
                if over.is_set():
                    break
            return statuses

        with ThreadPoolExecutor(8) as pool:
            loads = [pool.submit(run_away, kind) for kind in range(8)]
            try:
                assert wait_until(lambda: server.scheduler.slow.busy == 2)
                assert all(answers_correctly(server.client) for _ in range(100))
            finally:
                over.set()
            assert {status for load in loads for status in load.result()} == {503}
        assert wait_until(lambda: len(server.scheduler.pids) == server.scheduler.target_size)


def test_what_is_kept_is_answered_while_nobody_else_can(numbered_site: Site) -> None:
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server, ThreadPoolExecutor(1) as pool:
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
        assert other.result(20)


@pytest.fixture(scope="module")
def server(numbered_site: Site) -> Iterator[RunningServer]:
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server:
        yield server


def found(server: RunningServer) -> int:
    assert server.server.live is not None
    return server.server.live.backend.cache.found


@pytest.mark.parametrize("function", ["RAND()", "NOW()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_changes_is_not_kept(function: str, server: RunningServer) -> None:
    before = found(server)
    for _ in range(2):
        response = run_query(server.client, f"SELECT ({function} AS ?x) {{}}")
        assert (response.status_code, response.headers["cache-control"]) == (200, "no-store")
    assert found(server) == before


@pytest.mark.parametrize("query", ["SELECT", "SELECT * { SERVICE <x:a> {} }", "ASK { ?s ?p ?o } #" + "a" * 100_000])
def test_refusals_are_not_kept(query: str, server: RunningServer) -> None:
    before = found(server)
    told = [server.client.post("/sparql", data={"query": query}).status_code for _ in range(2)]
    assert told[0] == told[1] >= 400
    assert found(server) == before


def test_a_query_in_a_body_is_kept_by_its_body(server: RunningServer) -> None:
    before = found(server)
    other = SMALL_QUERY.replace("/7>", "/8>")
    answers = [
        server.client.post("/sparql", data={"query": query}, headers=ROWS)
        for query in (SMALL_QUERY, other, SMALL_QUERY)
    ]
    assert [answer.content for answer in answers] == [SMALL_RESULT, SMALL_RESULT.replace(b"/8", b"/9"), SMALL_RESULT]
    assert found(server) == before + 1
    # As it is, the same bytes are no form.
    plain = server.client.post(
        "/sparql", content=SMALL_QUERY, headers=ROWS | {"content-type": "application/sparql-query"}
    )
    assert plain.content == SMALL_RESULT
    assert found(server) == before + 1


def test_one_representation_answers_all_ways_to_ask_for_it(server: RunningServer) -> None:
    first = server.client.get("/doc/7.ttl")
    before = found(server)
    tag = first.headers["etag"]
    head = server.client.head("/doc/7.ttl")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(first.content))
    held = server.client.get("/doc/7.ttl", headers={"if-none-match": tag})
    assert (held.status_code, held.content, held.headers["etag"]) == (304, b"", tag)
    assert server.client.get("/doc/7.ttl", headers={"if-match": '"another"'}).status_code == 412
    # A part is to be had of files alone (RFC 9110, section 14.2: a server may ignore a range).
    whole = server.client.get("/doc/7.ttl", headers={"range": "bytes=0-9"})
    assert (whole.status_code, whole.content) == (200, first.content)
    assert found(server) == before + 4
    statuses = server.server.log.statuses
    assert wait_until(lambda: (statuses[304], statuses[412]) == (1, 1))


def test_another_coding_is_another_answer(server: RunningServer) -> None:
    plain = server.client.get("/void.ttl", headers={"accept-encoding": "identity"})
    packed = server.client.get("/void.ttl", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert packed.headers["etag"] != plain.headers["etag"]


def test_a_part_of_a_file(site: Site) -> None:
    with run_server(site) as server:
        whole = server.client.get("/data/all.nq").content
        for _ in range(2):
            part = server.client.get("/data/all.nq", headers={"range": "bytes=2-5"})
            assert (part.status_code, part.content) == (206, whole[2:6])
        assert wait_until(lambda: server.server.log.statuses[206] == 2)


def test_nothing_is_kept_beyond_the_setting(numbered_site: Site) -> None:
    with run_server(replace(numbered_site, settings=Settings(workers=1, cache=0))) as server:
        assert [run_query(server.client, SMALL_QUERY).content for _ in range(2)] == [SMALL_RESULT] * 2
        assert found(server) == 0
    with run_server(replace(numbered_site, settings=Settings(workers=1, cache=100_000))) as server:
        assert all(answers_correctly(server.client) for _ in range(100))
        assert server.server.live is not None
        cache = server.server.live.backend.cache
        assert 0 < cache.bytes <= 100_000
        assert 10 < len(cache) < 30
