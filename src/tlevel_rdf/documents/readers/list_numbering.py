"""The numbers that HTML and DOCX print before the items of a list and do not hold in its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: How a text begins that has its number written into it.
NUMBERED: Final = re.compile(r"\s*\(?\d{1,3}[a-z]?[.)]\s")
_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _letters(number: int) -> str:
    said = ""
    while number > 0:
        number, letter = divmod(number - 1, 26)
        said = chr(ord("a") + letter) + said
    return said


def _roman(number: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        said += letters * count
    return said


#: By the names of WordprocessingML (ECMA-376, part 1, section 17.18.59).
STYLES: Final[Mapping[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": "{:02}".format,
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}


def numeral(number: int, style: str) -> str:
    """A number as a list of that style prints it; digits where the style has no word for it.

    >>> numeral(3, "decimal"), numeral(28, "lowerLetter"), numeral(14, "upperRoman")
    ('3', 'ab', 'XIV')
    """
    return STYLES[style](number) if 0 < number < 4000 else str(number)
