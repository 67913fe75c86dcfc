"""Links that follow from the reference data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.reference.samples import sample
from tlevel_rdf.reference.links import read_links
from tlevel_rdf.reference.proposals import main, propose, write
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.reference.links import Mapping
    from tlevel_rdf.reference.model import Reference


def rows(reference: Reference, name: str) -> dict[str, list[Mapping]]:
    """Return the mappings of a proposed set, by subject."""
    [proposal] = [each for each in propose(reference) if each.name == name]
    found: dict[str, list[Mapping]] = {}
    for mapping in proposal.mappings:
        found.setdefault(mapping.subject_id.removeprefix("id:"), []).append(mapping)
    return found


def test_the_shipped_sets_are_those_that_follow_from_the_shipped_tables(reference: Reference) -> None:
    sets = {each.name: each.mappings for each in read_links(shipped("data") / "links")[0]}
    for proposal in propose(reference):
        hint = "Write them again: python -m tlevel_rdf.reference.proposals data/links"
        assert sets[proposal.name] == proposal.mappings, hint


@pytest.mark.parametrize(
    ("subject", "page"),
    [
        ("standard/ST0774", "standard:st0774"),
        ("standard/FA0009", "foundation:FA0009"),
        ("standard/AU0009", "unit:AU0009"),
        ("occupation/OCC1377A", "occupation:OCC1377A"),
    ],
)
def test_the_address_of_a_page_holds_the_reference(subject: str, page: str, reference: Reference) -> None:
    [mapping] = rows(reference, "skills-england")[subject]
    assert (mapping.predicate_id, mapping.object_id) == ("foaf:page", page)
    assert (mapping.confidence, mapping.mapping_justification) == (0.95, "semapv:LexicalMatching")


def test_standards_that_were_never_approved_have_no_page(reference: Reference) -> None:
    pages = rows(reference, "skills-england")
    for row in reference.standards:
        if row.source == "register-2026-08-14":
            assert (f"standard/{row.reference}" in pages) == bool(row.approved), row.reference


def test_training_is_found_by_the_lars_code_of_standards_that_can_be_started(reference: Reference) -> None:
    found = rows(reference, "lars")
    [mapping] = found["standard/ST0774"]
    assert mapping.object_id == "course:747"
    assert "standard/AU0009" not in found


def test_a_job_has_the_profile_to_which_the_page_of_its_t_level_links(reference: Reference) -> None:
    [mapping] = rows(reference, "national-careers-service")["occupation/dental-nurse"]
    assert (mapping.predicate_id, mapping.object_id) == ("foaf:page", "ncs:dental-nurse")
    assert (mapping.mapping_justification, mapping.confidence) == ("semapv:ManualMappingCuration", 1)
    assert (mapping.mapping_source or "").startswith("source:subject-page-")


def test_a_job_is_close_to_the_occupation_of_its_title(reference: Reference) -> None:
    [mapping] = rows(reference, "jobs-and-occupations")["occupation/dispensing-optician"]
    assert (mapping.predicate_id, mapping.object_id) == ("skos:closeMatch", "id:occupation/OCC0774")
    assert mapping.confidence == 0.9


def test_a_job_without_an_occupation_of_its_title_has_a_row_that_says_so(reference: Reference) -> None:
    [mapping] = rows(reference, "jobs-and-occupations")["occupation/accounting-technician"]
    assert (mapping.object_id, mapping.confidence) == ("sssom:NoTermFound", None)


def test_each_job_was_looked_up(reference: Reference) -> None:
    found = rows(reference, "jobs-and-occupations")
    with_profile = rows(reference, "national-careers-service")
    assert set(with_profile) <= set(found)


def test_one_of_several_occupations_of_a_title_is_half_as_sure(reference: Reference) -> None:
    [dispenser] = [row for row in reference.occupations if row.reference == "OCC0774" and row.source.endswith("-11")]
    again = dispenser.model_copy(update={"reference": "OCC9999"})
    doubled = replace(reference, occupations=(*reference.occupations, again))
    found = rows(doubled, "jobs-and-occupations")["occupation/dispensing-optician"]
    assert [mapping.object_id for mapping in found] == ["id:occupation/OCC0774", "id:occupation/OCC9999"]
    assert {mapping.confidence for mapping in found} == {0.45}


def test_without_the_register_and_the_map_only_job_profiles_follow(tmp_path: Path) -> None:
    proposals = propose(sample(tmp_path))
    assert [each.name for each in proposals if each.mappings] == ["national-careers-service"]


def test_a_written_set_is_read_again(tmp_path: Path, reference: Reference) -> None:
    proposals = propose(reference)
    write(tmp_path, proposals)
    sets, findings = read_links(tmp_path)
    assert findings == []
    assert {each.name: each.mappings for each in sets} == {each.name: each.mappings for each in proposals}


def test_the_command_writes_the_sets(tmp_path: Path) -> None:
    main([str(tmp_path)])
    assert len(list(tmp_path.glob("*.sssom.tsv"))) == 4
