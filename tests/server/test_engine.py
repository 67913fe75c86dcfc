"""A server over an engine answers with an error while the engine is down, recovers, and takes up a newer release."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize

from tests.engines import free_port, run_oxigraph
from tests.server.conftest import run_process
from tests.web.conftest import wait_until
from tlevel_rdf.dataset.engine_load import load_release
from tlevel_rdf.dataset.engines import holds_another_release
from tlevel_rdf.store.remote.control import CONTROL
from tlevel_rdf.store.remote.graph_store import GraphStore
from tlevel_rdf.store.remote.store import RemoteStore

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release

ASK = "/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D"


def test_requests_fail_while_the_engine_is_down_and_a_newer_release_is_taken_up(
    small_release: Release, tmp_path: Path
) -> None:
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
            assert wait_until(lambda: any("the engine cannot be asked" in line for line in server.log))
            assert [json.loads(line)["level"] for line in server.log if "cannot be asked" in line] == ["warning"]
            # No query is needed for these.
            for path, status in (
                ("/robots.txt", 200),
                ("/static/site.css", 200),
                ("/static/none", 404),
                ("/.well-known/security.txt", 404),
                ("/wp-login.php", 404),
                ("/releases/2020-01-01", 404),
                ("/id/t-level/none", 503),
            ):
                assert server.client.get(path).status_code == status, path
            assert not any("cannot be taken up" in line for line in server.log)
            with run_oxigraph(tmp_path, port):
                assert wait_until(lambda: server.client.get(ASK).status_code == 200)
                assert wait_until(lambda: sum("the engine answers again" in line for line in server.log) == 1)
                held = RemoteStore.held(engine.query)
                assert held is not None
                newer = replace(held, id="2099-01-01-newer", is_complete=False)
                with closing(GraphStore(engine.store)) as store:
                    store.replace(CONTROL, [serialize(newer.triples(), format=RdfFormat.N_TRIPLES) or b""])
                    assert not holds_another_release(engine.query, held.id)
                    newer = replace(newer, is_complete=True)
                    store.replace(CONTROL, [serialize(newer.triples(), format=RdfFormat.N_TRIPLES) or b""])
                assert holds_another_release(engine.query, held.id)
                assert not holds_another_release(engine.query, newer.id)
                assert wait_until(lambda: any("a newer release is served" in line for line in server.log))
                assert sum("the engine answers again" in line for line in server.log) == 1
                assert server.client.get(ASK).json()["boolean"] is True
