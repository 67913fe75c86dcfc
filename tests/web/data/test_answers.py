"""Answers have the IRIs of what they name, and state no more than their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import BASE, site_from
from tlevel_rdf.graph import terms
from tlevel_rdf.profiles.kinds import Flag
from tlevel_rdf.web.data import answers
from tlevel_rdf.web.http.problems import ProblemError

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

MAPPED = f"""
@prefix : <https://data.example.org/id/> .
:t a {terms.T_LEVEL} ; {terms.PREF_LABEL} "Health"@en .
:s a {terms.OCCUPATIONAL_SPECIALISM} ;
    {terms.SPECIALISM_OF} :t ; {terms.PREF_LABEL} "Eyes"@en ; {terms.MAPPED_OCCUPATION} :o .
:o a {terms.OCCUPATION} ; {terms.PREF_LABEL} "Oculist"@en .
:p a {terms.OCCUPATION} ; {terms.PREF_LABEL} "Nurse"@en .
:n {terms.OPTION_FOR} :t ; {terms.LEADS_TO} :p .
:a a {terms.APPRENTICESHIP} ; {terms.PREF_LABEL} "Helper"@en .
:x {terms.OPTION_FOR} :s ; {terms.LEADS_TO} :a ; {terms.STATUS_PROPERTY} {terms.STATUS_OF[Flag.ACCELERATED]} ;
    {terms.MAPPING_DOCUMENT} <https://e.org/map.pdf> .
"""


def test_a_job_is_reached_directly_and_by_an_apprenticeship_each_with_its_source(site: Site) -> None:
    answer = answers.ways_to_job(site, "DISPENSING optician")
    assert answer.unknown == []
    ways = [way for way in answer.rows if way.job.iri == f"{BASE}id/occupation/dispensing-optician"]
    assert [(way.how, way.level, way.source is not None) for way in ways] == [
        ("stated", None, True),
        ("by an apprenticeship", 6, True),
    ]
    for way in ways:
        assert (way.t_level.name, way.specialism and way.specialism.name) == (
            "Healthcare Science",
            "Optical Care Services",
        )


def test_a_job_of_a_whole_t_level_and_a_mapped_one_differ() -> None:
    own = site_from(MAPPED)
    (mapped,) = answers.ways_to_job(own, "ocul").rows
    assert (mapped.how, mapped.specialism and mapped.specialism.name, mapped.source) == ("mapped", "Eyes", None)
    (stated,) = answers.ways_to_job(own, "nurse").rows
    assert (stated.how, stated.t_level.name, stated.specialism) == ("stated", "Health", None)


@pytest.mark.parametrize("job", ["dispensing opticien", "dispensing optitian"])
def test_a_misspelt_job_has_the_nearest_titles(site: Site, job: str) -> None:
    answer = answers.ways_to_job(site, job)
    assert answer.rows == []
    assert "dispensing optician" in [near.lower() for one in answer.unknown for near in one.near]


def test_two_specialisms_are_compared_in_any_case(site: Site) -> None:
    answer = answers.compare_specialisms(site, "optical care services", "ASSISTING with Healthcare Science")
    assert answer.unknown == []
    steps = {(step.step.name, step.kind, step.level): (step.after_first, step.after_second) for step in answer.rows}
    assert steps["Dispensing Optician", "Apprenticeship", 6] == (True, False)
    assert all(first or second for first, second in steps.values())
    assert [one.parameter for one in answers.compare_specialisms(site, "Optical", "Legal").unknown] == [
        "first",
        "second",
    ]


def test_a_step_may_be_bypassed_or_shortened_as_the_profile_prints(site: Site) -> None:
    every = answers.steps_to_bypass_or_shorten(site).rows
    assert {(step.step.name, step.effect, step.level) for step in every} >= {("Optical Assistant", "bypass", 2)}
    assert answers.steps_to_bypass_or_shorten(site, "healthcare SCIENCE").rows == every
    assert answers.steps_to_bypass_or_shorten(site, "Healthcare Scienc").unknown[0].near == ("Healthcare Science",)
    (short,) = answers.steps_to_bypass_or_shorten(site_from(MAPPED)).rows
    assert (short.effect, short.mapping_document, short.source) == ("shorten", "https://e.org/map.pdf", None)


def test_a_t_level_is_open_from_its_first_teaching(site: Site) -> None:
    found = answers.open_t_levels(site, 2026).rows
    assert found
    assert all(one.first_teaching < "2027" for one in found)
    assert answers.open_t_levels(site, 2001).rows == []


def test_a_register_that_differs_from_a_profile_is_shown_beside_it() -> None:
    own = site_from(f"""
@prefix : <https://data.example.org/id/> .
:option {terms.TARGET} :a .
:a a {terms.APPRENTICESHIP} ; {terms.PREF_LABEL} "Helper"@en ; {terms.LEVEL_PROPERTY} <{terms.LEVEL}2> ;
    {terms.BASED_ON} :s .
:s a {terms.OCCUPATIONAL_STANDARD} ; {terms.FOR_OCCUPATION} :o ; {terms.STANDARD_REFERENCE} "ST1" ;
    {terms.PREF_LABEL} "Helper (new)"@en ; {terms.LEVEL_PROPERTY} <{terms.LEVEL}3> ;
    {terms.REGISTER_STATUS_PROPERTY} :ok .
:ok {terms.PREF_LABEL} "Approved"@en .
<{terms.LEVEL}2> <{terms.TLP}levelNumber> 2 . <{terms.LEVEL}3> <{terms.TLP}levelNumber> 3 .
""")
    (found,) = answers.differences(own, "https://data.example.org/id/a")
    assert (found.printed_level, found.standard.name, found.reference, found.level) == (2, "Helper (new)", "ST1", 3)
    assert answers.differences(own, "https://data.example.org/id/b") == []


def test_a_value_that_would_change_the_query_is_refused(site: Site) -> None:
    with pytest.raises(ProblemError):
        answers.ways_to_job(site, "\ud800")
