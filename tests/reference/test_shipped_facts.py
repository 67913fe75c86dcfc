"""The shipped tables, compared cell by cell with the facts that they were taken from.

Both are read here as plain CSV, without the package.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tlevel_rdf.profiles.titles import normalise_title, slug
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tlevel_rdf.reference.model import Reference

#: The tables of facts, which are kept beside the repository.
FACTS: Final = Path(__file__).parents[3] / "shared" / "facts"
NEWER: Final = FACTS / "2026-11"
MAP: Final = "occupational-maps-2026-09-11"
OLDER_MAP: Final = "occupational-maps-2026-07-06"
REGISTER: Final = "register-2026-08-14"
OLDER_REGISTER: Final = "register-2025-05-25"

pytestmark = pytest.mark.skipif(not NEWER.is_dir(), reason="the tables of facts are not beside this repository")
Row = dict[str, str]
Rows = set[tuple[str, ...]]


def read(file: Path) -> list[Row]:
    """Read a table, with each run of spaces as one space and without spaces at the ends of cells."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [{name: " ".join(cell.split()) for name, cell in row.items()} for row in csv.DictReader(lines)]


def ours(table: str, *sources: str) -> list[Row]:
    """Return the shipped rows of some sources; none: of all."""
    rows = read(shipped("data") / "reference" / f"{table}.csv")
    return [row for row in rows if not sources or row["source"] in sources]


def cells(rows: Iterable[Row], *columns: str | Callable[[Row], str]) -> Rows:
    """Return the values of some columns; each row must give other values."""
    found = [tuple(row[c] if isinstance(c, str) else c(row) for c in columns) for row in rows]
    assert len(set(found)) == len(found)
    return set(found)


def key_of(column: str) -> Callable[[Row], str]:
    """Return a function for the key of the area whose title is in a column."""
    return lambda row: slug(row[column]) if row[column] else ""


def without(column: str, *values: str) -> Callable[[Row], str]:
    """Return a function for a cell, in which some values mean that nothing is stated."""
    return lambda row: "" if row[column] in values else row[column]


def day(column: str) -> Callable[[Row], str]:
    """Return a function for a day that is written day-month-year, or as words if there is none."""

    def convert(row: Row) -> str:
        found = re.fullmatch(r"(\d\d)-(\d\d)-(\d{4})", row[column])
        return f"{found[3]}-{found[2]}-{found[1]}" if found and found[3] != "0001" else ""

    return convert


def test_the_occupations_of_september_are_those_of_the_map() -> None:
    names = {row["route_id"]: row["name"] for row in read(NEWER / "map" / "routes.csv")}
    facts = cells(
        read(NEWER / "map" / "occupations.csv"),
        "occ_reference",
        "title",
        "level",
        lambda row: slug(names[row["route_id"]]),
        "soc2020",
        "status",
        "version",
        without("status_last_updated", "0001-01-01"),
        "typical_job_titles",
    )
    columns = ("reference", "title", "level", "route", "soc 2020", "status", "version", "updated")
    assert cells(ours("occupations", MAP), *columns, "typical job titles") == facts
    assert len(facts) == 1287


def test_the_occupations_of_july_are_those_of_the_older_map() -> None:
    facts = cells(
        read(NEWER / "occupations.csv"),
        "occ_reference",
        "title",
        "level",
        key_of("route"),
        "soc2020",
        "status",
        "version",
    )
    columns = ("reference", "title", "level", "route", "soc 2020", "status", "version")
    names = cells(read(NEWER / "occupation_names.csv"), "occ_reference", "title", "level")
    stated = cells(ours("occupations", OLDER_MAP), *columns)
    assert facts <= stated
    # Others are named beside the occupations that were read, with their level at most.
    assert {row[:3] for row in stated - facts} <= names
    assert not any(any(row[3:]) for row in stated - facts)


def test_the_pathways_and_clusters_of_occupations_are_those_of_the_older_map() -> None:
    facts = read(NEWER / "occupations.csv")
    titles = {(row["kind"], row["key"]): row["title"] for row in ours("areas", "occupational-maps-areas")}
    by_reference = {row["reference"]: row for row in ours("occupations", OLDER_MAP)}
    for fact in facts:
        row = by_reference[fact["occ_reference"]]
        for kind in ("pathway", "cluster"):
            title = titles[kind, row[kind]] if row[kind] else ""
            assert normalise_title(title) == normalise_title(fact[kind])


def test_the_products_are_those_of_the_map() -> None:
    kinds = {
        "HTQ": "higher technical qualification",
        "TLevel": "t level",
        "TQ": "technical qualification",
    }
    rows = [row for row in read(NEWER / "map" / "products.csv") if row["type"] in kinds]
    facts = cells(rows, "product", "title", lambda row: kinds[row["type"]], without("level", "0"))
    stated = ours("products", MAP)
    assert cells(stated, "code", "title", "kind", "level") == facts
    assert Counter(row["kind"] for row in stated) == {
        "higher technical qualification": 293,
        "technical qualification": 154,
        "t level": 74,
    }


def test_what_the_map_lists_under_an_occupation_is_listed() -> None:
    facts = {
        (row["occ_reference"], product)
        for row in read(NEWER / "map" / "occupations.csv")
        for product in row["products"].split("|")
        if product
    }
    assert cells(ours("occupation-products", MAP), "occupation", "product") == facts


def test_the_products_of_t_levels_are_joined_to_the_t_levels_and_specialisms_of_the_facts() -> None:
    facts = {
        (row["product"], row["t_level"], row["specialism"])
        for row in read(NEWER / "map" / "t_level_products.csv")
        if row["t_level"]
    }
    # A product for two specialisms is joined to the T Level alone.
    facts = {(*row[:2], "" if " | " in row[2] else row[2]) for row in facts}
    assert cells(ours("t-level-products"), "product", "t level", "specialism") == facts
    assert (len(facts), len({t_level for _, t_level, _ in facts})) == (73, 22)


def test_the_steps_of_the_map_are_those_of_the_facts() -> None:
    facts = cells(read(NEWER / "map" / "edges.csv"), "from_occ", "to_occ")
    assert cells(ours("map-edges"), "from", "to") == facts
    assert len(facts) == 75


def test_the_pairs_that_are_shown_together_are_those_of_the_facts() -> None:
    facts = cells(read(NEWER / "progression_map_neighbours.csv"), "occ_reference", "neighbour_occ")
    assert cells(ours("shown-together"), "occupation", "shown with") == facts
    assert len(facts) == 313


def test_the_unit_groups_are_those_of_the_facts() -> None:
    facts = cells(read(FACTS / "soc2020_unit_groups.csv"), "code", "title")
    assert cells(ours("soc-2020"), "code", "title") == facts
    assert len(facts) == 412


def test_the_jobs_of_subject_pages_are_those_of_the_facts() -> None:
    rows = [row for row in read(NEWER / "progression.csv") if row["kind"].startswith("job role")]
    facts = cells(
        rows, "t_level", "title", "reference", lambda row: row["quote_position"].removeprefix("line "), "source_url"
    )
    pages = {row["key"]: row["page"] for row in ours("sources")}
    stated = cells(ours("job-roles"), "t level", "title", "careers slug", "line", lambda row: pages[row["source"]])
    assert stated == facts
    assert (len(facts), len({row[0] for row in facts})) == (140, 20)


def test_the_standards_of_the_register_are_those_of_the_facts() -> None:
    kinds = {
        "Apprenticeship standard": "apprenticeship",
        "Apprenticeship unit": "apprenticeship unit",
        "Foundation apprenticeship": "foundation apprenticeship",
    }
    facts = cells(
        read(NEWER / "register.csv"),
        "reference",
        "title",
        lambda row: kinds[row["type"]],
        without("level", "TBC"),
        "version",
        "status",
        day("approved"),
        day("retired"),
        day("withdrawn"),
        without("lars_code", "0", "TBC"),
        "revised_version_from",
    )
    columns = ("reference", "title", "kind", "level", "version", "status", "approved", "retired", "withdrawn")
    assert cells(ours("standards", REGISTER), *columns, "lars code", "revised from text") == facts
    assert len(facts) == 939


def test_the_routes_of_standards_are_those_of_the_facts() -> None:
    routes = {row["name"] for row in read(NEWER / "map" / "routes.csv")}
    stated = {row["reference"]: row["route"].split("|") for row in ours("standards", REGISTER)}
    for row in read(NEWER / "register.csv"):
        # A cell may have several routes, separated by commas, which titles have too.
        named = [slug(route) for route in routes if route in row["route"]]
        assert sorted(filter(None, stated[row["reference"]])) == sorted(named)


MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
ALL_MONTHS: Final = (*MONTHS, "November", "December")


def test_a_revision_has_a_date_where_its_text_has_day_month_in_words_and_year() -> None:
    announced = [row for row in ours("standards", REGISTER) if row["revised from text"]]
    for row in announced:
        found = re.search(rf"(\d\d?)(?:st|nd|rd|th)? ({'|'.join(ALL_MONTHS)}),? (20\d\d)", row["revised from text"])
        if found:
            month = ALL_MONTHS.index(found[2]) + 1
            assert row["revised from"] == f"{found[3]}-{month:02}-{int(found[1]):02}"
        elif row["revised from"]:
            year, month, day = map(int, row["revised from"].split("-"))
            numbers = list(map(int, re.findall(r"\d+", row["revised from text"])))
            forms = (
                [day, month, year],
                [day, month, year - 2000],
                [year, month, day],
                [year, day, month],
                [day, year - 2000],
            )
            assert numbers in forms, row
    assert len(announced) == 81
    undated = {row["reference"] for row in announced if not row["revised from"]}
    assert undated == {"ST0168", "ST1031", "ST1414"}  # two without a year, and one with colons
    assert not [row for row in ours("standards") if row["revised from"] and not row["revised from text"]]


VERSION_COLUMNS: Final = ("reference", "version", "title", "status", "approved", "retired", "withdrawn")


def test_the_versions_of_standards_are_those_of_the_facts() -> None:
    """Of 1,600 versions of the older register, 139 have no number: they are what it states of the standard."""
    facts = cells(
        read(NEWER / "standards_versions.csv"),
        "st_reference",
        "version",
        "title",
        "status",
        "approved_for_delivery",
        without("retired", "0001-01-01"),
        without("withdrawn", "0001-01-01"),
        without("lars_code", "0"),
        without("level", "TBC"),
    )
    numbered = cells(ours("standard-versions", OLDER_REGISTER), *VERSION_COLUMNS, "lars code", "level")
    others = cells(ours("standards", OLDER_REGISTER), *VERSION_COLUMNS, "lars code", "level")
    assert (len(numbered), len(others)) == (1461, 139)
    assert numbered == {row for row in facts if row[1]}
    assert others == {row for row in facts if not row[1]}


def test_the_areas_are_those_of_the_facts() -> None:
    rows = read(NEWER / "map_hierarchy.csv")
    titles = {(row["kind"], row["id"]): row["name"] for row in rows}
    facts = Counter((row["kind"], row["name"], titles.get((row["parent_kind"], row["parent_id"]), "")) for row in rows)
    stated = ours("areas", "occupational-maps-areas")
    keys = {(row["kind"], row["key"]): row["title"] for row in stated}
    wider = {"route": "", "pathway": "route", "cluster": "pathway"}
    found = Counter((row["kind"], row["title"], keys.get((wider[row["kind"]], row["within"]), "")) for row in stated)
    assert found == facts
    assert Counter(kind for kind, _, _ in found.elements()) == {"route": 15, "pathway": 35, "cluster": 172}


def test_the_routes_have_the_titles_of_the_facts() -> None:
    facts = {row["name"] for row in read(NEWER / "map" / "routes.csv")}
    assert {row["title"] for row in ours("areas", MAP)} == facts
    older = {row["name"]: row["other_names"] for row in read(FACTS / "routes.csv") if row["row_type"] == "route"}
    stated = ours("areas")
    for name, others in older.items():
        [key] = {row["key"] for row in stated if row["title"] == name and row["kind"] == "route"}
        titles = {row["title"] for row in stated if row["key"] == key and row["kind"] == "route"}
        assert {name, *filter(None, others.split(" | "))} <= titles


def test_every_technical_qualification_is_that_of_the_facts(reference: Reference) -> None:
    facts = cells(
        [row for row in read(FACTS / "t_levels.csv") if row["qan"]],
        "name",
        "qan",
        "lars_aim_ref",
        "first_teaching_date",
        "ao_ukprn",
    )
    stated = {
        (t.title, q.number, q.learning_aim, q.first_teaching.isoformat(), q.awarding_organisation.ukprn)
        for t in reference.t_levels
        for q in t.qualifications
    }
    assert stated == facts


def test_every_t_level_is_in_the_route_of_the_facts(reference: Reference) -> None:
    names = {normalise_title(row["title"]): row["key"] for row in ours("areas") if row["kind"] == "route"}
    facts = {row["name"]: names[normalise_title(row["route"])] for row in read(FACTS / "t_levels.csv")}
    assert {t.title: t.route for t in reference.t_levels} == {t.title: facts[t.title] for t in reference.t_levels}
    assert len(reference.t_levels) == 27


def test_every_specialism_and_its_learning_aims_are_those_of_the_facts(reference: Reference) -> None:
    facts = {
        (row["t_level"], row["specialism"], row["specialism_lars_ref"])
        for row in read(FACTS / "t_level_specialisms.csv")
    }
    stated = {
        (t.title, s.title, aim.code) for t in reference.t_levels for s in t.specialisms for aim in s.learning_aims
    }
    assert stated == facts


def test_the_standards_that_the_shipped_profile_names_are_those_of_the_facts() -> None:
    levels, lars, listed = set(), set(), set()
    for row in (*ours("standards"), *ours("standard-versions")):
        levels.add((row["reference"], row["level"]))
        lars.add((row["reference"], row["lars code"]))
    for row in ours("occupation-products"):
        listed.add((row["product"], row["occupation"]))
    for row in read(FACTS / "occupational_standards.csv"):
        reference = row["st_reference"]
        assert (reference, row["level"]) in levels
        assert not row["lars_code"] or (reference, row["lars_code"]) in lars
        for occupation in filter(None, row["occ_reference"].split(" | ")):
            assert (reference, occupation) in listed


def test_no_cell_has_spaces_at_its_ends_or_twice_in_a_row() -> None:
    for file in (shipped("data") / "reference").glob("*.csv"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"  |, ?,? $|\u00a0|\u200b", text, re.MULTILINE), file


@pytest.mark.parametrize("host", ["ifate-web-dev", "pp-findapprenticeship", "occupational-maps.institute"])
def test_hosts_that_were_for_developers_or_have_moved_are_no_sources(host: str) -> None:
    for file in (shipped("data") / "reference").iterdir():
        assert host not in file.read_text(encoding="utf-8"), file


def test_every_source_has_a_page_a_licence_and_an_attribution() -> None:
    for row in ours("sources"):
        assert all(row[column] for column in ("title", "page", "gathered", "licence", "attribution")), row["key"]
