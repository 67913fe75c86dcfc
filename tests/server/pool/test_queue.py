"""Requests that a worker holds in advance are answered, whatever happens to that worker."""

from __future__ import annotations

import contextlib
import os
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import SMALL_QUERY, SMALL_RESULT, FaultyStore, endless_query, run_query, run_server, wait_until
from tlevel_rdf.server import lifecycle
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.conftest import RunningServer
    from tlevel_rdf.web.data.site import Site


#: As many as the two workers of the fast queue hold at once.
_REQUESTS = 8


@contextmanager
def run_calm_server(site: Site, timeout: int = 60) -> Iterator[RunningServer]:
    """Run a server without runaways; stopped workers continue at its end."""
    with run_server(replace(site, settings=Settings(workers=1, cache=0, timeout=timeout))) as server:
        scheduler = server.scheduler
        assert wait_until(lambda: len(scheduler.pids) == scheduler.target_size)
        assert run_query(server.client, SMALL_QUERY).status_code == 200
        assert wait_until(lambda: not scheduler.fast.has_runaways and scheduler.fast.busy == 0)
        try:
            yield server
        finally:
            send_signal(scheduler.pids, signal.SIGCONT)


def send_signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


@contextmanager
def send_together(server: RunningServer, queries: list[str]) -> Iterator[list[tuple[int, bytes]]]:
    """Send queries while all workers are stopped; at the end, give their statuses and results in their order."""
    answers: list[tuple[int, bytes]] = []
    send_signal(server.scheduler.pids, signal.SIGSTOP)
    with ThreadPoolExecutor(len(queries)) as pool:
        futures = []
        for number, query in enumerate(queries, 1):
            futures.append(pool.submit(run_query, server.client, query))
            assert wait_until(partial(has_requests, server, number))
        yield answers
        send_signal(server.scheduler.pids, signal.SIGCONT)
        answers += [(response.status_code, response.content) for response in (f.result(100) for f in futures)]


def has_requests(server: RunningServer, number: int) -> bool:
    return server.scheduler.fast.busy + server.scheduler.fast.waiting == number


def busy_pids(server: RunningServer) -> list[int]:
    return [worker.pid for worker in server.scheduler.fast._busy]  # noqa: SLF001


def small(number: int) -> tuple[str, tuple[int, bytes]]:
    """Return a small query and the right response."""
    return SMALL_QUERY.replace("/7>", f"/{number}>"), (200, SMALL_RESULT.replace(b"/8", b"/%d" % (number + 1)))


QUERIES, RIGHT = map(list, zip(*map(small, range(_REQUESTS)), strict=True))


def test_each_request_gets_its_own_response(numbered_site: Site) -> None:
    with run_calm_server(numbered_site) as server:
        with send_together(server, QUERIES) as answers:
            assert (server.scheduler.fast.busy, server.scheduler.fast.waiting) == (2, _REQUESTS - 2)
        assert answers == RIGHT
        assert not server.scheduler.ended


def test_a_worker_that_is_killed_before_it_begins_costs_no_request(numbered_site: Site) -> None:
    with run_calm_server(numbered_site) as server:
        scheduler = server.scheduler
        with send_together(server, QUERIES) as answers:
            send_signal(busy_pids(server)[:1], signal.SIGKILL)
            assert wait_until(lambda: scheduler.ended["lost"] == 1)
        assert answers == RIGHT
        assert set(scheduler.ended) == {"lost"}


def test_a_killed_worker_costs_the_request_that_it_was_busy_with(numbered_site: Site) -> None:
    with run_calm_server(numbered_site) as server, ThreadPoolExecutor(1) as pool:
        lost = pool.submit(run_query, server.client, endless_query())
        assert wait_until(lambda: server.scheduler.slow.busy == 1)
        send_signal(server.scheduler.pids, signal.SIGKILL)
        assert lost.result().status_code == 503


def test_a_request_whose_second_worker_ends_too_gets_503(numbered_site: Site) -> None:
    with run_calm_server(numbered_site) as server:
        scheduler = server.scheduler
        with send_together(server, [SMALL_QUERY]) as answers:
            for number in (1, 2):
                send_signal(busy_pids(server), signal.SIGKILL)
                assert wait_until(lambda number=number: scheduler.ended["lost"] == number)  # type: ignore[misc]
        assert [status for status, _ in answers] == [503]


def test_a_stuck_worker_holds_up_only_the_request_that_it_is_busy_with(numbered_site: Site) -> None:
    with run_calm_server(numbered_site) as server:
        scheduler = server.scheduler
        with send_together(server, QUERIES) as answers:
            send_signal(busy_pids(server)[:1], signal.SIGCONT)
            assert wait_until(partial(has_requests, server, 1))
        assert answers == RIGHT
        assert not scheduler.ended


def test_the_queue_is_calm_again_without_another_request(numbered_site: Site) -> None:
    with run_calm_server(numbered_site, timeout=3) as server:
        assert run_query(server.client, endless_query()).status_code == 503
        assert wait_until(lambda: not server.scheduler.fast.has_runaways)


def test_requests_behind_a_runaway_are_answered(numbered_site: Site) -> None:
    with run_calm_server(numbered_site, timeout=5) as server:
        with send_together(server, [endless_query(), *QUERIES[1:]]) as answers:
            pass
        assert answers[0][0] == 503
        assert answers[1:] == RIGHT[1:]
        assert Counter(server.scheduler.ended) == {"moved": 1, "deadline": 1}


def test_all_clients_get_503_when_the_server_stops(numbered_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle, "SHUTDOWN_SECONDS", 0.2)
    with run_calm_server(numbered_site, timeout=60) as server:
        with send_together(server, QUERIES) as answers:
            server.server.stop()
            assert wait_until(lambda: server.scheduler.size == 0)
        assert [status for status, _ in answers] == [503] * _REQUESTS


@pytest.mark.parametrize("faults", [1, 3])
def test_a_fault_costs_the_request_that_caused_it(faults: int, numbered_site: Site) -> None:
    queries = ["ASK {} # fault"] * faults + ["ASK {}"] * (_REQUESTS - faults)
    with run_calm_server(replace(numbered_site, store=FaultyStore())) as server:
        with send_together(server, queries) as answers:
            pass
        assert [status for status, _ in answers] == [500] * faults + [200] * (_REQUESTS - faults)
        assert wait_until(lambda: server.scheduler.ended["fault"] == faults)
