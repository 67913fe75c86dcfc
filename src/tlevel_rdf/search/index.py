"""Search for things by their names old and new, their codes, and names with a typing error.

A word of a search finds the words of names that begin with it. These stand together in a sorted list, and so do the
things that have them, so a search reads a few places of the index and its time grows with what it finds.
"""

from __future__ import annotations

import json
import mmap
from bisect import bisect_left
from collections import Counter
from difflib import get_close_matches
from functools import cached_property
from heapq import nsmallest
from itertools import islice, product
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.limits import MAX_SEARCH_WORDS, MAX_SPELLINGS
from tlevel_rdf.search.entries import Entry
from tlevel_rdf.search.index_file import DICTIONARIES, FACETS, pack_index, read_index, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

#: The share of letters that two spellings of a word have in common, at least.
_SIMILAR: Final = 0.72
_SENTENCE: Final = (
    "a about after am an and are as at be become by can could do does fit fits for from get go how i if in into is it"
    " job lead leads level levels like me my of on or qualification should t that the there to train want was what when"
    " where which who will with work would you your"
)
#: The words around a name when people ask in a sentence: "how do I become an optician". Names may have them too.
_AROUND_NAMES: Final = frozenset(_SENTENCE.split())


class Facet(NamedTuple):
    """A value by which results can be narrowed, and the number of results that have it."""

    value: str
    name: str
    number: int


class Found(NamedTuple):
    """The result of a search.

    Attributes:
        things: the numbers of the things in the index, the best match first.
        read_as: the words that were searched for in place of those of the text; empty if those were.
    """

    things: Sequence[int]
    read_as: str


class _Dictionary:
    """Texts in the order of their bytes, each with the things that have it in their own name and in others."""

    def __init__(self, name: str, sections: Mapping[str, memoryview]) -> None:
        self._texts, self._at = sections[name], sections[f"{name}_at"].cast("I")
        self._things = [
            (sections[f"{name}_{suffix}"].cast("I"), sections[f"{name}_{suffix}_at"].cast("I"))
            for suffix in ("own", "others")
        ]

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._texts[self._at[number] : self._at[number + 1]])

    def beginning(self, text: str) -> range:
        """Return the numbers of the texts that begin with a text."""
        first = text.encode()
        # No UTF-8 has the byte FF.
        return range(bisect_left(self, first), bisect_left(self, first + b"\xff"))

    def equal(self, text: str) -> range:
        """Return the number of a text, as a range; an empty one if there is none."""
        first = bisect_left(self, text.encode())
        return range(first, first + (first < len(self) and self[first] == text.encode()))

    def own(self, texts: range) -> memoryview:
        """Return the things that have one of some neighbouring texts in their own name."""
        return self._slice(0, texts)

    def others(self, texts: range) -> memoryview:
        """Return the things that have one of some neighbouring texts in another name."""
        return self._slice(1, texts)

    def all(self, texts: range) -> set[int]:
        """Return the things that have one of some neighbouring texts."""
        return {*self.own(texts), *self.others(texts)}

    def _slice(self, kind: int, texts: range) -> memoryview:
        things, at = self._things[kind]
        return things[at[texts.start] : at[texts.stop]]


class SearchIndex:
    """The index of things by their names and codes.

    Args:
        content: of the file of an index.
        file: the file, if the content is mapped.

    Raises:
        ValueError: the content is no index.
    """

    def __init__(self, content: bytes | mmap.mmap, file: Path | None = None) -> None:
        self._content, self._file = content, file
        header, self._sections = read_index(memoryview(content))
        self._size = int(header["things"])
        self._values: list[tuple[str, str, str]] = [tuple(each) for each in header["facets"]]
        self._facets, self._facets_at = (self._sections[name].cast("I") for name in ("facets", "facets_at"))
        self._words, self._codes, self._names = (_Dictionary(name, self._sections) for name in DICTIONARIES)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> SearchIndex:
        """Return the index of some things."""
        return cls(pack_index(entries))

    @classmethod
    def open(cls, file: Path) -> SearchIndex:
        """Map the file of an index into memory.

        Raises:
            OSError: the file cannot be read.
            ValueError: it is no index.
        """
        with file.open("rb") as opened:
            return cls(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ), file)

    def __reduce__(self) -> tuple[Callable[..., SearchIndex], tuple[object]]:
        # Other processes map the same file.
        return (SearchIndex.open, (self._file,)) if self._file else (SearchIndex, (self._content,))

    def __len__(self) -> int:
        return self._size

    def entry(self, number: int) -> Entry:
        """Return a thing of the index."""
        at = self._sections["records_at"].cast("I")
        record = json.loads(bytes(self._sections["records"][at[number] : at[number + 1]]))
        of: dict[str, set[str]] = {facet: set() for facet in FACETS}
        for value in self._facets[self._facets_at[number] : self._facets_at[number + 1]]:
            of[self._values[value][0]].add(self._values[value][1])
        iri, name, kinds, level, codes, others = record
        return Entry(iri, name, kinds, level, codes, others, of["t-level"], of["route"], of["flag"])

    def entries(self) -> Iterator[Entry]:
        """Yield all things."""
        return map(self.entry, range(self._size))

    @cached_property
    def t_levels(self) -> Mapping[str, str]:
        """The name of each T Level by its IRI."""
        return {value: name for facet, value, name in self._values if facet == "t-level"}

    def find(self, text: str) -> Found:
        """Return the things that have, for each word of a text, a word that begins with it."""
        for words, read_as in self._readings(text):
            if found := self._matching(words):
                return Found(self._ranked(found, words), read_as)
        return Found((), "")

    def suggest(self, text: str, number: int, chosen: Mapping[str, Sequence[str]] | None = None) -> Found:
        """Return the best of the things that `find` and `narrow` give. It stops as soon as it has enough of them."""
        for words, read_as in self._readings(text):
            best: dict[int, None] = {}
            for tier in self._tiers(words):
                best |= dict.fromkeys(nsmallest(number + len(best), self.narrow(tier, chosen or {})))
                if len(best) >= number:
                    break
            else:
                best |= dict.fromkeys(nsmallest(number, self.narrow(self._matching(words) - best.keys(), chosen or {})))
            if best:
                return Found(tuple(best)[:number], read_as)
        return Found((), "")

    def facets(self, things: Iterable[int]) -> dict[str, list[Facet]]:
        """Return the values of each facet among things, the most frequent first; levels in their order."""
        at = self._facets_at
        counts = Counter(value for thing in things for value in self._facets[at[thing] : at[thing + 1]])
        found: dict[str, list[Facet]] = {facet: [] for facet in FACETS}
        for number, count in counts.items():
            facet, value, name = self._values[number]
            found[facet].append(Facet(value, name, count))
        for facet, values in found.items():
            values.sort(key=lambda one: one.value if facet == "level" else (-one.number, one.name, one.value))
        return found

    def narrow(self, things: Iterable[int], chosen: Mapping[str, Sequence[str]]) -> list[int]:
        """Return the things that have one of the chosen values of each facet."""
        numbers = {(facet, value): number for number, (facet, value, _) in enumerate(self._values)}
        wanted = [{numbers.get((facet, value), -1) for value in values} for facet, values in chosen.items() if values]
        if not wanted:
            return [*things]
        at = self._facets_at
        return [
            thing
            for thing in things
            if not any(values.isdisjoint(self._facets[at[thing] : at[thing + 1]]) for values in wanted)
        ]

    def _readings(self, text: str) -> Iterator[tuple[Sequence[str], str]]:
        """Yield the words of a text, then those of a name in it, then similar ones in place of unknown ones."""
        words = words_of(text)[:MAX_SEARCH_WORDS]
        if words:
            yield words, ""
            kept = [word for word in words if word not in _AROUND_NAMES]
            # Short words alone are no name.
            if kept != words and any(len(word) > 2 for word in kept):
                yield kept, " ".join(kept)
                words = kept
            for respelt in islice(product(*map(self._spellings, words)), MAX_SPELLINGS):
                yield respelt, " ".join(respelt)

    def _spellings(self, word: str) -> list[str]:
        """Return the words with the same first letter that are most similar to an unknown word."""
        if self._words.beginning(word):
            return [word]
        same = self._words.beginning(word[0])
        return get_close_matches(word, [self._words[number].decode() for number in same], 3, _SIMILAR)

    def _matching(self, words: Sequence[str]) -> set[int]:
        found = set(self._codes.own(self._codes.equal("".join(words))))
        sets = sorted((self._words.all(self._words.beginning(word)) for word in words), key=len)
        return found | set.intersection(*sets)

    def _tiers(self, words: Sequence[str]) -> Iterator[Iterable[int]]:
        """Yield the things that a reason puts before others: the strongest reason first."""
        codes, names, text = self._codes, self._names, " ".join(words)
        yield codes.own(codes.equal("".join(words)))
        yield names.own(names.equal(text))
        yield names.others(names.equal(text))
        yield names.own(names.beginning(f"{text} "))
        yield names.own(names.beginning(text))
        yield set.intersection(*(set(self._words.own(self._words.equal(word))) for word in words))
        yield set.intersection(*(set(self._words.own(self._words.beginning(word))) for word in words))

    def _ranked(self, found: Iterable[int], words: Sequence[str]) -> list[int]:
        scores: Counter[int] = Counter()
        for number, tier in enumerate(self._tiers(words)):
            # A stronger reason counts more than all weaker ones together.
            scores.update(dict.fromkeys(tier, 2**-number))
        ranked = sorted(found)
        ranked.sort(key=scores.__getitem__, reverse=True)
        return ranked
