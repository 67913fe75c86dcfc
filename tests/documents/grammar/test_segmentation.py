"""Passages are split into sentences, and lines joined to passages."""

from __future__ import annotations

import pytest

from tests.documents.reading import read_bytes
from tlevel_rdf.documents.document import Cell, Document, Line, Link, Location, Role
from tlevel_rdf.documents.grammar.segmentation import Passage, Span, split_passages

SPLIT = [
    ("One. Two.", ["One.", "Two."]),
    ("See e.g. Law. Two.", ["See e.g. Law.", "Two."]),
    ("A (one. Two.) b. Three.", ["A (one. Two.) b.", "Three."]),
    ("No. 5 is it. Two.", ["No. 5 is it.", "Two."]),
    ("There is none? Yes! Two", ["There is none?", "Yes!", "Two"]),
    ("It costs 4.50 now. Two.", ["It costs 4.50 now.", "Two."]),
    ("One. at level 4 there is more.", ["One.", "at level 4 there is more."]),
    ("One.At level 4 there is more.", ["One.", "At level 4 there is more."]),
    ("1. Optical Care Services", ["1. Optical Care Services"]),
    ("One (unclosed. Two.", ["One (unclosed.", "Two."]),
    ("More experience. f", ["More experience.", "f"]),
    ("…", ["…"]),
]


@pytest.mark.parametrize(("text", "parts"), SPLIT)
def test_a_sentence_ends_at_its_stop(text: str, parts: list[str]) -> None:
    (passage,) = split_passages(read_bytes(text.encode(), "a.html"))

    assert [sentence.text for sentence in passage.sentences] == parts


def test_sentences_keep_their_links_and_places() -> None:
    (passage,) = split_passages(read_bytes(b"One [two](#a). Three [four](#b) five.", "a.md"))
    first, second = passage.sentences

    assert [second.text[link.start : link.end] for link in second.links] == ["four"]
    assert [link.target for link in first.links] == ["#a"]
    assert second.spot().column == 16


@pytest.mark.parametrize("after", ["and more", "(more)"])
def test_a_line_that_begins_small_continues_the_passage(after: str) -> None:
    passages = split_passages(read_bytes(f"Some words here\n{after}\n\nAnother".encode(), "a.txt"))

    assert [passage.text for passage in passages] == [f"Some words here {after}", "Another"]


def passages(text: str, name: str = "a.txt") -> list[Passage]:
    return split_passages(read_bytes(text.encode(), name))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One and\nTwo", ["One and Two"]),
        ("One,\nTwo", ["One, Two"]),
        ("One.\nTwo", ["One.", "Two"]),
        ("Words,\nFor work, jobs include Nurse", ["Words,", "For work, jobs include Nurse"]),
        ("T Level in Law\nSome", ["T Level in Law", "Some"]),
        ("For work, jobs include Nurse\nCarer, Guide.", ["For work, jobs include Nurse Carer, Guide."]),
        ("Nurse\nCarer", ["Nurse", "Carer"]),
        ("- Nurse\n- Carer", ["Nurse", "Carer"]),
        ("There is no apprenticeship at level\n5. At level 6", ["There is no apprenticeship at level 5. At level 6"]),
    ],
)
def test_a_line_continues_a_passage_that_has_not_ended(text: str, expected: list[str]) -> None:
    assert [passage.text for passage in passages(text)] == expected


def test_a_bullet_makes_an_item_and_keeps_its_column() -> None:
    (passage,) = passages("- Nurse")
    assert (passage.role, passage.spot().column) == (Role.ITEM, 3)


def test_brackets_and_quotations_are_spans_of_the_passage() -> None:
    (passage,) = passages('A (b (c) d) "e f" (g')
    assert passage.brackets == (Span(2, 11),)
    assert passage.quotes == (Span(12, 17),)
    (sentence,) = passage.sentences
    assert sentence.within(passage.brackets) == (Span(2, 11),)
    assert passages("A (b")[0].quotes == ()


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_brackets_over_more_than_300_characters_count_as_unclosed(name: str) -> None:
    assert passages(f"A ({'x' * 300})", name)[0].brackets == ()


def test_a_link_over_two_lines_is_one() -> None:
    first = Line("the Law", Location(1), links=(Link(4, 7, "#a"),))
    second = Line("and Order one", Location(2), links=(Link(0, 9, "#a", continues=True),))
    (passage,) = split_passages(Document("a", "", "text/html", (first, second)))
    assert passage.text == "the Law and Order one"
    assert passage.links == (Link(4, 17, "#a"),)
    assert passage.spot(8).where == Location(2)


def test_a_gap_separates_blocks_of_formats_that_mark_them() -> None:
    first = Line("One and", Location(1))
    second = Line("two", Location(2), has_gap_above=True)
    marked = split_passages(Document("a", "", "text/html", (first, second)))
    assert [passage.text for passage in marked] == ["One and", "two"]
    cell = Line("two", Location(2), role=Role.CELL, cell=Cell(1, 0, 0))
    assert len(split_passages(Document("a", "", "text/plain", (first, cell)))) == 2


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("See [Law. Order](#). Two.", ["See Law. Order.", "Two."]),
        ("Jobs include A, and for work, B.", ["Jobs include A,", "and for work, B."]),
        ("A and for work, B.", ["A and for work, B."]),
        ("Ask A and B, and for work, C.", ["Ask A and B, and for work, C."]),
    ],
)
def test_links_and_joints_divide_sentences(text: str, parts: list[str]) -> None:
    (passage,) = passages(text, "a.md")
    assert [sentence.text for sentence in passage.sentences] == parts
