"""The decision whether the hyphen in a broken word stays."""

from __future__ import annotations

import pytest

from tlevel_rdf.documents.readers.dehyphenation import Hyphenation


@pytest.mark.parametrize(
    ("half", "rest", "keeps", "is_certain"),
    [
        ("appren", "ticeship", False, True),
        ("Techni", "cian", False, True),
        ("Stone", "mason", False, False),
        ("work", "based", True, True),
        ("Full", "time", True, True),
        ("well", "being", True, False),
        ("e", "commerce", True, True),
        ("End-of", "life", True, False),
    ],
)
def test_the_halves_of_a_word_decide_about_its_hyphen(half: str, rest: str, *, keeps: bool, is_certain: bool) -> None:
    assert Hyphenation([], has_soft_hyphens=False).decide(half, rest) == (keeps, is_certain)


@pytest.mark.parametrize(
    ("text", "keeps", "is_certain"),
    [("a Stonemason", False, True), ("a stone\u2010mason", True, True), ("Stonemason, Stone-mason", False, False)],
)
def test_another_spelling_in_the_document_decides(text: str, *, keeps: bool, is_certain: bool) -> None:
    assert Hyphenation([text], has_soft_hyphens=False).decide("Stone", "mason") == (keeps, is_certain)


def test_a_hyphen_in_a_document_with_soft_hyphens_belongs_to_its_word() -> None:
    assert Hyphenation([], has_soft_hyphens=True).decide("Stone", "mason") == (True, False)
