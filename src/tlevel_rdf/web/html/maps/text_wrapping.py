"""Widths of text in Arial and the fonts of its size, and text wrapped to a width, for pictures made on the server."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: The characters of each width, in thousandths of the font size: the metrics of Arial, Helvetica and Liberation Sans.
_CHARACTERS_OF_WIDTH: Final = {
    191: "'",
    222: "ijl",
    260: "|",
    278: " !,./:;I[\\]ft",
    333: "()-`r",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jckszyvx",
    556: "#$0123456789?L_abdeghnopqu\u00a3\u2013",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1015: "@",
}
_WIDTHS: Final = {character: width for width, some in _CHARACTERS_OF_WIDTH.items() for character in some}
#: The widths of all other characters: East Asian wide ones and combining marks have widths of their own.
_OTHER_WIDTH: Final = 800
_WIDE_WIDTH: Final = 1000
#: Room for bold text, which is 7 % wider, and for other fonts.
_ALLOWANCE: Final = 1.08
#: Characters that XML cannot contain.
_NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean_text(text: str) -> str:
    """Return a text without the characters that XML cannot contain, with one space in place of several."""
    return " ".join(_NOT_XML.sub("", text).split())


def text_width(text: str, size: int) -> float:
    """Return an upper estimate of the width of a text, in the unit of the font size."""
    return sum(map(_character_width, text)) * size * _ALLOWANCE / 1000


def wrap(text: str, size: int, width: int) -> tuple[str, ...]:
    """Return the lines of a text that fit a width. Words that are too long continue on the next line.

    Args:
        text: spaces of any kind count as one, and characters that XML cannot contain are left out.
        size: the font size.
        width: of the lines, in the same unit.

    >>> wrap("Healthcare Intelligence Specialist", 13, 160)
    ('Healthcare Intelligence', 'Specialist')
    """
    lines: list[str] = []
    line, room = "", float(width)
    for word in clean_text(text).split():
        needed = text_width(f" {word}", size) if line else text_width(word, size)
        if needed <= room:
            line, room = f"{line} {word}" if line else word, room - needed
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, size, width)
        lines += full
        room = width - text_width(line, size)
    return (*lines, line) if line else tuple(lines)


def _pieces(word: str, size: int, width: int) -> list[str]:
    """Return the parts of a word that fit a width, each with one character or more."""
    pieces, used = [""], 0.0
    for character in word:
        needed = text_width(character, size)
        if pieces[-1] and used + needed > width:
            pieces.append("")
            used = 0.0
        pieces[-1] += character
        used += needed
    return pieces


def _character_width(character: str) -> int:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if unicodedata.combining(character):
        return 0
    return _WIDE_WIDTH if unicodedata.east_asian_width(character) in "WF" else _OTHER_WIDTH
