"""Markdown → lines: CommonMark with tables, each line of the file that has visible text in a block of its own.

HTML within it is read as HTML. Indented text is not code here, for word processors indent what they save as Markdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Location
from tlevel_rdf.documents.readers.html import HtmlReader
from tlevel_rdf.documents.readers.line_builder import TextRun
from tlevel_rdf.documents.readers.markdown_inline import InlineReader
from tlevel_rdf.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

    from tlevel_rdf.documents.readers.line_builder import LineBuilder


def markdown_lines(source: str, builder: LineBuilder) -> None:
    """Add the lines of a Markdown file.

    Args:
        source: the text, its lines ended by line feeds.
        builder: takes the lines.

    Raises:
        DocumentError: lists or quotations are nested too deeply.
    """
    reader = _Reader(source, builder)
    parser = reader.inline.parser
    deepest = parser.options["maxNesting"] - 1
    for token in parser.parse(source, reader.inline.env):
        if token.level >= deepest and token.map:
            message = f"line {token.map[0] + 1}: more than {deepest} nested lists or quotations"
            raise DocumentError(message, hint="write it with fewer lists in lists")
        if taker := _TAKERS.get(token.type):
            taker(reader, token)
    reader.close()


class _Reader(HtmlReader):
    """Takes the tokens of blocks."""

    def __init__(self, source: str, builder: LineBuilder) -> None:
        super().__init__(builder)
        self.rows = source.split("\n")
        self.inline = InlineReader(self, is_markdown=True)
        #: The number of the next item of each open list; None for bullets.
        self.numbers: list[int | None] = []
        #: The row of the last cell, and the column where it ends.
        self.cell_end = (0, 0)

    def begin_list(self, token: Token) -> None:
        """Enter a list."""
        is_numbered = token.type == "ordered_list_open"
        self.numbers.append(int(token.attrs.get("start", 1)) if is_numbered else None)

    def number_item(self, token: Token) -> None:
        """Enter an item; its number is visible text."""
        self.begin_item()
        number = self.numbers[-1]
        if number is not None and token.map:
            marker = f"{token.info}{token.markup}"
            first = max(self.rows[token.map[0]].find(marker), 0) + 1
            label = f"{number}{token.markup} "
            columns = [min(column, first + len(marker)) for column in range(first, first + len(label))]
            self.begin_item(TextRun(label, Location(line=token.map[0] + 1), columns))
            self.numbers[-1] = number + 1

    def begin_cell(self, _: Token) -> None:
        """Enter a cell."""
        self.grid.begin_cell()
        self.context = self.context._replace(is_cell=True)

    def end_cell(self, _: Token) -> None:
        """Leave a cell."""
        self.grid.end_cell()
        self.context = self.context._replace(is_cell=False)

    def read_html(self, token: Token) -> None:
        """Read a block of HTML."""
        self.feed(token.content, (token.map or [0])[0] + 1)

    def read_inline(self, token: Token) -> None:
        """Read the content of a paragraph, heading or cell."""
        first = (token.map or [0])[0]
        if self.context.reason:
            self.put(token.content, Location(line=first + 1))
            self.end_line()
            return
        places = [
            (Location(line=number + 1), self.column(number, part) + 1)
            for number, part in enumerate(token.content.split("\n"), first)
        ]
        for line in self.inline.lines(token.content, places):
            self.add_line(line)

    def column(self, number: int, part: str) -> int:
        """Return the column of its row where a line of a block begins."""
        row = self.rows[number]
        if not self.context.is_cell:
            is_end = row.rstrip().endswith(part.rstrip())
            return len(row.rstrip()) - len(part.rstrip()) if is_end else max(row.find(part), 0)
        begin = self.cell_end[1] if self.cell_end[0] == number else 0
        found, escapes = row.find(part, begin), 0
        if found < 0:
            # The parser has removed the backslash before each "|" of the cell.
            found, escapes = max(row.find(part.partition("|")[0], begin), 0), part.count("|")
        self.cell_end = (number, found + len(part) + escapes)
        return found

    def end_row(self, _: Token) -> None:
        """Note the cells beyond the columns of a table, which Markdown drops."""
        row, end = self.cell_end
        if rest := self.rows[row][end:].strip("| \t"):
            self.builder.omit(f"cells beyond the columns of a table: {rest[:200]}", Location(line=row + 1))

    def read_code(self, token: Token) -> None:
        """Read a block of code line by line, as it stands."""
        first = (token.map or [0])[0] + 1
        for number, part in enumerate(token.content.split("\n")[:-1], first):
            row = self.rows[number] if number < len(self.rows) else part
            start = max(row.find(part), 0) + 1
            self.add_line([TextRun(part, Location(line=number + 1), range(start, start + len(part)))])

    def set_heading(self, token: Token) -> None:
        """Begin or end a heading."""
        self.context = self.context._replace(is_heading=token.nesting > 0)


_TAKERS: Final[dict[str, Callable[[_Reader, Token], object]]] = {
    **dict.fromkeys(("bullet_list_open", "ordered_list_open"), _Reader.begin_list),
    **dict.fromkeys(("bullet_list_close", "ordered_list_close"), lambda reader, _: reader.numbers.pop()),
    "list_item_open": _Reader.number_item,
    "list_item_close": lambda reader, _: reader.end_item(),
    **dict.fromkeys(("heading_open", "heading_close"), _Reader.set_heading),
    "table_open": lambda reader, _: reader.grid.begin_table(reader.builder.new_number()),
    "table_close": lambda reader, _: reader.grid.end_table(),
    "tr_open": lambda reader, _: reader.grid.begin_row(),
    "tr_close": _Reader.end_row,
    **dict.fromkeys(("th_open", "td_open"), _Reader.begin_cell),
    **dict.fromkeys(("th_close", "td_close"), _Reader.end_cell),
    "inline": _Reader.read_inline,
    "fence": _Reader.read_code,
    "html_block": _Reader.read_html,
}
