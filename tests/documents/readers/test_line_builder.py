"""Visible characters, and words that the end of a line breaks."""

from __future__ import annotations

import pytest

from tests.documents.reading import read_bytes
from tlevel_rdf.documents.document import Line, Link, Location


def read(source: str | bytes, ending: str = ".txt") -> tuple[Line, ...]:
    return read_bytes(source if isinstance(source, bytes) else source.encode(), f"a{ending}").lines


@pytest.mark.parametrize("ending", [".txt", ".md", ".html"])
def test_invisible_characters_are_dropped_and_the_others_keep_their_columns(ending: str) -> None:
    source = "\ufeff \u00a0Opti\u00adcal\u200b \t\u2003Assist\ufb01ant\x07\u00a0 "
    (line,) = read(source, ending)
    assert line.text == "Optical Assistfiant"
    at = [line.text.index(word) for word in ("Opt", "cal", "Ass", "fi", "ant")]
    assert [line.column_at(offset) for offset in at] == [3, 8, 15, 21, 22]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("an appren-\nticeship now", ["an apprenticeship", "now"]),
        ("an appren\u00ad\nticeship now", ["an apprenticeship", "now"]),
        ("an appren\u2010\nticeship", ["an apprenticeship"]),
        ("a work-\nbased route", ["a work-based", "route"]),
        ("a well-\nknown route", ["a well-known", "route"]),
        ("co-working and co-\nworking now", ["co-working and co-working", "now"]),
        ("Health-\nCare", ["Health-", "Care"]),
        ("a dash -\nnot one", ["a dash -", "not one"]),
        ("level 4-\nor", ["level 4-", "or"]),
        ("one-\n\ntwo", ["one-", "two"]),
    ],
)
@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_a_word_broken_by_the_end_of_a_line_is_joined(source: str, words: list[str], ending: str) -> None:
    assert [line.text for line in read(source, ending)] == words


def test_the_rest_of_a_broken_word_keeps_its_location_and_its_link() -> None:
    first, second = read("the [Health-\ncare Aide](#) now")
    assert (first.text, first.links, first.location_at(3), first.location_at(10)) == (
        "the Healthcare",
        (Link(4, 14, "#"),),
        Location(line=1),
        Location(line=2),
    )
    assert first.columns[10:] == (1, 2, 3, 4)
    assert (second.text, second.links, second.location) == (
        "Aide now",
        (Link(0, 4, "#", continues=True),),
        Location(line=2),
    )
    assert second.columns[0] == 6
