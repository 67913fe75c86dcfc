"""Read the sentence that announces the specialisms of a T Level: their count and their names.

"This T Level has two occupational specialisms: A and B, C and D Analyst." can be read in several ways; the headings
further down decide.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.grammar import lexicon
from tlevel_rdf.documents.grammar.title_splitter import KnownTitles, clean, split_titles
from tlevel_rdf.documents.grammar.tokenizer import TITLE_PARTS, Token, Type, tokenise
from tlevel_rdf.limits import MAX_ANNOUNCEMENT_CHARACTERS, MAX_ANNOUNCEMENT_PARTS, MAX_TITLE_PARTS
from tlevel_rdf.profiles.titles import normalise_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tlevel_rdf.documents.grammar.segmentation import Sentence

_COUNTS: Final = {"a": 1, "an": 1, "single": 1, "sole": 1, "the": None}
#: Other tokens cannot separate two names, and are words of one.
_NAME_TOKENS: Final = frozenset({*TITLE_PARTS, Type.COMMA, Type.AND, Type.SEMICOLON, Type.ARTICLE})


@dataclass
class Announcement:
    """The announcement of specialisms.

    Attributes:
        sentence: that announces them.
        count: their number, if it states one.
        names: in the plainest reading.
        spans: every row of parts between commas and "and" that could be one name: the number of its first part, that of
            the part behind it, and its words, normalised.
    """

    sentence: Sentence
    count: int | None
    names: list[str] = field(default_factory=list)
    spans: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """True if the names follow the sentence."""
        return self.sentence.plain.rstrip().endswith(":")

    @property
    def total(self) -> int:
        """The number of specialisms by the count, or else by the names."""
        return self.count or len(self.names)

    @cached_property
    def possible(self) -> frozenset[str]:
        """Every name that the sentence may announce, normalised."""
        return frozenset([name for _, _, name in self.spans] or map(normalise_title, self.names))

    def is_covered_by(self, titles: Iterable[str]) -> bool:
        """Return True if the names can be read as exactly these titles."""
        wanted = frozenset(map(normalise_title, titles))
        if not self.spans:
            return self.possible == wanted
        # The titles that the parts before each place have been read as.
        reached = {0: frozenset[str]()}
        for first, behind, name in self.spans:
            if first in reached and name in wanted:
                reached[behind] = reached[first] | {name}
        return reached.get(max(behind for _, behind, _ in self.spans)) == wanted


def announcement_in(sentence: Sentence) -> Announcement | None:
    """Return the announcement that a sentence makes."""
    is_long = len(sentence.text) > MAX_ANNOUNCEMENT_CHARACTERS
    return None if is_long or "specialism" not in sentence.plain.casefold() else _announcement(sentence)


@lru_cache(maxsize=1000)  # sections, headings and the builder each ask for it
def _announcement(sentence: Sentence) -> Announcement | None:
    text = sentence.plain
    found = next(filter(None, (pattern.match(text) for pattern in lexicon.ANNOUNCEMENTS)), None)
    if not found:
        return None
    words = (found["count"] or "the").casefold()
    announced = Announcement(sentence, _COUNTS[words] if words in _COUNTS else lexicon.number(words))
    _read_names(announced, found.start("names"))
    return announced if announced.count or announced.names or found["names"].strip(" .") == ":" else None


def _read_names(announced: Announcement, begin: int) -> None:
    sentence = announced.sentence
    lead = lexicon.BEFORE_NAMES.match(sentence.plain, begin)
    begin = lead.end() if lead else begin
    end = len(sentence.plain.rstrip(" .:;"))
    if begin >= end:
        return
    tokens = [_name_token(token) for token in tokenise(sentence, begin, end)]
    parts = list(_parts(tokens))[:MAX_ANNOUNCEMENT_PARTS]
    announced.spans = [
        (first, last + 1, normalise_title(sentence.text[start : parts[last][1]]))
        for first, (start, _) in enumerate(parts)
        for last in range(first, min(first + MAX_TITLE_PARTS, len(parts)))
    ]
    if announced.count == 1:
        announced.names = [clean(sentence.text[begin:end])[0]]
    else:
        announced.names = [mention.title for mention in split_titles(sentence, tokens, KnownTitles())[0]]


def _name_token(token: Token) -> Token:
    return token if token.type in _NAME_TOKENS else token._replace(type=Type.WORD, value=None)


def _parts(tokens: Iterable[Token]) -> Iterator[tuple[int, int]]:
    """Yield the places of the parts between separators."""
    for is_part, group in itertools.groupby(tokens, key=lambda token: token.type in TITLE_PARTS):
        if is_part:
            part = list(group)
            yield part[0].start, part[-1].end
