"""Comparison of titles, and the slugs that identifiers are made from."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from tlevel_rdf.errors import IdentifierError
from tlevel_rdf.limits import MAX_CACHED_TITLES, MAX_SLUG_CHARACTERS

#: Letters that do not decompose to ASCII, and signs that are spelt out.
_SPELLINGS: Final = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ħ": "h",
        "\u0131": "i",
        "&": " and ", "+": " plus ", "@": " at ", "%": " per cent ", "£": " pounds ",
    }
)  # fmt: skip
#: Characters that are dropped: accents (after decomposition), apostrophes and invisible characters.
_DROPPED: Final = re.compile("[\u0300-\u036f'`\u2018\u2019\u02bc\u00ad\u200b-\u200d\u2060\ufeff]")
_SEPARATORS: Final = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=MAX_CACHED_TITLES)
def normalise_title(title: str) -> str:
    """Return a form of a title that is the same for equal titles: case, spaces and `&` make no difference.

    >>> normalise_title("Tree &  Woodland Management") == normalise_title("tree and woodland management")
    True
    """
    return " ".join(expand_ampersand(title.casefold()).split())


def expand_ampersand(title: str) -> str:
    """Write `&` as the word and, as identifiers do."""
    return " ".join(title.replace("&", " and ").split()) if "&" in title else title


@lru_cache(maxsize=MAX_CACHED_TITLES)
def slug(title: str) -> str:
    """Write a title as lower-case ASCII words joined by hyphens.

    Accents and apostrophes are dropped, `&` becomes and, and any other character that is not a letter or digit ends a
    word. Letters of other scripts than the Latin do not count as letters.

    Raises:
        IdentifierError: the result is empty, as for a title in Greek, or has more than 120 characters.

    >>> slug("Investment Analyst & Administrator")
    'investment-analyst-and-administrator'
    >>> slug("Gwyddor Gofal Iechyd: tŷ a thân")
    'gwyddor-gofal-iechyd-ty-a-than'
    """
    plain = unicodedata.normalize("NFKD", title.casefold()).casefold()
    words = _SEPARATORS.sub("-", _DROPPED.sub("", plain).translate(_SPELLINGS)).strip("-")
    if 0 < len(words) <= MAX_SLUG_CHARACTERS:
        return words
    message = f"no identifier can be made from the title {title!r}{', which is too long' if words else ''}"
    raise IdentifierError(message, hint="give it an identifier with 'key: lower-case-words'")
