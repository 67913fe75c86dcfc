"""Tokens of a list → its titles.

A list is full of commas and "and", and so are titles. What is marked (by a link, quotation marks, an article, flags
behind it) or is known from elsewhere in the document decides; where nothing does, the plainest reading is taken
and said to be one of several.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar import ambiguities, lexicon
from tlevel_rdf.documents.grammar.annotations import Aside
from tlevel_rdf.documents.grammar.statement import doubt
from tlevel_rdf.documents.grammar.tokenizer import MARKED, TITLE_PARTS, Token, Type
from tlevel_rdf.documents.once import once
from tlevel_rdf.profiles.titles import normalise_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tlevel_rdf.documents.grammar.segmentation import Sentence
    from tlevel_rdf.documents.grammar.statement import Doubt

#: Marks that are no part of a title; "C#" is a name.
_MARKS: Final = r"[\[\]*_|\u2020\u2021]|(?<!\b[A-Z])#"
_MARK: Final = re.compile(_MARKS)
#: What leads to a footnote.
_FOOTNOTE: Final = re.compile(r"\[\^?(?:\d{1,3}|[a-z])\]|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+")
_EDGE: Final = rf"(?:[\s.,:;!?]|{_MARKS})+"
#: Most titles: words, without the raised numbers of notes, with one space, a hyphen or the like between two.
_WORD: Final = r"[^\W_\u00b2\u00b3\u00b9\u2070-\u2079]+"
_CLEAN: Final = re.compile(rf"{_WORD}(?:(?: | & |, |-|'|\u2019){_WORD})*\Z")
_EDGES: Final = re.compile(rf"\A{_EDGE}|{_EDGE}\Z")
#: A known title is looked for over this many parts of a list.
_LONGEST: Final = 8


class Stretch(NamedTuple):
    """A stretch of a sentence, and whether it only holds the place of a title."""

    start: int
    end: int
    is_placeholder: bool = False


@dataclass(slots=True)
class Title:
    """A title in a sentence.

    Attributes:
        stretch: where it stands.
        text: its words.
        target: what it links to.
        asides: what is said behind it.
        is_marked: whether something but its place in a list says that it is a title.
        has_article: whether "the" or "a" stands before it.
        doubts: what a person should look at.
        shared: doubts that are told at a title before it, and are about it too.
    """

    stretch: Stretch
    text: str
    target: str | None = None
    asides: list[Aside] = field(default_factory=list)
    is_marked: bool = False
    has_article: bool = False
    doubts: list[Doubt] = field(default_factory=list)
    shared: list[Doubt] = field(default_factory=list)


@dataclass(slots=True)
class Listed:
    """What a list holds: titles, and stretches that are none."""

    titles: list[Title] = field(default_factory=list)
    others: list[Stretch] = field(default_factory=list)


class Known:
    """The titles that a document marks somewhere, and so are titles wherever they stand, gathered if need be."""

    def __init__(self, titles: Iterable[str] = ()) -> None:
        self._given = titles

    @once
    def _titles(self) -> set[str]:
        return {normalise_title(clean(title)[0]) for title in self._given}

    @once
    def _first(self) -> set[str]:
        return {title.split(" ", 1)[0].rstrip(",") for title in self._titles}

    def __contains__(self, words: str) -> bool:
        return normalise_title(words) in self._titles

    def may_begin(self, words: str) -> bool:
        """Whether any begins with the first of these words."""
        return words.split(" ", 1)[0].casefold().rstrip(",") in self._first


@dataclass(slots=True)
class _Run:
    """Words with nothing between them that could part two titles."""

    tokens: list[Token]
    asides: list[Aside] = field(default_factory=list)
    has_article: bool = False

    @property
    def ends_marked(self) -> bool:
        return bool(self.asides) or self.tokens[-1].type in MARKED


#: What stands between two runs.
_Between = set[Type]
_PARTING: Final = frozenset({Type.COMMA, Type.AND, Type.SEMICOLON, Type.COLON, Type.DASH})


def read_list(sentence: Sentence, tokens: Sequence[Token], known: Known, *, is_one: bool | None = None) -> Listed:
    """The titles of a list.

    Args:
        sentence: where it stands.
        tokens: those of the list.
        known: titles that are marked elsewhere.
        is_one: True if what follows is in the singular, False if in the plural, None if nothing says so.
    """
    others = [Stretch(token.start, token.end) for token in tokens if token.type is Type.ODD]
    runs, between = _runs(tokens, others)
    listed = Listed(others=others)
    if not runs:
        return listed
    if len(runs) == 1:
        _add(sentence, runs, [], listed)
        return listed
    splitter = _Splitter(sentence, runs, between, known, is_one=is_one)
    start = 0
    for index, parts in enumerate([*splitter.parted(), True]):
        if parts:
            known_titles = len(listed.titles)
            doubts, shared = splitter.doubts_about(start, index)
            _add(sentence, runs[start : index + 1], doubts, listed)
            if len(listed.titles) > known_titles:
                listed.titles[-1].shared = shared
            start = index + 1
    return listed


def _runs(tokens: Sequence[Token], others: list[Stretch]) -> tuple[list[_Run], list[_Between]]:
    """The runs and what stands between them; adds the asides that stand behind none to the other stretches."""
    runs: list[_Run] = []
    between: list[_Between] = []
    parted: _Between = set()
    is_open, has_article = False, False
    for at, token in enumerate(tokens):
        if is_open and token.type in {Type.DASH, Type.COLON} and _is_within(tokens, at):
            token = token._replace(type=Type.WORD)  # noqa: PLW2901 - the same token, read as a word
        if token.type in TITLE_PARTS:
            if is_open and not (token.type in MARKED and runs[-1].tokens[-1].type in MARKED):
                runs[-1].tokens.append(token)
                continue
            if runs:
                between.append(parted)
            runs.append(_Run([token], has_article=has_article))
            parted, is_open, has_article = set(), True, False
        elif token.type is Type.ASIDE:
            if runs and not parted and isinstance(token.value, Aside):
                runs[-1].asides.append(token.value)
            else:
                others.append(Stretch(token.start, token.end))
            is_open = False
        else:
            is_open = False
            has_article = has_article or token.type is Type.ARTICLE
            parted |= {token.type} & _PARTING
    return runs, between


def _is_within(tokens: Sequence[Token], at: int) -> bool:
    """Whether a dash or colon stands within a title: plain words are on both sides of it."""
    return at + 1 < len(tokens) and tokens[at - 1].type is tokens[at + 1].type is Type.WORD


class _Splitter:
    """Decides which of the places between runs part two titles."""

    def __init__(
        self, sentence: Sentence, runs: list[_Run], between: list[_Between], known: Known, *, is_one: bool | None
    ) -> None:
        self.sentence = sentence
        self.runs = runs
        self.between = between
        self.known = known
        self.is_one = is_one
        self.unsure: list[int] = []
        self.decided: list[bool] = []

    def parted(self) -> list[bool]:
        decided: list[bool | None] = [self._sure(at) for at in range(len(self.between))]
        self._by_known(decided)
        for at, part in enumerate(decided):
            if part is None and self.runs[at + 1].has_article:
                decided[at] = True
        if any(Type.SEMICOLON in types for types in self.between):
            self._by_semicolons(decided)
        elif self.is_one:
            self._decide(decided, parts=False, unsure=True)
        elif any(Type.COMMA in types for types in self.between):
            self._by_commas(decided)
        else:
            # In "[A] and B and C" the sure "and" closes the list.
            is_closed = True in decided and decided.count(None) == 1 and len(decided) > 1
            is_unsure = is_closed or decided.count(None) > 1 or self.is_one is None
            self._decide(decided, parts=not is_closed, unsure=is_unsure)
        self.decided = [part is not False for part in decided]
        return self.decided

    def doubts_about(self, first: int, last: int) -> tuple[list[Doubt], list[Doubt]]:
        """Whether the title of these runs could be several, or one with its neighbours; and what is told before it."""
        begin, end = first, last
        while begin and (begin - 1 in self.unsure or not self.decided[begin - 1]):
            begin -= 1
        while end < len(self.between) and (end in self.unsure or not self.decided[end]):
            end += 1
        if not any(begin <= at < end for at in self.unsure):
            return [], []
        runs, text = self.runs[begin : end + 1], self.sentence.text
        spans = [(run.tokens[0].start, run.tokens[-1].end) for run in runs]
        about = ambiguities.about_list(
            spans[0][0],
            [text[start:stop] for start, stop in spans],
            [text[before[1] : after[0]] for before, after in pairwise(spans)],
            self.decided[begin:end],
            [at in self.unsure for at in range(begin, end)],
        )
        return ([about], []) if first == begin else ([], [about])

    def _sure(self, at: int) -> bool | None:
        types = self.between[at]
        is_sure = (
            not types
            or types & {Type.SEMICOLON, Type.COLON, Type.DASH}
            or self.runs[at].ends_marked
            or self.runs[at + 1].tokens[0].type in MARKED
        )
        return True if is_sure else None

    def _by_known(self, decided: list[bool | None]) -> None:
        if None not in decided:
            return
        at = 0
        while at < len(self.runs):
            last = self._end_of_known(at, decided)
            if last is None:
                at += 1
                continue
            decided[at:last] = [False] * (last - at)
            after = last + 1
            if after < len(self.runs) and decided[last] is None and self._end_of_known(after, decided) is not None:
                decided[last] = True
            at = after

    def _end_of_known(self, first: int, decided: list[bool | None]) -> int | None:
        """The last run of the longest known title that begins with a run."""
        if not self.known.may_begin(self._words(first, first)):
            return None
        last = first
        while last + 1 < len(self.runs) and last - first < _LONGEST and decided[last] is None:
            last += 1
        return next((end for end in range(last, first - 1, -1) if self._words(first, end) in self.known), None)

    def _by_semicolons(self, decided: list[bool | None]) -> None:
        open_ones = [at for at, part in enumerate(decided) if part is None]
        closing = any({Type.SEMICOLON, Type.AND} <= types for types in self.between)
        last = max((at for at, types in enumerate(self.between) if Type.SEMICOLON in types), default=-1)
        tail = [at for at in open_ones if at > last]
        if not closing and len(tail) == 1 and self.between[tail[0]] == {Type.AND}:
            decided[tail[0]] = True
            self.unsure.append(tail[0])
        # With one semicolon alone, what it parts may be two lists.
        is_unsure = sum(Type.SEMICOLON in types for types in self.between) == 1
        self._decide(decided, parts=False, unsure=is_unsure)

    def _by_commas(self, decided: list[bool | None]) -> None:
        """In "A, B and C" the "and" at the end closes the list; any other joins the words of one title."""
        ands = [at for at, types in enumerate(self.between) if Type.AND in types and decided[at] is not False]
        after_comma = [at for at in ands if Type.COMMA in self.between[at]]
        closing = (after_comma or [-1, *(at for at, part in enumerate(decided) if part is not False)])[-1]
        joined = {at for at in ands if at != closing and Type.COMMA not in self.between[at] and decided[at] is None}
        self.unsure += sorted(joined)
        for at, part in enumerate(decided):
            decided[at] = at not in joined if part is None else part

    def _decide(self, decided: list[bool | None], *, parts: bool, unsure: bool) -> None:
        for at, part in enumerate(decided):
            if part is None:
                decided[at] = parts
                if unsure:
                    self.unsure.append(at)

    def _words(self, first: int, last: int) -> str:
        return self.sentence.text[self.runs[first].tokens[0].start : self.runs[last].tokens[-1].end]


_BESIDE: Final = "stands partly outside its link or quotation marks"
_MARKED: Final = "is printed with marks that are left out of the title"


def _add(sentence: Sentence, runs: list[_Run], doubts: list[Doubt], listed: Listed) -> None:
    """Add the title that these runs make, or the stretch if they make none."""
    tokens = runs[0].tokens if len(runs) == 1 else [token for run in runs for token in run.tokens]
    marked = [token for token in tokens if token.type in MARKED]
    stretch = _stretch(sentence, tokens)
    words = sentence.text[stretch.start : stretch.end]
    asides = [aside for run in runs for aside in run.asides]
    doubts = [*doubts, *(ambiguities.about_brackets(at, sentence.text[at:end]) for at, end in _unknown(asides))]
    if length := ambiguities.qualified(words):
        doubts = [*doubts, ambiguities.about_qualifier(stretch.start, words, length)]
        stretch = Stretch(stretch.start + length, stretch.end)
        words = words[length:]
        tokens = [token for token in tokens if token.start >= stretch.start]
    if len(marked) == len(tokens) == 1:
        words = words[1:-1] if tokens[0].type is Type.QUOTE else words
    elif not lexicon.could_be_title(words):
        is_placeholder = lexicon.is_placeholder(words)
        listed.others += [
            other._replace(is_placeholder=is_placeholder)
            for other in _around(stretch, marked)
            if any(map(str.isalnum, sentence.text[other.start : other.end]))
        ]
        if len(marked) != 1:
            return
        stretch = Stretch(marked[0].start, marked[0].end)
        words = sentence.text[stretch.start : stretch.end]
    elif marked:
        hint = "Check where the title begins and ends."
        doubts = [*doubts, doubt(Code.AMBIGUOUS, stretch.start, words, _BESIDE, hint)]
    text, is_changed = clean(words)
    if len(text) > 300 or not any(map(str.isalnum, text)) or lexicon.is_placeholder(text):
        listed.others += [stretch._replace(is_placeholder=True)] if any(map(str.isalnum, words)) else []
        return
    if not marked:
        doubts = [*doubts, *ambiguities.about_one(stretch.start, words)]
    elif marked[0].type is Type.LINK and (lead := _level_in_link(sentence, marked[0])):
        doubts = [*doubts, ambiguities.about_link(*lead, text)]
    if is_changed:
        hint = "Look what the marks mean: a footnote may hold a flag."
        doubts = [*doubts, doubt(Code.AMBIGUOUS, stretch.start, words, _MARKED, hint)]
    target = next((str(token.value) for token in marked if token.type is Type.LINK), None)
    listed.titles.append(Title(stretch, text, target, asides, bool(marked), runs[0].has_article, doubts))


def _stretch(sentence: Sentence, tokens: list[Token]) -> Stretch:
    """Where tokens stand; the stop that ends the sentence is also that of initials before it."""
    start, end = tokens[0].start, tokens[-1].end
    is_cut = sentence.text[end : end + 1] == "." and lexicon.INITIALS.match(sentence.text[start:end])
    return Stretch(start, end + 1 if is_cut else end)


def _unknown(asides: Iterable[Aside]) -> Iterator[tuple[int, int]]:
    return (aside.unknown for aside in asides if aside.unknown)


def _level_in_link(sentence: Sentence, token: Token) -> tuple[int, str] | None:
    """Where a level stands in the words of a link before the title, and the words for it."""
    for link in sentence.links:
        lead = sentence.text[link.start : token.start].strip() if link.start < token.start < link.end else ""
        if lead and lexicon.LEVELLED.search(sentence.plain, 0, link.start):
            return link.start, lead.rstrip(" ,:-")
    return None


def _around(stretch: Stretch, marked: list[Token]) -> list[Stretch]:
    """The parts of a stretch on both sides of its one marked title."""
    if len(marked) != 1:
        return [stretch]
    sides = [Stretch(stretch.start, marked[0].start), Stretch(marked[0].end, stretch.end)]
    return [side for side in sides if side.end > side.start]


@lru_cache(maxsize=65536)
def clean(words: str) -> tuple[str, bool]:
    """A title without what belongs to the layout, and whether anything but spaces and stops was taken out.

    >>> clean(" Optical  Assistant. "), clean("Head of I.T."), clean("C# Developer [1]")
    (('Optical Assistant', False), ('Head of I.T.', False), ('C# Developer', True))
    """
    if _CLEAN.match(words):
        return words, False
    without = _FOOTNOTE.sub(" ", words)
    bare = _EDGES.sub("", " ".join(_MARK.sub(" ", _EDGES.sub("", without)).split()))
    is_changed = without != words or len(_MARK.findall(bare)) != len(_MARK.findall(words))
    is_cut = bool(lexicon.INITIALS.match(bare)) and f"{bare}." in " ".join(words.split())
    return (f"{bare}." if is_cut else bare), is_changed
