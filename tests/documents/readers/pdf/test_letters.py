"""Letters that are drawn twice are read once, and turned letters are reported."""

from __future__ import annotations

import pytest

from tests.documents.readers.pdf.drawing import lines_of, page_of, text_at, written


def lines(content: str) -> list[str]:
    return lines_of(page_of(written(content)))


@pytest.mark.parametrize(("right", "down"), [(0, 0), (0.3, 0), (0.5, 0.4), (1.2, -1), (-0.7, 0.7)])
def test_a_line_that_is_drawn_twice_is_read_once(right: float, down: float) -> None:
    twice = text_at(20, 50, "Illness officer") + text_at(20 + right, 50 + down, "Illness officer")
    assert lines(twice) == ["Illness officer"]


def test_a_line_drawn_four_times_in_two_colours_is_read_once() -> None:
    grey = "0.8 g " + text_at(20.8, 49.2, "Illness") + text_at(20.8, 49.2, "Illness")
    assert lines(grey + " 0 g " + text_at(20, 50, "Illness") + text_at(20.2, 50, "Illness")) == ["Illness"]


def test_a_layer_of_recognised_text_over_the_same_words_is_read_once() -> None:
    layer = "BT 3 Tr /F 9 Tf 22 51 Td (Dental) Tj ET BT /F 9 Tf 53 51 Td (nurse) Tj ET"
    assert lines(text_at(20, 50, "Dental nurse") + layer) == ["Dental nurse"]


@pytest.mark.parametrize("text", ["Illiii fill llll", "1111 22 33", "aa ee oo ...", "Www ooo"])
def test_letters_that_are_doubled_in_a_word_stay(text: str) -> None:
    assert lines(text_at(20, 50, text)) == [text]


TURNS = ["0.7 0.7 -0.7 0.7 60 20", "0 1 -1 0 190 5", "0.98 0.2 -0.2 0.98 50 60", "-1 0 0 1 190 20"]


@pytest.mark.parametrize("turn", TURNS)
def test_turned_words_are_reported_and_stand_in_no_line(turn: str) -> None:
    page = page_of(written(f"{text_at(20, 50, 'Dental nurse')} q {turn} cm {text_at(0, 0, 'DRAFT')} Q"))
    assert lines_of(page) == ["Dental nurse"]
    assert [words for words, _ in page.omissions if words] == ["turned words: “DRAFT”"]
