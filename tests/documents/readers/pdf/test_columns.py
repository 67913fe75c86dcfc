"""Columns of a PDF page."""

from __future__ import annotations

import pytest

from tests.documents.readers.pdf.drawing import Words, read, words
from tlevel_rdf.documents.document import Location, Omission

LEFT = [
    "At level 4, there is the Roofer apprenticeship",
    "and the Construction HTQ, which learners who",
    "have finished may go on to. At level 6, there is",
    "the Surveyor apprenticeship. For work, career",
    "progression could include Bricklayer, Clerk of",
]


RIGHT = [
    "Works, Estimator and Site Manager, or others of",
    "which a learner has heard. For education, some",
    "degree options may include Law, History and a",
    "number of others that are not named here.",
]


TITLE = "8a. T Level in Onsite Construction, over the whole of both of the columns below and wide enough for that"


FOOT = "What stands below both columns and is a paragraph as wide as the page is, so that no gutter goes through it"


def columns(*, down: float = 0, right: float = 300, size: float = 10) -> list[Words]:
    return [*words(*LEFT, size=size), *words(*RIGHT, left=right, foot=700 - down, size=size)]


@pytest.mark.parametrize("down", [0, 2, 4.5, 6.5, 9, 20])
@pytest.mark.parametrize("right", [300, 305, 340])
def test_columns_are_found_by_their_gutter(down: float, right: float) -> None:
    lines = read([*words(TITLE, foot=760), *columns(down=down, right=right), *words(FOOT, foot=560)]).lines
    assert [line.text for line in lines] == [TITLE, *LEFT, *RIGHT, FOOT]
    assert [line.location for line in lines] == [Location(page=1, line=n) for n in range(1, len(lines) + 1)]


def test_a_paragraph_continues_from_the_foot_of_a_column_at_the_top_of_the_next() -> None:
    lines = read([*words(TITLE, foot=760), *columns(down=4)]).lines
    assert [line.has_gap_above for line in lines] == [False, True, *[False] * (len(LEFT) + len(RIGHT) - 1)]


def test_the_last_line_of_the_text_above_columns_is_read_before_them() -> None:
    above = words(f"{TITLE},", "and its end", foot=740)
    lines = read([*above, *columns(down=4)]).lines
    assert [line.text for line in lines] == [f"{TITLE},", "and its end", *LEFT, *RIGHT]


def test_the_heading_of_the_text_below_columns_is_read_after_them() -> None:
    below = [*words("2. Roofing", foot=570), *words(FOOT, foot=555)]
    lines = read([*words(TITLE, foot=760), *columns(down=4), *below]).lines
    assert [line.text for line in lines][-3:] == [RIGHT[-1], "2. Roofing", FOOT]


def test_a_header_above_both_columns_is_read_before_them() -> None:
    header = [*words("T Levels", foot=810, size=8), *words("Skills England", foot=810, left=450, size=8)]
    lines = read([*header, *columns(down=4)]).lines
    assert [line.text for line in lines] == ["T Levels", "Skills England", *LEFT, *RIGHT]


def test_three_columns_are_read_one_after_the_other() -> None:
    rows = [
        [f"column {name} has lines", "that are of one length", "and go on in the next", "as those do here"]
        for name in "abc"
    ]
    page = [row for n, texts in enumerate(rows) for row in words(*texts, left=72 + 115 * n, foot=700 - 4 * n)]
    assert [line.text for line in read(page).lines] == [text for texts in rows for text in texts]


def test_columns_with_a_gutter_of_less_than_an_em_are_reported() -> None:
    page = [*words(*["which a learner has"] * 5), *words(*["degree options"] * 5, left=168)]
    assert read(page).omissions == (Omission("the order of words that stand side by side", Location(page=1)),)


def test_words_side_by_side_that_may_be_the_cells_of_a_table_are_reported() -> None:
    page = [*words(*["Roofer"] * 6), *words(*["Slater"] * 6, left=115)]
    assert read(page).omissions == (Omission("the order of words that stand side by side", Location(page=1)),)


def test_columns_are_read_one_after_the_other() -> None:
    left = words("At level 4, there is the A and", "the B apprenticeships.", "For work, so.")
    right = words("At level 6, there is the C", "apprenticeship.", left=320)
    lines = read(
        [
            *words("A title over the whole of both columns of the page, and wide enough for that", foot=740),
            *left,
            *right,
        ]
    ).lines
    assert [line.text for line in lines][1:] == [text for _, _, text, _ in [*left, *right]]
