"""The two queues: runaway queries, full queues, and workers that are replaced."""

from __future__ import annotations

import gc
import os
import signal
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.server.conftest import is_complete
from tests.web.conftest import (
    answers_correctly,
    endless_query,
    run_query,
    run_server,
    wait_until,
)
from tlevel_rdf.server import lifecycle
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site


@pytest.mark.parametrize("queue", [0, 1])
def test_a_full_queue_refuses_at_once_with_retry_after(
    queue: int, numbered_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifecycle, "SHUTDOWN_SECONDS", 0.2)
    settings = Settings(workers=1, queue=queue, timeout=3600)
    with run_server(replace(numbered_site, settings=settings)) as server, ThreadPoolExecutor(queue + 1) as pool:
        scheduler = server.scheduler
        assert wait_until(lambda: len(scheduler.pids) == scheduler.target_size)
        futures = []
        for number in range(queue + 1):
            futures.append(pool.submit(run_query, server.client, endless_query(number)))
            assert wait_until(lambda: (scheduler.slow.busy, scheduler.slow.waiting) == (1, len(futures) - 1))
        refused = run_query(server.client, endless_query(99))
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
        assert "busy with other queries" in refused.json()["detail"]
        assert answers_correctly(server.client)
        assert not any(one.done() for one in futures)
        # The server stops, which ends the queries.
        server.server.stop()
        responses = [one.result(60) for one in futures]
    assert {response.status_code for response in responses} == {503}
    assert all("shutting down" in response.json()["detail"] for response in responses)


def test_a_known_runaway_starts_in_the_slow_queue(numbered_site: Site) -> None:
    with run_server(replace(numbered_site, settings=Settings(workers=1, timeout=2))) as server:
        for _ in range(2):
            response = run_query(server.client, endless_query())
            assert (response.status_code, response.headers["retry-after"]) == (503, "30")
            assert "after 2 seconds." in response.json()["detail"]
        assert wait_until(lambda: server.scheduler.ended["deadline"] == 2)
        assert server.scheduler.ended["moved"] == 1


def test_a_long_runaway_is_remembered_without_its_text(numbered_site: Site) -> None:
    settings = Settings(workers=1, queue=0, timeout=1)
    with run_server(replace(numbered_site, settings=settings)) as server:
        assert wait_until(lambda: is_complete(server))
        tracemalloc.start()
        try:
            for number in range(8):
                query = f"{endless_query(number)} # {'x' * 400_000}"
                assert server.client.post("/sparql", data={"query": query}).status_code == 503
            gc.collect()
            assert tracemalloc.get_traced_memory()[0] < 1_500_000
        finally:
            tracemalloc.stop()


def test_small_queries_are_answered_beside_runaways(numbered_site: Site) -> None:
    over = threading.Event()
    with run_server(replace(numbered_site, settings=Settings(workers=2, timeout=5))) as server:

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


def test_an_idle_worker_that_dies_is_counted_and_replaced(numbered_site: Site) -> None:
    with run_server(replace(numbered_site, settings=Settings(workers=1))) as server:
        assert wait_until(lambda: is_complete(server))
        for pid in server.scheduler.pids:
            os.kill(pid, signal.SIGKILL)
        assert wait_until(lambda: server.scheduler.ended["lost"] == server.scheduler.target_size)
        assert wait_until(lambda: is_complete(server))
        assert answers_correctly(server.client)
