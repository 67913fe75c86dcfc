"""Hyphens, slashes and levels at the end of a line."""

from __future__ import annotations

import pytest

from tlevel_rdf.documents.line_joins import broken_half, is_shared, is_wrapped_level, separator


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("the Site", "Manager", " "),
        ("CAD/", "CAM", ""),
        ("24-", "hour", ""),
        ("E-", "Commerce", ""),
        ("Pre-", "and post-natal", " "),
        ("a dash -", "not one", " "),
        ("Roofer/", "(Tiler)", " "),
        ("", "a", " "),
    ],
)
def test_a_hyphen_or_slash_within_a_word_joins_two_lines_without_a_space(before: str, after: str, between: str) -> None:
    assert separator(before, after) == between


@pytest.mark.parametrize(
    ("text", "half"),
    [("the Stone-", "Stone"), ("Non-gov\u2010", "Non-gov"), ("level 4-", ""), ("a -", ""), ("Stone", ""), ("", "")],
)
def test_the_first_half_of_a_word_stands_before_a_hyphen_at_the_end(text: str, half: str) -> None:
    assert broken_half(text) == half


def test_a_long_line_is_searched_only_at_its_end() -> None:
    assert broken_half("x" * 1_000_000 + "-") == "x" * 79


def test_a_hyphen_before_a_conjunction_can_stand_for_a_shared_half() -> None:
    assert is_shared("Pre", "and post-natal")
    assert is_shared("Inter", "or intranational")
    assert not is_shared("Stone", "and others")
    assert not is_shared("Pre", "natal")


def test_a_number_after_the_word_level_is_not_the_number_of_an_item() -> None:
    assert is_wrapped_level("at level", "4. At")
    assert is_wrapped_level("Levels", "2 and 3")
    assert not is_wrapped_level("at level 4", "4. At")
    assert not is_wrapped_level("at level", "4th")
