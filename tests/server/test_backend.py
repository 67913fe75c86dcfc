"""Conditional requests, the cache and clients that go away."""

from __future__ import annotations

import datetime
import shutil
import socket
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.release.test_kept import add
from tests.server.conftest import is_complete
from tests.web.conftest import endless_query, run_server, wait_until
from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.release.kept import Rule, prune
from tlevel_rdf.settings import Settings
from tlevel_rdf.web.data.site import site_of

if TYPE_CHECKING:
    from tlevel_rdf.release.release import Release
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


def test_a_release_that_is_shown_is_not_removed_and_the_list_follows_removals(
    small_release: Release, tmp_path: Path
) -> None:
    out = tmp_path / "releases"
    shown = Path(shutil.copytree(small_release.folder, out / small_release.id))
    old, newest = (add(out, day, base=small_release.base) for day in ("2020-01-01", "2030-01-01"))
    (out / "current").symlink_to(newest)
    site = site_of(open_dataset([shown], Settings()).with_counts(), Settings(workers=1))
    rule, today = Rule(keep=1), datetime.date(2026, 12, 1)
    with run_server(site) as server:
        assert [each["id"] for each in server.client.get("/releases.json").json()] == [newest, small_release.id, old]
        # The cache tells requests for different times apart.
        path = "/doc/t-level/healthcare-science"
        for _ in range(2):
            assert server.client.get(path).status_code == 200
            then = server.client.get(path, headers={"accept-datetime": "Wed, 01 Jan 2025 00:00:00 GMT"})
            assert then.status_code == 302
            version = server.client.get(then.headers["location"])
            assert (version.status_code, version.headers["memento-datetime"][:3]) == (200, f"{small_release.date:%a}")
        assert [release.id for release in prune(out, rule, today)[1]] == [small_release.id]

        def removed() -> list[str]:
            return [each["id"] for each in server.client.get("/releases.json").json() if each["removed"]]

        assert wait_until(lambda: removed() == [old])
        assert server.client.get(f"/releases/{old}").status_code == 410
    assert [removal.id for removal in prune(out, rule, today)[0]] == [small_release.id]
