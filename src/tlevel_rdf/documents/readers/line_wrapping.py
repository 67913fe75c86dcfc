"""How wide a document is where its lines are broken, so that a line which ended for want of room is told from others.

A line that begins with a small letter goes on with the one before it, so the lines before such lines show the width.
It is taken from those nearby: one paragraph that is not broken, or a narrow column, says nothing about the rest.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.document import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.document import Line, Where
from typing import TYPE_CHECKING

from tlevel_rdf.documents.document import Where

#: Beyond this many characters nobody breaks lines by hand, so a long line is a paragraph.
_WIDEST: Final = 200
#: Nor are lines that are all shorter than this broken by their width, unless many show that they are.
_NARROWEST: Final = 40
#: How many lines before and behind a line count as nearby.
_NEARBY: Final = 30
#: How many broken lines show a width, and how many a narrow one.
_FEWEST: Final = 3
_FEWEST_NARROW: Final = 5
#: What part of the width a line and the next word fill together, if the word had no room.
_FILLED: Final = 0.8
_LEVEL: Final = re.compile(r"\blevels?\Z", re.IGNORECASE)
_DIGIT: Final = re.compile(r"\d\b")
_ENDS: Final = frozenset(".!?:;")


class _Broken(NamedTuple):
    """A line that goes on in the next: its number, its length, and its length with the next word."""

    number: int
    length: int
    filled: int


class Wrapping:
    """The widths of a document.

    Args:
        lines: its lines.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    def is_full(self, number: int) -> bool:
        """Whether a line ended only because the first word of the next had no room in it."""
        filled = self._filled(number)
        width = self._width_nearby(number)
        if width:
            return filled > _FILLED * width
        is_wide = self._widest > _NARROWEST
        return is_wide and filled > _FILLED * self._widest and (not self._has_long or self._has_neighbour(number))

    def _length(self, number: int) -> int:
        """How long a line is in the document, with the part of its first word that the line before took over."""
        line, before = self._lines[number], self._lines[number - 1] if number else None
        moved = len(before.text) - before.turns[-1][0] + 1 if before and is_rest(before, line) else 0
        return moved + len(line.text) - (line.turns[-1][0] if line.turns else 0)

    def _filled(self, number: int) -> int:
        """How long it would be with the first word of the next."""
        return self._length(number) + 1 + len(self._lines[number + 1].text.split(" ", 1)[0])

    def _width_nearby(self, number: int) -> int:
        """The width that the broken lines nearby show; 0 if they show none."""
        first = bisect_left(self._broken, number - _NEARBY, key=lambda each: each.number)
        last = bisect_left(self._broken, number + _NEARBY + 1, key=lambda each: each.number)
        near = self._broken[first:last]
        width = max((each.length for each in near), default=0)
        if len(near) < (_FEWEST if width > _NARROWEST else _FEWEST_NARROW):
            return 0
        return width if sum(each.filled > _FILLED * width for each in near) >= _FILLED * len(near) else 0

    def _has_neighbour(self, number: int) -> bool:
        """Whether the line before or behind, with nothing between, is about as long."""
        for first, other in ((number - 1, number - 1), (number, number + 1)):
            is_there = 0 <= first < len(self._lines) - 1 and is_right_below(*self._lines[first : first + 2])
            if is_there and _FILLED * self._widest < len(self._lines[other].text) <= _WIDEST:
                return True
        return False

    @cached_property
    def _widest(self) -> int:
        return max((len(line.text) for line in self._lines if len(line.text) <= _WIDEST), default=0)

    @cached_property
    def _has_long(self) -> bool:
        return any(len(line.text) > _WIDEST for line in self._lines)

    @cached_property
    def _broken(self) -> list[_Broken]:
        return [
            _Broken(number, self._length(number), self._filled(number))
            for number, (first, second) in enumerate(pairwise(self._lines))
            if len(first.text) <= _WIDEST
            and not first.turns
            and second.text[0].islower()
            and first.text[-1] not in _ENDS
            and first.role in {Role.TEXT, Role.ITEM}
            and second.role is Role.TEXT
            and is_right_below(first, second)
        ]


def is_level(before: str, after: str) -> bool:
    """Whether a line begins with the level of the one before, as in "at level" and "4. At": it is no item's number."""
    return bool(_LEVEL.search(before) and _DIGIT.match(after))


def is_next(before: Where, after: Where) -> bool:
    """Whether a place is in the line after that of another, or at the top of the page after its."""
    if before.line is None or after.line is None:
        return False
    if before.page != after.page:
        return (after.page or 0) - (before.page or 0) == 1
    # The rest of a line whose first word the line before took over stands in the line where that one ends; and HTML may
    # have several lines of the page in one of its source.
    return 0 <= after.line - before.line <= 1


def is_right_below(first: Line, second: Line) -> bool:
    """Whether a line stands below another with no room between them."""
    return not second.apart and is_next(first.at(len(first.text)), second.where)


def is_rest(first: Line, second: Line) -> bool:
    """Whether a line is the rest of the one that another took a word from, since the two parted it."""
    return bool(first.turns) and second.where == first.turns[-1][1]


#: What begins with this is a statement by itself.
_BEGINS: Final = re.compile(r"(?:at|for|there|levels?|the relevant)\b|\W|\d", re.IGNORECASE)


#: Nobody breaks a sentence or a heading into more rows.
_MOST_ROWS: Final = 50


def going_on(rows: Sequence[str], role: Role) -> list[bool]:
    """For each row, whether it goes on with the one before, where a person has broken a paragraph.

    Args:
        rows: of the paragraph; none is empty.
        role: what it is; the rows of a heading are one.
    """
    if len(rows) > _MOST_ROWS:
        return [False] * len(rows)
    is_one = rows[-1].endswith(".") and not any(map(_BEGINS.match, rows[1:]))
    later = [before[-1] not in _ENDS and (row[0].islower() or is_one) for before, row in pairwise(rows)]
    return [False, *(goes_on or role is Role.HEADING for goes_on in later)]


_HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s+(?=\S)")
_ITEM: Final = re.compile(r"\s*(?:(?P<bullet>[-*+•●◦‣▪■□○➢✓·\uf0b7\uf0a7]\s+)|\(?\d{1,3}[.)]\s+)(?=\S)")


def begins_item(text: str) -> tuple[Role, int]:
    """What a line of text is by how it begins, and how much of its beginning is only the sign of that."""
    if match := _HEADING.match(text):
        return Role.HEADING, match.end()
    if match := _ITEM.match(text):
        return Role.ITEM, match.end() if match["bullet"] else 0
    return Role.TEXT, 0


def words_of(text: str) -> frozenset[str]:
    """The words of a text, for a table of names."""
    return frozenset(text.split())
