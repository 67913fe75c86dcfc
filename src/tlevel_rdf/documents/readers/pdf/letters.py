"""The letters of a page: those that are drawn twice, and those that do not stand upright."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    #: A letter or a word as pdfplumber describes it.
    Drawn = dict[str, Any]

#: Ems between two drawings of one letter, at most: for bold type, or for a shadow. The narrowest letters of a word,
#: two of "l", stand 0.18 apart.
_TWICE: Final = 0.15
#: Points: the width and the height of the areas in which a word is looked for.
_AREA: Final = (100.0, 20.0)
#: The part of a word that another covers where both are drawings of one word, at least.
_COVERED: Final = 0.5
#: The slope of a line of upright letters, at most.
_SLOPE: Final = 0.05


def is_upright(letter: Drawn) -> bool:
    """Return True unless a letter is slanted, turned or mirrored, as in a watermark."""
    across, up = letter["matrix"][:2]
    return bool(abs(up) <= _SLOPE * across)


def letters_once(letters: Iterable[Drawn]) -> list[Drawn]:
    """Return letters without those that repeat one at nearly the same place, as bold type and shadows do."""

    def reach(letter: Drawn) -> tuple[float, float]:
        return (max(_TWICE * letter["size"], 0.01),) * 2

    return _once(letters, reach, lambda one, other: _distance(one, other) < reach(other)[0])


def words_once(words: Iterable[Drawn]) -> list[Drawn]:
    """Return words without those that lie on the same word, as a layer of recognised text does."""
    return _once(words, lambda _: _AREA, _covers)


def _once(
    drawn: Iterable[Drawn],
    area: Callable[[Drawn], tuple[float, float]],
    repeats: Callable[[Drawn, Drawn], bool],
) -> list[Drawn]:
    """Return what repeats nothing before it with the same text, in its area of the page or in one beside that."""
    kept: list[Drawn] = []
    seen: dict[tuple[str, int, int], list[Drawn]] = defaultdict(list)
    for each in drawn:
        width, height = area(each)
        text, x, y = each["text"], int(each["x0"] / width), int(each["top"] / height)
        near = (seen.get((text, x + right, y + down), ()) for right in (-1, 0, 1) for down in (-1, 0, 1))
        if text.isspace() or not any(repeats(one, each) for one in chain.from_iterable(near)):
            seen[text, x, y].append(each)
            kept.append(each)
    return kept


def _distance(one: Drawn, other: Drawn) -> float:
    return float(max(abs(one["x0"] - other["x0"]), abs(one["top"] - other["top"])))


def _covers(one: Drawn, other: Drawn) -> bool:
    across = min(one["x1"], other["x1"]) - max(one["x0"], other["x0"])
    down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    wide, high = other["x1"] - other["x0"], other["bottom"] - other["top"]
    return bool(across > _COVERED * wide and down > _COVERED * high)
