"""Markdown → lines: CommonMark with tables, each line of the file that has visible text in a block of its own.

Its blocks are read as the elements of HTML that they stand for. Indented text is not code here, for word processors
indent what they save as Markdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.documents.document import Location
from tlevel_rdf.documents.readers.markdown_inline import InlineReader
from tlevel_rdf.errors import DocumentError

if TYPE_CHECKING:
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
    MarkdownReader(source, builder).read()


class MarkdownReader(InlineReader):
    """Reads the blocks of a file.

    Args:
        source: the file.
        builder: takes the lines.
    """

    def __init__(self, source: str, builder: LineBuilder) -> None:
        super().__init__(builder)
        self.rows = source.split("\n")
        #: The row of the last cell, and the offset where it ends.
        self.cell_end = (0, 0)

    def read(self) -> None:
        """Read the file.

        Raises:
            DocumentError: lists or quotations are nested too deeply.
        """
        deepest = self.parser.options["maxNesting"] - 1
        for token in self.parser.parse("\n".join(self.rows), self.env):
            if token.level >= deepest and token.map:
                message = f"line {token.map[0] + 1}: more than {deepest} nested lists or quotations"
                raise DocumentError(message, hint="write it with fewer lists in lists")
            if not token.hidden:
                self.read_token(token)
        self.close()
        self.report_unused_definitions()

    def read_token(self, token: Token) -> None:
        """Read the beginning or the end of a block, or its content."""
        first = token.map[0] if token.map else 0
        match token.type:
            case "inline":
                self.read_block(token.content, first + 1, self.indents(token.content, first))
            case "fence":
                self.read_code(token.content, first + 1)
            case "html_block":
                self.feed(token.content, first + 1)
                self.close_unread()
            case _:
                marker = max(self.rows[first].find(token.info + token.markup), 0)
                self.begin_block("", first + 1, [marker])
                self.take(token)
        if token.type == "tr_close":
            self.report_further_cells()

    def indents(self, content: str, first: int) -> list[int]:
        """Return the characters of the file before each line of a block."""
        parts = enumerate(content.split("\n"), first)
        return [(self.cell_begin if self.grid.cells else self.line_begin)(*part) for part in parts]

    def line_begin(self, number: int, part: str) -> int:
        """Return the offset in its row where a line of a block begins."""
        return max(self.rows[number].rfind(part.rstrip()), 0) if number < len(self.rows) else 0

    def cell_begin(self, number: int, part: str) -> int:
        """Return the offset in its row where the content of a cell begins."""
        row, end = self.cell_end
        # The parser has removed the backslash before each "|" of the cell.
        found = max(self.rows[number].find(part.partition("|")[0], end if row == number else 0), 0)
        self.cell_end = (number, found + len(part) + part.count("|"))
        return found

    def report_further_cells(self) -> None:
        """Report the cells beyond the columns of a table, which Markdown drops."""
        row, end = self.cell_end
        if rest := self.rows[row][end:].strip("| \t"):
            self.builder.omit(f"cells beyond the columns of a table: {rest[:200]}", Location(line=row + 1))

    def read_code(self, content: str, first: int) -> None:
        """Read the rows of a block of code as they stand."""
        self.begin_block(content, first + 1, self.indents(content, first))
        for row in content.splitlines(keepends=True):
            self.write(row)
            self.end_line(is_break=True)

    def report_unused_definitions(self) -> None:
        """Report the addresses that no link uses, and those of a name that has an address already."""
        definitions = [*self.env.get("references", {}).values(), *self.env.get("duplicate_refs", ())]
        for definition in definitions:
            if (target := definition["href"]) not in self.targets:
                location = Location(line=definition["map"][0] + 1)
                self.builder.omit(f"the address of a link that is not in the text: {target[:200]}", location)
