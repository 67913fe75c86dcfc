"""Text wrapped to the width of a box, whatever its characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tlevel_rdf.web.html.maps.text_wrapping import text_width, wrap


def test_words_stay_whole_where_they_fit() -> None:
    assert wrap("Healthcare  Science\nPractitioner", 13, 120) == ("Healthcare", "Science", "Practitioner")
    assert wrap("", 13, 120) == wrap(" \n", 13, 120) == ()


def test_a_long_word_continues_on_the_next_line() -> None:
    lines = wrap("a " + "W" * 50, 13, 100)
    assert lines[0] == "a"
    assert "".join(lines[1:]) == "W" * 50
    assert len(lines) > 5


def test_characters_that_xml_cannot_contain_are_left_out() -> None:
    assert wrap("a\x00\x01b\ufffe \ud800c", 13, 100) == ("ab c",)


def test_wide_characters_and_combining_marks_have_their_own_widths() -> None:
    assert text_width("漢", 10) > text_width("M", 10) > text_width("i", 10)
    assert text_width("e\u0301", 10) == text_width("e", 10)


@given(st.text(), st.integers(20, 300))
def test_every_line_fits_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrap(text, 12, width)
    # The sums are rounded differently.
    assert all(text_width(line, 12) <= width + 0.001 for line in lines)
    assert all(line == line.strip() for line in lines)
    kept = "".join(lines).replace(" ", "")
    assert kept == "".join("".join(wrap(text, 12, 10**6)).split())
