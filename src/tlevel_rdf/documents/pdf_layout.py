"""The words of PDF pages and where they stand → lines in reading order.

Rows are what stands at one height; a wide gap parts a row, as between columns. Rows that follow closely are one block,
and blocks are read down a column and then the next. Page headers, footers and numbers are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import quantiles
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.folding import Gathered, Stretch
from tlevel_rdf.documents.lines import Role, Where, Why
from tlevel_rdf.documents.pdf_pages import WORD_GAP
from tlevel_rdf.documents.text import begins_item

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Distances in sizes of a letter. Words stand 0.25 apart, in justified text up to 1; columns at least 2.
_COLUMN_GAP: Final = 2.0
#: Lines of a paragraph stand 1.0 to 1.5 apart, from foot to foot.
_WIDEST_LEADING: Final = 1.8
#: What part of a page at its top and at its foot can hold what is printed on every page.
_MARGIN: Final = 0.12
_NOTE_MARK: Final = re.compile(r"[\[(]?\d{1,3}[\])]?|[*†‡§]+")
_SIGN: Final = re.compile(r"\S{1,6}")
_DIGITS: Final = re.compile(r"\d+")


#: What makes two rows of two pages the same: their place and their words, or their words and what they count from.
_Key = tuple[object, ...]


class Piece(NamedTuple):
    """Letters of one look that stand together; distances in points from the left and from the top."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    is_bold: bool
    link: int
    is_struck: bool = False


@dataclass(frozen=True)
class Page:
    """A page: its number, height, words, the targets of its links, and the cells of its ruled tables."""

    number: int
    height: float
    pieces: tuple[Piece, ...]
    links: tuple[str, ...] = ()
    tables: tuple[tuple[tuple[float, float, float, float], ...], ...] = ()
    has_picture: bool = False


@dataclass(frozen=True)
class Segment:
    """A part of a row with no wide gap in it: its words from left to right, and the number of the row."""

    row: int
    pieces: tuple[Piece, ...]

    @property
    def main(self) -> Piece:
        """The largest of its pieces."""
        return max(self.pieces, key=lambda piece: (piece.size, len(piece.text)))

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(piece.right for piece in self.pieces)

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass
class Block:
    """Segments one below the other, or the cell of a table."""

    segments: list[Segment] = field(default_factory=list)
    is_cell: bool = False
    order: int = 0

    @property
    def top(self) -> float:
        """Where it begins."""
        return self.segments[0].main.top

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.segments[-1].main.bottom

    @property
    def left(self) -> float:
        """Its left edge."""
        return min(segment.left for segment in self.segments)

    @property
    def right(self) -> float:
        """Its right edge."""
        return max(segment.right for segment in self.segments)


def rows(page: Page) -> list[list[Piece]]:
    """What stands at one height, from the top of a page down, each from left to right."""
    found: list[list[Piece]] = []
    main: Piece | None = None
    for piece in sorted(page.pieces, key=lambda piece: (piece.top + piece.bottom, piece.left)):
        middle = (piece.top + piece.bottom) / 2
        if main and (main.top < middle < main.bottom or piece.top < (main.top + main.bottom) / 2 < piece.bottom):
            found[-1].append(piece)
            main = max(main, piece, key=lambda each: each.size)
        else:
            found.append([piece])
            main = piece
    return [sorted(row, key=lambda piece: piece.left) for row in found]


def segments(number: int, row: Sequence[Piece]) -> list[Segment]:
    """The parts of a row that a wide gap parts; the number of an item is not parted from its words."""
    parts: list[list[Piece]] = [[row[0]]]
    for before, piece in pairwise(row):
        gap = piece.left - before.right
        is_sign = len(parts[-1]) == 1 and begins_item(f"{before.text} x")[0] is Role.ITEM
        if gap > _COLUMN_GAP * max(before.size, piece.size) and not (is_sign and gap < 6 * before.size):
            parts.append([])
        parts[-1].append(piece)
    return [Segment(number, tuple(part)) for part in parts]


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without what stands at one place of most pages in their margins, and without page numbers."""
    seen: Counter[_Key] = Counter()
    margins: list[list[tuple[_Key, list[Piece]]]] = []
    for page in pages:
        keys: list[tuple[_Key, list[Piece]]] = []
        for row in rows(page):
            top = min(piece.top for piece in row)
            is_low = top > page.height * (1 - _MARGIN)
            if top < page.height * _MARGIN or is_low:
                words = " ".join(piece.text for piece in row)
                number = next((int(digits) for digits in _DIGITS.findall(words)[:1] if len(digits) < 6), None)
                place = round((page.height - top if is_low else top) / 4)
                exact: _Key = (is_low, place, words)
                counted: _Key = (
                    is_low,
                    place,
                    _DIGITS.sub("#", words),
                    None if number is None else number - page.number,
                )
                keys += [(key, row) for key in dict.fromkeys((exact, counted))]
        seen.update({key for key, _ in keys})
        margins.append(keys)
    least = max(2, 0.4 * len(pages))
    cleaned = []
    for page, keys in zip(pages, margins, strict=True):
        furniture = {piece for key, row in keys if seen[key] >= least for piece in row}
        cleaned.append(replace(page, pieces=tuple(piece for piece in page.pieces if piece not in furniture)))
    return cleaned


def typical_size(pages: Iterable[Page]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for piece in page.pieces:
            sizes[round(piece.size, 1)] += len(piece.text)
    return sizes.most_common(1)[0][0]


def typical_leading(pages: Iterable[Page]) -> float:
    """How far apart the lines of a paragraph stand, in sizes of their letters."""
    found = []
    for page in pages:
        for above, below in pairwise(rows(page)):
            first, second = Segment(0, tuple(above)).main, Segment(0, tuple(below)).main
            if first.size == second.size:
                found.append((second.bottom - first.bottom) / first.size)
    near = [each for each in found if each <= _WIDEST_LEADING]
    return quantiles(near, n=4)[0] if len(near) > 1 else _WIDEST_LEADING


def page_lines(page: Page, size: float, leading: float, gathered: Gathered) -> None:
    """Add the lines of a page.

    Args:
        page: what is left of it without headers and footers.
        size: of most letters of the document; what is larger is a heading.
        leading: how far apart its lines stand.
        gathered: takes the lines.
    """
    writer = _Writer(page, size, leading, gathered)
    for block in in_reading_order(blocks(page, leading)):
        writer.block(block)
    writer.end_struck()


def blocks(page: Page, leading: float) -> list[Block]:
    """The blocks of a page and the cells of its tables."""
    numbered = list(enumerate(rows(page), 1))
    made: list[Block] = []
    taken: set[Piece] = set()
    for order, table in enumerate(page.tables, 1):
        for left, right, top, bottom in table:
            cell = Block(is_cell=True, order=order)
            for number, row in numbered:
                within = [
                    p
                    for p in row
                    if left <= (p.left + p.right) / 2 <= right and top <= (p.top + p.bottom) / 2 <= bottom
                ]
                within = [piece for piece in within if piece not in taken]
                if within:
                    cell.segments.append(Segment(number, tuple(within)))
                    taken.update(within)
            if cell.segments:
                made.append(cell)
    opened: list[Block] = []
    for number, row in numbered:
        rest = [piece for piece in row if piece not in taken]
        if rest:
            opened = _extended(opened, segments(number, rest), leading, made)
    return made


def _extended(opened: list[Block], parts: list[Segment], leading: float, made: list[Block]) -> list[Block]:
    """Put the parts of a row below the blocks that they go on with; gives the blocks that can go on."""
    below: list[Block] = []
    for part in parts:
        over = [block for block in opened if _overlap(block, part)]
        under = [each for each in parts if over and _overlap(over[0], each)]
        if len(over) == 1 and len(under) == 1 and _is_close(over[0].segments[-1], part, leading):
            over[0].segments.append(part)
            below.append(over[0])
        else:
            made.append(Block([part]))
            below.append(made[-1])
    # What has nothing below it in this row can go on in the next: one column's line may stand between two of another's.
    return below + [block for block in opened if not any(_overlap(block, part) for part in parts)]


def _overlap(a: Block | Segment, b: Block | Segment) -> bool:
    return a.left < b.right and b.left < a.right


def _is_close(above: Segment, below: Segment, leading: float) -> bool:
    size = above.main.size
    distance = (below.main.bottom - above.main.bottom) / size
    return 0.85 < below.main.size / size < 1.18 and 0 < distance < min(1.25 * leading, _WIDEST_LEADING)


def in_reading_order(found: list[Block]) -> list[Block]:
    """Blocks so that each is read after what stands above it in its column and after the column to its left."""
    rest = sorted(found, key=lambda block: (block.top, block.left))
    if all(a.bottom <= b.top + 1 for a, b in pairwise(rest)):
        return rest
    ordered: list[Block] = []
    while rest:
        free = [block for block in rest if not any(_is_before(other, block) for other in rest if other is not block)]
        last = ordered[-1] if ordered else None
        along = [block for block in free if last and _share(last, block) and (last.is_cell or block.top >= last.top)]
        chosen = (along or free or rest)[0]
        ordered.append(chosen)
        rest.remove(chosen)
    return ordered


def _share(a: Block, b: Block) -> bool:
    """Whether they stand in one column, or in one table."""
    return a.order == b.order if a.is_cell and b.is_cell else _overlap(a, b)


def _is_before(a: Block, b: Block) -> bool:
    if a.is_cell and b.is_cell and a.order == b.order:
        return (a.top, a.left) < (b.top, b.left)
    if _overlap(a, b):
        return a.top < b.top
    return a.right <= b.left and a.top < b.bottom and b.top < a.bottom


class _Writer:
    """Writes the blocks of a page as lines."""

    def __init__(self, page: Page, size: float, leading: float, gathered: Gathered) -> None:
        self.page, self.size, self.leading, self.gathered = page, size, leading, gathered
        self.things: dict[int, int] = {}
        self.last = (-1, 0)
        self.left: list[tuple[str, Where]] = []
        self.apart = self.has_begun = False

    def block(self, block: Block) -> None:
        """Add the lines of a block; the rows of a heading and of a cell's paragraph are one line."""
        held: list[Stretch] = []
        role = Role.TEXT
        above: Segment | None = None
        for segment in block.segments:
            begins, skipped = begins_item(segment.text)
            stretches = self.stretches(segment, skipped)
            if not stretches:
                continue
            # A page can begin in the middle of a paragraph.
            is_apart = not _is_close(above, segment, self.leading) if above else self.has_begun
            self.has_begun = True
            is_one = (
                above is not None and (block.is_cell or role is Role.HEADING) and not is_apart and begins is Role.TEXT
            )
            if held and is_one:
                held += [self.space(held[-1], stretches[0]), *stretches]
            else:
                self.put(held, role)
                self.apart = is_apart
                held = stretches
                role = Role.ITEM if begins is Role.ITEM else Role.TEXT
                role = Role.CELL if block.is_cell else role
                role = Role.HEADING if segment.main.size > 1.12 * self.size else role
            above = segment
        self.put(held, role)

    def put(self, stretches: list[Stretch], role: Role) -> None:
        if stretches:
            self.gathered.add(stretches, role, apart=self.apart)

    def end_struck(self) -> None:
        """Note the words that were struck out up to here."""
        if self.left:
            self.gathered.leave(" ".join(words for words, _ in self.left), self.left[0][1], Why.STRUCK)
        self.left = []

    def space(self, before: Stretch, after: Stretch) -> Stretch:
        """A space between two stretches, with the look that both have."""
        link = before.link if before.link == after.link else 0
        strong = before.strong if before.strong == after.strong else 0
        return before._replace(text=" ", link=link, strong=strong)

    def stretches(self, segment: Segment, skipped: int) -> list[Stretch]:
        """The words of a row with the spaces between them."""
        where = Where(page=self.page.number, line=segment.row)
        main = segment.main
        found: list[Stretch] = []
        before: Piece | None = None
        for piece in segment.pieces:
            text = piece.text
            if skipped and before is None:
                skipped -= len(text)
                text = text[len(text) + skipped :] if skipped < 0 else ""
            is_raised = piece.size < 0.8 * main.size and piece.bottom < main.bottom - 0.1 * main.size
            if is_raised and found and _NOTE_MARK.fullmatch(text):
                self.gathered.miss(f"the mark of a note: {text}", where)
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
            if before and piece.left - before.right > WORD_GAP * min(piece.size, before.size) and found:
                found.append(self.space(found[-1], stretch))
            found.append(stretch)
            before = piece
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
