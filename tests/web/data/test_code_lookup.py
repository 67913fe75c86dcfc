"""Codes of public registers redirect to things and identify none (decision 0003)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import site_from
from tlevel_rdf.web.data.code_lookup import paths_of_codes
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tests.web.conftest import Send
    from tlevel_rdf.web.data.site import Site


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/id/standard/ST1377", "/doc/standard/ST1377"),
        ("/id/standard/693", "/doc/standard/ST1377"),
        ("/id/by-code/standard/ST1377", "/doc/standard/ST1377"),
        ("/id/by-code/standard-version/ST1377/1.0", "/doc/standard/ST1377/1.0"),
        ("/id/by-code/lars/747", "/doc/standard/ST0774"),
        ("/id/by-code/occupation/OCC0774", "/doc/occupation/OCC0774"),
        ("/id/by-code/qualification/603/7083/X", "/doc/qualification/603-7083-x"),
        ("/id/by-code/product/TL0012b", "/doc/product/TL0012b"),
        ("/id/by-code/careers-service/radiography-assistant", "/doc/occupation/radiography-assistant"),
        # The apprenticeship that is based on the standard, or the standard if the data has no apprenticeship.
        ("/id/apprenticeship/ST0530", "/doc/apprenticeship/level-2/optical-assistant"),
        ("/id/apprenticeship/ST1377", "/doc/standard/ST1377"),
        ("/id/occupation/OCC1377A", "/doc/occupation/OCC1377A"),
        ("/id/occupation/OCC%30774", "/doc/occupation/OCC0774"),
        ("/id/qualification/603/7083/X", "/doc/qualification/603-7083-x"),
        ("/id/qualification/6037083X", "/doc/qualification/603-7083-x"),
        ("/id/organisation/10022490", "/doc/organisation/pearson"),
    ],
)
def test_a_code_redirects_to_its_thing(send: Send, path: str, location: str) -> None:
    response = send(path)
    assert (response.status, response.header("location")) == (303, location)
    assert send(location).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/id/standard/st1377",
        "/id/occupation/OCC1377a",
        "/id/standard/ST9999",
        "/id/nothing/ST1377",
        "/id/ST1377",
        "/id/standard/",
        "/id/standard//ST1377",
        "/id/standard/ST1377/",
        "/id/standard/ST1377%22%20",
        "/id/standard/%22%7D%20UNION%20%7B%3Fcoded%20%3Fp%20%3Fo",
        "/id/standard/%5C",
        "/id/standard/%5Cu0022",
        "/id/standard/" + "1" * 41,
        "/id/by-code/lars/0747",
        "/id/by-code/wibble/1",
        "/id/by-code/standard/",
        "/id/by-code/careers-service/engineering-maintenance-technician",
    ],
)
def test_other_paths_are_not_found(send: Send, path: str) -> None:
    assert send(path).status == 404


def test_codes_of_any_data_work_if_they_are_unique() -> None:
    site: Site = site_from(
        """
        @prefix : <https://data.example.org/id/> . @prefix dct: <http://purl.org/dc/terms/> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <https://data.example.org/id/school/oak> dct:identifier "100" .
        <https://data.example.org/id/town/oak> skos:notation "100" , "O\\"k" .
        <https://data.example.org/id/town/ash> skos:notation "7" .
        <https://data.example.org/id/town/elm> skos:notation "7" .
        [] dct:identifier "9" .
        """
    )

    def location_or_status(path: str) -> str | int:
        response = respond(site, Request.of(path))
        return response.header("location") or response.status

    assert location_or_status("/id/school/100") == "/doc/school/oak"
    assert location_or_status("/id/town/100") == "/doc/town/oak"
    assert location_or_status("/id/town/O%22k") == "/doc/town/oak"
    assert location_or_status("/id/town/7") == 404
    assert location_or_status("/id/town/9") == 404


def test_each_path_of_a_code_is_listed_with_its_thing(site: Site) -> None:
    listed = dict(paths_of_codes(site.store, site.base))
    assert listed["id/by-code/lars/747"] == f"{site.base}id/standard/ST0774"
    assert listed["id/standard/693"] == f"{site.base}id/standard/ST1377"
    for path, iri in list(listed.items())[::40]:
        response = respond(site, Request.of(f"/{path}"))
        thing = respond(site, Request.of(f"/{iri.removeprefix(site.base)}"))
        assert response.header("location") in {
            thing.header("location"),
            f"/{iri.removeprefix(site.base)}".partition("#")[0],
        }
