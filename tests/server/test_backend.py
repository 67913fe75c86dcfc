"""Conditional requests, the cache and clients that go away."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.server.conftest import is_complete
from tests.web.conftest import endless_query, run_server, wait_until
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site


def test_a_client_that_goes_away_frees_its_worker(numbered_site: Site) -> None:
    with run_server(replace(numbered_site, settings=Settings(workers=1, timeout=3600))) as server:
        with socket.create_connection(("127.0.0.1", server.port)) as client:
            client.sendall(f"GET /sparql?query={quote(endless_query())} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert wait_until(lambda: server.scheduler.slow.busy == 1)
        assert wait_until(lambda: server.scheduler.slow.busy == 0)
        assert wait_until(lambda: server.scheduler.ended["abandoned"] == 1)
        assert wait_until(lambda: is_complete(server))
        assert server.server.log.statuses[499] == 1
