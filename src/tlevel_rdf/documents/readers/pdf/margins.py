"""Page headers, footers and page numbers, which would break a paragraph that continues on the next page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

from tlevel_rdf.documents.readers.pdf.geometry import bounds, rows, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tlevel_rdf.documents.readers.pdf.geometry import Page, Word

#: The share of a page, at its top and at its foot, that can hold a header or footer.
_MARGIN: Final = 0.12
#: Points: positions on two pages that differ by less are one.
_SAME_PLACE: Final = 4.0
#: The lines of a text that stands apart in a margin, at most, and the ems between it and the text of the page.
_MAX_LINES: Final = 3
_GAP: Final = 2.0
#: The size of small letters, in relation to most letters.
_SMALL: Final = 0.92
_DIGITS: Final = re.compile(r"\d+")
#: The address, page number and time that browsers print at the edges of a page.
_PRINTED: Final = re.compile(
    r"(?:(?:https?|file):///?\S+|(?:page )?\d{1,5} ?(?:/|of) ?\d{1,5}"
    r"|(?P<moment>\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}:\d{2}(?: ?[AP]M)?))(?:\s+|\Z)",
    re.IGNORECASE,
)


class MarginText(NamedTuple):
    """Text in the margin of a page that is not read with the page.

    Attributes:
        page: the number of the page.
        row: the number of its first line, counted from the top.
        text: its words.
        is_repeated: True if it stands on most pages, apart from its numbers.
    """

    page: int
    row: int
    text: str
    is_repeated: bool


class _Edge(NamedTuple):
    """Rows in a margin: their position, their words, and the number of the first."""

    is_low: bool
    place: int
    row: int
    words: list[Word]

    @property
    def text(self) -> str:
        """The text."""
        return text_of(self.words)

    @property
    def mask(self) -> tuple[bool, str]:
        """The part of the text that is the same on other pages."""
        return self.is_low, _DIGITS.sub("#", self.text)


def without_furniture(pages: Sequence[Page]) -> tuple[list[Page], list[MarginText]]:
    """Return pages without the rows in their margins that stand on most pages, and those rows.

    A row is the same on two pages if its place and words are, or its place and words but for a number that counts the
    pages. The rows that a browser prints are dropped from a single page too.
    """
    margins = [[*_margin_rows(page)] for page in pages]
    keys = Counter(key for page, edges in zip(pages, margins, strict=True) for key in _keys(page, edges))
    least = _least(pages)
    cleaned: list[Page] = []
    texts: dict[str, MarginText] = {}
    for page, edges in zip(pages, margins, strict=True):
        gone = [
            edge for edge in edges if _is_printed(edge.text) or any(keys[key] >= least for key in _keys(page, [edge]))
        ]
        for edge in gone:
            texts.setdefault(edge.mask[1], MarginText(page.number, edge.row, edge.text, is_repeated=True))
        cleaned.append(_without(page, gone))
    return cleaned, [*texts.values()]


def without_asides(pages: Sequence[Page], size: float) -> tuple[list[Page], list[MarginText]]:
    """Return pages without the text that stands apart in their margins between pages, and that text.

    It stands at one place of most pages, whatever its words, or is smaller than the text, as a footnote is. The top of
    the first page and the foot of the last stay, for no paragraph continues beyond them.

    Args:
        pages: the pages, without what `without_furniture` drops.
        size: the size of most letters.
    """
    margins = [[*_apart(page, size)] for page in pages]
    places = Counter((edge.is_low, edge.place) for edges in margins for edge in edges)
    masks = Counter(edge.mask for edges in margins for edge in edges)
    least = _least(pages)
    cleaned, texts = [], []
    for page, edges in zip(pages, margins, strict=True):
        gone = [
            edge
            for edge in edges
            if page is not (pages[-1] if edge.is_low else pages[0])
            and (places[edge.is_low, edge.place] >= least or all(word.size <= _SMALL * size for word in edge.words))
        ]
        texts += [MarginText(page.number, edge.row, edge.text, masks[edge.mask] >= least) for edge in gone]
        cleaned.append(_without(page, gone))
    return cleaned, texts


def _least(pages: Sequence[Page]) -> float:
    """Return the number of pages that count as most."""
    return max(2, 0.4 * len(pages))


def _without(page: Page, edges: Collection[_Edge]) -> Page:
    gone = {word for edge in edges for word in edge.words}
    return replace(page, words=tuple(word for word in page.words if word not in gone)) if gone else page


def _margin_rows(page: Page) -> Iterator[_Edge]:
    """Yield the rows in the margins of a page."""
    for number, row in enumerate(rows(page.words), 1):
        top = bounds(row).top
        is_low = top > page.height * (1 - _MARGIN)
        if is_low or top < page.height * _MARGIN:
            yield _Edge(is_low, _place(page, top, is_low=is_low), number, row)


def _apart(page: Page, size: float) -> Iterator[_Edge]:
    """Yield the top and the foot of a page that stand apart from the text between them."""
    lines = rows(page.words)
    boxes = [bounds(row) for row in lines]
    for is_low in (False, True):
        inwards = boxes[::-1] if is_low else boxes
        for count, (edge, text) in enumerate(pairwise(inwards[: _MAX_LINES + 1]), 1):
            if edge.top < page.height * (1 - _MARGIN) if is_low else edge.bottom > page.height * _MARGIN:
                break
            if (edge.top - text.bottom if is_low else text.top - edge.bottom) > _GAP * size:
                first = len(lines) - count if is_low else 0
                words = [word for row in lines[first : first + count] for word in row]
                yield _Edge(is_low, _place(page, boxes[first].top, is_low=is_low), first + 1, words)
                break


def _place(page: Page, top: float, *, is_low: bool) -> int:
    """Return the position of a row in its margin, in steps that are equal on two pages."""
    return round((page.height - top if is_low else top) / _SAME_PLACE)


def _keys(page: Page, edges: Sequence[_Edge]) -> set[tuple[object, ...]]:
    """Return what rows of a page and of another have in common if they are the same."""
    found: set[tuple[object, ...]] = set()
    for edge in edges:
        number = next((int(digits) for digits in _DIGITS.findall(edge.text)[:1] if len(digits) < 6), None)
        found.add((edge.is_low, edge.place, edge.text))
        found.add((edge.mask, edge.place, None if number is None else number - page.number))
    return found


def _is_printed(text: str) -> bool:
    """Return True if a browser printed a row: nothing but an address, a page number and the time, or time and title."""
    # A font may have one letter for the "fi" of "file:".
    text = normalize("NFKC", text)
    first = _PRINTED.match(text)
    return bool(first and first["moment"]) or not _PRINTED.sub("", text)
