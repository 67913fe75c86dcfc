"""Requests to a site without a server."""

from __future__ import annotations

import pytest

from tests.web.conftest import site_from
from tlevel_rdf.web.client import fetch


@pytest.mark.parametrize(
    "target", ["/id/a", "id/a", "/doc/a", "https://data.example.org/id/a", "https://data.example.org/doc/a.ttl"]
)
def test_fetching_follows_redirects(target: str) -> None:
    site = site_from("<https://data.example.org/id/a> a <x:T> .")
    found = fetch(site, target)
    assert found.status == 200
    assert found.path.startswith("/doc/a")
    assert found.content_type == "text/turtle; charset=utf-8"
