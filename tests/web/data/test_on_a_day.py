"""The state of things on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import site_from
from tlevel_rdf.graph import terms
from tlevel_rdf.web.data.description import describe
from tlevel_rdf.web.data.on_a_day import (
    in_words,
    read_day,
    read_days,
    revisions_after,
    state_on,
    states_of_t_levels,
    states_of_things,
)
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
    found = state_on(site, describe(site.store, BASE + thing), dt.date.fromisoformat(day))
    assert found.text == state
    # It is in force if the words say so, and unknown if the data states no day.
    words = ("approved for delivery", "open to")
    assert found.in_force is (None if "no day" in state else state.startswith(words))
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


def test_only_the_page_has_the_day_in_the_location_of_its_content(site: Site) -> None:
    for accept, location in (
        ("text/html", "/doc/standard.html?on=2027-09-01"),
        ("text/turtle", "/doc/standard.ttl"),
        ("application/ld+json", "/doc/standard.jsonld"),
    ):
        response = get(site, "/doc/standard?on=2027-09-01", accept)
        assert (response.status, response.header("content-location")) == (200, location)
        assert response.content == get(site, location, accept).content


@pytest.mark.parametrize("thing", ["standard", "first"])
def test_an_identifier_leads_to_the_state_on_the_day(thing: str, site: Site) -> None:
    response = get(site, f"/id/{thing}?on=2027-09-01")
    assert (response.status, response.header("location")) == (303, f"/doc/{thing}?on=2027-09-01")
    assert get(site, f"/id/{thing}?on=soon").status == 400
    assert get(site, f"/id/{thing}?on=2027-09-01&on=2027-09-02").status == 400
    assert get(site, "/id/nothing?on=2027-09-01").status == 404


def test_an_identifier_with_such_a_parameter_of_its_own_stays(site: Site) -> None:
    own = site_from('<https://data.example.org/id/day?on=soon> <urn:p> "x" .')
    assert get(own, "/id/day?on=soon").status == 303


def test_things_without_a_state_are_left_out_unless_all_are(site: Site) -> None:
    day = dt.date(2027, 9, 1)
    assert [*states_of_things(site, [f"{BASE}job", f"{BASE}old"], day)] == [f"{BASE}old"]
    with pytest.raises(ProblemError):
        states_of_things(site, [f"{BASE}job"], day)
    assert states_of_things(site, [], day) == {}


def test_t_levels_asked_for_together_have_the_states_that_each_has(site: Site) -> None:
    iris = [BASE + name for name in ("first", "second", "closed", "never")]
    for day in (dt.date(2020, 1, 1), dt.date(2025, 10, 1)):
        one_by_one = {iri: state_on(site, describe(site.store, iri), day) for iri in iris}
        assert states_of_t_levels(site, iris, day) == one_by_one


def test_a_request_without_a_day_has_none() -> None:
    assert read_days(()) is None
