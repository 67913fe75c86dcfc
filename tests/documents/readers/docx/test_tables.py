"""The number of rows that a cell of a DOCX table spans."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from tlevel_rdf.documents.readers.docx.tables import merged_cells


def table(*rows: str) -> Element:
    """Return a table: in each row, `r` restarts a span, `c` continues one, and `-` is a cell of its own."""
    element = Element("tbl")
    for row in rows:
        line = SubElement(element, "tr")
        for letter in row.rstrip("x"):
            properties = SubElement(SubElement(line, "tc"), "tcPr")
            if letter in "rc":
                merge = SubElement(properties, "vMerge")
                if letter == "r":
                    merge.set("val", "restart")
        if row.endswith("x"):
            SubElement(SubElement(line, "trPr"), "del")
    return element


def spans(*rows: str) -> dict[tuple[int, int], int]:
    """Return the number of rows of each merged cell, by its row and column."""
    element = table(*rows)
    places = {
        cell: (at, column)
        for at, row in enumerate(element.iterfind("tr"))
        for column, cell in enumerate(row.iterfind("tc"))
    }
    return {places[cell]: count for cell, count in merged_cells(element).items()}


def test_a_span_goes_on_while_the_cells_below_continue_it() -> None:
    assert spans("r-", "c-", "c-", "--") == {(0, 0): 3, (1, 0): 0, (2, 0): 0}
    assert spans("rr", "cc", "rc") == {(0, 0): 2, (0, 1): 3, (1, 0): 0, (1, 1): 0, (2, 0): 1, (2, 1): 0}


def test_a_cell_that_continues_nothing_begins() -> None:
    assert spans("c-", "c-") == {(0, 0): 2, (1, 0): 0}
    assert spans("-", "c") == {(1, 0): 1}


def test_a_deleted_row_does_not_count() -> None:
    assert spans("r", "cx", "c") == {(0, 0): 2, (2, 0): 0}
