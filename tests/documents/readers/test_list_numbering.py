"""The numbers of list items."""

from __future__ import annotations

import pytest

from tlevel_rdf.documents.readers.list_numbering import numeral


@pytest.mark.parametrize(
    ("number", "style", "label"),
    [
        (3, "decimal", "3"),
        (3, "decimalZero", "03"),
        (1, "lowerLetter", "a"),
        (26, "lowerLetter", "z"),
        (28, "upperLetter", "AB"),
        (14, "lowerRoman", "14"),
        (0, "lowerLetter", "0"),
        (-1, "lowerLetter", "-1"),
        (999_999, "lowerLetter", "999999"),
    ],
)
def test_a_number_is_written_in_the_style_of_its_list(number: int, style: str, label: str) -> None:
    assert numeral(number, style) == label
