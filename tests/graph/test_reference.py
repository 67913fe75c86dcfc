"""The reference data: held against the facts it was taken from, described with sources, checked for loose ends."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode

from tlevel_rdf.codes import Code
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.reference import describe_reference
from tlevel_rdf.profiles.loading import read_reference
from tlevel_rdf.profiles.reference import Reference
from tlevel_rdf.profiles.titles import normalise_title
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from tlevel_rdf.graph.identifiers import Identifiers

#: The tables that the facts were gathered in; they are kept beside the repository, not in it.
FACTS = Path(__file__).parents[3] / "shared" / "facts"
with_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the tables of facts are not beside this repository")

DATA = shipped("data") / "reference"


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


def test_both_standards_of_the_optical_assistant_are_there(quads: tuple[Quad, ...]) -> None:
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


def test_a_t_level_that_was_replaced_says_by_what(quads: tuple[Quad, ...]) -> None:
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


def test_every_code_stands_in_the_graph_of_a_source_that_states_it(
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


def test_no_quad_is_blank_or_empty_or_there_twice(quads: tuple[Quad, ...]) -> None:
    assert len(set(quads)) == len(quads)
    assert not [q for q in quads if str(q.subject).startswith("_:") or str(q.object).startswith("_:")]
    assert not [q for q in quads if isinstance(q.object, Literal) and not q.object.value.strip()]


def test_everything_of_ours_that_is_pointed_to_is_described(quads: tuple[Quad, ...]) -> None:
    base = "<https://w3id.org/tlevel/id/"
    described = {str(q.subject) for q in quads if q.predicate == terms.TYPE}

    assert {str(q.object) for q in quads if str(q.object).startswith(base)} <= described


def test_without_reference_data_nothing_is_said(ids: Identifiers) -> None:
    assert describe_reference(Reference(), ids) == ()


def test_a_folder_that_is_not_there_is_reference_data_that_says_nothing(tmp_path: Path) -> None:
    assert read_reference(tmp_path / "missing") == (Reference(), [])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "reference"))


def line_of(file: Path, text: str) -> int:
    return file.read_text(encoding="utf-8").splitlines().index(text) + 1


LOOSE_ENDS = [
    (
        "routes.yaml",
        "  - title: Digital",
        "sources: [dfe-routes,",
        "sources: [wibble,",
        "The source 'wibble' does not exist.",
    ),
    ("standards.yaml", "      level: 2", "sources: [find-", "sources: [wibble-", "The source 'wibble-"),
    ("t-levels.yaml", "          ukprn: '10009696'", "sources: [dfe-", "sources: [no-", "The source 'no-"),
    (
        "occupation-groups.yaml",
        "  - code: '2113'",
        "sources: [ons-",
        "sources: [no-",
        "The source 'no-soc-2020' does not exist.",
    ),
    (
        "t-levels.yaml",
        "  - title: Onsite Construction",
        "route: Cons",
        "route: Decons",
        "The route 'Deconstruction' does not exist.",
    ),
    (
        "standards.yaml",
        "    route:",
        "route: Health and",
        "route: Wealth and",
        "The route 'Wealth and science' does not exist.",
    ),
    ("t-levels.yaml", "        standard:", "code: ST", "code: ST9", "The standard 'ST9"),
    ("standards.yaml", "    replaced by:", "code: ST1377", "code: ST9999", "The standard 'ST9999' does not exist."),
    (
        "standards.yaml",
        "    occupation group:",
        "code: '7114'",
        "code: '9999'",
        "The occupation group '9999' does not exist.",
    ),
    (
        "t-levels.yaml",
        "  - title: Digital Business Services",
        "replaced by: Digital",
        "replaced by: X",
        "The T Level 'X",
    ),
]


@pytest.mark.parametrize(("name", "after", "old", "new", "message"), LOOSE_ENDS)
def test_a_name_that_names_nothing_is_reported_at_its_place(  # noqa: PLR0917 - the columns of the table
    name: str, after: str, old: str, new: str, message: str, folder: Path
) -> None:
    file = folder / name
    lines = file.read_text(encoding="utf-8").splitlines()
    number = next(n for n in range(lines.index(after), len(lines)) if old in lines[n])
    lines[number] = lines[number].replace(old, new)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    reference, findings = read_reference(folder)

    assert reference == Reference()
    assert [(f.code, f.file, f.line) for f in findings] == [(Code.UNKNOWN_REFERENCE, str(file), number + 1)]
    assert message in findings[0].message
    assert findings[0].column == len(re.split(r"(?<=\[)|(?<=: )(?!\[)", lines[number], maxsplit=1)[0]) + 1


REPEATED = [
    ("sources.yaml", "  - key: dfe-routes", "  - key: dfe-find-provider-routes", "source 'dfe-routes'"),
    ("routes.yaml", "  - title: Digital", "  - title: Construction", "route 'Digital'"),
    ("t-levels.yaml", "  - title: Finance", "  - title: Accounting", "T Level 'Finance'"),
    ("standards.yaml", "      code: ST0218", "      code: ST0217", "standard 'ST0218'"),
    ("occupation-groups.yaml", "  - code: '2113'", "  - code: '2259'", "occupation group '2113'"),
]


@pytest.mark.parametrize(("name", "first", "second", "message"), REPEATED)
def test_a_name_given_twice_is_reported(name: str, first: str, second: str, message: str, folder: Path) -> None:
    file = folder / name
    at = max(line_of(file, first), line_of(file, second))
    file.write_text(file.read_text(encoding="utf-8").replace(second + "\n", first + "\n"), encoding="utf-8")

    _, findings = read_reference(folder)

    found = [(f.line, f.message) for f in findings if f.code == Code.DUPLICATE]
    assert found == [(at, f"The {message} is repeated.")]


@pytest.mark.parametrize("name", sorted(file.name for file in DATA.glob("*.yaml")))
def test_a_file_that_is_missing_is_reported(name: str, folder: Path) -> None:
    (folder / name).unlink()

    reference, findings = read_reference(folder)

    assert reference == Reference()
    assert [(f.code, f.file) for f in findings] == [(Code.UNREADABLE, str(folder / name))]


def test_the_files_are_read_as_strictly_as_profiles(folder: Path) -> None:
    file = folder / "routes.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("sources: [dfe-routes", "source: [dfe-routes", 1))

    _, findings = read_reference(folder)

    assert [f.code for f in findings] == [Code.MISSING, Code.UNKNOWN_KEY]
    assert findings[1].hint == "Did you mean 'sources'?"


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
