"""Plain markup, which is read without the parser, and reads as the parser has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tlevel_rdf.documents.document import Where
from tlevel_rdf.documents.readers.line_builder import Gathered, folded
from tlevel_rdf.documents.readers.markdown_inline import Inline, parser

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.documents.document import Line
    from tlevel_rdf.documents.readers.line_builder import Stretch

PLAIN = [
    "At level 4, there is [A](#) and [B & C](https://e.org/a_b?c=1*2) (Accelerated)!",
    "For **work**, career progression could include **A b**.",
    "[A]()[B](#)",
]
PARTS = ["b c", " ", *"[ ]( ) ] ** * _ ~~ ` &amp; & ! \\ <b> # a . (".split()]  # noqa: SIM905 - a table of signs


def seen(lines: Iterable[list[Stretch]]) -> list[Line | None]:
    return [folded(line) for line in lines]


@pytest.mark.parametrize("row", PLAIN)
def test_plain_markup_needs_no_parser(row: str) -> None:
    assert Inline(parser(has_html=True, has_references=True), Gathered()).simple(row, (Where(1), 1))


@example("".join(PLAIN))
@given(st.one_of(st.sampled_from(PLAIN), st.lists(st.sampled_from(PARTS), max_size=12).map("".join)))
def test_markup_that_is_read_without_the_parser_reads_as_the_parser_has_it(row: str) -> None:
    for has_more in (False, True):
        inline = Inline(parser(has_html=has_more, has_references=has_more), Gathered())
        simple = inline.simple(row, (Where(1), 1))
        if simple is not None:
            assert seen(filter(None, [simple])) == seen(inline.parsed(row, [(Where(1), 1)]))


def test_the_marks_of_footnotes_are_told_and_left_out() -> None:
    gathered = Gathered()
    inline = Inline(parser(has_html=True, has_references=True), gathered)
    lines = seen(inline.lines("Law[^1], [Art](#)[^note].\n[^1]: Only with A levels.", [(Where(1), 1), (Where(2), 1)]))
    assert [line.text for line in lines if line] == ["Law, Art.", "[^1]: Only with A levels."]
    assert [each.what for each in gathered.unread] == ["the mark of a note: 1", "the mark of a note: note"]
