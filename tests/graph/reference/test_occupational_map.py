"""The occupational map: occupations, products and steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.graph import terms

if TYPE_CHECKING:
    from tests.graph.reference.statements import Statements

MAP = "reference/list-2"


def test_an_occupation_has_its_code_level_areas_and_unit_group(small: Statements) -> None:
    assert small.classes("occupation/OCC0001") == {"Occupation"}
    for prop, value in (
        (terms.OCCUPATION_REFERENCE, "OCC0001"),
        (terms.PREF_LABEL, "Craft baker"),
        (terms.LEVEL_PROPERTY, "def/level#2"),
        (terms.IN_ROUTE, "route/catering"),
        (terms.IN_PATHWAY, "pathway/bread"),
        (terms.IN_CLUSTER, "cluster/rolls"),
        (terms.OCCUPATION_GROUP, "def/soc2020#5432"),
        (terms.REGISTER_STATUS_PROPERTY, "def/register-status#approved-occupation"),
        (terms.VERSION_NUMBER, "1.0"),
        (terms.MODIFIED, "2024-01-02"),
    ):
        assert small.about("occupation/OCC0001", prop) == {(value, MAP)}


def test_typical_job_titles_other_than_its_title_are_alternative_labels(small: Statements) -> None:
    assert small.about("occupation/OCC0001", terms.ALT_LABEL) == {("Baker", MAP), ("Pastry chef", MAP)}


def test_an_occupation_is_that_of_the_standards_listed_under_it(small: Statements) -> None:
    assert small.values("standard/ST0001", terms.FOR_OCCUPATION) == {"occupation/OCC0001", "occupation/bread-maker"}


def test_a_product_is_mapped_to_the_occupation_under_which_it_is_listed(small: Statements) -> None:
    for product in ("HTQ1", "TQ1", "TL1"):
        assert small.about(f"product/{product}", terms.MAPPED_OCCUPATION) == {("occupation/OCC0003", MAP)}
        assert small.about(f"product/{product}", terms.PRODUCT_CODE) == {(product, MAP)}


def test_the_product_of_a_specialism_maps_the_specialism_too(small: Statements) -> None:
    assert small.values("product/TL1a", terms.MAPPED_OCCUPATION) == {"occupation/OCC0001"}
    assert small.about("product/TL1a", terms.PRODUCT_OF) == {("specialism/baking/bread", MAP)}
    assert small.about("specialism/baking/bread", terms.MAPPED_OCCUPATION) == {("occupation/OCC0001", MAP)}


def test_the_product_of_a_whole_t_level_maps_no_specialism(small: Statements) -> None:
    assert small.about("product/TL1", terms.PRODUCT_OF) == {("t-level/baking", MAP)}
    mapped = {str(q.subject) for q in small.quads if q.predicate == terms.MAPPED_OCCUPATION}
    assert not [subject for subject in mapped if "/t-level/" in subject]


def test_qualifications_have_the_class_of_their_kind_and_their_level(small: Statements) -> None:
    assert "HigherTechnicalQualification" in small.classes("product/HTQ1")
    assert "Qualification" in small.classes("product/TQ1")
    assert small.values("product/HTQ1", terms.LEVEL_PROPERTY) == {"def/level#5"}
    assert small.values("product/TL1a", terms.LEVEL_PROPERTY) == set()


def test_a_step_of_the_map_has_a_direction(small: Statements) -> None:
    assert small.about("occupation/OCC0001", terms.MAP_PROGRESSES_TO) == {("occupation/OCC0003", MAP)}
    assert small.values("occupation/OCC0003", terms.MAP_PROGRESSES_TO) == set()


def test_occupations_that_are_shown_together_are_not_steps(small: Statements) -> None:
    assert small.about("occupation/OCC0001", terms.SHOWN_WITH) == {("occupation/OCC0001A", "reference/list-1")}
    assert small.values("occupation/OCC0001A", terms.MAP_PROGRESSES_TO) == set()
