"""Newer releases are taken up without a lost request; damaged ones are not."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.server.conftest import PROCESSES, ServerProcess, descendants, make_current, run_process
from tests.web.conftest import TLS, wait_until
from tlevel_rdf.release.release import CURRENT, STORE
from tlevel_rdf.server.http.listener import listen

if TYPE_CHECKING:
    from pathlib import Path


def test_a_newer_release_is_taken_up_and_no_request_is_dropped(folder: Path, releases: list[Path]) -> None:
    first, second = (release.name for release in releases)
    # On a busy machine the slow query takes longer than the default of 10 s.
    with run_process(folder, TIMEOUT="100") as server:
        assert server.release == first
        errors: list[str] = []
        numbers = itertools.count()
        over = threading.Event()

        def load(target: str) -> None:
            with httpx.Client(base_url=server.client.base_url, trust_env=False, verify=TLS, timeout=120) as client:
                while not over.is_set():
                    response = client.get(f"{target}{next(numbers)}")
                    if response.status_code != 200:
                        errors.append(f"{target}: {response.status_code} {response.text}")

        pairs = "{ ?a ?b ?c { SELECT ?f { ?d ?e ?f } LIMIT 20 } FILTER(?c != ?f) }"
        slow = f"/sparql?query=SELECT (COUNT(*) AS ?n) {pairs} %23"
        with ThreadPoolExecutor(3) as pool:
            loads = [pool.submit(load, target) for target in ("/catalogue.ttl?x=", "/?x=", slow)]
            try:
                for name in (second, first):
                    make_current(folder, name)
                    assert wait_until(lambda: server.release == name)  # noqa: B023 - called here
                assert wait_until(lambda: next(numbers) > 100)
            finally:
                over.set()
            for one in loads:
                one.result()
        assert not errors
        # The processes of the older releases end.
        assert wait_until(lambda: len(descendants(server.process.pid)) == PROCESSES)


def test_a_damaged_release_is_not_taken_up(folder: Path, releases: list[Path]) -> None:
    first, second = (release.name for release in releases)
    manifest = (folder / second / "manifest.json").read_bytes()
    (folder / second / "manifest.json").write_bytes(manifest[:100])
    (folder / "third").mkdir()
    shutil.copytree(folder / first, folder / "fourth", dirs_exist_ok=True)
    (folder / "fourth" / "manifest.json").write_bytes(manifest)
    for file in (folder / "fourth" / STORE).glob("*.sst"):
        file.write_bytes(b"")
    with run_process(folder) as server:
        for times, name in enumerate((second, "third", "fourth"), 1):
            make_current(folder, name)
            assert wait_until(partial(has_refused, server, times)), (name, server.log)
            assert server.release == first
            assert server.client.get("/").status_code == 200
        (folder / CURRENT).unlink()
        (folder / second / "manifest.json").write_bytes(manifest)
        make_current(folder, second)
        assert wait_until(lambda: server.release == second)
        assert not [line for line in server.log if "Traceback" in line]


@pytest.mark.parametrize("restored", [0, 1])
def test_a_server_without_its_release_answers_503_until_there_is_a_release_again(
    restored: int, folder: Path, releases: list[Path]
) -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
    # A request that waits for a worker would wait for half an hour, and exceed the client's own limit.
    with run_process(folder, TIMEOUT="3600", OPERATIONS_PORT=str(port)) as server:

        def is_ready() -> bool:
            return httpx.get(f"http://127.0.0.1:{port}/readyz", trust_env=False, verify=TLS).status_code == 200

        assert wait_until(lambda: len(descendants(server.process.pid)) == PROCESSES)
        assert is_ready()
        shutil.rmtree(folder)
        assert wait_until(lambda: not is_ready())
        assert wait_until(partial(has_logged, server, "the release is missing"))
        for name in ("/data/SHA256SUMS", "/data/manifest.json"):
            assert_unavailable(server.client.get(name))
        kill_workers(server)
        for number in range(20):
            assert_unavailable(server.client.get(f"/catalogue.ttl?{number}"))
        assert httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False, verify=TLS).status_code == 200
        assert not any("Traceback" in line for line in server.log)
        folder.mkdir()
        shutil.copytree(releases[restored], folder / releases[restored].name)
        make_current(folder, releases[restored].name)
        assert wait_until(is_ready)
        assert server.release == releases[restored].name
        assert server.client.get("/catalogue.ttl").status_code == 200
        assert wait_until(lambda: len(descendants(server.process.pid)) == PROCESSES)


def kill_workers(server: ServerProcess) -> None:
    """Kill all workers, but not the fork server, which is their parent."""
    forkserver = min(descendants(server.process.pid))
    for pid in descendants(forkserver):
        os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: not descendants(forkserver))


def assert_unavailable(response: httpx.Response) -> None:
    assert (response.status_code, response.headers["content-type"]) == (503, "application/problem+json")
    assert response.json()["detail"] == "The data is not available at the moment."
    assert "retry-after" in response.headers


def has_logged(server: ServerProcess, text: str) -> bool:
    return any(text in line for line in server.log)


def has_refused(server: ServerProcess, times: int) -> bool:
    return sum("cannot be taken up" in line for line in server.log) == times
