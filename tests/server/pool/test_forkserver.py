"""The fork server and its workers live exactly as long as the server."""

from __future__ import annotations

import os
import signal
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest

from tests.server.conftest import PROCESSES, children, descendants, has_worked, is_alive, is_complete, run_process
from tests.web.conftest import answers_correctly, endless_query, run_query, run_server, wait_until
from tlevel_rdf.server.pool import forkserver
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.web.data.site import Site


def test_sigterm_does_not_end_a_worker(numbered_site: Site) -> None:
    with run_server(replace(numbered_site, settings=Settings(workers=1, cache=0))) as server:
        assert wait_until(lambda: is_complete(server))
        before = server.scheduler.pids
        for pid in before:
            os.kill(pid, signal.SIGTERM)
        assert all(answers_correctly(server.client) for _ in range(5))
        assert server.scheduler.pids == before


@pytest.mark.parametrize("is_busy", [False, True])
def test_workers_do_not_outlive_their_server(is_busy: bool, folder: Path) -> None:  # noqa: FBT001
    with run_process(folder) as server:
        slow = threading.Thread(target=query_in_vain, args=(server.client,))
        if is_busy:
            slow.start()
        assert wait_until(lambda: len(descendants(server.process.pid)) == PROCESSES)
        below = descendants(server.process.pid)
        assert not is_busy or wait_until(lambda: any(map(has_worked, below)))
        server.process.kill()
        assert wait_until(lambda: not any(map(is_alive, below)))
        if is_busy:
            slow.join()


def test_a_fork_server_that_dies_takes_its_workers_with_it_and_is_started_again(folder: Path) -> None:
    with run_process(folder) as server:
        for _ in range(2):
            assert wait_until(lambda: len(descendants(server.process.pid)) == PROCESSES)
            before = descendants(server.process.pid)
            with ThreadPoolExecutor(1) as executor:
                slow = executor.submit(server.client.get, f"/sparql?query={quote(endless_query())}")
                [old] = children(server.process.pid)
                workers = before - {old}
                assert wait_until(lambda workers=workers: any(map(has_worked, workers)))  # type: ignore[misc]
                os.kill(old, signal.SIGKILL)
                assert slow.result().status_code == 503
            assert wait_until(lambda before=before: not any(map(is_alive, before)))  # type: ignore[misc]
            assert server.client.get("/").status_code == 200
        assert wait_until(lambda: len(descendants(server.process.pid)) == PROCESSES)
        # No zombie is left.
        assert children(server.process.pid) < descendants(server.process.pid)


def test_a_request_that_comes_with_the_end_of_all_idle_workers_is_answered(folder: Path) -> None:
    with run_process(folder) as server:
        assert wait_until(lambda: len(descendants(server.process.pid)) == PROCESSES)
        address = server.client.base_url.host, server.client.base_url.port
        for number in range(3):
            workers = descendants(server.process.pid) - children(server.process.pid)
            with socket.create_connection(address, timeout=60) as connection:
                # While the server is stopped, both come: it then sees them at once.
                os.kill(server.process.pid, signal.SIGSTOP)
                for pid in workers:
                    os.kill(pid, signal.SIGKILL)
                assert wait_until(lambda workers=workers: not any(map(is_alive, workers)))  # type: ignore[misc]
                # In each round another text, which is in no cache.
                query = quote(f"ASK {{}} # {number}").encode()
                connection.sendall(b"GET /sparql?query=" + query + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                os.kill(server.process.pid, signal.SIGCONT)
                assert connection.recv(12) == b"HTTP/1.1 200"
            assert wait_until(lambda: len(descendants(server.process.pid)) == PROCESSES)


def test_a_request_is_answered_although_no_worker_is_left_and_the_fork_server_ends(folder: Path) -> None:
    with run_process(folder) as server, ThreadPoolExecutor(1) as executor:
        assert wait_until(lambda: len(descendants(server.process.pid)) == PROCESSES)
        [old] = children(server.process.pid)
        workers = children(old)
        # The server asks the fork server for a worker, and waits.
        os.kill(old, signal.SIGSTOP)
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        assert wait_until(lambda: not any(map(is_alive, workers)))
        response = executor.submit(run_query, server.client, "ASK {}")
        os.kill(old, signal.SIGKILL)
        assert response.result().status_code == 200
        assert wait_until(lambda: len(descendants(server.process.pid)) == PROCESSES)


def test_a_site_takes_the_process_that_started_early(numbered_site: Site) -> None:
    before = descendants(os.getpid())
    with forkserver.started_early():
        (early,) = children(os.getpid()) - before
        site = forkserver.Forkserver(numbered_site)
        _, connection = site.fork()
        assert children(os.getpid()) - before == {early}
        connection.close()
        site.close()
    assert not is_alive(early)


def test_a_process_that_started_early_ends_if_no_site_takes_it() -> None:
    before = children(os.getpid())
    with forkserver.started_early():
        assert len(children(os.getpid()) - before) == 1
    assert children(os.getpid()) == before


def query_in_vain(client: httpx.Client) -> None:
    with pytest.raises(httpx.TransportError):
        run_query(client, endless_query())
