"""Blocks of words, and the order in which they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.documents.readers.pdf.drawing import read, words

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def test_two_small_lines_beside_a_large_one_are_two() -> None:
    page = [*words("Large", size=24), *words("one small line", "and another", left=300, foot=708, step=10, size=9)]
    assert [line.text for line in read(page).lines] == ["Large", "one small line", "and another"]


def test_a_justified_line_of_few_words_is_one() -> None:
    rows = ["a paragraph whose lines are as wide as the column", "Organisation", "and its last line"]
    left = 72 + stringWidth(rows[0], "Helvetica", 10) - stringWidth("Welfare", "Helvetica", 10)
    lines = read([*words(*rows), *words("Welfare", left=left, foot=687)]).lines
    assert [line.text for line in lines] == [rows[0], "Organisation Welfare", rows[2]]


def test_a_justified_first_line_of_a_paragraph_is_one() -> None:
    rows = ["a paragraph whose lines are as wide as the column"] * 3
    end = 72 + stringWidth(rows[0], "Helvetica", 10)
    few = ["For", "these", "options"]
    gap = (end - 72 - sum(stringWidth(word, "Helvetica", 10) for word in few)) / 2
    places = [72 + n * gap + sum(stringWidth(word, "Helvetica", 10) for word in few[:n]) for n in range(3)]
    spread = [(place, 640, word, 10) for place, word in zip(places, few, strict=True)]
    page = [*words(*rows), *spread, *words(rows[0], foot=627)]
    assert [line.text for line in read(page).lines][3:] == ["For these options", rows[0]]


def test_rows_closer_than_lines_show_no_line_distance() -> None:
    cells = [row for n in range(4) for row in ((72, 600 - 20 * n, str(n), 10), (200, 604 - 20 * n, "Roofer", 10))]
    page = [*words("A paragraph that has two lines and", "goes on in the second"), *cells]
    assert [line.has_gap_above for line in read(page).lines][:3] == [False, False, True]


def test_a_wider_gap_above_a_line_begins_a_paragraph() -> None:
    lines = read([*words("One", "two"), *words("three", "four", foot=660), *words("five", foot=620)]).lines
    assert [line.has_gap_above for line in lines] == [False, False, True, False, True]


@pytest.mark.parametrize(("level", "kind"), [(700, 700), (680, 700), (660, 700), (700, 660), (700, 680)])
def test_a_table_is_read_along_its_rows_wherever_in_its_cell_a_word_stands(level: int, kind: int) -> None:
    cells = [(72, level, "4", 10), (200, kind, "Roofer", 10), (72, kind - 60, "5", 10), (200, level - 60, "Tiler", 10)]

    def grid(canvas: Canvas) -> None:
        canvas.grid([70, 190, 400], [595, 655, 715])

    assert [line.text for line in read([*words("Body", foot=760), *cells], draw=grid).lines] == [
        *("Body", "4", "Roofer", "5", "Tiler")
    ]
