"""Links, emphasis, escapes and entities within a block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tlevel_rdf.documents.document import Location
from tlevel_rdf.documents.readers.line_builder import LineBuilder
from tlevel_rdf.documents.readers.markdown_inline import InlineReader

if TYPE_CHECKING:
    from tlevel_rdf.documents.document import Line


PARTS = ["b c", " ", *"[ ]( ) ] ** * _ ~~ ` &amp; & ! \\ <b> # a . (".split()]  # noqa: SIM905 - a table of signs


def seen(source: str, builder: LineBuilder) -> list[Line]:
    """The lines of a block."""
    places = [(Location(line), 1) for line, _ in enumerate(source.split("\n"), 1)]
    for runs in InlineReader(builder, is_markdown=True).lines(source, places):
        builder.add(runs)
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
