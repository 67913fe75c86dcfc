"""Passages are split into sentences, and lines joined to passages."""

from __future__ import annotations

import pytest

from tlevel_rdf.documents.grammar.segmentation import split_passages
from tlevel_rdf.documents.readers.detection import read_bytes

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
