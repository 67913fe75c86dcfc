"""Routes, pathways, clusters and unit groups as concepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.graph import terms

if TYPE_CHECKING:
    from tests.graph.reference.statements import Statements


def test_a_route_is_a_top_concept_and_each_source_states_its_own_title(small: Statements) -> None:
    assert small.classes("route/catering") == {"Concept", "Route"}
    assert small.values("route/catering", terms.TOP_CONCEPT_OF) == {"def/route"}
    assert small.values("def/route", terms.HAS_TOP_CONCEPT) == {"route/catering"}
    assert small.about("route/catering", terms.PREF_LABEL) == {("Catering and hospitality", "reference/list-2")}
    assert small.about("route/catering", terms.ALT_LABEL) == {("Catering", "reference/list-1")}


def test_a_cluster_is_within_a_pathway_and_a_pathway_within_a_route(small: Statements) -> None:
    assert small.about("cluster/rolls", terms.BROADER) == {("pathway/bread", "reference/list-1")}
    assert small.about("pathway/bread", terms.BROADER) == {("route/catering", "reference/list-1")}
    assert small.classes("cluster/rolls") == small.classes("pathway/bread") == {"Concept"}


def test_all_areas_are_in_one_scheme(small: Statements) -> None:
    for area in ("route/catering", "pathway/bread", "cluster/rolls"):
        assert small.values(area, terms.IN_SCHEME) == {"def/route"}


def test_a_unit_group_is_a_top_concept_with_its_code(small: Statements) -> None:
    group = "def/soc2020#5432"
    assert small.about(group, terms.NOTATION) == {("5432", "reference/list-1")}
    assert small.about(group, terms.PREF_LABEL) == {("Bakers and flour confectioners", "reference/list-1")}
    assert small.values(group, terms.TOP_CONCEPT_OF) == {"def/soc2020"}
    assert small.values("def/soc2020", terms.HAS_TOP_CONCEPT) == {group}


def test_each_scheme_has_a_label(small: Statements) -> None:
    for scheme in ("def/route", "def/soc2020"):
        assert small.classes(scheme) == {"ConceptScheme"}
        assert len(small.values(scheme, terms.PREF_LABEL)) == 1
