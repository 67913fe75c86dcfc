"""The server as a process: it takes up newer releases without dropping a request, and ends in time, its workers too."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import httpx
import pytest

from tests.server.test_isolation import is_there
from tests.web.conftest import endless_query, run_query, wait_until
from tlevel_rdf.limits import FAST_WORKERS, SPARE_WORKERS
from tlevel_rdf.release.build import build_paths
from tlevel_rdf.release.release import CURRENT, STORE
from tlevel_rdf.settings import read_settings
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

PROFILE = "healthcare-science.yaml"


class Process(NamedTuple):
    """A server as a process, and a client of it."""

    process: subprocess.Popen[str]
    client: httpx.Client
    log: list[str]


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two releases, with another title each, in one folder."""
    folder = tmp_path_factory.mktemp("releases")
    text = (shipped("data") / "profiles" / PROFILE).read_text(encoding="utf-8")
    made = []
    for line in (57, 56):
        file = folder / PROFILE
        file.write_text(text.replace("line: 57", f"line: {line}"), encoding="utf-8")
        release = build_paths([file], folder, read_settings({}, {})).release
        assert release is not None
        made.append(release.folder)
    return made


@pytest.fixture
def folder(releases: list[Path], tmp_path: Path) -> Path:
    """A folder with both, the first of which is the current one."""
    for release in releases:
        shutil.copytree(release, tmp_path / release.name)
    make_current(tmp_path, releases[0].name)
    return tmp_path


def make_current(folder: Path, name: str) -> None:
    link = folder / "link"
    link.symlink_to(name, target_is_directory=True)
    link.replace(folder / CURRENT)


@contextmanager
def serving(folder: Path, **environment: str) -> Iterator[Process]:
    command = [sys.executable, "-m", "tlevel_rdf", "serve", str(folder), "--port", "0", "--workers", "1"]
    settings = {f"TLEVEL_RDF_{name}": value for name, value in environment.items()}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **settings}) as process:
        assert process.stderr is not None
        address = next(line.split()[-1] for line in process.stderr if line.startswith("Serving at "))
        log: list[str] = []
        reading = threading.Thread(target=log.extend, args=(process.stderr,))
        reading.start()
        try:
            with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
                yield Process(process, client, log)
        finally:
            process.kill()
            reading.join(20)


def descendants(pid: int) -> set[int]:
    """The processes below a process, by proc(5)."""
    parents = dict(filter(None, map(_pair, Path("/proc").glob("[0-9]*/stat"))))
    below = {pid}
    while more := {child for child, parent in parents.items() if parent in below} - below:
        below |= more
    return below - {pid}


def _pair(stat: Path) -> tuple[int, int] | None:
    """The numbers of a process that is there and of its parent."""
    with contextlib.suppress(OSError):
        state, parent = stat.read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
        return None if state in {"Z", "X"} else (int(stat.parent.name), int(parent))
    return None


def released(client: httpx.Client) -> str:
    """The release that is served, as its page says."""
    return str(client.get("/data/manifest.json").json()["id"])


def test_a_newer_release_is_taken_up_and_no_request_is_dropped(folder: Path, releases: list[Path]) -> None:
    first, second = (release.name for release in releases)
    with serving(folder) as server:
        assert released(server.client) == first
        wrong: list[str] = []
        number = 0
        over = threading.Event()

        def load(target: str) -> None:
            nonlocal number
            with httpx.Client(base_url=server.client.base_url, trust_env=False, timeout=30) as client:
                while not over.is_set():
                    number += 1
                    response = client.get(f"{target}{number}")
                    if response.status_code != 200:
                        wrong.append(f"{target[:40]} {response.status_code} {response.elapsed} {response.text}")

        pairs = "{ ?a ?b ?c { SELECT ?f { ?d ?e ?f } LIMIT 500 } FILTER(?c != ?f) }"
        slow = f"/sparql?query=SELECT (COUNT(*) AS ?n) {pairs} %23"
        loads = [threading.Thread(target=load, args=(target,)) for target in ("/catalogue.ttl?x=", "/?x=", slow)]
        for one in loads:
            one.start()
        try:
            make_current(folder, second)
            assert wait_until(lambda: released(server.client) == second)
            make_current(folder, first)
            assert wait_until(lambda: released(server.client) == first)
        finally:
            over.set()
            for one in loads:
                one.join(30)
        assert not wrong
        assert number > 100
        # What served the second release has ended by and by: with one worker for each lane there is a nursery beside.
        assert wait_until(lambda: len(descendants(server.process.pid)) == FAST_WORKERS + 1 + SPARE_WORKERS + 1)


def test_a_damaged_release_is_not_taken_up(folder: Path, releases: list[Path]) -> None:
    first, second = (release.name for release in releases)
    manifest = (folder / second / "manifest.json").read_bytes()
    (folder / second / "manifest.json").write_bytes(manifest[:100])
    (folder / "third").mkdir()
    shutil.copytree(folder / first, folder / "fourth", dirs_exist_ok=True)
    (folder / "fourth" / "manifest.json").write_bytes(manifest)
    for file in (folder / "fourth" / STORE).glob("*.sst"):
        file.write_bytes(b"")
    with serving(folder) as server:
        for times, name in enumerate((second, "third", "fourth"), 1):
            make_current(folder, name)
            assert wait_until(partial(has_refused, server, times)), (name, server.log)
            assert released(server.client) == first
            assert server.client.get("/").status_code == 200
        (folder / CURRENT).unlink()
        (folder / second / "manifest.json").write_bytes(manifest)
        make_current(folder, second)
        assert wait_until(lambda: released(server.client) == second)
        assert not [line for line in server.log if "Traceback" in line]


def has_refused(server: Process, times: int) -> bool:
    return sum("cannot be taken up" in line for line in server.log) == times


def test_told_to_end_during_a_slow_query(folder: Path) -> None:
    with serving(folder, TIMEOUT="60") as server:
        answers: list[httpx.Response] = []
        slow = threading.Thread(target=lambda: answers.append(run_query(server.client, endless_query())))
        slow.start()
        assert wait_until(lambda: len(descendants(server.process.pid)) == FAST_WORKERS + 1 + SPARE_WORKERS + 1)
        below = descendants(server.process.pid)
        assert wait_until(lambda: any(map(is_busy, below)))
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(5) == 0
        slow.join(20)
        assert answers[0].status_code == 503
        assert "shutting down" in answers[0].json()["detail"]
        assert wait_until(lambda: not any(map(is_there, below)))


def is_busy(pid: int) -> bool:
    """Whether a process has worked for half a second, by proc(5)."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return int(fields[11]) > os.sysconf("SC_CLK_TCK") / 2
    return False


def test_who_has_connected_before_it_is_told_to_end_is_answered(folder: Path) -> None:
    request = b"GET /doc/t-level/healthcare-science.ttl HTTP/1.1\r\nHost: x\r\n\r\n"
    with serving(folder) as server, contextlib.ExitStack() as stack:
        address = ("127.0.0.1", server.client.base_url.port or 0)

        def connected() -> socket.socket:
            return stack.enter_context(socket.create_connection(address, timeout=20))

        silent, asked_before = connected(), connected()
        asked_before.sendall(request)
        assert b"HTTP/1.1 200 OK" in asked_before.recv(100)
        server.process.send_signal(signal.SIGSTOP)
        late = [connected() for _ in range(5)]
        for one in late:
            one.sendall(request)
        server.process.send_signal(signal.SIGTERM)
        server.process.send_signal(signal.SIGCONT)
        assert wait_until(lambda: is_refused(address))
        for one in (silent, asked_before):
            one.sendall(request)
        for one in (silent, asked_before, *late):
            answer = b"".join(iter(partial(one.recv, 65_536), b""))
            assert answer.count(b"HTTP/1.1 200 OK") == 1 or one is asked_before
            assert b"\r\nconnection: close\r\n" in answer or one in late
        assert server.process.wait(5) == 0


def is_refused(address: tuple[str, int]) -> bool:
    try:
        socket.create_connection(address, timeout=20).close()
    except ConnectionRefusedError:
        return True
    return False


@pytest.mark.parametrize("at_work", [False, True])
def test_workers_do_not_outlive_their_server(at_work: bool, folder: Path) -> None:  # noqa: FBT001
    with serving(folder) as server:
        slow = threading.Thread(target=ask_in_vain, args=(server.client,))
        if at_work:
            slow.start()
        assert wait_until(lambda: len(descendants(server.process.pid)) == FAST_WORKERS + 1 + SPARE_WORKERS + 1)
        below = descendants(server.process.pid)
        assert not at_work or wait_until(lambda: any(map(is_busy, below)))
        server.process.kill()
        assert wait_until(lambda: not any(map(is_there, below)))
        if at_work:
            slow.join(20)


def ask_in_vain(client: httpx.Client) -> None:
    with pytest.raises(httpx.TransportError):
        run_query(client, endless_query())


def test_told_to_end_while_it_starts(folder: Path) -> None:
    program = "import os, signal; from tlevel_rdf.server.pool.scheduler import Scheduler; "
    program += "from tlevel_rdf.cli import main; start = Scheduler.start\n"
    program += "async def told(self):\n    os.kill(os.getpid(), signal.SIGTERM)\n    await start(self)\n"
    program += "Scheduler.start = told\nmain()"
    command = [sys.executable, "-c", program, "serve", str(folder), "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 0
    assert not re.search("Traceback|Error", done.stderr)
