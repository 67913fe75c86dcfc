"""Names of the reference data, found by profiles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.reference.samples import sample
from tlevel_rdf.reference import index as module
from tlevel_rdf.reference.index import KnownTLevel, ReferenceIndex, suggest
from tlevel_rdf.reference.model import Occupation, OccupationProduct, Reference, Standard, StandardTitle

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> ReferenceIndex:
    return module.index(sample(tmp_path_factory.mktemp("sample")))


@pytest.mark.parametrize(
    ("title", "level", "standard"),
    [
        pytest.param("Baker", 2, "ST0001", id="present title"),
        pytest.param("Baker (old)", 2, "ST0001", id="title in an older source"),
        pytest.param("Bread maker", 2, "ST0001", id="former title"),
        pytest.param("Craft baker", 2, "ST0001", id="title of the occupation"),
        pytest.param("bread  MAKER", 2, "ST0001", id="other case and spaces"),
        pytest.param("Baker", 3, None, id="another level"),
        pytest.param("Mill manager", 5, None, id="an occupation without a standard"),
        pytest.param("Bread Maker", 5, None, id="a job of links has no level"),
        pytest.param("Pastry chef", 2, None, id="a typical job title"),
        pytest.param("Astrologer", 2, None, id="unknown"),
    ],
)
def test_a_standard_is_found_by_any_of_its_titles_at_its_level(
    title: str, level: int, standard: str | None, small: ReferenceIndex
) -> None:
    assert small.standard_for(title, level) == standard


def standard(reference: str, title: str | None, level: int | None = 3) -> Standard:
    return Standard(reference=reference, title=title, kind="apprenticeship", level=level, source="a")


def found(*standards: Standard, **more: Any) -> str | None:
    """Return the standard of level 3 that is found by the title "Baker"."""
    return module.index(Reference(standards=standards, **more)).standard_for("Baker", 3)


def test_a_title_that_two_standards_of_a_level_share_finds_neither() -> None:
    assert found(standard("ST0001", "Baker"), standard("ST0002", "baker")) is None
    former = StandardTitle(reference="ST0002", title="Baker", source="a")
    assert found(standard("ST0001", "Baker"), standard("ST0002", "Cook"), standard_titles=(former,)) is None


def test_a_title_that_standards_of_two_levels_share_finds_each_at_its_level() -> None:
    index = module.index(Reference(standards=(standard("ST0001", "Baker", 3), standard("ST0002", "Baker", 4))))
    assert [index.standard_for("Baker", level) for level in (3, 4)] == ["ST0001", "ST0002"]


def test_a_title_of_a_standard_wins_over_one_of_an_occupation() -> None:
    occupation = Occupation(reference="OCC0002", title="Baker", source="a")
    listed = OccupationProduct(occupation="OCC0002", product="ST0002", source="a")
    rows: dict[str, Any] = {"occupations": (occupation,), "occupation_products": (listed,)}
    assert found(standard("ST0002", "Cook"), **rows) == "ST0002"
    assert found(standard("ST0001", "Baker"), standard("ST0002", "Cook"), **rows) == "ST0001"


def test_a_title_of_an_occupation_that_two_standards_share_finds_neither() -> None:
    occupation = Occupation(reference="OCC0001", title="Baker", source="a")
    listed = tuple(OccupationProduct(occupation="OCC0001", product=f"ST000{n}", source="a") for n in (1, 2))
    rows: dict[str, Any] = {"occupations": (occupation,), "occupation_products": listed}
    assert found(standard("ST0001", "Miller"), standard("ST0002", "Cook"), **rows) is None


def test_a_standard_takes_its_level_from_any_source_that_states_it() -> None:
    assert found(standard("ST0001", None, 3), standard("ST0001", "Baker", None)) == "ST0001"


def test_a_standard_without_a_level_is_not_found() -> None:
    assert found(standard("ST0001", "Baker", None)) is None


def test_a_t_level_is_found_whatever_the_case(small: ReferenceIndex) -> None:
    expected = KnownTLevel("Baking", {"bread": "Bread"})
    assert small.t_level("BAKING") == expected
    assert small.t_level("baking ") == expected
    assert small.t_level("Bakery") is None


def test_the_occupations_of_a_standard_are_those_of_the_map_and_of_links(small: ReferenceIndex) -> None:
    assert small.occupations == {"ST0001": ["OCC0001", "bread-maker"]}


def test_the_jobs_are_those_of_links_and_of_subject_pages(small: ReferenceIndex) -> None:
    assert small.jobs == {"bread-maker": "Bread Maker", "baker": "baker"}


def test_the_sources_have_their_titles(small: ReferenceIndex) -> None:
    assert small.sources["undated"] == "List, without date"
    assert len(small.sources) == 4


def test_the_latest_date_is_that_of_a_source_or_of_its_gathering(small: ReferenceIndex, tmp_path: Path) -> None:
    assert small.latest == "2026-11-30"
    reference = sample(tmp_path)
    [first, *_] = reference.sources
    later = first.model_copy(update={"dated": first.gathered.replace(year=2027)})
    assert module.index(replace(reference, sources=(later,))).latest == "2027-11-30"


def test_reference_data_without_rows_has_no_names() -> None:
    assert module.index(Reference()) == ReferenceIndex()


@pytest.mark.parametrize(
    ("title", "suggestion"),
    [
        ("Healthcare Sience", "Healthcare Science"),
        ("healthcare science", "Healthcare Science"),
        ("HEALTHCARE SIENCE", "Healthcare Science"),
        ("Finnance", "Finance"),
        ("Astrology", None),
        ("", None),
    ],
)
def test_a_similar_title_is_suggested_whatever_the_case(title: str, suggestion: str | None) -> None:
    assert suggest(title, ["Healthcare Science", "Finance"]) == suggestion


def test_nothing_is_suggested_from_no_titles() -> None:
    assert suggest("Finance", []) is None


SHIPPED = [
    ("Optical Assistant", 2, "ST0530"),
    ("optical  assistant", 2, "ST0530"),
    ("Optical Assistant", 3, "ST1377"),
    ("Optical assistant 2022", 3, "ST1377"),
    ("Healthcare Assistant Practitioner", 5, "ST0215"),
    ("Assistant practitioner (health)", 5, "ST0215"),
    ("Specialist clinical practitioner", 6, "ST0895"),
    ("Optical Assistant", 4, None),
    ("Astrologer", 2, None),
]


@pytest.mark.parametrize(("title", "level", "expected"), SHIPPED)
def test_a_standard_of_the_shipped_data_is_found_by_title_and_level(
    title: str, level: int, expected: str | None, index: ReferenceIndex
) -> None:
    assert index.standard_for(title, level) == expected


def test_the_names_of_the_shipped_data(index: ReferenceIndex) -> None:
    assert len(index.t_levels) == 27
    assert index.t_levels["healthcare-science"].specialisms["optical-care-services"] == "Optical Care Services"
    assert index.latest == "2026-11-30"
