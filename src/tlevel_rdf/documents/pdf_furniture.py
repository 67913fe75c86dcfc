"""Page headers, footers and numbers, which are left out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.pdf_pieces import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.pdf_pieces import Page, Piece

#: What part of a page at its top and at its foot can hold what is printed on every page.
_MARGIN: Final = 0.12
_DIGITS: Final = re.compile(r"\d+")
#: What makes two rows of two pages the same: their place and their words, or their words and what they count from.
_Key = tuple[object, ...]


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
