"""When two titles are one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from tlevel_rdf.errors import IdentifierError


@lru_cache(maxsize=65536)
def normalise_title(title: str) -> str:
    """A title for comparing: without regard to capitals and spaces, and with `&` as the word that it stands for.

    >>> normalise_title("Tree &  Woodland Management") == normalise_title("tree and woodland management")
    True
    """
    return " ".join(expand_ampersand(title.casefold()).split())


def expand_ampersand(title: str) -> str:
    """A title with `&` as the word that it stands for, as in identifiers."""
    return " ".join(title.replace("&", " and ").split()) if "&" in title else title


#: Letters that no decomposition turns into ASCII, and signs that are read aloud as words.
_SPELT: Final = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ħ": "h",
        "\u0131": "i",
        "&": " and ", "+": " plus ", "@": " at ", "%": " per cent ", "£": " pounds ",
    }
)  # fmt: skip
#: What vanishes within a word: accents (after decomposition), apostrophes, and marks that nobody sees.
_SILENT: Final = re.compile("[\u0300-\u036f'`\u2018\u2019\u02bc\u00ad\u200b-\u200d\u2060\ufeff]")
_BREAKS: Final = re.compile(r"[^a-z0-9]+")
#: The most characters of a slug, since slugs become names of files.
_LONGEST: Final = 120


@lru_cache(maxsize=65536)
def slug(title: str) -> str:
    """A title as lower-case ASCII words joined by hyphens.

    Accents are dropped, `&` is read as and, apostrophes vanish, everything else that is no letter or digit
    parts two words. A letter of another script than the Latin counts as no letter.

    Raises:
        IdentifierError: nothing is left, as with a title in Greek, or more than 120 characters.

    >>> slug("Investment Analyst & Administrator")
    'investment-analyst-and-administrator'
    >>> slug("Gwyddor Gofal Iechyd: tŷ a thân")
    'gwyddor-gofal-iechyd-ty-a-than'
    """
    plain = unicodedata.normalize("NFKD", title.casefold()).casefold()
    words = _BREAKS.sub("-", _SILENT.sub("", plain).translate(_SPELT)).strip("-")
    if 0 < len(words) <= _LONGEST:
        return words
    message = f"no identifier can be made of the title {title!r}{', which is too long' if words else ''}"
    raise IdentifierError(message, hint="give it one with 'key: lower-case-words'")
