"""Markers at the beginning of a line, and note marks."""

from __future__ import annotations

import pytest

from tlevel_rdf.documents.document import Role
from tlevel_rdf.documents.readers.line_markers import NUMBERED, is_note_mark, leading_marker, word_set


@pytest.mark.parametrize(
    ("text", "role", "skipped"),
    [
        ("## Title", Role.HEADING, 3),
        ("#Title", Role.TEXT, 0),
        ("  - Nurse", Role.ITEM, 4),
        ("\uf0b7 Nurse", Role.ITEM, 2),
        ("(2) Nurse", Role.ITEM, 0),
        ("12. Nurse", Role.ITEM, 0),
        ("-5 degrees", Role.TEXT, 0),
        ("- ", Role.TEXT, 0),
        ("Nurse", Role.TEXT, 0),
    ],
)
def test_the_marker_of_a_line_gives_its_role_and_bullets_are_skipped(text: str, role: Role, skipped: int) -> None:
    assert leading_marker(text) == (role, skipped)


@pytest.mark.parametrize(
    ("text", "is_mark"), [("1", True), ("[12]", True), (" *† ", True), ("th", False), ("1a", False)]
)
def test_a_note_mark_is_a_number_or_signs(text: str, *, is_mark: bool) -> None:
    assert is_note_mark(text) is is_mark


def test_a_text_with_its_own_number_is_recognised() -> None:
    assert NUMBERED.match("7c. T Level")
    assert not NUMBERED.match("T Level")


def test_the_words_of_a_text_are_a_set() -> None:
    assert word_set("a b a") == {"a", "b"}
