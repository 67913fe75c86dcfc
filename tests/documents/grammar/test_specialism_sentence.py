"""The sentence that announces the specialisms states their count and names, which can be read in several ways."""

from __future__ import annotations

import pytest

from tests.documents.grammar.rows import sentences
from tlevel_rdf.documents.grammar.specialism_sentence import Announcement, announcement_in


def announced(text: str) -> Announcement | None:
    (sentence,) = sentences(text)
    return announcement_in(sentence)


@pytest.mark.parametrize(
    ("text", "count", "names"),
    [
        ("This T Level has two occupational specialisms: A B and C D.", 2, ["A B", "C D"]),
        ("This T Level has one occupational specialism: Law and Order.", 1, ["Law and Order"]),
        ("This T Level has a single specialism: Law.", 1, ["Law"]),
        ("The T Level in X has 3 occupational specialisms, A, B and C.", 3, ["A", "B", "C"]),
        ("There are two occupational specialisms.", 2, []),
        ("The occupational specialisms are Law and Tax.", None, ["Law", "Tax"]),
        ("Occupational specialisms:", None, []),
    ],
)
def test_an_announcement_has_a_count_or_names(text: str, count: int | None, names: list[str]) -> None:
    announcement = announced(text)
    assert announcement
    assert (announcement.count, announcement.names) == (count, names)
    assert announcement.total == (count or len(names))
    assert announcement.is_open is text.endswith(":")


@pytest.mark.parametrize(
    "text",
    [
        "For these occupational specialisms, there are progression pathways.",
        "The specialisms differ.",
        "T Levels are new.",
        f"This T Level has two occupational specialisms: {'A, ' * 700}B.",
    ],
)
def test_other_sentences_announce_nothing(text: str) -> None:
    assert announced(text) is None


@pytest.mark.parametrize(
    ("titles", "is_covered"),
    [
        (["A and B", "C, D and E Analyst"], True),
        (["A", "B and C", "D", "E Analyst"], True),
        (["A and B", "C"], False),
        (["A", "B", "C", "D", "F Analyst"], False),
    ],
)
def test_the_names_can_be_read_as_the_headings_are(titles: list[str], *, is_covered: bool) -> None:
    announcement = announced("This T Level has two occupational specialisms: A and B and C, D and E Analyst.")
    assert announcement
    assert announcement.is_covered_by(titles) is is_covered


def test_names_of_the_lines_below_are_the_only_reading() -> None:
    announcement = announced("There are two occupational specialisms:")
    assert announcement
    announcement.names = ["Law and Order", "Tax"]
    assert announcement.possible == {"law and order", "tax"}
    assert announcement.is_covered_by(["Tax", "Law and Order"])
