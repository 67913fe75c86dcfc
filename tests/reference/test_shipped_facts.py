"""The shipped reference data, compared with the facts that it was taken from."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.profiles.titles import normalise_title

if TYPE_CHECKING:
    from tlevel_rdf.reference.model import Reference


#: The tables of facts, which are kept beside the repository.
FACTS = Path(__file__).parents[3] / "shared" / "facts"


with_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the tables of facts are not beside this repository")


def rows(table: str) -> list[dict[str, str]]:
    with (FACTS / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@with_facts
def test_every_technical_qualification_is_that_of_the_facts(reference: Reference) -> None:
    facts = {
        (row["name"], row["qan"], row["lars_aim_ref"], row["first_teaching_date"], row["ao_ukprn"])
        for row in rows("t_levels")
        if row["qan"]
    }
    ours = {
        (t.title, q.number, q.learning_aim, q.first_teaching.isoformat(), q.awarding_organisation.ukprn)
        for t in reference.t_levels
        for q in t.qualifications
    }

    assert ours == facts


@with_facts
def test_every_t_level_is_in_the_route_of_the_facts(reference: Reference) -> None:
    names = {
        normalise_title(name): route.title for route in reference.routes for name in (route.title, *route.other_titles)
    }
    facts = {row["name"]: names[normalise_title(row["route"])] for row in rows("t_levels")}

    assert {t.title: t.route for t in reference.t_levels} == {t.title: facts[t.title] for t in reference.t_levels}


@with_facts
def test_every_specialism_and_its_learning_aims_are_those_of_the_facts(reference: Reference) -> None:
    facts = {(r["t_level"], r["specialism"], r["specialism_lars_ref"]) for r in rows("t_level_specialisms")}
    ours = {(t.title, s.title, aim.code) for t in reference.t_levels for s in t.specialisms for aim in s.learning_aims}

    assert ours == facts


@with_facts
def test_every_standard_is_that_of_the_facts(reference: Reference) -> None:
    facts = {
        row["st_reference"]: (
            int(row["level"]),
            row["route"],
            {code for code in row["occ_reference"].split(" | ") if code},
            row["lars_code"] or None,
            row["soc2020_code"][:4] or None,
        )
        for row in rows("occupational_standards")
    }
    ours = {
        s.standard_reference.code: (
            s.level.level,
            s.route.route if s.route else "",
            {code.code for code in s.occupation_references},
            s.lars_standard_code.code if s.lars_standard_code else None,
            s.occupation_group.code if s.occupation_group else None,
        )
        for s in reference.standards
    }

    assert ours == facts


@with_facts
def test_the_routes_are_those_of_the_facts(reference: Reference) -> None:
    facts = {row["name"]: row["other_names"] for row in rows("routes") if row["row_type"] == "route"}

    assert {route.title: " | ".join(route.other_titles) for route in reference.routes} == facts


@with_facts
def test_the_occupation_groups_are_those_of_the_facts(reference: Reference) -> None:
    facts = {(row["code"], row["title"]) for row in rows("soc2020_unit_groups")}

    assert {(group.code, group.title) for group in reference.occupation_groups} <= facts


def test_there_are_15_routes_and_27_t_levels(reference: Reference) -> None:
    assert (len(reference.routes), len(reference.t_levels)) == (15, 27)


@pytest.mark.parametrize(
    ("title", "level", "expected"),
    [
        ("Optical Assistant", 2, "ST0530"),
        ("optical  assistant", 2, "ST0530"),
        ("Optical Assistant", 3, "ST1377"),
        ("Optical assistant 2022", 3, "ST1377"),
        ("Healthcare Assistant Practitioner", 5, "ST0215"),
        ("Assistant practitioner (health)", 5, "ST0215"),
        ("Specialist clinical practitioner", 6, "ST0895"),
        ("Optical Assistant", 4, None),
        ("Astrologer", 2, None),
    ],
)
def test_a_standard_is_found_by_title_and_level(
    title: str, level: int, expected: str | None, reference: Reference
) -> None:
    standard = reference.standard_for(title, level)

    assert (standard.standard_reference.code if standard else None) == expected
