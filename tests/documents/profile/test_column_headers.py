"""The headers of table columns, and the levels and kinds in cells."""

from __future__ import annotations

import pytest

from tlevel_rdf.documents.profile.column_headers import (
    EMPTY,
    FLAGS,
    KINDS,
    LEVELS,
    TITLES,
    Column,
    column_headed,
    header_lengths,
    kind_in,
    level_of,
)
from tlevel_rdf.profiles.kinds import Kind


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Level", Column(LEVELS)),
        ("RQF level", Column(LEVELS)),
        ("Lvl", Column(LEVELS)),
        ("Type of option", Column(KINDS)),
        ("Route", Column(KINDS)),
        ("Status", Column(FLAGS)),
        ("Progression option", Column(TITLES)),
        ("Apprenticeship standard", Column(TITLES, Kind.APPRENTICESHIP)),
        ("Apprenticeship or HTQ", Column(TITLES)),
        ("Higher Technical Qualifications", Column(TITLES, Kind.HTQ)),
        ("Degree subjects", Column(TITLES, Kind.DEGREE)),
        ("Job titles", Column(TITLES, Kind.OCCUPATION)),
        ("Provider", None),
        ("Level of detail", None),
        (f"Level{' ' * 60}", None),
    ],
)
def test_a_header_describes_its_column(header: str, column: Column | None) -> None:
    assert column_headed(header) == column


@pytest.mark.parametrize(
    ("text", "level"),
    [("Level 4", 4), ("at level four", 4), ("4", 4), ("L4", 4), ("levels 4 and 5", None), ("9", None), ("4/5", None)],
)
def test_a_cell_holds_one_level_or_none(text: str, level: int | None) -> None:
    assert level_of(text) == level


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("HTQs", Kind.HTQ),
        ("Degree", Kind.DEGREE),
        ("Job role", Kind.OCCUPATION),
        ("Work", Kind.OCCUPATION),
        ("Law", None),
    ],
)
def test_a_cell_names_a_kind_or_none(text: str, kind: Kind | None) -> None:
    assert kind_in(text) == kind


def test_dashes_and_none_are_empty_cells() -> None:
    assert all(map(EMPTY.match, ("-", "\u2013", ".", "none", "Nil")))
    assert not EMPTY.match("Non-executive")


@pytest.mark.parametrize(
    ("words", "lengths"),
    [
        ("Level Degree options HTQ", [1, 2, 1]),
        ("Level 4 Level 5", [2, 2]),
        ("Level Status", []),
        ("Level", []),
        ("Level Nurse HTQ", []),
        ("Level " * 60, []),
    ],
)
def test_a_row_of_headers_is_divided_into_them(words: str, lengths: list[int]) -> None:
    assert header_lengths(words.split()) == lengths
