"""A server over an engine answers with an error while the engine is down, and recovers by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.engines import free_port, run_oxigraph
from tests.server.conftest import run_process
from tests.web.conftest import wait_until
from tlevel_rdf.dataset.engine_load import load_release

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release

ASK = "/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D"


def test_requests_fail_with_retry_after_while_the_engine_is_down(small_release: Release, tmp_path: Path) -> None:
    port = free_port()
    with run_oxigraph(tmp_path, port) as engine:
        load_release(small_release, engine.store, engine.query, lambda _done, _total: None)
        with run_process(engine.query, CACHE="0") as server:
            assert server.client.get(ASK).json()["boolean"] is True
            assert server.client.get("/doc/t-level/healthcare-science").status_code == 200
            engine.process.kill()
            engine.process.wait()
            failed = server.client.get(ASK)
            assert (failed.status_code, failed.headers["retry-after"]) == (503, "10")
            assert failed.json()["code"] == "TLR021"
            assert str(port) not in failed.text
            with run_oxigraph(tmp_path, port):
                assert wait_until(lambda: server.client.get(ASK).status_code == 200)
