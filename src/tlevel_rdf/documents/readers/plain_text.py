"""Plain text → lines: each line of the file, or a cell between `|`, with links and emphasis as in Markdown."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Role
from tlevel_rdf.documents.readers.line_markers import leading_marker
from tlevel_rdf.documents.readers.markdown import MarkdownReader

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    from tlevel_rdf.documents.readers.line_builder import LineBuilder, TextRun

#: The mark between two cells of a table, unless a backslash stands before it.
_BETWEEN_CELLS: Final = re.compile(r"(?<!\\)\|")
#: A row that only divides the header from the rows below it.
_DIVIDER: Final = re.compile(r"[\s|:+=-]*-[\s|:+=-]*")


def text_lines(source: str, builder: LineBuilder) -> None:
    """Add the lines of a plain text that are not blank; they end with line feeds."""
    rows = source.split("\n")
    roles = {}
    for number, row in enumerate(rows, 1):
        roles[number], marker = leading_marker(row)
        # The parser could take a bullet for emphasis.
        rows[number - 1] = " " * marker + row[marker:]
    _Reader("\n".join(rows), builder, roles).read()


class _Reader(MarkdownReader):
    """Reads paragraphs and tables, and gives each line the role that its first characters show."""

    def __init__(self, source: str, builder: LineBuilder, roles: dict[int, Role]) -> None:
        super().__init__(source, builder)
        self.parser.disable(["html_inline"])
        self.parser.block.ruler.before("paragraph", "cells", _table, {"alt": ["paragraph"]})
        self.parser.block.ruler.enableOnly(["cells", "paragraph"])
        self.roles = roles

    def add_line(self, runs: list[TextRun], *, has_gap_above: bool) -> None:
        """Add a line, with its role."""
        if self.grid.cells:
            super().add_line(runs, has_gap_above=has_gap_above)
        else:
            self.builder.add(runs, self.roles.pop(runs[0].location.line or 0, Role.TEXT), has_gap_above=has_gap_above)


def _table(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    """Read two or more rows with as many cells each; a rule of the parser, as its own modules have them."""
    cells = _cells(state, first)
    if len(cells) < 2 or (first and len(_cells(state, first - 1)) == len(cells)):
        return False
    numbers = [*takewhile(lambda number: len(_cells(state, number)) == len(cells), range(first, end))]
    if len(numbers) < 2:
        return False
    if silent:
        return True
    state.push("table_open", "table", 1)
    for number in numbers:
        if _DIVIDER.fullmatch(_row(state, number)):
            continue
        state.push("tr_open", "tr", 1)
        for cell in _cells(state, number):
            state.push("td_open", "td", 1)
            token = state.push("inline", "", 0)
            token.content, token.map, token.children = cell.strip().replace("\\|", "|"), [number, number + 1], []
            state.push("td_close", "td", -1)
        state.push("tr_close", "tr", -1)
    state.push("table_close", "table", -1)
    state.line = numbers[-1] + 1
    return True


def _row(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] : state.eMarks[number]].strip()


def _cells(state: StateBlock, number: int) -> list[str]:
    """Return the cells of a row; one if it has no mark between cells."""
    row = _row(state, number)
    return _BETWEEN_CELLS.split(row.removeprefix("|").removesuffix("|")) if "|" in row else [row]
