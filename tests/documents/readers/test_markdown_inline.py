"""Links, emphasis, escapes and entities within a block of Markdown or text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlevel_rdf.documents.readers.detection import read_bytes
from tlevel_rdf.documents.readers.line_builder import LineBuilder
from tlevel_rdf.documents.readers.markdown_inline import InlineReader

if TYPE_CHECKING:
    from tlevel_rdf.documents.document import Line


def read(source: str | bytes, ending: str = ".txt") -> tuple[Line, ...]:
    return read_bytes(source if isinstance(source, bytes) else source.encode(), f"a{ending}").lines


SOURCES = [
    # source, text, links as (words, target), strong words
    ("[A](#) and [B c](https://e.org/x_(1))", "A and B c", [("A", "#"), ("B c", "https://e.org/x_(1)")], []),
    ('[A](<a b> "title"), [](#) **b** __c__ *d* _e_', "A, b c d e", [("A", "a b")], ["b", "c"]),
    ("**For [A](#) now**", "For A now", [("A", "#")], ["For A now"]),
    ("[**A** b](#)(Accelerated)", "A b(Accelerated)", [("A b", "#")], ["A"]),
    (r"\[A\](x) 2 \* 3 &amp; R&D &lt;&#233;", "[A](x) 2 * 3 & R&D <é", [], []),
    ("`A` snake_case_word 2*3*4 * 5 ** 6", "A snake_case_word 234 * 5 ** 6", [], []),
    (
        "[A] [B][c] ![logo](x.png) <https://e.org/>",
        "[A] [B][c] https://e.org/",
        [("https://e.org/", "https://e.org/")],
        [],
    ),
    ("[A](javascript:x) [not a link]( x", "A [not a link]( x", [("A", "javascript:x")], []),
]


@pytest.mark.parametrize(("source", "text", "links", "strong"), SOURCES)
@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_links_and_emphasis_are_as_in_markdown(
    source: str, text: str, links: list[tuple[str, str]], strong: list[str], ending: str
) -> None:
    (line,) = read(source, ending)
    assert line.text == text
    assert [(line.text[link.start : link.end], link.target) for link in line.links] == links
    assert [line.text[start:end] for start, end in line.strong] == strong
    for offset, character in enumerate(text):
        assert source[line.columns[offset] - 1] in {character, "&"}


PARTS = ["b c", " ", *"[ ]( ) ] ** * _ ~~ ` &amp; & ! \\ <b> # a . (".split()]  # noqa: SIM905 - a table of signs


def seen(source: str, builder: LineBuilder) -> list[Line]:
    """The lines of a block."""
    InlineReader(builder).read_block(source, 1, [0] * len(source.split("\n")))
    return [*builder.build()]


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
def test_every_visible_character_is_the_one_in_its_column(row: str) -> None:
    for line in seen(row, LineBuilder()):
        shown = zip(line.text, line.columns, strict=True)
        assert all(row[column - 1] in {character, "&", "\\"} for character, column in shown)


def test_the_marks_of_footnotes_are_reported_and_dropped() -> None:
    builder = LineBuilder()
    lines = seen("Law[^1], [Art](#)[^note].\n[^1]: Only with A levels.", builder)
    assert [line.text for line in lines] == ["Law, Art.", "[^1]: Only with A levels."]
    assert [each.text for each in builder.omissions] == ["the mark of a note: 1", "the mark of a note: note"]
