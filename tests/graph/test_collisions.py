"""Titles that share an identifier, that have none, or that are not in the reference data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.graph.collisions import find_collisions
from tlevel_rdf.reference.index import ReferenceIndex

from .samples import apprenticeship, job, load, specialism

if TYPE_CHECKING:
    from tlevel_rdf.profiles.model import Profile
    from tlevel_rdf.profiles.validation import Loaded

#: Findings of every profile if there is no reference data.
UNKNOWN = {Code.UNKNOWN_T_LEVEL, Code.UNKNOWN_SPECIALISM}


def found(*profiles: Loaded[Profile], index: ReferenceIndex | None = None) -> list[Finding]:
    return [f for f in find_collisions(profiles, index or ReferenceIndex()) if f.code not in UNKNOWN]


def in_work(*jobs: dict[str, object]) -> dict[str, object]:
    return specialism("Optics", work=list(jobs))


def test_the_shipped_data_has_no_collisions(healthcare_science: Loaded[Profile], index: ReferenceIndex) -> None:
    assert find_collisions([healthcare_science], index) == []


APART = [
    pytest.param(
        [load("A", in_work(job("X")), file="a"), load("B", in_work(job("X")), file="b")], id="one job, two files"
    ),
    pytest.param([load("A", specialism("S"), file="a"), load("B", specialism("S"), file="b")], id="of two T Levels"),
    pytest.param(
        [load("A", specialism("S", work=[job("X")]), specialism("T", work=[job("X")]))], id="of two specialisms"
    ),
    pytest.param(
        [load("A", specialism("S", technical=[apprenticeship("X", 2)], work=[job("X")]))], id="apprenticeship and job"
    ),
    pytest.param(
        [
            load(
                "A",
                specialism(
                    "S", technical=[apprenticeship("X", 4), {"higher technical qualification": "X", "level": 4}]
                ),
            )
        ],
        id="apprenticeship and HTQ",
    ),
    pytest.param(
        [load("A", specialism("S", technical=[apprenticeship("X", 2), apprenticeship("X", 3)]))], id="two levels"
    ),
    pytest.param([load("A", in_work(job("A B"), job("A-B", key="other")))], id="distinguished by a key"),
    pytest.param([load("\U0001f600", key="smile")], id="identified by a key"),
]


@pytest.mark.parametrize("profiles", APART)
def test_things_of_different_identity_do_not_collide(profiles: list[Loaded[Profile]]) -> None:
    assert found(*profiles) == []


TOGETHER = [
    pytest.param(
        [load("A", specialism("S"), specialism("S"))],
        (Code.DUPLICATE, "p.yaml:10:12", "The specialism 'S' is repeated; it first appears in p.yaml, line 8."),
        id="specialism twice",
    ),
    pytest.param(
        [load("A", specialism("S T"), specialism("S/T"))],
        (Code.COLLISION, "p.yaml:10:12", "'S/T' and 'S T' (p.yaml, line 8) would have the same identifier."),
        id="two specialisms of one slug",
    ),
    pytest.param(
        [load("A", specialism("S t"), specialism("S T"))],
        (Code.COLLISION, "p.yaml:10:12", "The specialism 'S T' is written 'S t' in p.yaml, line 8."),
        id="two specialisms but for a capital",
    ),
    pytest.param(
        [load("A", file="a.yaml"), load("A", file="b.yaml")],
        (Code.DUPLICATE, "b.yaml:1:10", "The T Level 'A' is repeated; it first appears in a.yaml, line 1."),
        id="two profiles of one T Level",
    ),
    pytest.param(
        [load("A b", file="a.yaml"), load("A B", file="b.yaml")],
        (Code.COLLISION, "b.yaml:1:10", "The T Level 'A B' is written 'A b' in a.yaml, line 1."),
        id="two profiles of one T Level but for a capital",
    ),
    pytest.param(
        [load("A", file="a.yaml"), load("B", key="a", file="b.yaml")],
        (Code.COLLISION, "b.yaml:1:10", "'B' and 'A' (a.yaml, line 1) would have the same identifier."),
        id="a key that another title makes",
    ),
    pytest.param(
        [load("A", in_work(job("X"), job("X")))],
        (Code.DUPLICATE, "p.yaml:11:21", "The occupation 'X' is repeated; it first appears in p.yaml, line 10."),
        id="option twice",
    ),
    pytest.param(
        [load("A", in_work(job("X y"), job("X Y")))],
        (Code.COLLISION, "p.yaml:11:21", "The occupation 'X Y' is written 'X y' in p.yaml, line 10."),
        id="option twice but for a capital",
    ),
    pytest.param(
        [load("A", in_work(job("X & Y"), job("X and Y")))],
        (Code.COLLISION, "p.yaml:11:21", "The occupation 'X and Y' is written 'X & Y' in p.yaml, line 10."),
        id="option twice but for a sign",
    ),
    pytest.param(
        [load("A", in_work(job("X-Y"), job("X Y")))],
        (Code.COLLISION, "p.yaml:11:21", "'X Y' and 'X-Y' (p.yaml, line 10) would have the same identifier."),
        id="two options of one slug",
    ),
    pytest.param(
        [load("A", in_work(job("X y")), file="a.yaml"), load("B", in_work(job("X Y")), file="b.yaml")],
        (Code.COLLISION, "b.yaml:10:21", "The occupation 'X Y' is written 'X y' in a.yaml, line 10."),
        id="one job in two files but for a capital",
    ),
    pytest.param(
        [load("A", in_work(job("X\u00a0Y")), file="a.yaml"), load("B", in_work(job("X Y")), file="b.yaml")],
        (Code.COLLISION, "b.yaml:10:21", "The occupation 'X Y' is written 'X\\xa0Y' in a.yaml, line 10."),
        id="one job in two files but for a no-break space",
    ),
    pytest.param(
        [load("A", in_work(job("Café")), file="a.yaml"), load("B", in_work(job("Cafe")), file="b.yaml")],
        (Code.COLLISION, "b.yaml:10:21", "'Cafe' and 'Café' (a.yaml, line 10) would have the same identifier."),
        id="two jobs of one slug in two files",
    ),
    pytest.param(
        [load("A", file="a.yaml"), load("B", source={"document": "a.txt", "sha256": "b" * 64}, file="b.yaml")],
        (Code.COLLISION, "b.yaml:5:11", "The document 'a.txt' has a different checksum in a.yaml, line 5."),
        id="two versions of one document",
    ),
    pytest.param(
        [load("A", file="a.yaml"), load("B", source={"document": "a-txt", "sha256": "a" * 64}, file="b.yaml")],
        (Code.COLLISION, "b.yaml:4:13", "'a-txt' and 'a.txt' (a.yaml, line 4) would have the same identifier."),
        id="two documents of one slug",
    ),
    pytest.param(
        [load("\U0001f600")],
        (Code.NO_IDENTIFIER, "p.yaml:1:10", "No identifier can be made from the title '\U0001f600'."),
        id="a T Level that has none",
    ),
    pytest.param(
        [load("A", specialism("科学"))],
        (Code.NO_IDENTIFIER, "p.yaml:8:12", "No identifier can be made from the title '科学'."),
        id="a specialism that has none",
    ),
    pytest.param(
        [load("A", in_work(job("x" * 130)))],
        (
            Code.NO_IDENTIFIER,
            "p.yaml:10:21",
            f"No identifier can be made from the title {'x' * 130!r}, which is too long.",
        ),
        id="an option whose title is too long",
    ),
    pytest.param(
        [load("A", source={"document": "?", "sha256": "a" * 64})],
        (Code.NO_IDENTIFIER, "p.yaml:4:13", "No identifier can be made from the title '?'."),
        id="a document that has none",
    ),
]


@pytest.mark.parametrize(("profiles", "expected"), TOGETHER)
def test_a_collision_is_reported_at_the_second(
    profiles: list[Loaded[Profile]], expected: tuple[Code, str, str]
) -> None:
    findings = found(*profiles)

    assert [(f.code, f.place, f.message) for f in findings] == [expected]
    assert [(f.severity, bool(f.hint)) for f in findings] == [(Severity.VIOLATION, True)]


def test_two_titles_without_an_identifier_do_not_collide_with_each_other() -> None:
    findings = found(load("A", in_work(job("科学"), job("技術"))))

    assert [f.code for f in findings] == [Code.NO_IDENTIFIER] * 2


AGAINST_THE_REFERENCE = [
    (load("Healthcare science"), "The T Level 'Healthcare science' is written 'Healthcare Science'"),
    (
        load("Healthcare Science", specialism("Optical Care services")),
        "The specialism 'Optical Care services' is written 'Optical Care Services'",
    ),
    (
        load("Health", source={"document": "ons-soc-2020", "sha256": "a" * 64}),
        "'ons-soc-2020' and 'Office for National Statistics: SOC 2020 unit groups'",
    ),
]


@pytest.mark.parametrize(("loaded", "message"), AGAINST_THE_REFERENCE)
def test_titles_are_compared_with_the_reference_data(
    loaded: Loaded[Profile], message: str, index: ReferenceIndex
) -> None:
    (finding,) = found(loaded, index=index)

    assert finding.code == Code.COLLISION
    assert message in finding.message
    assert "the reference data" in finding.message


def test_a_renamed_t_level_or_specialism_keeps_its_identifier_by_a_key(index: ReferenceIndex) -> None:
    renamed = load("Health Care Sciences", specialism("Optics", key="optical-care-services"), key="healthcare-science")

    assert find_collisions([renamed], index) == []


def test_a_renamed_specialism_keeps_its_identifier_by_its_former_title(index: ReferenceIndex) -> None:
    renamed = load("Healthcare Science", specialism("Optics", formerly="Optical Care Services"))
    assert found(renamed, index=index) == []
    # The reference data has this title, with an identifier of its own.
    both = load("Healthcare Science", specialism("Optical Care Services", formerly="Optics"))
    [finding] = found(both, index=index)
    assert finding.code == Code.COLLISION
    assert "'optical-care-services'" in finding.message
    assert finding.hint == "Remove 'formerly: Optics'."


def test_a_renamed_option_shares_its_identifier_with_the_former_title_only(index: ReferenceIndex) -> None:
    renamed = load("A", in_work(job("Bread Maker", formerly="Baker of Bread")))
    assert [each.code for each in found(renamed) if each.severity is Severity.VIOLATION] == []
    # Another profile must write the new title too.
    old = load("B", in_work(job("Baker of Bread")), file="b.yaml")
    assert [each.code for each in found(renamed, old) if each.severity is Severity.VIOLATION] == [Code.COLLISION]
    for other in (
        load("B", in_work(job("Bread Maker")), file="b.yaml"),
        load("B", in_work(job("Bread Maker", key="x"))),
    ):
        for profiles in ((renamed, other), (other, renamed)):
            [finding] = [each for each in found(*profiles) if "Give the same" in (each.hint or "")]
            assert "has another identifier in" in finding.message
    known = load("A", in_work(job("Optical Assistant", formerly="Assistant in Optics")))
    assert "Remove 'formerly: Assistant in Optics'." in [each.hint for each in found(known, index=index)]


def test_a_t_level_or_specialism_may_be_written_with_another_word_for_and(index: ReferenceIndex) -> None:
    title, sign = "Engineering, Manufacturing, Processing and Control", "Machining & Toolmaking Technologies"
    loaded = load(title.replace(" and ", " & "), specialism(sign.replace("&", "and")))

    assert find_collisions([loaded], index) == []
    assert [f.code for f in find_collisions([load(title, specialism(sign.replace("&", "or")))], index)] == [
        Code.UNKNOWN_SPECIALISM
    ]


FINANCE = specialism("Investment Banking, Asset and Wealth Management Analyst")

WARNINGS = [
    (
        load("Finance", specialism("Retail and Commercial Banking Analyst"), FINANCE),
        Code.UNKNOWN_SPECIALISM,
        "p.yaml:10:12",
        "Did you mean 'Investment Banking and Asset and Wealth Management Analyst'?",
    ),
    (load("Healthcare Sience"), Code.UNKNOWN_T_LEVEL, "p.yaml:1:10", "Did you mean 'Healthcare Science'?"),
    (load("Astrology"), Code.UNKNOWN_T_LEVEL, "p.yaml:1:10", "If it is new, add it to the reference data."),
    (
        load("Healthcare Science", specialism("Astrology")),
        Code.UNKNOWN_SPECIALISM,
        "p.yaml:8:12",
        "If it is new, add it to the reference data.",
    ),
]


@pytest.mark.parametrize(("loaded", "code", "place", "hint"), WARNINGS)
def test_a_title_that_is_not_in_the_reference_data_is_a_warning(
    loaded: Loaded[Profile], code: Code, place: str, hint: str, index: ReferenceIndex
) -> None:
    (finding,) = find_collisions([loaded], index)

    assert (finding.code, finding.severity, finding.place, finding.hint) == (code, Severity.WARNING, place, hint)
