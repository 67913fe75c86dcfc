"""A document is divided into its profiles at their headings."""

from __future__ import annotations

import pytest

from tests.documents.reading import read_bytes
from tlevel_rdf.documents.grammar.segmentation import Passage, split_passages
from tlevel_rdf.documents.profile.sections import heading_of, split_sections


def passages(text: str, name: str = "a.txt") -> list[Passage]:
    return split_passages(read_bytes(text.encode(), name))


HEADINGS = [
    # the heading, the section, the T Level
    ("7c. T Level in Healthcare Science", "7c", "Healthcare Science"),
    ("T Level in Finance", None, "Finance"),
    ("11b) T Level in Finance", "11b", "Finance"),
    ("7. T Level in Finance", "7", "Finance"),
    ("3.2 T Level in Finance", "3.2", "Finance"),
    ("7c T-Level in Media, Broadcast and Production", "7c", "Media, Broadcast and Production"),
    ("Section 7c: T Level in Finance", "7c", "Finance"),
    ("7c. The T Level in Finance", "7c", "Finance"),
    ("7c. T LEVEL IN FINANCE", "7c", "FINANCE"),
    ("7c. T Level in Finance - The Progression Profile", "7c", "Finance"),
    ("7c. T Level in Finance: Progression Profile", "7c", "Finance"),
    ("Progression Profile: T Level in Finance", None, "Finance"),
    ("Progression profile for the T Level in Finance", None, "Finance"),
    ("T Level: Finance", None, "Finance"),
    ("7c. Healthcare Science T Level", "7c", "Healthcare Science"),
    ("# 7c. T Level in Finance", "7c", "Finance"),
]


@pytest.mark.parametrize(("heading", "section", "t_level"), HEADINGS)
def test_headings_of_profiles(heading: str, section: str | None, t_level: str) -> None:
    (passage,) = passages(heading, "a.md" if heading.startswith("#") else "a.txt")

    assert heading_of(passage) == (section, t_level)


@pytest.mark.parametrize(
    "line",
    [
        "This T Level has one occupational specialism: Law.",
        "7c. T Level in Finance ........ 12",
        "The Progression Profile",
        "T Level in which learners study",
        f"T Level in {'Law ' * 80}",
        "Law",
    ],
)
def test_other_lines_are_no_headings(line: str) -> None:
    (passage,) = passages(line)

    assert heading_of(passage) is None


PART = "This T Level has one occupational specialism: {0}.\n\nWork: {0} Adviser.\n\n{1}\n\nWork: {0} Clerk.\n\n"


def test_the_heading_again_on_the_next_page_begins_no_profile() -> None:
    names = (("a", "Law"), ("b", "Tax"), ("c", "Art"))
    text = "".join(
        f"7{letter}. T Level in {name}\n\n" + PART.format(name, f"T Level in {name}") for letter, name in names
    )
    before, sections = split_sections(passages(text))

    assert before == []
    assert [section.heading for section in sections] == [("7a", "Law"), ("7b", "Tax"), ("7c", "Art")]
    assert [len(section.passages) for section in sections] == [3, 3, 3]


def test_a_line_that_only_names_a_t_level_stays_in_the_profile_before_it() -> None:
    text = f"Welcome\n\nT Level in Law\n\n{PART.format('Law', 'More')}T Level in Art\n\nT Level in Law 12\n\nThe end"
    before, (section,) = split_sections(passages(text))

    assert [passage.text for passage in before] == ["Welcome"]
    assert [passage.text for passage in section.passages][3:] == ["Work: Law Clerk.", "T Level in Art", "The end"]


def test_names_before_the_first_profile_stand_outside_it() -> None:
    before, (section,) = split_sections(passages(f"T Level in Art\n\nT Level in Law\n\n{PART.format('Law', 'End')}"))

    assert [passage.text for passage in before] == ["T Level in Art"]
    assert section.at.text == "T Level in Law"


def test_without_any_options_every_heading_is_kept() -> None:
    _, sections = split_sections(passages("T Level in Art\n\nT Level in Law"))

    assert [section.heading.t_level for section in sections] == ["Art", "Law"]
