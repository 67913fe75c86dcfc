"""Page headers, footers and numbers, which are left out, since they would part a paragraph that goes on over pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

from tlevel_rdf.documents.readers.pdf.geometry import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tlevel_rdf.documents.readers.pdf.geometry import Page, Piece

#: What part of a page at its top and at its foot can hold what is printed on every page.
_MARGIN: Final = 0.12
#: What stands apart in a margin is no more lines than this, and has so much room beside it, in sizes of a letter.
_MOST_LINES: Final = 3
_ROOM: Final = 2.0
#: How much smaller than most letters are those that say so.
_SMALL: Final = 0.92
_DIGITS: Final = re.compile(r"\d+")
#: What browsers print at the edges of a page: an address, the number of the page, and when it was printed.
_PRINTED: Final = re.compile(
    r"(?:(?:https?|file):///?\S+|(?:page )?\d{1,5} ?(?:/|of) ?\d{1,5}"
    r"|(?P<moment>\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}:\d{2}(?: ?[AP]M)?))(?:\s+|\Z)",
    re.IGNORECASE,
)
#: What makes two rows of two pages the same: their place and their words, or their words and what they count from.
_Key = tuple[object, ...]


class Aside(NamedTuple):
    """Words in the margin of a page that are left out.

    Attributes:
        page: its number.
        row: that of their first line, counted from the top.
        words: they.
        is_repeated: whether they stand on most pages, but for their numbers.
    """

    page: int
    row: int
    words: str
    is_repeated: bool


class _Apart(NamedTuple):
    """Rows in a margin with room between them and the text of the page."""

    is_low: bool
    place: int
    row: int
    rows: list[list[Piece]]

    @property
    def words(self) -> str:
        """Their words."""
        return " ".join(piece.text for row in self.rows for piece in row)

    @property
    def mask(self) -> tuple[object, ...]:
        """What is the same of them on other pages, whatever they count."""
        return self.is_low, _DIGITS.sub("#", self.words)


def without_asides(pages: Sequence[Page], size: float) -> tuple[list[Page], list[Aside]]:
    """The pages without what stands apart in their margins, where text may go on from page to page.

    That is what is at one place of most pages, whatever its words, and what is printed smaller than the text, such as a
    footnote. Nothing goes on above the first page and below the last.

    Args:
        pages: without what has the same words on most pages.
        size: of most letters.
    """
    found = [[*_apart(page, size)] for page in pages]
    places = Counter((each.is_low, each.place) for its in found for each in its)
    masks = Counter(each.mask for its in found for each in its)
    least = max(2, 0.4 * len(pages))
    cleaned, asides = [], []
    for page, its in zip(pages, found, strict=True):
        gone: set[Piece] = set()
        for each in its:
            pieces = {piece for row in each.rows for piece in row}
            is_small = all(piece.size <= _SMALL * size for piece in pieces)
            is_within = page is not (pages[-1] if each.is_low else pages[0])
            if is_within and (is_small or places[each.is_low, each.place] >= least):
                gone |= pieces
                asides.append(Aside(page.number, each.row, each.words, masks[each.mask] >= least))
        cleaned.append(replace(page, pieces=tuple(piece for piece in page.pieces if piece not in gone)))
    return cleaned, asides


def _apart(page: Page, size: float) -> Iterator[_Apart]:
    """The head and the foot of a page that stand apart from what is between them."""
    lines = rows(page)
    tops, bottoms = [min(p.top for p in row) for row in lines], [max(p.bottom for p in row) for row in lines]
    for n in range(1, min(_MOST_LINES + 1, len(lines))):
        if bottoms[n - 1] > page.height * _MARGIN:
            break
        if tops[n] - bottoms[n - 1] > _ROOM * size:
            yield _Apart(is_low=False, place=round(tops[0] / 4), row=1, rows=lines[:n])
            break
    for n in range(len(lines) - 1, max(len(lines) - 1 - _MOST_LINES, 0), -1):
        if tops[n] < page.height * (1 - _MARGIN):
            break
        if tops[n] - bottoms[n - 1] > _ROOM * size:
            place = round((page.height - tops[n]) / 4)
            yield _Apart(is_low=True, place=place, row=n + 1, rows=lines[n:])
            break


def furniture(before: Sequence[Page], after: Sequence[Page]) -> list[Aside]:
    """What was left out of pages, once for all that differ in numbers only."""
    seen: dict[str, Aside] = {}
    for page, cleaned in zip(before, after, strict=True):
        gone = set(page.pieces) - set(cleaned.pieces)
        for number, row in enumerate(rows(page), 1):
            if words := " ".join(piece.text for piece in row if piece in gone):
                seen.setdefault(_DIGITS.sub("#", words), Aside(page.number, number, words, is_repeated=True))
    return [*seen.values()]


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without what stands at one place of most pages in their margins, and without page numbers.

    What a browser prints there goes from the only page as well.
    """
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
        furniture = {piece for key, row in keys if seen[key] >= least or _is_printed(row) for piece in row}
        cleaned.append(replace(page, pieces=tuple(piece for piece in page.pieces if piece not in furniture)))
    return cleaned


def _is_printed(row: Sequence[Piece]) -> bool:
    """Whether a row in a margin is a browser's: nothing but what it prints, or a title after the time."""
    # A font may have one letter for the "fi" of "file:".
    words = normalize("NFKC", " ".join(piece.text for piece in row))
    first = _PRINTED.match(words)
    return bool(first and first["moment"]) or not _PRINTED.sub("", words)
