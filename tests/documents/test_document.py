"""The location of each character of a line, and lines that follow one another."""

from __future__ import annotations

import pytest

from tlevel_rdf.documents.document import Line, Location

LINE = Line("the Stonemason", Location(3), columns=tuple(range(5, 14)), continuations=((9, Location(4)),))


def test_a_character_has_the_location_of_the_source_line_that_holds_it() -> None:
    assert [LINE.location_at(offset) for offset in (0, 8, 9, 99)] == [*[Location(3)] * 2, *[Location(4)] * 2]


def test_a_character_has_its_column_and_those_behind_the_end_have_the_last() -> None:
    assert [LINE.column_at(offset) for offset in (0, 8, 99)] == [5, 13, 13]
    assert Line("a", Location(1)).column_at(0) is None


@pytest.mark.parametrize(
    ("above", "below", "is_above"),
    [
        (Location(3), Location(4), True),
        (Location(3), Location(3), True),
        (Location(3), Location(5), False),
        (Location(4), Location(3), False),
        (Location(9, page=1), Location(1, page=2), True),
        (Location(9, page=1), Location(10, page=3), False),
        (Location(paragraph=3), Location(paragraph=3), True),
        (Location(paragraph=3), Location(paragraph=4), False),
        (Location(), Location(), False),
    ],
)
def test_a_location_is_right_above_the_next_line_or_page(above: Location, below: Location, *, is_above: bool) -> None:
    assert above.is_right_above(below) is is_above
    assert Line("b", below).is_right_below(Line("a", above)) is is_above


def test_a_gap_separates_two_lines() -> None:
    assert not Line("b", Location(2), has_gap_above=True).is_right_below(Line("a", Location(1)))


def test_a_line_is_right_below_the_last_source_line_of_another() -> None:
    assert Line("b", Location(5)).is_right_below(LINE)


def test_a_line_is_the_rest_of_the_one_that_took_its_first_word() -> None:
    assert Line("now", Location(4)).is_rest_of(LINE)
    assert not Line("now", Location(5)).is_rest_of(LINE)
    assert not Line("b", Location(2)).is_rest_of(Line("a", Location(1)))
