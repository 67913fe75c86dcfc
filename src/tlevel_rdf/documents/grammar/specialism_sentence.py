"""The sentence that announces the specialisms of a T Level → how many there are, and their names.

"This T Level has two occupational specialisms: A and B, C and D Analyst." can be read in several ways; the headings
further down say which is right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.grammar import lexicon
from tlevel_rdf.documents.grammar.title_splitter import Known, clean, read_list
from tlevel_rdf.documents.grammar.tokenizer import TITLE_PARTS, Token, Type, tokenise
from tlevel_rdf.profiles.titles import normalise_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.documents.grammar.segmentation import Sentence

LONGEST_ANNOUNCEMENT: Final = 2000
#: A name of a specialism has at most this many parts joined by commas and "and".
_MOST_PARTS: Final = 8
_MOST_RUNS: Final = 60
#: A word without which a sentence does not announce specialisms.
_ANNOUNCED: Final = re.compile(r"specialism", re.IGNORECASE)


@dataclass
class Announcement:
    """What the sentence about the specialisms says.

    Attributes:
        sentence: it.
        count: how many it says there are, if it does.
        possible: every stretch of it that could be a name, normalised.
        names: the plainest reading of it.
        runs: the words between its commas and "and", as places in the sentence.
    """

    sentence: Sentence
    count: int | None
    possible: frozenset[str] = frozenset()
    names: list[str] = field(default_factory=list)
    runs: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether the names come after the sentence."""
        return self.sentence.plain.rstrip().endswith(":")

    @property
    def total(self) -> int:
        """How many specialisms there are by its count, or else by its names."""
        return self.count or len(self.names)

    def is_covered_by(self, titles: Iterable[str]) -> bool:
        """Whether the names, read as these titles, are all of them and nothing else."""
        wanted = {normalise_title(title) for title in titles}
        if not self.runs:
            return {normalise_title(name) for name in self.names} == wanted
        reached = {0: frozenset[str]()}
        for first in range(len(self.runs)):
            if first not in reached:
                continue
            for last in range(first, min(first + _MOST_PARTS, len(self.runs))):
                words = normalise_title(self.sentence.text[self.runs[first][0] : self.runs[last][1]])
                if words in wanted:
                    reached[last + 1] = reached[first] | {words}
        return reached.get(len(self.runs), frozenset()) == frozenset(wanted)


def announcement_in(sentence: Sentence) -> Announcement | None:
    """What a sentence says about the specialisms of the T Level, if it is about them."""
    if len(sentence.text) > LONGEST_ANNOUNCEMENT or not _ANNOUNCED.search(sentence.plain):
        return None
    return _announcement(sentence)


@lru_cache(maxsize=1000)  # each is asked for by whoever looks for sections, specialisms and options
def _announcement(sentence: Sentence) -> Announcement | None:
    for pattern in lexicon.ANNOUNCEMENTS:
        if found := pattern.match(sentence.plain):
            count = found["count"]
            if count is not None:
                count = {"a": 1, "an": 1, "single": 1, "sole": 1, "the": None}.get(count.casefold(), count)
            read = Announcement(sentence, lexicon.number(count) if isinstance(count, str) else count)
            _read_names(read, found.start("names"))
            return read if read.count or read.names or found["names"].strip(" .") == ":" else None
    return None


def _read_names(read: Announcement, begin: int) -> None:
    sentence = read.sentence
    lead = lexicon.BEFORE_NAMES.match(sentence.plain, begin)
    begin = lead.end() if lead else begin
    end = len(sentence.plain.rstrip(" .:;"))
    if begin >= end:
        return
    tokens = [_as_words(token) for token in tokenise(sentence, begin, end)]
    read.runs = _runs(tokens)[:_MOST_RUNS]
    possible = {
        normalise_title(sentence.text[read.runs[first][0] : read.runs[last][1]])
        for first in range(len(read.runs))
        for last in range(first, min(first + _MOST_PARTS, len(read.runs)))
    }
    read.possible = frozenset(possible)
    if read.count == 1:
        read.names = [clean(sentence.text[begin:end])[0]]
    else:
        read.names = [title.text for title in read_list(sentence, tokens, Known(), is_one=None).titles]


#: What cannot part two names of specialisms is a word of one.
_NAME_TOKENS: Final = frozenset({*TITLE_PARTS, Type.COMMA, Type.AND, Type.SEMICOLON, Type.ARTICLE})


def _as_words(token: Token) -> Token:
    return token if token.type in _NAME_TOKENS else token._replace(type=Type.WORD, value=None)


def _runs(tokens: list[Token]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    is_open = False
    for token in tokens:
        if token.type in TITLE_PARTS:
            runs[-1:] = [(runs[-1][0], token.end)] if is_open else [*runs[-1:], (token.start, token.end)]
            is_open = True
        else:
            is_open = False
    return runs
