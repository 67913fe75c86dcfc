"""The words of PDF pages and where they stand → lines in reading order.

Rows are what stands at one height; a wide gap parts a row, as between columns. Rows that follow closely are one block,
and blocks are read down a column and then the next.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Role, Where, Why
from tlevel_rdf.documents.readers.line_builder import Gathered, Stretch
from tlevel_rdf.documents.readers.line_wrapping import begins_item
from tlevel_rdf.documents.readers.pdf.columns import is_unsure
from tlevel_rdf.documents.readers.pdf.extraction import WORD_GAP
from tlevel_rdf.documents.readers.pdf.geometry import is_close, rows
from tlevel_rdf.documents.readers.pdf.gutter_columns import blocks, in_reading_order
from tlevel_rdf.limits import MAX_PDF_BLOCKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.readers.pdf.columns import Part
    from tlevel_rdf.documents.readers.pdf.geometry import Block, Page, Piece, Segment

#: How large the mark of a note is at most, in sizes of the letters beside it; browsers print it at 0.83.
_RAISED: Final = 0.88
#: How wide a space is, in sizes of a letter.
_SPACE: Final = 0.25
_NOTE_MARK: Final = re.compile(r"[\[(]?\d{1,3}[\])]?|[*†‡§]+")


def page_lines(read: Sequence[Part], size: float, leading: float, gathered: Gathered) -> None:
    """Add the lines of a page.

    Args:
        read: its parts, without headers and footers, in the order in which they are read.
        size: of most letters of the document; what is larger is a heading.
        leading: how far apart its lines stand.
        gathered: takes the lines.
    """
    first = 1
    writer = _Writer(read[0].page, size, leading, gathered)
    for part, goes_on in read:
        if is_unsure(part):
            gathered.miss("the order of words that stand side by side", Where(page=part.number))
        writer.has_begun = not goes_on
        found = blocks(part, leading, first)
        first += len(rows(part))
        if len(found) > MAX_PDF_BLOCKS:
            scattered = f"a page with more than {MAX_PDF_BLOCKS:,} words apart from one another"
            gathered.miss(scattered, Where(page=part.number))
            found = []
        for block in in_reading_order(found):
            writer.block(block)
    writer.end_struck()


def _is_full(block: Block, above: Segment, below: Segment) -> bool:
    """Whether a line of a cell goes on in the next: its first word had no room, or begins no title."""
    first = below.pieces[0]
    has_no_room = above.right + _SPACE * first.size + first.right - first.left > block.edge
    return block.cell is not None and (has_no_room or not first.text[0].isupper())


class _Writer:
    """Writes the blocks of a page as lines."""

    def __init__(self, page: Page, size: float, leading: float, gathered: Gathered) -> None:
        self.page, self.size, self.leading, self.gathered = page, size, leading, gathered
        self.things: dict[int, int] = {}
        self.last = (-1, 0)
        self.left: list[tuple[str, Where]] = []
        self.has_begun = False

    def block(self, block: Block) -> None:
        """Add the lines of a block; the rows of a heading and of a cell's paragraph are one line."""
        role = Role.TEXT
        above: Segment | None = None
        for segment in block.segments:
            begins, skipped = begins_item(segment.text)
            stretches = self.stretches(segment, skipped)
            if not stretches:
                continue
            # A page can begin in the middle of a paragraph.
            is_apart = not is_close(above, segment, self.leading) if above else self.has_begun
            self.has_begun = True
            is_part = above is not None and not is_apart and begins is Role.TEXT
            is_part = is_part and (role is Role.HEADING or (above is not None and _is_full(block, above, segment)))
            if not is_part:
                role = Role.ITEM if begins is Role.ITEM else Role.TEXT
                role = Role.CELL if block.cell else role
                role = Role.HEADING if segment.main.size > 1.12 * self.size else role
            if self.gathered.add(stretches, role, apart=is_apart, is_part=is_part, cell=block.cell):
                above = segment

    def end_struck(self) -> None:
        """Note the words that were struck out up to here."""
        if self.left:
            self.gathered.leave(" ".join(words for words, _ in self.left), self.left[0][1], Why.STRUCK)
        self.left = []

    def space(self, before: Stretch, after: Stretch) -> Stretch:
        """A space between two stretches, with the look that both have."""
        link = before.link if before.link == after.link else 0
        strong = before.strong if before.strong == after.strong else 0
        return Stretch(" ", before.where, (), link, before.target, strong)

    def stretches(self, segment: Segment, skipped: int) -> list[Stretch]:
        """The words of a row with the spaces between them."""
        where = Where(page=self.page.number, line=segment.row)
        main = segment.main
        found: list[Stretch] = []
        before: Piece | None = None
        is_apart = False
        for piece in segment.pieces:
            text = piece.text
            if skipped and before is None:
                skipped -= len(text)
                text = text[len(text) + skipped :] if skipped < 0 else ""
            is_apart = is_apart or (
                before is not None and piece.left - before.right > WORD_GAP * min(piece.size, before.size)
            )
            is_raised = piece.size < _RAISED * main.size and piece.bottom < main.bottom - 0.1 * main.size
            if is_raised and found and _NOTE_MARK.fullmatch(text):
                self.gathered.miss(f"the mark of a note: {text}", where)
                before = piece
                continue
            if piece.is_struck:
                self.left.append((text, where))
                before = piece
                continue
            self.end_struck()
            link, target = self.link(piece)
            strong = 0
            if piece.is_bold:
                strong = (found[-1].strong if found else 0) or self.gathered.thing()
            stretch = Stretch(text, where, (), link, target, strong)
            if is_apart and found:
                found.append(self.space(found[-1], stretch))
            found.append(stretch)
            before, is_apart = piece, False
        return found

    def link(self, piece: Piece) -> tuple[int, str]:
        """The link of a piece: a number, and its target. A link that a line's end parts is one."""
        if piece.link < 0:
            self.last = (-1, 0)
            return 0, ""
        target = self.page.links[piece.link]
        before, thing = self.last
        if before < 0 or (before != piece.link and self.page.links[before] != target):
            thing = self.gathered.thing()
        self.last = (piece.link, thing)
        return thing, target
