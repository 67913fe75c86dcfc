"""An update changes the text of only those rows that differ."""

from __future__ import annotations

import pytest

from tlevel_rdf.reference.updating.table_text import TableText

TEXT = '# Note.\na,b\n1,"x, ""y"""\n\n"3",  z\n'


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n"), "a,b\n", '# x\n"a",b\n1,"two\nlines"\n'])
def test_a_table_that_is_not_changed_stays_as_it_is(text: str) -> None:
    assert TableText.parse(text).text() == text


def test_a_last_line_without_a_line_break_gets_one() -> None:
    table = TableText.parse("a,b\n1,x")
    table.append({"a": "2", "b": "y"})
    assert table.text() == "a,b\n1,x\n2,y\n"


def test_rows_are_inserted_in_front_of_those_with_the_same_or_a_greater_key() -> None:
    table = TableText.parse(TEXT)
    table.insert([{"a": a, "b": "new"} for a in ("9", "3", "2")], lambda cells: (cells["a"],))
    assert table.text() == '# Note.\na,b\n1,"x, ""y"""\n\n2,new\n3,new\n"3",  z\n9,new\n'


def test_a_replaced_row_has_the_columns_of_the_file() -> None:
    table = TableText.parse("b,a\r\nx,1\r\n")
    table.replace(table.rows[0], {"a": "2", "b": "y,z"})
    assert table.text() == 'b,a\r\n"y,z",2\r\n'


def test_an_empty_table_has_its_columns() -> None:
    assert TableText.empty(["a", "b c"]).text() == "a,b c\n"
