"""Several servers behind nginx lose no request when one fails, and show each client one release after the other."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import threading
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Self

import httpx
import pytest

from tests.engines import free_port
from tests.server.conftest import make_current, run_process
from tests.web.conftest import TLS, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.engines import Engine
    from tests.server.conftest import ServerProcess

SERVERS: Final = 3
CONFIGURATION: Final = Path(__file__).parents[2] / "docs/operations/nginx-several.conf"
#: What the server of a folder has with the id of the release: a page, and a file that it links to.
OF_RELEASE: Final = ("/", "/data/manifest.json")
OF_DATA: Final = ("/doc/t-level/healthcare-science", "/doc/t-level/healthcare-science.ttl")
_MAIN: Final = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/several.conf;
}}
"""


class Several(NamedTuple):
    """Servers behind nginx.

    Attributes:
        place: that they serve.
        address: of nginx.
        ports: of the servers.
        servers: in the order of the ports.
        started: ends the servers when it closes.
    """

    place: Path | str
    address: str
    ports: list[int]
    servers: list[ServerProcess]
    started: ExitStack

    def start(self, number: int) -> None:
        """Start a server again that has ended."""
        self.servers[number] = self.started.enter_context(run_process(self.place, self.ports[number]))


@contextmanager
def run_several(place: Path | str, folder: Path) -> Iterator[Several]:
    """Serve a place by several servers behind nginx, with the configuration of the guide."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.fail("nginx is not installed. Run: make nginx")
    text, ports = CONFIGURATION.read_text(encoding="utf-8"), [free_port() for _ in range(SERVERS)]
    for number, port in enumerate(ports, 8001):
        text = text.replace(f"127.0.0.1:{number} ", f"127.0.0.1:{port} ")
    front = free_port()
    (folder / "several.conf").write_text(text.replace("listen 80;", f"listen 127.0.0.1:{front};"), encoding="utf-8")
    (folder / "main.conf").write_text(_MAIN.format(folder=folder), encoding="utf-8")
    with ExitStack() as started:
        servers = [started.enter_context(run_process(place, port)) for port in ports]
        command = [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "main.conf")]
        with subprocess.Popen(command) as process:
            try:
                address = f"http://127.0.0.1:{front}"
                assert wait_until(lambda: process.poll() is None and _listens(address)), folder
                yield Several(place, address, ports, servers, started)
            finally:
                process.terminate()


def _listens(address: str) -> bool:
    try:
        return httpx.get(address, trust_env=False, verify=TLS).status_code == 200
    except httpx.TransportError:
        return False


class Clients:
    """Clients with addresses of their own, each of which loads a page and what belongs to it, again and again.

    Args:
        address: of nginx.
        paths: of a page, and of what belongs to it.
        count: of clients.

    Attributes:
        tags: the entity tags of the page and of the second answer that each client got, in the order of its loads.
        failed: the requests that were not answered with 200.
    """

    def __init__(self, address: str, paths: tuple[str, str], count: int = 5) -> None:
        self.tags: list[list[tuple[str, str]]] = [[] for _ in range(count)]
        self.failed: list[str] = []
        self._address, self._paths = address, paths
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._load, args=(number,)) for number in range(count)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def have_loaded(self, more: int) -> bool:
        """Wait until each client has loaded the page some more times."""
        wanted = [len(tags) + more for tags in self.tags]
        return wait_until(lambda: all(len(tags) >= size for tags, size in zip(self.tags, wanted, strict=True)))

    def _load(self, number: int) -> None:
        transport = httpx.HTTPTransport(local_address=f"127.0.0.{number + 2}")
        with httpx.Client(base_url=self._address, transport=transport, timeout=60) as client:
            while not self._stopped.wait(0.05):
                page = self._send(client, "GET", self._paths[0])
                # A query by POST that no server has kept.
                query = f"ASK {{ ?s ?p {number}{len(self.tags[number])} }}"
                self._send(client, "POST", "/sparql", data={"query": query})
                self.tags[number].append((page, self._send(client, "GET", self._paths[1])))

    def _send(self, client: httpx.Client, method: str, path: str, data: dict[str, str] | None = None) -> str:
        try:
            answer = client.request(method, path, data=data)
        except httpx.TransportError as error:
            self.failed.append(f"{method} {path}: {error!r}")
            return ""
        if answer.status_code != 200:
            self.failed.append(f"{method} {path}: {answer.status_code}")
        return str(answer.headers.get("etag", ""))


def fail_and_restart(several: Several, clients: Clients) -> None:
    """Kill one server, and restart another one, while clients load pages."""
    assert clients.have_loaded(2)
    several.servers[0].process.kill()
    assert clients.have_loaded(2)
    several.servers[1].process.send_signal(signal.SIGTERM)
    assert several.servers[1].process.wait(30) == 0
    assert clients.have_loaded(2)
    several.start(1)
    assert clients.have_loaded(2)


def test_a_new_release_never_alternates_with_the_old_one_and_no_request_is_lost(
    folder: Path, releases: list[Path], tmp_path: Path
) -> None:
    work = tmp_path / "nginx"
    work.mkdir()
    with run_several(folder, work) as several, Clients(several.address, OF_RELEASE) as clients:
        assert clients.have_loaded(2)
        old = clients.tags[0][-1]
        make_current(folder, releases[1].name)
        assert wait_until(lambda: all(server.release == releases[1].name for server in several.servers))
        # The servers agree about what belongs to the release.
        answers = [server.client.get(path).headers for path in OF_RELEASE for server in several.servers]
        assert len({(answer["etag"], answer["last-modified"]) for answer in answers}) == 2
        fail_and_restart(several, clients)
    assert clients.failed == []
    new = clients.tags[0][-1]
    assert old[0] != new[0]
    assert old[1] != new[1]
    for tags in clients.tags:
        # A load that began before the change may end after it, as with one server; it never goes back.
        assert {*tags} <= {old, (old[0], new[1]), new}
        for part in (0, 1):
            seen = [one[part] for one in tags]
            assert [before for before, after in pairwise(seen) if before != after] == [old[part]]


def test_no_request_is_lost_over_an_engine(oxigraph: Engine, tmp_path: Path) -> None:
    with run_several(oxigraph.query, tmp_path) as several, Clients(several.address, OF_DATA) as clients:
        fail_and_restart(several, clients)
    assert clients.failed == []
    assert len({tags for one in clients.tags for tags in one}) == 1


def test_each_server_of_the_configuration_is_one_of_the_test() -> None:
    ports = re.findall(r"server 127\.0\.0\.1:(\d+) ", CONFIGURATION.read_text(encoding="utf-8"))
    assert ports == [str(8001 + number) for number in range(SERVERS)]
