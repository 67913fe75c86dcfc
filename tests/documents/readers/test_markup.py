"""The effect of elements on the text within them."""

from __future__ import annotations

from tlevel_rdf.documents.document import Location, Omission, Reason, Role
from tlevel_rdf.documents.readers.line_builder import LineBuilder, TextRun
from tlevel_rdf.documents.readers.markup import Context, MarkupReader

HERE = Location(line=1)


def reader_of(*texts: tuple[str, Context]) -> MarkupReader:
    reader = MarkupReader(LineBuilder())
    for words, context in texts:
        reader.context = context
        reader.put(words, HERE, range(1, len(words) + 1))
    return reader


def lines_of(reader: MarkupReader) -> list[str]:
    reader.context = Context()
    reader.end_line()
    return [line.text for line in reader.builder.build()]


def test_omitted_text_is_one_omission_until_visible_text_or_the_end_of_the_block() -> None:
    struck = Context(reason=Reason.STRUCK)
    reader = reader_of(("a ", Context()), ("Jud", struck), ("ge", struck), (" b", Context()), ("c", struck))
    assert lines_of(reader) == ["a b"]
    assert reader.builder.omissions == [
        Omission("Judge", HERE, Reason.STRUCK),
        Omission("c", HERE, Reason.STRUCK),
    ]


def test_omitted_text_has_one_omission_for_each_reason() -> None:
    reader = reader_of(("a", Context(reason=Reason.STRUCK)), ("b", Context(reason=Reason.HIDDEN)))
    assert lines_of(reader) == []
    assert [each.reason for each in reader.builder.omissions] == [Reason.STRUCK, Reason.HIDDEN]


def test_a_raised_mark_behind_text_is_dropped_and_other_raised_text_is_kept() -> None:
    raised = Context(is_raised=True)
    assert lines_of(reader_of(("Law", Context()), ("1", raised), ("2", raised), (" and", Context()))) == ["Law and"]
    assert lines_of(reader_of(("the 1", Context()), ("st", raised))) == ["the 1st"]
    assert lines_of(reader_of(("1", raised), (" Subject", Context()))) == ["1 Subject"]


def test_the_first_line_of_an_item_has_its_number_unless_it_has_one_of_its_own() -> None:
    for words, expected in (("Law", "1. Law"), ("2. Law", "2. Law")):
        reader = reader_of()
        reader.begin_item(TextRun("1. ", HERE, (1, 1, 1)))
        reader.put(words, HERE)
        reader.end_line()
        reader.put("more", HERE)
        reader.end_line()
        lines = reader.builder.build()
        assert [(line.text, line.role) for line in lines] == [(expected, Role.ITEM), ("more", Role.TEXT)]


def test_a_line_after_a_break_has_no_gap_above() -> None:
    reader = reader_of(("a", Context()))
    reader.end_line(is_break=True)
    reader.put("b", HERE)
    reader.end_line()
    reader.put("c", HERE)
    reader.end_line()
    assert [line.has_gap_above for line in reader.builder.build()] == [True, False, True]


def test_furniture_is_not_in_the_lines() -> None:
    reader = reader_of(("Home", Context(is_furniture=True)))
    reader.end_line()
    assert reader.builder.build() == ()
    assert [line.text for line in reader.builder.furniture] == ["Home"]
