"""Rules for joining two lines of one paragraph: hyphens, slashes, and numbers that begin a line."""

from __future__ import annotations

import re
from typing import Final

_HYPHENS: Final = frozenset("-\u2010")
_BREAKING: Final = _HYPHENS | {"/"}
_BROKEN_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*[-\u2010]\Z")
#: Characters at the end of a line that are searched for the first half of a word.
_MAX_HALF: Final = 80
#: First halves of words that commonly keep their hyphen.
PREFIXES: Final = frozenset(
    {
        *("all", "co", "cross", "ex", "first", "full", "high", "long", "low", "mid", "multi", "non", "one", "post"),
        *("self", "semi", "short", "three", "two", "well"),
    }
)
#: First halves that share the second half of a later word, as in "pre- and post-natal".
_SHARING: Final = PREFIXES | {"inter", "intra", "micro", "over", "part", "pre", "pro", "sub", "under"}
_CONJUNCTIONS: Final = frozenset({"and", "or", "to"})
_LEVEL: Final = re.compile(r"\blevels?\Z", re.IGNORECASE)
_DIGIT: Final = re.compile(r"\d\b")


def separator(before: str, after: str) -> str:
    """Return the text between two lines of a paragraph: a space, or nothing after a hyphen or slash within a word."""
    is_broken = before[-1:] in _BREAKING and before[-2:-1].isalnum() and after[:1].isalnum()
    return "" if is_broken and not is_shared(broken_half(before), after) else " "


def broken_half(text: str) -> str:
    """Return the first half of a word that stands before a hyphen at the end of a text; empty if there is none.

    >>> broken_half("the Stone-"), broken_half("the Stone")
    ('Stone', '')
    """
    found = text[-1:] in _HYPHENS and _BROKEN_WORD.search(text[-_MAX_HALF:])
    return found[0][:-1] if found else ""


def is_shared(half: str, after: str) -> bool:
    """Return True if a hyphen stands for a second half that two words share, so that `after` does not complete it.

    >>> is_shared("pre", "and post-natal care"), is_shared("appren", "ticeship")
    (True, False)
    """
    first, _, rest = after.partition(" ")
    if first not in _CONJUNCTIONS:
        return False
    return half.rpartition("-")[2].casefold() in _SHARING or "-" in rest.partition(" ")[0]


def is_wrapped_level(before: str, after: str) -> bool:
    """Return True if a line begins with the level that the previous line announces, and not with an item's number.

    >>> is_wrapped_level("There is no apprenticeship at level", "4. At level 5,")
    True
    """
    return bool(_LEVEL.search(before) and _DIGIT.match(after))
