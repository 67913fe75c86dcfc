"""A damaged release is found at the start, and when a worker fails; then the server is not ready."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import httpx

from tests.server.conftest import flip_a_byte, make_current, run_process
from tests.web.conftest import TLS, run_server, wait_until
from tlevel_rdf.release.release import STORE
from tlevel_rdf.server import release_check
from tlevel_rdf.server.live_site import open_site
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.server.conftest import ServerProcess
    from tests.web.conftest import RunningServer

#: The engine gathers what it reads, and errors with it, before it answers.
GATHERING: Final = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


def damage_store(release: Path) -> None:
    """Damage a store, or repair it again."""
    for file in (release / STORE).glob("*.sst"):
        flip_a_byte(file)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def is_ready(port: int) -> bool:
    return httpx.get(f"http://127.0.0.1:{port}/readyz", trust_env=False, verify=TLS).status_code == 200


def has_logged(server: ServerProcess, *texts: str) -> bool:
    return any(all(text in line for text in texts) for line in server.log)


def test_a_release_that_differs_from_its_checksums_is_not_ready(folder: Path, releases: list[Path]) -> None:
    first, second = (release.name for release in releases)
    name = next(file.name for file in (folder / first / STORE).glob("*.sst"))
    flip_a_byte(folder / first / STORE / name)
    port = free_port()
    with run_process(folder, OPERATIONS_PORT=str(port)) as server:
        assert wait_until(
            lambda: has_logged(server, "the release is damaged", '"warning"', f"{STORE}/{name}: The file has changed")
        )
        assert not is_ready(port)
        response = server.client.get("/")
        assert (response.status_code, response.headers["retry-after"]) == (503, "2")
        assert name not in response.text
        flip_a_byte(folder / second / "manifest.json")
        make_current(folder, second)
        assert wait_until(lambda: has_logged(server, "a newer release cannot be taken up"))
        flip_a_byte(folder / second / "manifest.json")
        assert wait_until(lambda: is_ready(port))
        assert server.client.get("/").status_code == 200


def test_a_trusted_release_is_ready(folder: Path, releases: list[Path]) -> None:
    with (folder / releases[0].name / "codes.csv").open("a", encoding="utf-8") as file:
        file.write("changed")
    port = free_port()
    with run_process(folder, OPERATIONS_PORT=str(port), CHECK_SECONDS="0") as server:
        assert is_ready(port)
        assert server.client.get("/").status_code == 200


def test_a_store_that_is_damaged_later_is_found_by_a_query_until_it_is_repaired(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release_check, "RELEASE_RECHECK_SECONDS", 0)
    settings = Settings(workers=1, memory=200_000_000, timeout=100)
    with run_server(*open_site([folder], settings)) as server:
        assert wait_until(lambda: is_live(server))
        damage_store(folder / "current")
        for comment in range(3):
            response = server.client.get(f"/sparql?query={quote(f'{GATHERING} #{comment}')}")
            assert (response.status_code, response.json()["detail"]) == (
                503,
                "The data is not available at the moment.",
            )
        assert not is_live(server)
        damage_store(folder / "current")
        assert wait_until(lambda: is_live(server))
        assert server.client.get(f"/sparql?query={quote(GATHERING)}").status_code == 200


def is_live(server: RunningServer) -> bool:
    assert server.server.live is not None
    return server.server.live.is_ready
