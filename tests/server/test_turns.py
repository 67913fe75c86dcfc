"""What is given to a worker ahead, and waits there for its turn: it is answered, whatever becomes of that worker."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import uvloop

from tests.web.conftest import SMALL_QUERY, SMALL_RESULT, FaultyStore, endless_query, run_query, run_server, wait_until
from tlevel_rdf.server import lifecycle as server_of_sites
from tlevel_rdf.server.pool.process import WorkerProcess
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.conftest import RunningServer
    from tlevel_rdf.web.data.site import Site

#: The two workers of the fast lane have these at once.
_ASKED = 8


@contextmanager
def serving(site: Site, timeout: int = 2) -> Iterator[RunningServer]:
    """A server without disturbance, each of whose workers can be stopped and goes on in the end."""
    with run_server(replace(site, settings=Settings(workers=1, cache=0, timeout=timeout))) as server:
        scheduler = server.scheduler
        assert wait_until(lambda: len(scheduler.pids) == scheduler.target_size)
        assert run_query(server.client, SMALL_QUERY).status_code == 200
        assert wait_until(lambda: not scheduler.fast.has_runaways and scheduler.fast.busy == 0)
        try:
            yield server
        finally:
            signalled(scheduler.pids, signal.SIGCONT)


def signalled(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


@contextmanager
def asked(server: RunningServer, queries: list[str]) -> Iterator[list[tuple[int, bytes]]]:
    """All at once, of workers that are stopped meanwhile; afterwards the statuses and answers, in their order."""
    answers: list[tuple[int, bytes]] = []
    signalled(server.scheduler.pids, signal.SIGSTOP)
    with ThreadPoolExecutor(len(queries)) as pool:
        futures = []
        for number, query in enumerate(queries, 1):
            futures.append(pool.submit(run_query, server.client, query))
            assert wait_until(lambda: server.scheduler.fast.busy + server.scheduler.fast.waiting == number)  # noqa: B023 - called here
        yield answers
        signalled(server.scheduler.pids, signal.SIGCONT)
        answers += [(response.status_code, response.content) for response in (f.result(20) for f in futures)]


def small(number: int) -> tuple[str, tuple[int, bytes]]:
    """A small query, and what is right."""
    return SMALL_QUERY.replace("/7>", f"/{number}>"), (200, SMALL_RESULT.replace(b"/8", b"/%d" % (number + 1)))


QUERIES, RIGHT = map(list, zip(*map(small, range(_ASKED)), strict=True))


def test_each_gets_its_own_answer(numbered_site: Site) -> None:
    with serving(numbered_site) as server:
        with asked(server, QUERIES) as answers:
            assert (server.scheduler.fast.busy, server.scheduler.fast.waiting) == (2, _ASKED - 2)
        assert answers == RIGHT
        assert not server.scheduler.ended


def test_a_worker_that_ends_costs_what_it_was_at(numbered_site: Site) -> None:
    with serving(numbered_site) as server:
        scheduler = server.scheduler
        with asked(server, QUERIES) as answers:
            for pid in scheduler.pids:
                signalled([pid], signal.SIGKILL)
                assert wait_until(lambda: pid not in scheduler.pids)  # noqa: B023 - called here
                if wait_until(lambda: scheduler.fast.busy + scheduler.fast.waiting < _ASKED, 0.2):
                    break
        lost = [number for number in range(_ASKED) if answers[number] != RIGHT[number]]
        assert [answers[number][0] for number in lost] == [503]
        assert set(scheduler.ended) == {"lost"}


def test_a_worker_that_is_stuck_costs_what_it_is_at(numbered_site: Site) -> None:
    with serving(numbered_site) as server:
        scheduler = server.scheduler
        with asked(server, QUERIES) as answers:
            # One after the other goes on, until one of those two does that have something to do.
            for pid in scheduler.pids:
                signalled([pid], signal.SIGCONT)
                if wait_until(lambda: scheduler.fast.busy + scheduler.fast.waiting == 1, 0.2):
                    break
            assert (scheduler.fast.busy, scheduler.fast.waiting) == (1, 0)
        assert answers == RIGHT
        assert not scheduler.ended


def test_a_disturbance_passes_without_another_request(numbered_site: Site) -> None:
    with serving(numbered_site) as server:
        assert run_query(server.client, endless_query()).status_code == 503
        assert wait_until(lambda: not server.scheduler.fast.has_runaways)


def test_what_was_answered_and_not_read_yet_is_known() -> None:
    async def check() -> tuple[bool, bool]:
        ours, theirs = socket.socketpair()
        with theirs:
            ours.settimeout(0)
            transport, worker = await asyncio.get_running_loop().create_connection(
                lambda: WorkerProcess(0, ours), sock=ours
            )
            transport.pause_reading()
            before = worker.has_unread_response
            theirs.send(b"an answer")
            after = worker.has_unread_response
            transport.close()
            return before, after

    assert asyncio.run(check()) == (False, True)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        assert runner.run(check()) == (False, True)


def test_what_comes_after_a_runaway_is_answered(numbered_site: Site) -> None:
    with serving(numbered_site) as server:
        with asked(server, [endless_query(), *QUERIES[1:]]) as answers:
            pass
        assert answers[0][0] == 503
        assert answers[1:] == RIGHT[1:]
        assert Counter(server.scheduler.ended) == {"moved": 1, "deadline": 1}


def test_the_end_of_the_server_is_told_to_all(numbered_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_of_sites, "SHUTDOWN_SECONDS", 0.2)
    with serving(numbered_site, timeout=60) as server:
        with asked(server, QUERIES) as answers:
            server.server.stop()
            assert wait_until(lambda: server.scheduler.size == 0)
        assert [status for status, _ in answers] == [503] * _ASKED


@pytest.mark.parametrize("faults", [1, 3])
def test_a_fault_costs_what_it_was_at(faults: int, numbered_site: Site) -> None:
    queries = ["ASK {} # fault"] * faults + ["ASK {}"] * (_ASKED - faults)
    with serving(replace(numbered_site, store=FaultyStore())) as server:
        with asked(server, queries) as answers:
            pass
        assert [status for status, _ in answers] == [500] * faults + [200] * (_ASKED - faults)
        assert wait_until(lambda: server.scheduler.ended["fault"] == faults)
