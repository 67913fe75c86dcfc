"""Suggestions for misspelt titles, from the titles that the registers have.

A title is taken for misspelt in two cases only, since most titles that a register lacks are true:

1. It has a word that no title of the registers has, and with a letter of that word changed, left out, added or swapped
   with its neighbour, it is a title of the registers.
2. With one such change anywhere in it, it is a title that a caller thinks likely, such as one of the same level.

Candidates are made from the title and looked up, which takes 1 ms for a title, however many titles there are.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice, product
from typing import TYPE_CHECKING, Final

from tlevel_rdf.limits import MAX_SPELLINGS
from tlevel_rdf.profiles.titles import normalise_title

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_WORD: Final = re.compile(r"[^\W\d_]+")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
#: Shorter words are too like each other.
_SHORTEST_WORD: Final = 4


class Speller:
    """Suggests titles.

    Args:
        titles: the titles that can be suggested.
        others: titles whose words are known too.

    Attributes:
        forms: the normalised form of each title → the title.
    """

    def __init__(self, titles: Iterable[str], others: Iterable[str] = ()) -> None:
        self.forms = {normalise_title(title): title for title in titles}
        self._others = others

    @cached_property
    def _text(self) -> str:
        return "\n".join((*self.forms, *map(normalise_title, self._others)))

    @cached_property
    def _words(self) -> set[str]:
        return set(_WORD.findall(self._text))

    def _knows(self, word: str) -> bool:
        """Return True for a word of the titles. Most titles have no other, so that the words need not be listed."""
        return re.search(rf"\b{word}\b", self._text) is not None

    def suggest(self, title: str, likely: Collection[str] = ()) -> str | None:
        """Return the title that a misspelt title stands for; None for any other title.

        Args:
            title: a title that is not among the titles.
            likely: the normalised forms of those that are likely.
        """
        form = normalise_title(title)
        for corrected in _change_one(form) if len(form) > 2 * _SHORTEST_WORD else ():
            if corrected in likely and corrected in self.forms:
                return self.forms[corrected]
        return next((self.forms[each] for each in self._respell(form) if each in self.forms), None)

    def _respell(self, form: str) -> Iterator[str]:
        """Yield the title with each unknown word replaced by known ones."""
        parts = re.split(f"({_WORD.pattern})", form)
        choices = [self._spellings(part) for part in parts]
        if any(choice != [part] for choice, part in zip(choices, parts, strict=True)):
            yield from map("".join, islice(product(*choices), MAX_SPELLINGS))

    def _spellings(self, word: str) -> list[str]:
        if len(word) < _SHORTEST_WORD or not _WORD.fullmatch(word) or self._knows(word):
            return [word]
        return [word, *sorted(self._words.intersection(_change_one(word)))]


def _change_one(text: str) -> Iterator[str]:
    """Yield each text that differs by one letter, or by the order of two."""
    for at in range(len(text) + 1):
        before, after = text[:at], text[at:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in _LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
