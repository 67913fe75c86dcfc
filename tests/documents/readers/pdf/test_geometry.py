"""Words, rows and segments of a page."""

from __future__ import annotations

import pytest

from tlevel_rdf.documents.document import Cell
from tlevel_rdf.documents.readers.pdf.geometry import (
    Block,
    Box,
    Page,
    Word,
    bounds,
    rows,
    segments,
    text_of,
    typical_size,
    words_outside_tables,
)


def word(text: str, left: float, top: float = 100, size: float = 10) -> Word:
    return Word(text, left, left + size * len(text) / 2, top, top + size, size, is_bold=False, link=-1)


def texts(found: list[list[Word]]) -> list[str]:
    return [text_of(row) for row in found]


def test_words_at_one_height_are_a_row_from_left_to_right() -> None:
    assert texts(rows([word("b", 50, 103), word("c", 20, 120), word("a", 20)])) == ["a b", "c"]


def test_two_small_words_above_one_another_beside_a_large_one_are_two_rows() -> None:
    assert texts(rows([word("Large", 20, size=30), word("up", 200, 104), word("down", 200, 117)])) == [
        "Large up",
        "down",
    ]


def test_a_row_is_split_at_a_wide_gap_but_not_behind_the_number_of_an_item() -> None:
    split = [text_of(each.words) for each in segments(1, [word("1.", 20), word("a", 70), word("b", 120)])]
    assert split == ["1. a", "b"]


@pytest.mark.parametrize(("left", "count"), [(36.9, 1), (37.1, 2)])
def test_a_row_is_split_at_a_gap_of_more_than_twelve_tenths_of_an_em(left: float, count: int) -> None:
    assert len(segments(1, [word("a", 20), word("b", left)])) == count


def test_a_block_grows_with_its_segments() -> None:
    (first,) = segments(1, [word("a", 20)])
    (second,) = segments(2, [word("bcd", 10, 113)])
    block = Block([first])
    block.add(second)
    assert block.box == bounds([first.box, second.box]) == Box(10, 25, 100, 123)


def test_words_in_a_table_are_not_outside_tables() -> None:
    table = ((Box(0, 50, 90, 130), Cell(1, 0, 0)),)
    page = Page(1, 800, (word("in", 20), word("out", 80)), tables=(table,))
    assert text_of(words_outside_tables(page)) == "out"


def test_the_typical_size_is_that_of_most_letters() -> None:
    assert typical_size([Page(1, 800, (word("a", 1, size=16), word("b", 1, size=16), word("long", 1)))]) == 10
