"""Counts of next steps, for the plots of the statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.conftest import BASE, site_from
from tlevel_rdf.graph import terms
from tlevel_rdf.store.coverage import Coverage, OptionCount, count_coverage, count_options

if TYPE_CHECKING:
    from tlevel_rdf.store.embedded import EmbeddedStore

DATA = f"""
@prefix skos: <{terms.SKOS}> .
@prefix tlp: <{terms.TLP}> .
@prefix id: <{BASE}id/> .
id:t a tlp:TLevel ; tlp:hasSpecialism id:s ; tlp:progressesTo id:job .
id:s tlp:progressesTo id:a , id:degree ; tlp:hasOption id:1 , id:2 , id:3 .
id:1 tlp:leadsTo id:a . id:2 tlp:leadsTo id:degree . id:3 tlp:leadsTo id:a .
id:a a tlp:Apprenticeship ; tlp:level id:six ; tlp:basedOn id:standard .
id:degree a tlp:Degree ; skos:closeMatch id:subject .
id:job a tlp:Occupation .
id:six skos:notation 6 .
id:standard tlp:referenceCode "ST0774" .
"""


def test_options_count_by_kind_and_level_with_those_without_one_last() -> None:
    assert count_options(site_from(DATA, BASE).store) == [
        OptionCount(terms.APPRENTICESHIP.value, 6, 2),
        OptionCount(terms.DEGREE.value, None, 1),
    ]


def test_a_step_has_a_code_by_the_standard_behind_it_and_a_link_by_a_match() -> None:
    assert count_coverage(site_from(DATA, BASE).store) == [Coverage(f"{BASE}id/t", 3, 1, 1)]


def test_no_t_level_has_more_codes_or_links_than_next_steps(small_store: EmbeddedStore) -> None:
    found = count_coverage(small_store)
    assert found
    assert all(0 <= one.codes <= one.steps >= one.links for one in found)
