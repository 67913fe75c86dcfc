"""Plain text → lines: each line of the file, with links and emphasis as in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.documents.document import Role
from tlevel_rdf.documents.readers.line_markers import leading_marker
from tlevel_rdf.documents.readers.markdown import MarkdownReader

if TYPE_CHECKING:
    from tlevel_rdf.documents.readers.line_builder import LineBuilder, TextRun


def text_lines(source: str, builder: LineBuilder) -> None:
    """Add the lines of a plain text that are not blank.

    Args:
        source: the text, its lines ended by line feeds.
        builder: takes the lines.
    """
    rows = source.split("\n")
    roles = {}
    for number, row in enumerate(rows, 1):
        roles[number], marker = leading_marker(row)
        # The parser could take a bullet for emphasis.
        rows[number - 1] = " " * marker + row[marker:]
    _Reader("\n".join(rows), builder, roles).read()


class _Reader(MarkdownReader):
    """Reads paragraphs, and gives each line the role that its first characters show."""

    def __init__(self, source: str, builder: LineBuilder, roles: dict[int, Role]) -> None:
        super().__init__(source, builder)
        self.parser.disable(["html_inline"])
        self.parser.block.ruler.enableOnly(["paragraph"])
        self.roles = roles

    def add_line(self, runs: list[TextRun], *, has_gap_above: bool = False) -> None:
        """Add a line, with its role."""
        self.builder.add(runs, self.roles.pop(runs[0].location.line or 0, Role.TEXT), has_gap_above=has_gap_above)
