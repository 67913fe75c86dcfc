"""A date never makes a client keep the contents of another release."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tests.server.conftest import make_current, run_process
from tests.web.conftest import wait_until
from tlevel_rdf.release.release import CURRENT
from tlevel_rdf.server.live_site import open_site
from tlevel_rdf.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

FILE = "/data/manifest.json"


def test_a_release_that_comes_back_is_modified_since(folder: Path, releases: list[Path]) -> None:
    first, second = (release.name for release in releases)
    with run_process(folder) as server:
        answers = [server.client.get(FILE)]
        for name in (second, first, second):
            make_current(folder, name)
            # Each turn of the link seems to be of one second.
            os.utime(folder / CURRENT, (1_700_000_000, 1_700_000_000), follow_symlinks=False)
            assert wait_until(lambda name=name: server.release == name)  # type: ignore[misc]
            seen = answers[-1].headers
            answer = server.client.get(FILE, headers={"If-Modified-Since": seen["last-modified"]})
            assert (answer.status_code, answer.json()["id"]) == (200, name)
            assert server.client.get(FILE, headers={"If-None-Match": seen["etag"]}).status_code == 200
            own = {"If-Modified-Since": answer.headers["last-modified"]}
            assert server.client.get(FILE, headers=own).status_code == 304
            answers.append(answer)
        assert answers[1].headers["etag"] == answers[3].headers["etag"]


def test_the_link_to_a_release_and_the_start_of_the_server_date_it(folder: Path) -> None:
    release = (folder / CURRENT).resolve()
    os.utime(release / "manifest.json", (1_600_000_000, 1_600_000_000))
    os.utime(folder / CURRENT, (1_700_000_000, 1_700_000_000), follow_symlinks=False)
    linked, alone = open_site([folder], Settings())[0].modified, open_site([release], Settings())[0].modified
    assert linked is not None
    assert linked.timestamp() == 1_700_000_000
    assert alone is not None
    assert alone > linked
