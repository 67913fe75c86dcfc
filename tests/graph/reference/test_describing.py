"""The reference data as quads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.reference.describing import describe_reference
from tlevel_rdf.reference.model import Reference
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from tlevel_rdf.graph.identifiers import Identifiers

DATA = shipped("data") / "reference"


@pytest.fixture(scope="module")
def quads(reference: Reference, ids: Identifiers) -> tuple[Quad, ...]:
    return describe_reference(reference, ids)


def thing(path: str) -> NamedNode:
    return NamedNode(f"https://w3id.org/tlevel/id/{path}")


def values(quads: tuple[Quad, ...], subject: NamedNode, *predicates: NamedNode) -> set[str]:
    found = [q.object for q in quads if q.subject == subject and q.predicate in predicates]
    return {value.value for value in found if isinstance(value, NamedNode | Literal)}


@pytest.mark.parametrize(
    ("standard", "codes"),
    [
        ("level-2/optical-assistant", {"ST0530", "247"}),
        ("level-3/optical-assistant-2022", {"ST1377", "OCC1377A", "OCC1377B", "693"}),
        ("level-3/senior-healthcare-support-worker", {"ST0217", "151"}),
        ("level-7/clinical-scientist", {"ST0893", "OCC0893"}),
        ("level-6/enhanced-clinical-practitioner", {"ST0895", "OCC0895"}),
    ],
)
def test_a_standard_has_the_codes_that_were_found_and_no_others(
    standard: str, codes: set[str], quads: tuple[Quad, ...]
) -> None:
    registers = (terms.STANDARD_REFERENCE, terms.OCCUPATION_REFERENCE, terms.LARS_STANDARD_CODE)

    assert values(quads, thing(f"standard/{standard}"), *registers) == codes


def test_the_optical_assistant_has_both_standards(quads: tuple[Quad, ...]) -> None:
    former, present = thing("standard/level-2/optical-assistant"), thing("standard/level-3/optical-assistant-2022")

    assert values(quads, former, terms.IS_REPLACED_BY) == {present.value}
    assert values(quads, former, terms.FOR_OCCUPATION) == values(quads, present, terms.FOR_OCCUPATION)
    assert values(quads, former, terms.LEVEL_PROPERTY) == {terms.level(2).value}
    assert values(quads, present, terms.LEVEL_PROPERTY) == {terms.level(3).value}


@pytest.mark.parametrize(
    ("occupation", "groups"),
    [
        ("optical-assistant", {"7114"}),
        ("clinical-scientist", {"2113"}),
        ("dispensing-optician", set()),
        ("senior-healthcare-support-worker", set()),
        ("healthcare-science-practitioner", set()),
    ],
)
def test_an_occupation_has_the_group_that_was_found_or_none(
    occupation: str, groups: set[str], quads: tuple[Quad, ...]
) -> None:
    found = values(quads, thing(f"occupation/{occupation}"), terms.OCCUPATION_GROUP)

    assert found == {f"{terms.SOC2020}#{code}" for code in groups}


def test_a_replaced_t_level_names_its_successor(quads: tuple[Quad, ...]) -> None:
    replaced = values(quads, thing("t-level/digital-business-services"), terms.IS_REPLACED_BY)

    assert replaced == {thing("t-level/digital-data-analytics").value}


def test_a_t_level_of_two_generations_has_two_qualifications(quads: tuple[Quad, ...]) -> None:
    t_level = thing("t-level/education-and-early-years")

    assert {q.subject for q in quads if q.predicate == terms.IS_PART_OF and q.object == t_level} == {
        thing("qualification/603-5829-4"),
        thing("qualification/610-5748-4"),
    }


def test_every_graph_of_facts_names_its_source(quads: tuple[Quad, ...], ids: Identifiers) -> None:
    graphs = {q.graph_name for q in quads} - {ids.graph("reference")}
    derived = {q.subject: q.object for q in quads if q.predicate == terms.WAS_DERIVED_FROM}
    documents = {q.subject for q in quads if q.predicate == terms.TYPE and q.object == terms.DOCUMENT}

    assert graphs <= set(derived)
    assert set(derived.values()) <= documents


def test_every_code_is_in_the_graphs_of_the_sources_that_state_it(
    quads: tuple[Quad, ...], reference: Reference, ids: Identifiers
) -> None:
    stated = {
        (code.code, ids.reference_graph(source))
        for standard in reference.standards
        for code in (standard.standard_reference, *standard.occupation_references)
        for source in code.sources
    }
    registers = {terms.STANDARD_REFERENCE, terms.OCCUPATION_REFERENCE}

    assert {(q.object.value, q.graph_name) for q in quads if q.predicate in registers} == stated  # type: ignore[union-attr]  # a code is a literal


def test_no_quad_is_blank_empty_or_repeated(quads: tuple[Quad, ...]) -> None:
    assert len(set(quads)) == len(quads)
    assert not [q for q in quads if str(q.subject).startswith("_:") or str(q.object).startswith("_:")]
    assert not [q for q in quads if isinstance(q.object, Literal) and not q.object.value.strip()]


def test_everything_of_ours_that_is_referred_to_is_described(quads: tuple[Quad, ...]) -> None:
    base = "<https://w3id.org/tlevel/id/"
    described = {str(q.subject) for q in quads if q.predicate == terms.TYPE}

    assert {str(q.object) for q in quads if str(q.object).startswith(base)} <= described


def test_without_reference_data_there_are_no_quads(ids: Identifiers) -> None:
    assert describe_reference(Reference(), ids) == ()
