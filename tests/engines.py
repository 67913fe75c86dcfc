"""Engines that others make, each started for the tests of a process, with the small release in it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import httpx
import pytest

from tests.web.conftest import TLS, wait_until
from tlevel_rdf.dataset.engine_load import load_release

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.release.release import Release

_VIRTUOSO_INI: Final = """
[Database]
DatabaseFile = {folder}/v.db
TransactionFile = {folder}/v.trx
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
xa_persistent_file = {folder}/v.pxa
[TempDatabase]
DatabaseFile = {folder}/t.db
TransactionFile = {folder}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
ThreadsPerQuery = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
[SPARQL]
ResultSetMaxRows = 100000
MaxQueryExecutionTime = 60
"""


class Engine(NamedTuple):
    """An engine that runs.

    Attributes:
        query: the URL of its SPARQL endpoint.
        store: the URL of its graph store.
        process: that runs it.
    """

    query: str
    store: str
    process: subprocess.Popen[bytes]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def run_oxigraph(folder: Path, port: int | None = None) -> Iterator[Engine]:
    """Run the Oxigraph server on a folder."""
    port = port or free_port()
    program = Path(sys.executable).with_name("oxigraph")
    address = f"http://127.0.0.1:{port}"
    with _running(f"{address}/query", program, "serve", "--location", folder, "--bind", f"127.0.0.1:{port}") as process:
        yield Engine(f"{address}/query", f"{address}/store", process)


@contextmanager
def run_virtuoso(folder: Path, buffers: int = 10_000) -> Iterator[Engine]:
    """Run Virtuoso in an empty folder, with as many buffers of 8 kB."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.fail("Virtuoso is not installed. Run: make engines")
    sql, port = free_port(), free_port()
    text = _VIRTUOSO_INI.format(folder=folder, sql=sql, http=port, buffers=buffers, dirty=buffers * 6 // 10)
    (folder / "v.ini").write_text(text, encoding="utf-8")
    address = f"127.0.0.1:{port}/sparql"
    with _running(f"http://{address}", program, "+foreground", "+configfile", folder / "v.ini") as process:
        yield Engine(f"http://{address}", f"http://dba:dba@{address}-graph-crud-auth", process)


@contextmanager
def _running(url: str, *command: Path | str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program until the end of the block; it answers at a URL at its start."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            assert wait_until(lambda: process.poll() is None and _answers(url)), command
            yield process
        finally:
            process.kill()


def _answers(url: str) -> bool:
    with suppress(httpx.TransportError):
        return httpx.post(url, data={"query": "ASK {}"}, trust_env=False, verify=TLS, timeout=60).status_code == 200
    return False


@pytest.fixture(scope="session")
def oxigraph(small_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with run_oxigraph(tmp_path_factory.mktemp("oxigraph")) as engine:
        load_release(small_release, engine.store, engine.query, lambda _done, _total: None)
        yield engine


@pytest.fixture(scope="session")
def virtuoso(small_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with run_virtuoso(tmp_path_factory.mktemp("virtuoso")) as engine:
        load_release(small_release, engine.store, engine.query, lambda _done, _total: None)
        yield engine


@pytest.fixture(params=["oxigraph", "virtuoso"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine with the small release."""
    found: Engine = request.getfixturevalue(request.param)
    return found
