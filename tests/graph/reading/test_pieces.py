"""A file that hands out one token at a time."""

from __future__ import annotations

import re

from tlevel_rdf.graph.reading.pieces import Pieces


def test_each_read_ends_at_most_at_the_end_of_a_token() -> None:
    pieces = Pieces(b"<a>text<b>rest", re.compile(rb"[^>]*>"))
    read = []
    while data := pieces.read(5):
        read.append((data, pieces.begin, pieces.end))
    assert read == [(b"<a>", 0, 3), (b"text<", 3, 8), (b"b>", 3, 10), (b"rest", 10, 14)]
    assert pieces.read(5) == b""


def test_nothing_gives_nothing() -> None:
    assert Pieces(b"", re.compile(rb"x")).read(1) == b""
