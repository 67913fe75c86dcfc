"""Nested elements → lines: the role, the links and the emphasis that elements give the text within them.

The readers of HTML, Markdown and DOCX are built on it, so that a raised note mark, struck-out text or the number of an
item is treated alike in all of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.document import Reason, Role
from tlevel_rdf.documents.readers.cell_grid import CellGrid
from tlevel_rdf.documents.readers.line_builder import TextRun
from tlevel_rdf.documents.readers.line_markers import NUMBERED, is_note_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.document import Location
    from tlevel_rdf.documents.readers.line_builder import LineBuilder


#: Characters that end a line of a page and not of the file (Unicode Standard, section 5.8).
_LINE_END: Final = re.compile("[\u2028\u2029\x85]")


class Context(NamedTuple):
    """The effect of the open elements on the text within them.

    Attributes:
        is_unread: True in an element that holds no text of the page, such as a script.
        is_printed: True where line feeds end lines.
        is_heading: True in a heading.
        is_furniture: True in a menu or the footer of a page.
        is_raised: True for text above the line.
        reason: the reason why it is not in the lines.
        link: the number of its link, and the target.
        strong: the number of its emphasis.
    """

    is_unread: bool = False
    is_printed: bool = False
    is_heading: bool = False
    is_furniture: bool = False
    is_raised: bool = False
    reason: Reason | None = None
    link: tuple[int, str] = (0, "")
    strong: int = 0


class MarkupReader:
    """Collects the text of a line and its context, and adds the lines to a builder."""

    def __init__(self, builder: LineBuilder) -> None:
        self.builder = builder
        self.grid = CellGrid()
        self.context = Context()
        self.runs: list[TextRun] = []
        #: The number of the open item, until its first line has it; True until that line is added.
        self.label: TextRun | None = None
        self.is_item = False
        #: True if the next line begins a block, and does not follow a line break.
        self._has_gap_above = True
        self._omitted: list[TextRun] = []
        self._omitted_reason = Reason.HIDDEN
        #: The number of runs before the raised ones that end the line; None if none does.
        self._raised: int | None = None

    def put(self, words: str, location: Location, columns: Sequence[int] = ()) -> None:
        """Take text in the current context."""
        at = 0
        for part in _LINE_END.split(words):
            if at:
                self.end_line(is_break=True)
            if part:
                self._put_part(part, location, columns[at : at + len(part)])
            at += len(part) + 1

    def _put_part(self, words: str, location: Location, columns: Sequence[int]) -> None:
        context = self.context
        run = TextRun(words, location, columns, *context.link, context.strong)
        if context.reason:
            if context.reason is not self._omitted_reason:
                self._end_omission()
            self._omitted_reason = context.reason
            self._omitted.append(run)
            return
        self._end_omission()
        if not context.is_raised:
            self._drop_note_mark()
        elif self._raised is None:
            self._raised = len(self.runs)
        self.runs.append(run)

    def begin_item(self, label: TextRun | None = None) -> None:
        """Begin an item of a list, with the number that is shown before it."""
        self.is_item, self.label = True, label

    def end_item(self) -> None:
        """End an item of a list, even if it has no text."""
        self.is_item, self.label = False, None

    def end_line(self, *, is_break: bool = False) -> None:
        """End a line; after a line break its block continues."""
        self._drop_note_mark()
        if not self.context.reason:
            self._end_omission()
        elif self._omitted:
            self._omitted.append(self._omitted[-1]._replace(text=" "))
        has_text = any(not run.text.isspace() for run in self.runs)
        has_gap_above, self._has_gap_above = self._has_gap_above, not (is_break and has_text)
        runs, self.runs = self.runs, []
        if has_text:
            self.add_line(runs, has_gap_above=has_gap_above)

    def add_line(self, runs: list[TextRun], *, has_gap_above: bool) -> None:
        """Add a line, with the number of the item that it begins."""
        if self.context.is_furniture:
            self.builder.add_furniture(runs)
            return
        role = Role.ITEM if self.is_item else Role.TEXT
        role = Role.CELL if self.grid.cells else role
        role = Role.HEADING if self.context.is_heading else role
        if self.label and not NUMBERED.match("".join(run.text for run in runs[:3])):
            runs.insert(0, self.label)
        cell = self.grid.cells[-1] if self.grid.cells else None
        if self.builder.add(runs, role, has_gap_above=has_gap_above, cell=cell):
            self.end_item()

    def _end_omission(self) -> None:
        """Note the text that the elements up to here keep out of the lines."""
        if self._omitted:
            first = next((run for run in self._omitted if run.text.strip()), self._omitted[0])
            words = "".join(run.text for run in self._omitted).strip()
            if self._omitted_reason is Reason.UNREAD:
                words = f"“{words}” in a picture, a formula or a form" if words else ""
            column = first.columns[0] if first.columns else 1
            self.builder.omit(words, first.location, self._omitted_reason, column=column)
            self._omitted = []

    def _drop_note_mark(self) -> None:
        """Drop the raised mark of a note, which would look like the end of a title."""
        begin, self._raised = self._raised, None
        if begin:
            words = "".join(run.text for run in self.runs[begin:])
            if is_note_mark(words):
                self.builder.omit(f"the mark of a note: {words.strip()}", self.runs[begin].location)
                del self.runs[begin:]
