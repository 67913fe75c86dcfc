"""Search for things by their names old and new, their codes, and names with a typing error.

The index is made once from the store. A word of a search finds the words of names that begin with it, so a list of
sorted words is enough: the time of a search grows with what it finds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from itertools import islice, product
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.code_schemes import SCHEMES
from tlevel_rdf.limits import MAX_SEARCH_THINGS, MAX_SEARCH_WORDS, MAX_SPELLINGS
from tlevel_rdf.store.select import select_rows
from tlevel_rdf.web.data.labels import LABELS, best_labels, natural_key, vocabulary_labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tlevel_rdf.store.base import Store

_WORD: Final = re.compile(r"[^\W_]+")
#: The share of letters that two spellings of a word have in common, at least.
_SIMILAR: Final = 0.72
_LEVEL: Final = re.compile(r"\d+\Z")
#: Classes whose members are parts of other things, with names made from those.
_PARTS: Final = (terms.PROGRESSION_OPTION, terms.NOTE_CLASS, terms.STANDARD_VERSION, terms.PROGRESSION_PROFILE)
#: Classes that say less than another class of the same thing.
_GENERAL: Final = frozenset(
    (terms.DESTINATION.value, terms.QUALIFICATION.value, f"{terms.SKOS}Concept", terms.MAP_PRODUCT.value)
)
#: The things that a specialism leads to or is based on.
_LED_TO: Final = "|".join(
    str(each)
    for each in (
        *(terms.PROGRESSES_TO, terms.COVERS_CONTENT_OF, terms.BASED_ON, terms.TRAINS_FOR, terms.MAPPED_OCCUPATION),
        *(terms.RELEVANT_APPRENTICESHIP, terms.RELEVANT_OCCUPATION),
    )
)


@dataclass
class Entry:
    """A thing in the index.

    Attributes:
        iri: its IRI.
        name: its name.
        kinds: the names of its classes.
        level: its level; None if it has none.
        codes: its codes in public registers.
        others: its other names.
        t_levels: the IRIs of the T Levels that it belongs to or follows from.
    """

    iri: str
    name: str
    kinds: list[str] = field(default_factory=list)
    level: int | None = None
    codes: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    t_levels: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """The name of its class; empty if it has none."""
        return self.kinds[0] if self.kinds else ""


class Facet(NamedTuple):
    """A value by which results can be narrowed, and the number of results that have it."""

    value: str
    name: str
    number: int


class Found(NamedTuple):
    """The result of a search.

    Attributes:
        entries: the things, the best match first.
        read_as: the words that were searched for in place of misspelt ones; empty if they were searched as they are.
    """

    entries: list[Entry]
    read_as: str


def words_of(text: str) -> list[str]:
    """Return the words of a text, in lower case.

    >>> words_of("Health & Safety (603/7083/X)")
    ['health', 'and', 'safety', '603', '7083', 'x']
    """
    return _WORD.findall(text.casefold().replace("&", " and "))


class SearchIndex:
    """The names and codes of things.

    Args:
        entries: the things.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self._things: dict[str, set[int]] = defaultdict(set)
        self._codes: dict[str, set[int]] = defaultdict(set)
        for number, entry in enumerate(self.entries):
            for word in {word for text in (entry.name, *entry.others, *entry.codes) for word in words_of(text)}:
                self._things[word].add(number)
            for code in entry.codes:
                self._codes["".join(words_of(code))].add(number)
        self._words = sorted(self._things)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of each thing by its IRI."""
        return {entry.iri: entry.name for entry in self.entries}

    def find(self, text: str) -> Found:
        """Return the things that have, for each word of a text, a word that begins with it."""
        words = words_of(text)[:MAX_SEARCH_WORDS]
        if not words:
            return Found([], "")
        if found := self._matching(words):
            return Found(self._ranked(found, words), "")
        for respelt in islice(product(*map(self._spellings, words)), MAX_SPELLINGS):
            if found := self._matching(respelt):
                return Found(self._ranked(found, respelt), " ".join(respelt))
        return Found([], "")

    def _spellings(self, word: str) -> list[str]:
        """Return the words with the same first letter that are most similar to an unknown word."""
        if self._beginning(word):
            return [word]
        same = self._words[bisect_left(self._words, word[0]) : bisect_left(self._words, f"{word[0]}\U0010ffff")]
        return get_close_matches(word, same, 3, _SIMILAR)

    def _matching(self, words: Sequence[str]) -> set[int]:
        found = set(self._codes.get("".join(words), ()))
        sets = sorted((self._beginning(word) for word in words), key=len)
        return found | set.intersection(*sets)

    def _beginning(self, word: str) -> set[int]:
        """Return the things with a word that begins so."""
        found: set[int] = set()
        at = bisect_left(self._words, word)
        while at < len(self._words) and self._words[at].startswith(word):
            found |= self._things[self._words[at]]
            at += 1
        return found

    def _ranked(self, found: Iterable[int], words: Sequence[str]) -> list[Entry]:
        code = "".join(words)

        def rank(entry: Entry) -> tuple[object, ...]:
            own = words_of(entry.name)
            score = (
                code in map("".join, map(words_of, entry.codes)),
                own == list(words),
                any(words_of(other) == list(words) for other in entry.others),
                own[: len(words)] == list(words),
                set(words) <= set(own),
                all(any(each.startswith(word) for each in own) for word in words),
            )
            return (
                [not each for each in score],
                not entry.t_levels,
                natural_key(entry.name),
                entry.level or 0,
                entry.iri,
            )

        return sorted((self.entries[number] for number in found), key=rank)


def facets(entries: Sequence[Entry], names: Mapping[str, str]) -> dict[str, list[Facet]]:
    """Return the values of each facet among things, the most frequent first.

    Args:
        entries: the things.
        names: the names of T Levels.
    """
    kinds = Counter(entry.kind for entry in entries if entry.kind)
    levels = Counter(str(entry.level) for entry in entries if entry.level is not None)
    t_levels = Counter(iri for entry in entries for iri in entry.t_levels)
    return {
        "kind": [Facet(kind, kind, number) for kind, number in _by_count(kinds)],
        "level": [Facet(level, f"Level {level}", levels[level]) for level in sorted(levels)],
        "t-level": [Facet(iri, names.get(iri, iri), number) for iri, number in _by_count(t_levels)],
    }


def narrowed(entries: Iterable[Entry], chosen: Mapping[str, Sequence[str]]) -> list[Entry]:
    """Return the things that have one of the chosen values of each facet."""
    tests: dict[str, Callable[[Entry], set[str]]] = {
        "kind": lambda entry: {entry.kind},
        "level": lambda entry: {str(entry.level)},
        "t-level": lambda entry: entry.t_levels,
    }
    return [
        entry
        for entry in entries
        if all(not tests[name](entry).isdisjoint(values) for name, values in chosen.items() if name in tests and values)
    ]


def _by_count(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def build_index(store: Store, base: str) -> SearchIndex:
    """Return the index of the things of a store that have a name and an IRI under a base."""
    within = f"FILTER(isIRI(?thing) && STRSTARTS(STR(?thing), {Literal(base)}))"
    names = [
        Triple(NamedNode(iri), label, value)
        for label in LABELS
        if label != terms.VALUE
        for iri, value in _pairs(store, f"?thing {label} ?value . {within}")
    ]
    entries = {iri: Entry(iri, name) for iri, name in best_labels(names).items()}
    for iri, _ in _pairs(store, f"VALUES ?value {{ {' '.join(map(str, _PARTS))} }} ?thing a ?value"):
        entries.pop(iri, None)
    for pattern, add in _STEPS:
        for iri, value in _pairs(store, f"{pattern} {within}"):
            if entry := entries.get(iri):
                add(entry, str(getattr(value, "value", "")))
    for entry in entries.values():
        entry.kinds = entry.kinds or [_kind_by_address(entry.iri, base)]
        if entry.kind == vocabulary_labels()[terms.T_LEVEL.value]:
            entry.t_levels.add(entry.iri)
    return SearchIndex(entries.values())


def _add_class(entry: Entry, iri: str) -> None:
    if name := vocabulary_labels().get(iri):
        entry.kinds.insert(len(entry.kinds) if iri in _GENERAL else 0, name)


def _add_level(entry: Entry, iri: str) -> None:
    if number := _LEVEL.search(iri):
        entry.level = int(number[0])


def _add_code(entry: Entry, code: str) -> None:
    if code not in entry.codes:
        entry.codes.append(code)


#: Patterns that bind a value of a thing, and what adds it to the entry of the thing.
_STEPS: Final[tuple[tuple[str, Callable[[Entry, str], None]], ...]] = (
    ("?thing a ?value .", _add_class),
    (f"?thing {terms.LEVEL_PROPERTY} ?value .", _add_level),
    *((f"{scheme.pattern} BIND(STR(?code) AS ?value)", _add_code) for scheme in SCHEMES.values()),
    (f"?thing {terms.ALT_LABEL} ?value .", lambda entry, name: entry.others.append(name)),
    (f"?thing {terms.SPECIALISM_OF} ?value .", lambda entry, iri: entry.t_levels.add(iri)),
    (f"?of {terms.SPECIALISM_OF} ?value . ?of {_LED_TO} ?thing .", lambda entry, iri: entry.t_levels.add(iri)),
    (
        f"?of {terms.SPECIALISM_OF} ?value . ?of {_LED_TO} ?step . ?step {terms.BASED_ON}|{terms.TRAINS_FOR} ?thing .",
        lambda entry, iri: entry.t_levels.add(iri),
    ),
)


def _kind_by_address(iri: str, base: str) -> str:
    """Return the kind of a thing whose classes have no name, by the address that it has."""
    if iri.startswith(f"{terms.SOC2020}#"):
        return SCHEMES["soc-2020"].title
    if not iri.startswith(f"{base}id/"):
        return ""
    kind, is_thing, _ = iri.removeprefix(f"{base}id/").partition("/")
    return kind.replace("-", " ").capitalize() if is_thing else ""


def _pairs(store: Store, pattern: str) -> Iterator[tuple[str, Any]]:
    """Yield each thing of a pattern, by its IRI, with the term that is its value."""
    rows = select_rows(store, f"SELECT DISTINCT ?thing ?value {{ {pattern} }} LIMIT {MAX_SEARCH_THINGS}")
    return ((row["thing"].value, row["value"]) for row in rows if isinstance(row["thing"], NamedNode))
