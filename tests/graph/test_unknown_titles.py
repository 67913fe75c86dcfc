"""Titles and levels of options that are close to those of the registers get a warning at their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.findings import Severity
from tlevel_rdf.graph.unknown_titles import TitleCheck
from tlevel_rdf.reference.index import ReferenceIndex

from .samples import load, specialism

if TYPE_CHECKING:
    from tlevel_rdf.findings import Finding
    from tlevel_rdf.profiles.model import Profile
    from tlevel_rdf.profiles.validation import Loaded

INDEX = ReferenceIndex(
    standard_titles={"Dispensing optician": [6], "Optical assistant": [2, 3], "Baker in training": []},
    htq_titles={"Diploma in Optics": [5]},
    job_titles=["Optometrist", "Lens grinder"],
    jobs={"optical-assistant": "Optical Assistant"},
)


def technical(kind: str, title: str, level: int, **more: object) -> dict[str, object]:
    return specialism("S", technical=[{kind: title, "level": level, **more}])


def find(contents: dict[str, object]) -> list[Finding]:
    return list(TitleCheck(INDEX).find(load("T", contents)))


@pytest.mark.parametrize(
    ("contents", "message", "hint"),
    [
        (
            technical("apprenticeship", "Dispensing Opticain", 6),
            "The registers have no apprenticeship 'Dispensing Opticain'.",
            "Did you mean 'Dispensing optician'?",
        ),
        (
            technical("apprenticeship", "Optical assistants", 3),
            "The registers have no apprenticeship 'Optical assistants'.",
            "Did you mean 'Optical assistant'?",
        ),
        (
            technical("higher technical qualification", "Diploma in Optcis", 5),
            "The registers have no higher technical qualification 'Diploma in Optcis'.",
            "Did you mean 'Diploma in Optics'?",
        ),
        (
            technical("apprenticeship", "DISPENSING  OPTICIAN", 4),
            "The registers have 'DISPENSING  OPTICIAN' at level 6, and not at level 4.",
            "Compare the level with the document.",
        ),
        (
            technical("apprenticeship", "Optical Assistant", 4),
            "The registers have 'Optical Assistant' at level 2 and 3, and not at level 4.",
            "Compare the level with the document.",
        ),
        (
            technical("higher technical qualification", "Diploma in optics", 4),
            "The registers have 'Diploma in optics' at level 5, and not at level 4.",
            "Compare the level with the document.",
        ),
        (
            specialism("S", work=[{"occupation": "Optometirst"}]),
            "The registers have no occupation 'Optometirst'.",
            "Did you mean 'Optometrist'?",
        ),
    ],
)
def test_a_likely_mistake_is_a_warning_with_a_hint(contents: dict[str, object], message: str, hint: str) -> None:
    (finding,) = find(contents)
    assert finding.severity is Severity.WARNING
    assert finding.message == message
    assert str(finding.hint).startswith(hint)
    assert finding.line
    assert finding.column


@pytest.mark.parametrize(
    "contents",
    [
        technical("apprenticeship", "Dispensing & Optician", 6),
        technical("apprenticeship", "dispensing optician", 6),
        technical("apprenticeship", "Optical assistant", 2),
        technical("apprenticeship", "Optical assistant", 3),
        technical("apprenticeship", "Baker in training", 4),
        technical("apprenticeship", "Senior optician", 6),
        technical("apprenticeship", "Dispensing optician", 4, flags=["in development"]),
        technical("apprenticeship", "Dispensing optician", 4, flags=["under revision"]),
        technical("higher technical qualification", "Dispensing optician", 4),
        technical("higher technical qualification", "Diploma in Baking", 4),
        specialism("S", work=[{"occupation": "optometrist"}, {"occupation": "Optical assistant"}]),
        specialism("S", work=[{"occupation": "Dispensing optician"}, {"occupation": "Lens designer"}]),
        specialism("S", education=[{"degree": "Optometirst"}]),
    ],
)
def test_a_known_title_and_one_that_is_only_unknown_get_none(contents: dict[str, object]) -> None:
    assert find(contents) == []


def test_without_reference_data_nothing_is_reported() -> None:
    contents = technical("apprenticeship", "Dispensing Opticain", 6)
    assert list(TitleCheck(ReferenceIndex()).find(load("T", contents))) == []


def test_the_shipped_profile_has_no_such_title(healthcare_science: Loaded[Profile], index: ReferenceIndex) -> None:
    assert list(TitleCheck(index).find(healthcare_science)) == []
