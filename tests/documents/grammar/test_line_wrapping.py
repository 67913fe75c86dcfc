"""The width at which a document breaks its lines."""

from __future__ import annotations

from tlevel_rdf.documents.document import Line, Location
from tlevel_rdf.documents.grammar.line_wrapping import WrapWidths


def widths(*texts: str, first: int = 1) -> WrapWidths:
    return WrapWidths([Line(text, Location(first + n)) for n, text in enumerate(texts)])


BROKEN = [
    "a line of a paragraph that somebody has broken",
    "at about forty-five characters, and then goes",
    "on in the next line for a while, as all of its",
    "lines do",
]


def test_a_line_is_full_if_the_next_word_does_not_fit_the_width_nearby() -> None:
    assert widths(*BROKEN, "Construction Estimator, Surveyor, Roofer", "Clerk").is_full(4)


def test_a_line_is_not_full_if_the_next_word_fits() -> None:
    assert not widths(*BROKEN, "Roofer", "Clerk").is_full(4)


def test_short_lines_show_no_width() -> None:
    assert not widths("Drainage Engineer", "Construction Estimator", "Clerk of Works").is_full(0)


def test_the_longest_line_shows_the_width_if_no_line_is_broken() -> None:
    line = "For work, career progression could include Roofer, Construction"
    assert widths(line, "Estimator").is_full(0)


def test_a_whole_paragraph_shows_no_width() -> None:
    line = "For work, career progression could include Roofer, Construction"
    assert not widths("A long paragraph. " * 20, line, "Estimator").is_full(1)


def test_beside_a_whole_paragraph_a_neighbour_of_the_same_length_shows_the_width() -> None:
    line = "For work, career progression could include Roofer, Construction"
    below = "Estimator, Bricklayer, Surveyor, Construction Manager, and the"
    assert widths("A long paragraph. " * 20, line, below, "Clerk of Works").is_full(1)


def test_a_narrow_column_needs_more_broken_lines_to_show_its_width() -> None:
    column = [
        "a narrow column of words",
        "that goes on and on and",
        "on in many lines, which",
        "are all short and full",
    ]
    assert not widths(*column, "Roofer and Carpenter in", "Leeds").is_full(4)
    assert widths(*column, "of words, as is seen in", "these lines", "Roofer and Carpenter in", "Leeds").is_full(6)
