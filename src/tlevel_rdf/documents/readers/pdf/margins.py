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
    from collections.abc import Iterator, Sequence

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
    """Text in the margin of a page.

    Attributes:
        page: the number of the page.
        row: the number of its first line, counted from the top.
        is_low: True in the bottom margin.
        place: its position in the margin, in steps that are equal on two pages.
        words: its words.
        is_repeated: True if it stands on most pages, apart from its numbers.
    """

    page: int
    row: int
    is_low: bool
    place: int
    words: tuple[Word, ...]
    is_repeated: bool = True

    @property
    def text(self) -> str:
        """The text."""
        return text_of(self.words)

    @property
    def mask(self) -> tuple[bool, str]:
        """The part of the text that is the same on other pages."""
        return self.is_low, _DIGITS.sub("#", self.text)

    @property
    def keys(self) -> set[tuple[object, ...]]:
        """The properties that two pages share if they have the same text, apart from a number that counts the pages."""
        number = next((int(digits) for digits in _DIGITS.findall(self.text)[:1] if len(digits) < 6), None)
        counted = (self.mask, self.place, None if number is None else number - self.page)
        return {(self.is_low, self.place, self.text), counted}


def without_furniture(pages: Sequence[Page]) -> tuple[list[Page], list[MarginText]]:
    """Return pages without the rows in their margins that stand on most pages, and those rows.

    The rows that a browser prints are dropped from a single page too.
    """
    margins = [[*_margin_rows(page)] for page in pages]
    keys = Counter(key for texts in margins for key in {key for text in texts for key in text.keys})
    gone = [
        [text for text in texts if any(keys[key] >= _least(pages) for key in text.keys) or _is_printed(text.text)]
        for texts in margins
    ]
    furniture: dict[str, MarginText] = {}
    for text in (text for texts in gone for text in texts):
        furniture.setdefault(text.mask[1], text)
    return [*map(_without, pages, gone)], [*furniture.values()]


def without_asides(pages: Sequence[Page], size: float) -> tuple[list[Page], list[MarginText]]:
    """Return pages without the text that stands apart in their margins between pages, and that text.

    It stands at one place of most pages, whatever its words, or is smaller than the text, as a footnote is. The top of
    the first page and the foot of the last stay, for no paragraph continues beyond them. The pages are those that
    `without_furniture` returns, and the size is that of most letters.
    """
    margins = [[*_apart(page, size)] for page in pages]
    places = Counter((text.is_low, text.place) for texts in margins for text in texts)
    masks = Counter(text.mask for texts in margins for text in texts)
    least = _least(pages)
    gone = [
        [
            text._replace(is_repeated=masks[text.mask] >= least)
            for text in texts
            if page is not (pages[-1] if text.is_low else pages[0])
            and (places[text.is_low, text.place] >= least or all(word.size <= _SMALL * size for word in text.words))
        ]
        for page, texts in zip(pages, margins, strict=True)
    ]
    return [*map(_without, pages, gone)], [text for texts in gone for text in texts]


def _least(pages: Sequence[Page]) -> float:
    """Return the number of pages that count as most."""
    return max(2, 0.4 * len(pages))


def _without(page: Page, texts: Sequence[MarginText]) -> Page:
    gone = {word for text in texts for word in text.words}
    return replace(page, words=tuple(word for word in page.words if word not in gone)) if gone else page


def _margin_rows(page: Page) -> Iterator[MarginText]:
    """Yield the rows in the margins of a page."""
    for number, row in enumerate(rows(page.words), 1):
        top = bounds(row).top
        is_low = top > page.height * (1 - _MARGIN)
        if is_low or top < page.height * _MARGIN:
            yield _text(page, number, row, is_low=is_low)


def _apart(page: Page, size: float) -> Iterator[MarginText]:
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
                yield _text(page, first + 1, words, is_low=is_low)
                break


def _text(page: Page, row: int, words: Sequence[Word], *, is_low: bool) -> MarginText:
    top = bounds(words).top
    place = round((page.height - top if is_low else top) / _SAME_PLACE)
    return MarginText(page.number, row, is_low, place, tuple(words))


def _is_printed(text: str) -> bool:
    """Return True if a browser printed a row: nothing but an address, a page number and the time, or time and title."""
    # A font may have one letter for the "fi" of "file:".
    text = normalize("NFKC", text)
    first = _PRINTED.match(text)
    return bool(first and first["moment"]) or not _PRINTED.sub("", text)
