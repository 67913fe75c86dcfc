"""The positions of cells in the tables of a PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tlevel_rdf.documents.document import Cell, Location, Omission
from tlevel_rdf.documents.readers.line_builder import LineBuilder
from tlevel_rdf.documents.readers.pdf.geometry import Box, Page, Word
from tlevel_rdf.documents.readers.pdf.tables import numbered, placed, with_unruled

if TYPE_CHECKING:
    from collections.abc import Sequence


def test_cells_have_their_rows_and_columns_and_those_that_they_span() -> None:
    table = placed([Box(0, 50, 0, 40), Box(50, 100, 0, 20), Box(50, 75, 20.5, 40), Box(75, 100, 20.5, 40)])
    assert [cell for _, cell in table] == [
        Cell(0, 0, 0, columns=1, rows=2),
        Cell(0, 0, 1, columns=2, rows=1),
        Cell(0, 1, 1),
        Cell(0, 1, 2),
    ]


def page_with(number: int, top: float, *words: Word) -> Page:
    cells = [Box(0, 50, top, top + 20), Box(50, 100, top, top + 20)]
    return Page(number, 800, words, tables=(placed(cells),))


def word(text: str, left: float, top: float, size: float = 10) -> Word:
    return Word(text, left, left + 5 * len(text), top, top + size, size, is_bold=False, link=-1)


def numbers(pages: Sequence[Page]) -> list[list[tuple[int, int]]]:
    return [sorted({(cell.table, cell.row) for _, cell in page.tables[0]}) for page in numbered(pages)]


def test_a_table_at_the_foot_of_a_page_continues_at_the_top_of_the_next() -> None:
    assert numbers([page_with(1, 700, word("a", 5, 705)), page_with(2, 50, word("b", 5, 55))]) == [[(1, 0)], [(1, 1)]]


def test_text_between_two_tables_separates_them() -> None:
    below = page_with(1, 700, word("a", 5, 705), word("text", 5, 750))
    assert numbers([below, page_with(2, 50, word("b", 5, 55))]) == [[(1, 0)], [(2, 0)]]
    above = page_with(2, 50, word("text", 5, 20), word("b", 5, 55))
    assert numbers([page_with(1, 700, word("a", 5, 705)), above]) == [[(1, 0)], [(2, 0)]]


def lengths(words: Sequence[str]) -> Sequence[int]:
    """The column headers of these tests are digits."""
    return [1] * len(words) if len(words) > 1 and all(each.isdigit() for each in words) else []


HEADERS = (word("1", 10, 100), word("2", 100, 100), word("3", 200, 100))
BODY = (word("a b", 10, 115), word("c", 100, 115), word("d", 10, 130))


def lines_of(*words: Word, builder: LineBuilder | None = None) -> list[int]:
    """The tops of the lines of the table without rules on a page of words."""
    page = with_unruled(Page(1, 800, words), lengths, builder or LineBuilder())
    assert all(cell.columns == 0 for table in page.tables for _, cell in table)
    return [round(box.top) for table in page.tables for box, _ in table]


def test_the_lines_below_column_headers_are_a_table_that_is_reported() -> None:
    builder = LineBuilder()
    assert lines_of(*HEADERS, *BODY, builder=builder) == [100, 115, 130]
    location = Location(page=1, line=1)
    assert builder.omissions == [Omission("a table without rules around its cells", location)]


def test_a_table_without_rules_ends_where_its_columns_end() -> None:
    assert lines_of(*HEADERS, *BODY, word("far", 10, 170)) == [100, 115, 130]
    assert lines_of(*HEADERS, *BODY, word("large", 10, 145, size=12)) == [100, 115, 130]
    assert lines_of(*HEADERS, *BODY, word("1.", 10, 145), word("item", 25, 145)) == [100, 115, 130]
    assert lines_of(*HEADERS, *BODY, word("x" * 60, 10, 145)) == [100, 115, 130]


def test_words_close_to_one_another_are_no_column_headers() -> None:
    assert lines_of(word("1", 10, 100), word("2", 18, 100), *BODY) == []


def test_column_headers_in_a_ruled_table_and_without_lines_below_are_left_alone() -> None:
    assert lines_of(*HEADERS) == []
    ruled = replace(Page(1, 800, (*HEADERS, *BODY)), tables=(placed([Box(0, 300, 90, 112), Box(0, 300, 112, 150)]),))
    assert with_unruled(ruled, lengths, LineBuilder()) == ruled
