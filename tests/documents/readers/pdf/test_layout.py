"""The lines of a PDF page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.documents.readers.pdf.drawing import read, words
from tlevel_rdf.documents.document import Link, Location, Omission, Role

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def test_lines_have_their_page_and_their_number_from_its_top() -> None:
    document = read(words("One", "two"), words("Three"))
    assert [(line.text, line.location) for line in document.lines] == [
        ("One", Location(page=1, line=1)),
        ("two", Location(page=1, line=2)),
        ("Three", Location(page=2, line=1)),
    ]
    assert document.lines[0].column_at(0) is None


def test_the_rows_of_a_heading_and_of_a_cell_are_one_line() -> None:
    heading = words("7c. T Level in Art,", "Craft and Design", size=16, step=20, foot=760)
    cells = [
        *words("Level", "4", step=40),
        *words("Options", left=200),
        *words("the A and", "the B", left=200, foot=660),
    ]

    def grid(canvas: Canvas) -> None:
        canvas.grid([70, 190, 400], [640, 675, 715])

    lines = read([*heading, *cells, *words("Body text that is the most of it all", foot=500)], draw=grid).lines
    assert [(line.text, line.role) for line in lines] == [
        ("7c. T Level in Art, Craft and Design", Role.HEADING),
        ("Level", Role.CELL),
        ("Options", Role.CELL),
        ("4", Role.CELL),
        ("the A and the B", Role.CELL),
        ("Body text that is the most of it all", Role.TEXT),
    ]
    assert lines[4].location_at(0) == Location(page=1, line=4)
    assert lines[4].location_at(12) == Location(page=1, line=5)


def test_links_cover_the_words_under_them_and_continue_over_line_ends() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.linkURL("https://e.org/a", (91, 698, 130, 710))
        canvas.linkURL("https://e.org/a", (72, 685, 92, 697))

    lines = read(words("the Optician,", "Aide."), draw=draw).lines
    assert lines[0].links == (Link(4, 13, "https://e.org/a"),)
    assert lines[1].links == (Link(0, 4, "https://e.org/a", continues=True),)


def test_a_word_broken_by_the_end_of_a_line_has_both_locations() -> None:
    first, second = read(words("an appren-", "ticeship is")).lines
    assert (first.text, first.location_at(9), second.text) == ("an apprenticeship", Location(page=1, line=2), "is")


@pytest.mark.parametrize("sign", ["\u2022", "-", "*"])
def test_bullets_are_dropped_at_any_distance(sign: str) -> None:
    (line,) = read([*words(sign), *words("An item", left=110)]).lines
    assert (line.text, line.role) == ("An item", Role.ITEM)


def test_a_number_stays_with_its_words() -> None:
    (line,) = read([*words("1."), *words("Optical Care", left=110)]).lines
    assert (line.text, line.role) == ("1. Optical Care", Role.ITEM)


def test_the_raised_mark_of_a_note_is_reported_and_dropped() -> None:
    document = read([(72, 700, "Optometry", 10), (117, 704, "1", 8.3), (124, 700, "and Art", 10)])
    assert [line.text for line in document.lines] == ["Optometry and Art"]
    assert document.omissions == (Omission("the mark of a note: 1", Location(page=1, line=1)),)


def test_a_page_of_many_scattered_words_is_reported_and_not_read() -> None:
    scattered = [(50.0 * (n % 11), 800 - 5.0 * (n // 11), str(n), 2.0) for n in range(1600)]
    document = read(words("One"), scattered)
    assert [line.text for line in document.lines] == ["One"]
    message = "a page with more than 1,500 words apart from one another"
    assert document.omissions == (Omission(message, Location(page=2)),)
