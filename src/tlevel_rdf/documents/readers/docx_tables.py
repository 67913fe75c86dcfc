"""The cells of a DOCX table that span rows (ECMA-376, part 1, 17.4.84)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.documents.readers.docx_styles import value_of
from tlevel_rdf.documents.readers.list_numbering import number

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def continues(cell: Element) -> bool:
    """Return True if a cell continues the one above it."""
    merge = cell.find("tcPr/vMerge")
    return merge is not None and merge.get("val", "continue") == "continue"


def merged_cells(table: Element) -> dict[Element, int]:
    """Return the number of rows of each cell of a table that spans several."""
    found: dict[Element, int] = {}
    above: dict[int, Element] = {}
    for row in table.iterfind("tr"):
        if row.find("trPr/del") is not None:
            continue
        column, cells = number(value_of(row, "trPr/gridBefore")), {}
        for cell in row.iterfind("tc"):
            if continues(cell) and column in above:
                cells[column] = above[column]
                found[cells[column]] = found.get(cells[column], 1) + 1
            elif cell.find("tcPr/vMerge") is not None:
                cells[column] = cell
            column += number(value_of(cell, "tcPr/gridSpan"), 1)
        above = cells
    return found
