"""Split the tokens of a list into its titles.

Lists are full of commas and "and", and so are titles. Marks (a link, quotation marks, an article, flags behind a title)
and titles known from elsewhere in the document decide; where nothing does, the plainest reading is taken, with a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.grammar import ambiguities, lexicon
from tlevel_rdf.documents.grammar.segmentation import Span
from tlevel_rdf.documents.grammar.statement import Mention
from tlevel_rdf.documents.grammar.tokenizer import MARKED, TITLE_PARTS, Token, Type
from tlevel_rdf.limits import MAX_CACHED_TITLES, MAX_READ_TITLE_CHARACTERS, MAX_TITLE_PARTS
from tlevel_rdf.profiles.titles import normalise_title

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from tlevel_rdf.documents.grammar.annotations import Annotation
    from tlevel_rdf.documents.grammar.segmentation import Sentence
    from tlevel_rdf.documents.grammar.statement import Doubt

#: Marks that are no part of a title; "C#" is a name.
_MARKS: Final = r"[\[\]*_|\u2020\u2021]|(?<!\b[A-Z])#"
_MARK: Final = re.compile(_MARKS)
#: A reference to a footnote.
_FOOTNOTE: Final = re.compile(r"\[\^?(?:\d{1,3}|[a-z])\]|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+")
_EDGE: Final = rf"(?:[\s.,:;!?]|{_MARKS})+"
_EDGES: Final = re.compile(rf"\A{_EDGE}|{_EDGE}\Z")
_SEPARATORS: Final = frozenset({Type.COMMA, Type.AND, Type.SEMICOLON, Type.COLON, Type.DASH})
_SURE: Final = frozenset({Type.SEMICOLON, Type.COLON, Type.DASH})


def is_interrupted(titles: Iterable[Mention], leftovers: Iterable[Span]) -> bool:
    """Return True if a leftover stands before the last title that nothing marks, so that no title is certain."""
    last = max((title.end for title in titles if not title.is_marked), default=-1)
    return any(other.start < last for other in leftovers)


class KnownTitles:
    """The titles that a document marks somewhere, and that are therefore titles wherever they stand.

    Args:
        titles: read only when the first of them is needed.
        registered: returns the normalised titles of the registers. They only decide where nothing else does, and the
            decision stays doubtful.
    """

    def __init__(self, titles: Iterable[str] = (), registered: Callable[[], Container[str]] = frozenset) -> None:
        self._given = titles
        self._registered = registered

    @cached_property
    def _titles(self) -> set[str]:
        return {normalise_title(clean(title)[0]) for title in self._given}

    def __contains__(self, words: str) -> bool:
        return normalise_title(words) in self._titles

    def is_registered(self, words: str) -> bool:
        """Return True if a register has the title."""
        return normalise_title(words) in self._registered()


@dataclass(slots=True)
class _Run:
    """Tokens without a separator, and the annotations behind them."""

    tokens: list[Token]
    annotations: list[Annotation] = field(default_factory=list)
    has_article: bool = False

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def ends_marked(self) -> bool:
        return bool(self.annotations) or self.tokens[-1].type in MARKED


def split_titles(
    sentence: Sentence, tokens: Sequence[Token], known: KnownTitles, *, is_one: bool | None = None
) -> tuple[list[Mention], list[Span]]:
    """Return the titles of a list, and its spans that are none.

    Args:
        sentence: that the list stands in.
        tokens: of the list.
        known: titles that are marked elsewhere.
        is_one: True if the word behind the list is in the singular, False if in the plural, None if there is none.
    """
    titles: list[Mention] = []
    leftovers: list[Span] = []
    runs, between = _runs(tokens, leftovers)
    splitter = _Splitter(sentence, runs, between, known, is_one=is_one)
    splits = [*splitter.decide(), True]
    start, first = 0, 0
    about: Doubt | None = None
    for index in range(len(runs)):
        if index == first:
            about = splitter.doubt_from(first)
        if splits[index]:
            doubts = [about] if about else []
            title, rest = _title(sentence, runs[start : index + 1])
            leftovers += rest
            if title:
                title.doubts[:0], title.shared = (doubts, []) if start == first else ([], doubts)
                titles.append(title)
            start = index + 1
            first = first if index in splitter.unsure else start
    return titles, leftovers


def _runs(tokens: Sequence[Token], leftovers: list[Span]) -> tuple[list[_Run], list[set[Type]]]:
    """Return the runs and the separators between them; add annotations that stand behind no run to the leftovers."""
    runs: list[_Run] = []
    between: list[set[Type]] = []
    separators: set[Type] = set()
    is_open, has_article = False, False
    for at, token in enumerate(tokens):
        if is_open and token.type in {Type.DASH, Type.COLON} and _is_within(tokens, at):
            token = token._replace(type=Type.WORD)  # noqa: PLW2901 - the same token, read as a word
        if token.type in TITLE_PARTS:
            if is_open and not (token.type in MARKED and runs[-1].tokens[-1].type in MARKED):
                runs[-1].tokens.append(token)
                continue
            if runs:
                between.append(separators)
            runs.append(_Run([token], has_article=has_article))
            separators, is_open, has_article = set(), True, False
        elif token.type is Type.ANNOTATION:
            if runs and not separators:
                runs[-1].annotations.append(token.value)
            else:
                leftovers.append(Span(token.start, token.end))
            is_open = False
        else:
            is_open = False
            has_article = has_article or token.type is Type.ARTICLE
            separators |= {token.type} & _SEPARATORS
    return runs, between


def _is_within(tokens: Sequence[Token], at: int) -> bool:
    """Return True if a dash or colon stands within a title: with plain words on both sides."""
    return at + 1 < len(tokens) and tokens[at - 1].type is tokens[at + 1].type is Type.WORD


class _Splitter:
    """Decides which of the places between runs separate two titles: True, False, or None while undecided."""

    def __init__(
        self, sentence: Sentence, runs: list[_Run], between: list[set[Type]], known: KnownTitles, *, is_one: bool | None
    ) -> None:
        self.sentence = sentence
        self.runs = runs
        self.between = between
        self.known = known
        self.is_one = is_one
        self.unsure: set[int] = set()
        self.decided: list[bool | None] = []

    def decide(self) -> list[bool | None]:
        decided = self.decided = [True if self._is_sure(at) else None for at in range(len(self.between))]
        # Two links side by side may be one that a word processor split.
        self.unsure = {at for at, types in enumerate(self.between) if not types}
        self._by_titles(self.known.__contains__)
        for at, is_split in enumerate(decided):
            if is_split is None and self.runs[at + 1].has_article:
                decided[at] = True
        undecided = {at for at, is_split in enumerate(decided) if is_split is None}
        self._by_titles(self.known.is_registered)
        has_commas = any(Type.COMMA in types for types in self.between)
        self.unsure |= {at for at in undecided if decided[at] is False or (decided[at] and not has_commas)}
        if any(Type.SEMICOLON in types for types in self.between):
            self._by_semicolons()
        elif self.is_one:
            self._decide_rest(is_split=False, is_unsure=True)
        elif any(Type.COMMA in types for types in self.between):
            self._by_commas()
        else:
            # In "[A] and B and C" the sure "and" closes the list.
            is_closed = True in decided and decided.count(None) == 1 and len(decided) > 1
            is_unsure = is_closed or decided.count(None) > 1 or self.is_one is None
            self._decide_rest(is_split=not is_closed, is_unsure=is_unsure)
        return decided

    def _is_sure(self, at: int) -> bool:
        types = self.between[at]
        is_marked = self.runs[at].ends_marked or self.runs[at + 1].tokens[0].type in MARKED
        return not types or bool(types & _SURE) or is_marked

    def _by_titles(self, is_title: Callable[[str], bool]) -> None:
        """Decide by titles of several runs, and by two titles beside one another."""
        at = 0
        while None in self.decided and at < len(self.runs):
            last = self._end_of_title(at, is_title)
            if last is None:
                at += 1
                continue
            self.decided[at:last] = [False] * (last - at)
            at = last + 1
            if at < len(self.runs) and self.decided[last] is None and self._end_of_title(at, is_title) is not None:
                self.decided[last] = True

    def _end_of_title(self, first: int, is_title: Callable[[str], bool]) -> int | None:
        """Return the last run of the longest title that begins with a run."""
        last = first
        while last + 1 < len(self.runs) and last - first < MAX_TITLE_PARTS and self.decided[last] is None:
            last += 1
        return next((end for end in range(last, first - 1, -1) if is_title(self._words(first, end))), None)

    def _by_semicolons(self) -> None:
        decided, semicolons = self.decided, [at for at, types in enumerate(self.between) if Type.SEMICOLON in types]
        is_closed = any(Type.AND in self.between[at] for at in semicolons)
        tail = [at for at, is_split in enumerate(decided) if is_split is None and at > semicolons[-1]]
        if not is_closed and len(tail) == 1 and self.between[tail[0]] == {Type.AND}:
            decided[tail[0]] = True
            self.unsure.add(tail[0])
        # One semicolon alone may separate two lists.
        self._decide_rest(is_split=False, is_unsure=len(semicolons) == 1)

    def _by_commas(self) -> None:
        """In "A, B and C" the last "and" closes the list; every other one joins the words of a title."""
        decided = self.decided
        ands = [at for at, types in enumerate(self.between) if Type.AND in types and decided[at] is not False]
        after_comma = [at for at in ands if Type.COMMA in self.between[at]]
        closing = (after_comma or [-1, *(at for at, is_split in enumerate(decided) if is_split is not False)])[-1]
        for at in ands:
            if at != closing and Type.COMMA not in self.between[at] and decided[at] is None:
                decided[at] = False
                self.unsure.add(at)
        self._decide_rest(is_split=True, is_unsure=False)

    def _decide_rest(self, *, is_split: bool, is_unsure: bool) -> None:
        for at, decision in enumerate(self.decided):
            if decision is None:
                self.decided[at] = is_split
                if is_unsure:
                    self.unsure.add(at)

    def doubt_from(self, first: int) -> Doubt | None:
        """Return the doubt about the runs from one up to the next sure split, if a split between them is unsure."""
        last = first
        while last < len(self.between) and (last in self.unsure or not self.decided[last]):
            last += 1
        if self.unsure.isdisjoint(range(first, last)):
            return None
        text, runs = self.sentence.text, self.runs[first : last + 1]
        words = [text[run.start : run.end] for run in runs]
        joints = [text[before.end : after.start] for before, after in pairwise(runs)]
        splits = [bool(is_split) for is_split in self.decided[first:last]]
        unsure = [at in self.unsure for at in range(first, last)]
        return ambiguities.about_list(runs[0].start, words, joints, splits, unsure)

    def _words(self, first: int, last: int) -> str:
        return self.sentence.text[self.runs[first].start : self.runs[last].end]


def _title(sentence: Sentence, runs: list[_Run]) -> tuple[Mention | None, list[Span]]:
    """Return the title that runs make, and their spans that are none."""
    text, tokens = sentence.text, [token for run in runs for token in run.tokens]
    marked = [token for token in tokens if token.type in MARKED]
    start, end = tokens[0].start, tokens[-1].end
    if text[end : end + 1] == "." and lexicon.INITIALS.match(text[start:end]):
        end += 1  # The stop that ends the sentence is also that of the initials.
    words = text[start:end]
    annotations = [annotation for run in runs for annotation in run.annotations]
    doubts = [ambiguities.about_brackets(sentence, *each.unclear) for each in annotations if each.unclear]
    leftovers = []
    if len(marked) == len(tokens) == 1:
        words = words[1:-1] if tokens[0].type is Type.QUOTE else words
    elif not lexicon.could_be_title(words):
        sides = [(start, end)] if len(marked) != 1 else [(start, marked[0].start), (marked[0].end, end)]
        leftovers = [Span(*side) for side in sides if any(map(str.isalnum, text[slice(*side)]))]
        if len(marked) != 1:
            return None, leftovers
        start, end = marked[0].start, marked[0].end
        words = text[start:end]
    elif marked:
        doubts.append(ambiguities.about_marks(start, words))
    title, is_changed = clean(words)
    if len(title) > MAX_READ_TITLE_CHARACTERS or not any(map(str.isalnum, title)) or lexicon.is_placeholder(title):
        return None, leftovers + ([Span(start, end)] if any(map(str.isalnum, words)) else [])
    if not marked:
        doubts += ambiguities.about_one(start, words)
    elif marked[0].type is Type.LINK and (lead := _level_in_link(sentence, marked[0])):
        doubts.append(ambiguities.about_link(*lead, title))
    if is_changed:
        doubts.append(ambiguities.about_footnote(start, words))
    target = next((token.value for token in marked if token.type is Type.LINK), None)
    mention = Mention(start, end, title, target, annotations, bool(marked), runs[0].has_article, doubts)
    return mention, leftovers


def _level_in_link(sentence: Sentence, token: Token) -> tuple[int, str] | None:
    """Return the place and the words of a level before the title in a link, if the sentence has a level as well."""
    for link in sentence.links:
        lead = sentence.text[link.start : token.start].strip() if link.start < token.start < link.end else ""
        if lead and lexicon.LEVELLED.search(sentence.plain, 0, link.start):
            return link.start, lead.rstrip(" ,:-")
    return None


@lru_cache(maxsize=MAX_CACHED_TITLES)
def clean(words: str) -> tuple[str, bool]:
    """Return a title without marks of the layout, and True if more than spaces and stops was removed.

    >>> clean(" Optical  Assistant. "), clean("Head of I.T."), clean("C# Developer [1]")
    (('Optical Assistant', False), ('Head of I.T.', False), ('C# Developer', True))
    """
    without = _FOOTNOTE.sub(" ", words)
    bare = _EDGES.sub("", " ".join(_MARK.sub(" ", _EDGES.sub("", without)).split()))
    is_changed = without != words or len(_MARK.findall(bare)) != len(_MARK.findall(words))
    is_cut = bool(lexicon.INITIALS.match(bare)) and f"{bare}." in " ".join(words.split())
    return (f"{bare}." if is_cut else bare), is_changed
