"""Numbers in markup, and those of list items, which HTML and DOCX show and do not hold as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NUMBER: Final = re.compile(r"-?\d{1,6}\Z")


def _letters(number: int) -> str:
    label = ""
    while number > 0:
        number, letter = divmod(number - 1, 26)
        label = chr(ord("a") + letter) + label
    return label


#: Number styles, by their names in WordprocessingML (ECMA-376, part 1, section 17.18.59).
STYLES: Final[Mapping[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": "{:02}".format,
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    # Digits, because the grammar takes those from the title of an item, and would keep the “IV.” of “IV. Mason”.
    **dict.fromkeys(("lowerRoman", "upperRoman"), str),
}


def number(text: str, default: int = 0) -> int:
    """Return the whole number of at most six digits that a text is, else a default."""
    return int(text) if _NUMBER.match(text) else default


def numeral(number: int, style: str) -> str:
    """Return a number as a list of that style shows it, or its digits where the style has no form for it.

    >>> numeral(3, "decimal"), numeral(28, "lowerLetter"), numeral(14, "upperRoman")
    ('3', 'ab', '14')
    """
    return STYLES[style](number) if 0 < number < 4000 else str(number)
