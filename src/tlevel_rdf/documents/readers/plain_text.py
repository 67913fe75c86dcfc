"""Plain text → lines: each line of the file, with links and emphasis as in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Location, Role
from tlevel_rdf.documents.readers.line_markers import leading_marker
from tlevel_rdf.documents.readers.markdown_inline import InlineReader
from tlevel_rdf.documents.readers.markup import MarkupReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.documents.readers.line_builder import LineBuilder

#: Line ends within a link or emphasis, at most.
_MAX_LINE_ENDS: Final = 3


def text_lines(source: str, builder: LineBuilder) -> None:
    """Add the lines of a plain text that are not blank.

    Args:
        source: the text, its lines ended by line feeds.
        builder: takes the lines.
    """
    inline = InlineReader(MarkupReader(builder), is_markdown=False)
    for first, rows in _units(source.split("\n")):
        places, shown = [], []
        roles: dict[Location, Role] = {}
        for number, row in enumerate(rows, first):
            # The parser could take a bullet for emphasis.
            role, marker = leading_marker(row)
            start = marker or len(row) - len(row.lstrip())
            places.append((location := Location(number), start + 1))
            shown.append(row[start:].rstrip())
            roles[location] = role
        for runs in inline.lines("\n".join(shown), places):
            builder.add(runs, roles.pop(runs[0].location, Role.TEXT))


def _units(rows: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of a line, and the line with the next ones if a link or emphasis is open at its end."""
    at = 0
    while at < len(rows):
        end = at + 1
        unit = rows[at]
        while _is_open(unit) and end - at <= _MAX_LINE_ENDS and end < len(rows) and rows[end].strip():
            unit += "\n" + rows[end]
            end += 1
        if _is_open(unit):
            end = at + 1
        if any(map(str.strip, rows[at:end])):
            yield at + 1, rows[at:end]
        at = end


def _is_open(text: str) -> bool:
    """Return True if a link or emphasis begins in a text and does not end."""
    return ("[" in text or "*" in text or "~" in text) and (
        text.count("[") > text.count("]")
        or text.count("**") % 2 == 1
        or text.count("~~") % 2 == 1
        or text.count("](") > text.count(")")
    )
