"""The cells of a DOCX table that span rows (ECMA-376, part 1, 17.4.84)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.documents.readers.docx.styles import value_of
from tlevel_rdf.documents.readers.list_numbering import number

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def merged_cells(table: Element) -> dict[Element, int]:
    """Return the number of rows of each cell that spans several, and 0 for a cell that continues the one above it."""
    found: dict[Element, int] = {}
    above: dict[int, Element] = {}
    for row in table.iterfind("tr"):
        if row.find("trPr/del") is not None:
            continue
        column, cells = number(value_of(row, "trPr/gridBefore")), {}
        for cell in row.iterfind("tc"):
            merge = cell.find("tcPr/vMerge")
            if merge is not None:
                # A cell that continues nothing begins.
                goes_on = merge.get("val", "continue") == "continue" and column in above
                cells[column] = above[column] if goes_on else cell
                found[cells[column]] = found.get(cells[column], 0) + 1
                if goes_on:
                    found[cell] = 0
            column += number(value_of(cell, "tcPr/gridSpan"), 1)
        above = cells
    return found
