"""The client that sends requests to a site without a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import BASE, site_from
from tlevel_rdf.web.client import fetch

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site


@pytest.mark.parametrize(
    "target",
    ["/id/t-level/healthcare-science", "id/t-level/healthcare-science", f"{BASE}id/t-level/healthcare-science"],
)
def test_a_redirect_is_followed(site: Site, target: str) -> None:
    result = fetch(site, target, "text/turtle")
    assert (result.path, result.status) == ("/doc/t-level/healthcare-science", 200)
    assert result.content_type == "text/turtle; charset=utf-8"
    assert b"Healthcare Science" in result.body


def test_a_problem_is_the_result(site: Site) -> None:
    result = fetch(site, "/doc/none")
    assert (result.path, result.status, result.content_type) == ("/doc/none", 404, "application/problem+json")


def test_an_absolute_iri_of_another_site_is_not_found(site: Site) -> None:
    assert fetch(site, "https://other.example/id/a").status == 404


def test_a_query_string_is_kept() -> None:
    site = site_from('<https://data.example.org/id/a> <http://e.org/p> "x" .')
    assert b"x" in fetch(site, "/sparql?query=SELECT%20?o%20%7B?s%20?p%20?o%7D", "text/csv").body
