"""Which query pages run queries in the browser, and over which file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import site_from
from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.settings import Settings
from tlevel_rdf.web.data.site import site_of
from tlevel_rdf.web.html import query_in_browser
from tlevel_rdf.web.html.query_in_browser import browser_data

if TYPE_CHECKING:
    from tlevel_rdf.release.release import Release
    from tlevel_rdf.web.data.site import Site


@pytest.fixture
def static_site(small_release: Release, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(query_in_browser, "_HAS_ENGINE", True)
    settings = Settings()
    return replace(site_of(open_dataset([small_release.folder], settings), settings), is_static=True)


def test_an_exported_release_has_its_trig_as_data(static_site: Site) -> None:
    data = browser_data(static_site)
    assert data is not None
    assert data.name == "progression-profiles.trig"


def test_other_sites_run_no_queries_in_the_browser(static_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert browser_data(replace(static_site, is_static=False)) is None
    assert browser_data(replace(site_from("<urn:a> <urn:b> <urn:c> ."), is_static=True)) is None
    monkeypatch.setattr(query_in_browser, "MAX_TRIPLES_IN_BROWSER", static_site.counts.triples - 1)
    assert browser_data(static_site) is None
    monkeypatch.undo()
    monkeypatch.setattr(query_in_browser, "_HAS_ENGINE", False)
    assert browser_data(static_site) is None
