"""The state of things on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import site_from
from tlevel_rdf.graph import terms
from tlevel_rdf.web.data.description import describe
from tlevel_rdf.web.data.on_a_day import in_words, read_day, revisions_after, state_on
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.http.problems import ProblemError
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response

BASE = "https://data.example.org/id/"
DATA = f"""
@prefix tlp: <{terms.TLP}> . @prefix skos: <{terms.SKOS}> . @prefix dct: <{terms.DCT}> . @prefix : <{BASE}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:standard a tlp:OccupationalStandard ; skos:prefLabel "Butcher" ; tlp:approvedOn "2020-01-01"^^xsd:date ;
  tlp:revisedFrom "2027-02-01"^^xsd:date .
:old a tlp:StandardVersion ; tlp:approvedOn "2020-01-01"^^xsd:date ; tlp:retiredOn "2022-12-31"^^xsd:date ;
  tlp:withdrawnOn "2024-01-01"^^xsd:date .
:vague a tlp:OccupationalStandard ; skos:prefLabel "Baker" ; tlp:approvedOn "soon" .
:first a tlp:TLevel ; skos:prefLabel "First" ; dct:isReplacedBy :second .
:second a tlp:TLevel ; skos:prefLabel "Second" .
:closed a tlp:TLevel ; skos:prefLabel "Closed" .
:never a tlp:TLevel ; skos:prefLabel "Never" .
:q1 tlp:qualificationOf :first ; tlp:firstTeaching "2020-09-01"^^xsd:date .
:q2 tlp:qualificationOf :second ; tlp:firstTeaching "2025-09-01"^^xsd:date .
:q3 tlp:qualificationOf :closed ; tlp:firstTeaching "2020-09-01"^^xsd:date ;
  tlp:lastEnrolment "2025-09"^^xsd:gYearMonth .
:job a tlp:Occupation ; skos:prefLabel "Job" .
"""


@pytest.fixture(name="site", scope="module")
def make_site() -> Site:
    return replace(site_from(DATA), date=dt.date(2026, 12, 1))


def get(site: Site, target: str, accept: str = "text/html") -> Response:
    path, _, query = target.partition("?")
    return respond(site, Request("GET", path, query, (("accept", accept),)))


@pytest.mark.parametrize(
    ("thing", "day", "state"),
    [
        ("standard", "2019-12-31", "not approved until 1 January 2020"),
        ("standard", "2020-01-01", "approved for delivery since 1 January 2020"),
        (
            "standard",
            "2027-02-01",
            "approved for delivery since 1 January 2020; a revised version was announced from 1 February 2027 on",
        ),
        ("old", "2021-01-01", "approved for delivery since 1 January 2020, until 31 December 2022"),
        ("old", "2022-12-31", "retired on 31 December 2022"),
        ("old", "2025-01-01", "retired on 31 December 2022"),
        ("vague", "2025-01-01", "the data states no day of approval"),
        ("first", "2020-08-31", "not taught until 1 September 2020"),
        ("first", "2025-08-31", "open to new learners"),
        ("first", "2025-09-01", "replaced by Second"),
        ("second", "9999-12-31", "open to new learners"),
        ("closed", "2025-09-30", "open to new learners"),
        ("closed", "2025-10-01", "closed to new learners; the last enrolment was in September 2025"),
        ("never", "2025-10-01", "the data states no day of first teaching"),
    ],
)
def test_the_state_of_a_day_follows_from_the_dates_of_the_registers(
    thing: str, day: str, state: str, site: Site
) -> None:
    assert state_on(site, describe(site.store, BASE + thing), dt.date.fromisoformat(day)) == state
    page = get(site, f"/doc/{thing}?on={day}").content.decode()
    assert f"<dt>On {in_words(day)}</dt>\n<dd>{state}</dd>" in page


def test_a_revision_that_is_to_come_is_on_the_page_without_a_day(site: Site) -> None:
    page = get(site, "/doc/standard").content.decode()
    assert "<dt>From 1 February 2027</dt>\n<dd>a revised version</dd>" in page
    assert "<dt>On " not in page
    description = describe(site.store, f"{BASE}standard")
    assert revisions_after(description, dt.date(2026, 12, 1)) == ["2027-02-01"]
    assert revisions_after(description, dt.date(2027, 2, 1)) == revisions_after(description, None) == []


@pytest.mark.parametrize(
    "day", ["", "tomorrow", "2027-02-30", "2027-2-1", "20270201", "2027-09-01T00:00", "٢٠٢٧-09-01"]
)
def test_what_is_no_day_is_a_bad_request(day: str, site: Site) -> None:
    with pytest.raises(ProblemError):
        read_day(day)
    assert get(site, f"/doc/standard?on={day}").status == 400


def test_other_things_have_no_state_and_an_address_has_one_day(site: Site) -> None:
    assert get(site, "/doc/job?on=2027-09-01").status == 400
    assert get(site, "/doc/standard?on=2027-09-01&on=2027-09-02").status == 400
    assert get(site, "/doc/job").status == 200


def test_the_location_of_the_content_has_the_day(site: Site) -> None:
    assert get(site, "/doc/standard?on=2027-09-01").header("content-location") == "/doc/standard.html?on=2027-09-01"
