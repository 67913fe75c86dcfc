"""The width at which a document breaks its lines, which shows whether a line ended only because it was full.

A line that begins with a small letter continues the previous one, so the lines before such lines show the width. Only
nearby lines count: one unbroken paragraph or one narrow column says nothing about the rest.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.document import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.document import Line

#: A longer line is a whole paragraph: people break lines at fewer characters than this.
_MAX_WIDTH: Final = 200
#: Lines that are all shorter than this are not broken by their width, unless many show that they are.
_MIN_WIDTH: Final = 40
#: The number of lines before and after a line that count as nearby.
_NEARBY: Final = 30
#: The number of broken lines that show a width, and that show a narrow one.
_MIN_LINES: Final = 3
_MIN_NARROW_LINES: Final = 5
#: The share of the width that a line and the next word fill together, if the word did not fit.
_FILLED: Final = 0.8
_ENDS: Final = frozenset(".!?:;")


class _Broken(NamedTuple):
    """A line that continues in the next: its number, its length, and its length with the next word."""

    number: int
    length: int
    filled: int


class WrapWidths:
    """The widths at which a document breaks its lines."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    def is_full(self, number: int) -> bool:
        """Return True if a line ended only because the first word of the next did not fit."""
        filled = self._filled(number)
        width = self._width_nearby(number)
        if width:
            return filled > _FILLED * width
        is_wide = self._max_length > _MIN_WIDTH
        return is_wide and filled > _FILLED * self._max_length and (not self._has_long or self._has_neighbour(number))

    def _length(self, number: int) -> int:
        """Return the length of a line in the document, with the part of its first word that the line before has."""
        line, before = self._lines[number], self._lines[number - 1] if number else None
        moved = len(before.text) - before.continuations[-1][0] + 1 if before and line.is_rest_of(before) else 0
        return moved + len(line.text) - (line.continuations[-1][0] if line.continuations else 0)

    def _filled(self, number: int) -> int:
        """Return the length of a line with the first word of the next."""
        return self._length(number) + 1 + len(self._lines[number + 1].text.split(" ", 1)[0])

    def _width_nearby(self, number: int) -> int:
        """Return the width that the broken lines nearby show; 0 if they show none."""
        first = bisect_left(self._broken, number - _NEARBY, key=lambda each: each.number)
        last = bisect_left(self._broken, number + _NEARBY + 1, key=lambda each: each.number)
        near = self._broken[first:last]
        width = max((each.length for each in near), default=0)
        if len(near) < (_MIN_LINES if width > _MIN_WIDTH else _MIN_NARROW_LINES):
            return 0
        return width if sum(each.filled > _FILLED * width for each in near) >= _FILLED * len(near) else 0

    def _has_neighbour(self, number: int) -> bool:
        """Return True if the line directly before or after is about as long."""
        for first, other in ((number - 1, number - 1), (number, number + 1)):
            exists = 0 <= first < len(self._lines) - 1 and self._lines[first + 1].is_right_below(self._lines[first])
            if exists and _FILLED * self._max_length < len(self._lines[other].text) <= _MAX_WIDTH:
                return True
        return False

    @cached_property
    def _max_length(self) -> int:
        return max((len(line.text) for line in self._lines if len(line.text) <= _MAX_WIDTH), default=0)

    @cached_property
    def _has_long(self) -> bool:
        return any(len(line.text) > _MAX_WIDTH for line in self._lines)

    @cached_property
    def _broken(self) -> list[_Broken]:
        return [
            _Broken(number, self._length(number), self._filled(number))
            for number, (first, second) in enumerate(pairwise(self._lines))
            if len(first.text) <= _MAX_WIDTH
            and not first.continuations
            and second.text[0].islower()
            and first.text[-1] not in _ENDS
            and first.role in {Role.TEXT, Role.ITEM}
            and second.role is Role.TEXT
            and second.is_right_below(first)
        ]
