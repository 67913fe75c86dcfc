"""A page → its lines.

Rows of words that follow closely are one block, and blocks are read down a column and then the next. A heading and a
paragraph of a table cell are one line each; otherwise each row of a block is a line.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Location, Reason, Role
from tlevel_rdf.documents.readers.limits import MAX_PDF_BLOCKS
from tlevel_rdf.documents.readers.line_builder import LineBuilder, TextRun, space_between
from tlevel_rdf.documents.readers.line_markers import leading_marker
from tlevel_rdf.documents.readers.markup import Context, MarkupReader
from tlevel_rdf.documents.readers.pdf.blocks import find_blocks, in_reading_order, is_close
from tlevel_rdf.documents.readers.pdf.extraction import WORD_GAP
from tlevel_rdf.documents.readers.pdf.geometry import COLUMN_GAP, is_item_marker, rows, text_of, words_outside_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.readers.pdf.geometry import Block, Page, Segment, Word

#: The size of the mark of a note, in relation to the letters beside it, at most; browsers print it at 0.83.
_RAISED: Final = 0.88
#: The size of a heading, in relation to most letters, at least.
_HEADING: Final = 1.12
#: Ems: the width of a space.
_SPACE: Final = 0.25
#: Ems: the gaps between words that may belong to two columns, from the narrowest to the widest.
_DOUBTFUL_GAPS: Final = (0.75, 2.0)
#: The lines with such a gap at one place that need no report, at most.
_MAX_DOUBTFUL: Final = 3


def page_lines(page: Page, size: float, leading: float, builder: LineBuilder) -> None:
    """Add the lines of a page without header and footer.

    The size is that of most letters of the document, and the leading the ems between the lines of a paragraph.
    """
    if _is_ambiguous(page):
        builder.omit("the order of words that stand side by side", Location(page=page.number))
    blocks = find_blocks(page, leading)
    if len(blocks) > MAX_PDF_BLOCKS:
        scattered = f"a page with more than {MAX_PDF_BLOCKS:,} words apart from one another"
        builder.omit(scattered, Location(page=page.number))
        return
    blocks = in_reading_order(blocks, size)
    columns = _columns_of(blocks)
    places = sorted({(column, it.row) for block, column in zip(blocks, columns, strict=True) for it in block.segments})
    lines = {place: line for line, place in enumerate(places, 1)}
    writer = _Writer(page, size, leading, builder)
    before = 0
    for block, column in zip(blocks, columns, strict=True):
        # A paragraph can continue from the foot of a column at the top of the next.
        writer.has_begun = writer.has_begun and column == before
        before = column
        writer.write(block, [lines[column, segment.row] for segment in block.segments])
    writer.context = Context()
    writer.end_line()


def _is_ambiguous(page: Page) -> bool:
    """Return True if words stand over one another, or on both sides of a gap that may be between two columns.

    Columns of running text are certain: their lines begin within a sentence.
    """
    narrowest, widest = _DOUBTFUL_GAPS
    starts: Counter[int] = Counter()
    for row in rows(words_outside_tables(page)):
        for n, (before, word) in enumerate(pairwise(row)):
            gap = (word.left - before.right) / word.size
            if gap < -narrowest and word.text != before.text:
                return True
            is_marker = n == 0 and is_item_marker(before)
            is_running = gap > COLUMN_GAP and word.text[:1].islower()
            if narrowest <= gap <= widest and not is_marker and not is_running:
                starts[round(word.left)] += 1
    return any(starts[place] + starts[place + 1] > _MAX_DOUBTFUL for place in starts)


def _columns_of(blocks: Sequence[Block]) -> list[int]:
    """Return the number of the column that each block stands in, counted in reading order."""
    columns = [0]
    for before, block in pairwise(blocks):
        is_next = not block.cell and block.segments[0].row < before.segments[-1].row
        columns.append(columns[-1] + is_next)
    return columns[: len(blocks)]


def _is_full(block: Block, above: Segment, below: Segment) -> bool:
    """Return True if a line of a cell continues in the next, whose first word did not fit or begins no title."""
    first = below.words[0]
    did_not_fit = above.box.right + _SPACE * first.size + first.right - first.left > block.edge
    return block.cell is not None and (did_not_fit or not first.text[0].isupper())


class _Writer(MarkupReader):
    """Writes the blocks of a page as lines."""

    def __init__(self, page: Page, size: float, leading: float, builder: LineBuilder) -> None:
        super().__init__(builder)
        self.page, self.size, self.leading = page, size, leading
        #: The link of the previous word, as its index on the page and its number in the document.
        self.link = (-1, 0)
        self.has_begun = False

    def write(self, block: Block, lines: Sequence[int]) -> None:
        """Add the lines of a block, by their numbers on the page."""
        role = Role.TEXT
        above: Segment | None = None
        for segment, line in zip(block.segments, lines, strict=True):
            marked, skipped = leading_marker(text_of(segment.words))
            runs = self.runs_of(segment, skipped, Location(page=self.page.number, line=line))
            if not runs:
                continue
            # A page can begin in the middle of a paragraph.
            has_gap_above = not is_close(above, segment, self.leading) if above else self.has_begun
            self.has_begun = True
            is_row = above is not None and not has_gap_above and marked is Role.TEXT
            is_row = is_row and (role is Role.HEADING or (above is not None and _is_full(block, above, segment)))
            if not is_row:
                role = Role.ITEM if marked is Role.ITEM else Role.TEXT
                role = Role.CELL if block.cell else role
                role = Role.HEADING if segment.main.size > _HEADING * self.size else role
            if self.builder.add(runs, role, has_gap_above=has_gap_above, is_row=is_row, cell=block.cell):
                above = segment

    def runs_of(self, segment: Segment, skipped: int, location: Location) -> list[TextRun]:
        """Return the words of a segment behind its marker, with the spaces between them."""
        main = segment.main
        before: Word | None = None
        has_space = False
        for word in segment.words:
            if before:
                has_space |= word.left - before.right > WORD_GAP * min(word.size, before.size)
            text, skipped = word.text[skipped:], max(skipped - len(word.text) - 1, 0)
            before = word
            last = self.runs[-1] if self.runs else None
            self.context = Context(
                is_raised=word.size < _RAISED * main.size and word.bottom < main.bottom - 0.1 * main.size,
                reason=Reason.STRUCK if word.is_struck else None,
                link=self.link_of(word),
                strong=((last.strong if last else 0) or self.builder.new_number()) if word.is_bold else 0,
            )
            self.put(f" {text}" if word.is_struck else text, location)
            if last and has_space and self.runs[-1] is not last:
                self.runs.insert(-1, space_between(last, self.runs[-1]))
            has_space = has_space and bool(self.context.reason)
        self._drop_note_mark()
        runs, self.runs = self.runs, []
        return runs

    def link_of(self, word: Word) -> tuple[int, str]:
        """Return the number of a word's link, and its target; a link that the end of a line divides is one."""
        if word.link < 0:
            self.link = (-1, 0)
            return 0, ""
        target = self.page.links[word.link]
        before, number = self.link
        if before < 0 or (before != word.link and self.page.links[before] != target):
            number = self.builder.new_number()
        self.link = (word.link, number)
        return number, target
