"""Queries about T Levels, specialisms and options return the same facts to the pages and the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import BASE, site_from
from tlevel_rdf.graph import terms
from tlevel_rdf.web.data import facts
from tlevel_rdf.web.http.problems import ProblemError

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

T_LEVEL = f"{BASE}id/t-level/healthcare-science"
OPTICAL = f"{BASE}id/specialism/healthcare-science/optical-care-services"
ASSISTING = f"{BASE}id/specialism/healthcare-science/assisting-with-healthcare-science"
OCCUPATION = f"{BASE}id/occupation/dispensing-optician"
ODD = """@prefix tlp: <https://w3id.org/tlevel/def/progression#> .
    @prefix mode: <https://w3id.org/tlevel/def/mode#> .
    @prefix prov: <http://www.w3.org/ns/prov#> .
    @prefix id: <https://data.example.org/id/> .
    id:o1 tlp:optionFor id:s , id:t ; tlp:leadsTo id:a ; tlp:mode mode:work ;
        prov:wasQuotedFrom <https://data.example.org/id/d#page=1&line=1> .
    id:o2 tlp:optionFor id:s ; tlp:leadsTo id:b ; tlp:mode mode:technical ;
        prov:wasQuotedFrom <https://data.example.org/id/d#page=10&line=1> .
    id:o3 tlp:optionFor id:s ; tlp:leadsTo id:b , id:a ; tlp:mode mode:technical ;
        prov:wasQuotedFrom <https://data.example.org/id/d#page=9&line=12> .
    id:o4 tlp:optionFor id:s .
    _:o5 tlp:optionFor id:s ; tlp:leadsTo id:a .
    id:a tlp:level <https://e.org/level#5> .
"""


def test_t_levels_are_sorted_by_name_and_come_in_parts(site: Site) -> None:
    every = facts.t_levels(site)
    assert len(every) == 27
    assert every[0] == f"{BASE}id/t-level/accounting"
    assert facts.t_levels(site, 5, 3) == every[3:8]


def test_options_are_counted_once_for_each_t_level(site: Site) -> None:
    other = f"{BASE}id/t-level/accounting"
    assert facts.count_options(site, [T_LEVEL, other]) == {T_LEVEL: 26, other: 0}


def test_a_specialism_and_its_t_level_refer_to_each_other(site: Site) -> None:
    assert facts.specialisms_of(site, T_LEVEL) != []
    assert all(facts.t_levels_of(site, one) == [T_LEVEL] for one in facts.specialisms_of(site, T_LEVEL))


def test_an_option_has_the_facts_of_its_destination(site: Site) -> None:
    found = facts.options_after(site, [OPTICAL, ASSISTING])
    assert list(map(len, found.values())) == [6, 20]
    option = found[OPTICAL][0]
    assert option.destination == f"{BASE}id/apprenticeship/level-2/optical-assistant"
    assert (option.kind, option.level, option.mode) == (terms.APPRENTICESHIP.value, 2, "technical")
    assert option.is_bypassed
    assert option.flags == {f"{terms.STATUS}not-applicable"}
    assert (option.document, option.place) == (f"{BASE}id/source/000-80ba2ef1bfb81c71-txt", {"line": 21})
    assert option.standards != ()


def test_options_are_in_the_order_of_headings_pages_and_lines() -> None:
    site, base = site_from(ODD), "https://data.example.org/id/"
    found = facts.options_after(site, [f"{base}s", f"{base}t", f"{base}none"])
    assert [option.iri for option in found[f"{base}s"]] == [f"{base}o3", f"{base}o2", f"{base}o1"]
    assert [option.iri for option in found[f"{base}t"]] == [f"{base}o1"]
    assert found[f"{base}none"] == []


def test_a_level_of_another_vocabulary_is_no_level() -> None:
    (option,) = facts.options_after(site_from(ODD), ["https://data.example.org/id/t"]).values()
    assert option[0].level is None


def test_a_thing_is_found_by_its_path_and_class(site: Site) -> None:
    assert facts.find_thing(site, "t-level/healthcare-science", terms.T_LEVEL) == T_LEVEL
    for path, rdf_class in (("t-level/none", terms.T_LEVEL), ("t-level/healthcare-science", terms.OCCUPATION)):
        with pytest.raises(ProblemError) as error:
            facts.find_thing(site, path, rdf_class)
        assert error.value.problem.status == 404


def test_properties_without_values_are_empty(site: Site) -> None:
    found = facts.properties_of(site, [T_LEVEL, "https://e.org/none"], [terms.LEVEL_PROPERTY])
    assert facts.level_of(found[T_LEVEL]) == 3
    assert found["https://e.org/none"][terms.LEVEL_PROPERTY.value] == set()
    assert facts.first(found[T_LEVEL], terms.IN_ROUTE) == ""


def test_a_qualification_has_its_number_and_awarding_body(site: Site) -> None:
    ((_, of),) = facts.qualifications_of(site, T_LEVEL).items()
    assert facts.first(of, terms.QUALIFICATION_NUMBER) == "603/7083/X"
    assert facts.first(of, terms.AWARDING_ORGANISATION).startswith(BASE)


def test_the_direct_way_to_an_occupation_comes_first(site: Site) -> None:
    ways = facts.pathways_to(site, OCCUPATION, 10, 0)
    assert [(t_level, specialism, bool(step)) for t_level, specialism, step in ways] == [
        (T_LEVEL, OPTICAL, False),
        (T_LEVEL, OPTICAL, True),
    ]
    assert facts.pathways_to(site, OCCUPATION, 10, 1) == ways[1:]
