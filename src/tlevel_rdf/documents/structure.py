"""Passages → the profiles of a document and their specialisms: which lines are headings, and which names are announced.

The sentence "This T Level has two occupational specialisms: A and B, C and D Analyst." can be read in several ways; the
headings further down say which is right. Count, names and headings are held against each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents import boilerplate, wording
from tlevel_rdf.documents.lines import Role
from tlevel_rdf.documents.passages import Passage, Sentence, sentences
from tlevel_rdf.documents.titles import Known, clean, read_list
from tlevel_rdf.documents.tokens import TITLE_PARTS, Token, Type, tokenise
from tlevel_rdf.profiles.reference import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: A heading is shorter than this, and so is the sentence that names the specialisms.
_LONGEST_HEADING: Final = 320
#: A line with a full stop at its end that is longer is a sentence.
_LONGEST_STOPPED: Final = 100
_LONGEST_ANNOUNCEMENT: Final = 2000
#: A name of a specialism has at most this many parts joined by commas and "and".
_MOST_PARTS: Final = 8
_MOST_RUNS: Final = 60


#: Words without which a line is no heading of a profile, and a sentence does not announce specialisms.
_HEADED: Final = re.compile(r"level|profile", re.IGNORECASE)
_ANNOUNCED: Final = re.compile(r"specialism", re.IGNORECASE)


class Heading(NamedTuple):
    """The heading of a profile: its section in the document, and the T Level."""

    section: str | None
    t_level: str


@dataclass
class Section:
    """The passages of one profile, from its heading on."""

    heading: Heading
    at: Sentence
    passages: list[Passage] = field(default_factory=list)


@dataclass
class Announcement:
    """What the sentence about the specialisms says.

    Attributes:
        sentence: it.
        count: how many it says there are, if it does.
        possible: every stretch of it that could be a name, folded.
        names: the plainest reading of it.
        runs: the words between its commas and "and", as places in the sentence.
    """

    sentence: Sentence
    count: int | None
    possible: frozenset[str] = frozenset()
    names: list[str] = field(default_factory=list)
    runs: list[tuple[int, int]] = field(default_factory=list)

    def is_covered_by(self, titles: Iterable[str]) -> bool:
        """Whether the names, read as these titles, are all of them and nothing else."""
        wanted = {folded(title) for title in titles}
        if not self.runs:
            return {folded(name) for name in self.names} == wanted
        reached = {0: frozenset[str]()}
        for first in range(len(self.runs)):
            if first not in reached:
                continue
            for last in range(first, min(first + _MOST_PARTS, len(self.runs))):
                words = folded(self.sentence.text[self.runs[first][0] : self.runs[last][1]])
                if words in wanted:
                    reached[last + 1] = reached[first] | {words}
        return reached.get(len(self.runs), frozenset()) == frozenset(wanted)


@dataclass
class Specialisms:
    """The specialisms of a profile as far as its lines tell.

    Attributes:
        announcement: the sentence that names them, if there is one.
        headings: by the number of the passage that is the heading, its title.
        passed: the numbers of the passages that only announce names.
    """

    announcement: Announcement | None = None
    headings: dict[int, str] = field(default_factory=dict)
    passed: set[int] = field(default_factory=set)


def heading_of(passage: Passage) -> Heading | None:
    """The heading of a profile that a passage is, if it is one."""
    text = passage.plain
    if len(text) > _LONGEST_HEADING or not _HEADED.search(text) or is_of_contents(passage):
        return None
    for pattern in wording.HEADINGS:
        if not (found := pattern.match(text)):
            continue
        tail = wording.HEADING_TAIL.search(passage.text, found.start("title"))
        words = passage.text[found.start("title") : tail.start() if tail else len(text)]
        title, _ = clean(words)
        if wording.could_be_title(title) and folded(title) not in {"t level", "progression profile"}:
            return Heading(found["section"], title)
    return None


def sections(passages: Sequence[Passage]) -> tuple[list[Passage], list[Section]]:
    """The passages before the first heading, and the profiles.

    The name of the T Level that is printed again over the legend, or on every page, begins no new profile.
    """
    before: list[Passage] = []
    found: list[Section] = []
    for passage in passages:
        heading = heading_of(passage)
        if is_of_contents(passage):
            continue
        if heading and not (found and _is_same(found[-1].heading, heading)):
            found.append(Section(heading, Sentence(passage, 0, len(passage.text))))
        elif heading:
            continue
        elif found:
            found[-1].passages.append(passage)
        else:
            before.append(passage)
    return before, found


def is_of_contents(passage: Passage) -> bool:
    """Whether a passage is a line of a table of contents: words, dots and a page."""
    text = passage.plain
    return len(text) <= _LONGEST_HEADING and text[-1:].isdigit() and bool(wording.CONTENTS.match(text))


def _is_same(current: Heading, heading: Heading) -> bool:
    is_named = folded(current.t_level) == folded(heading.t_level)
    return is_named and heading.section in {None, current.section}


def find_specialisms(passages: Sequence[Passage]) -> Specialisms:
    """Which passages of a profile are the headings of its specialisms."""
    found = Specialisms()
    at = _find_announcement(passages, found)
    candidates = [
        candidate
        for number, passage in enumerate(passages)
        if number not in found.passed
        and number != at
        and _may_head(passage, found.announcement)
        and (candidate := _candidate(number, passage))
    ]
    _choose(found, candidates)
    return found


def announcement_in(sentence: Sentence) -> Announcement | None:
    """What a sentence says about the specialisms of the T Level, if it is about them."""
    if len(sentence.text) > _LONGEST_ANNOUNCEMENT or not _ANNOUNCED.search(sentence.plain):
        return None
    for pattern in wording.ANNOUNCEMENTS:
        if found := pattern.match(sentence.plain):
            count = found["count"]
            if count is not None:
                count = {"a": 1, "an": 1, "single": 1, "sole": 1, "the": None}.get(count.casefold(), count)
            read = Announcement(sentence, wording.number(count) if isinstance(count, str) else count)
            _read_names(read, found.start("names"))
            return read if read.count or read.names or found["names"].strip(" .") == ":" else None
    return None


def _read_names(read: Announcement, begin: int) -> None:
    sentence = read.sentence
    lead = wording.BEFORE_NAMES.match(sentence.plain, begin)
    begin = lead.end() if lead else begin
    end = len(sentence.plain.rstrip(" .:;"))
    if begin >= end:
        return
    tokens = [_as_words(token) for token in tokenise(sentence, begin, end)]
    read.runs = _runs(tokens)[:_MOST_RUNS]
    possible = {
        folded(sentence.text[read.runs[first][0] : read.runs[last][1]])
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


def _find_announcement(passages: Sequence[Passage], found: Specialisms) -> int | None:
    """Find the sentence that announces the specialisms; the number of its passage."""
    for number, passage in enumerate(passages):
        if len(passage.text) > 5 * _LONGEST_ANNOUNCEMENT:
            continue
        for sentence in sentences(passage):
            announcement = announcement_in(sentence)
            if announcement and (announcement.names or announcement.count):
                found.announcement = announcement
                if not announcement.names:
                    _read_items(passages, number + 1, found, announcement)
                return number
    return None


def _read_items(passages: Sequence[Passage], first: int, found: Specialisms, announcement: Announcement) -> None:
    """Read the names from the lines after the sentence, one a line."""
    titles: list[str] = []
    for number in range(first, len(passages)):
        passage = passages[number]
        candidate = _candidate(number, passage)
        is_list = (
            passage.role is Role.ITEM or (candidate and candidate.number) or sentence_ends_with_colon(announcement)
        )
        if not candidate or not is_list or len(titles) == announcement.count:
            break
        titles.append(candidate.title)
    is_repeated = any(
        (candidate := _candidate(number, passages[number])) and folded(candidate.title) == folded(titles[0])
        for number in range(first + len(titles), len(passages))
        if titles
    )
    if is_repeated or len(titles) > 1:
        announcement.names = titles
        announcement.possible = frozenset(map(folded, titles))
        found.passed |= set(range(first, first + len(titles)))


def sentence_ends_with_colon(announcement: Announcement) -> bool:
    """Whether the names come after the sentence."""
    return announcement.sentence.plain.rstrip().endswith(":")


class _Candidate(NamedTuple):
    """A passage that may be the heading of a specialism."""

    passage: int
    number: int | None
    title: str
    role: Role
    is_called: bool


_MAY_HEAD: Final = re.compile(r"\(?(?:\d|[a-z]{1,4}[.):])|.*specialism|(?:option|pathway|route|strand) ", re.IGNORECASE)


def _may_head(passage: Passage, announcement: Announcement | None) -> bool:
    """Whether it is worth a closer look if a passage is a heading: a quick test, for most are none."""
    if len(passage.text) > _LONGEST_HEADING:
        return False
    is_named = announcement is not None and folded(_CONTINUED_OR_STOPPED.sub("", passage.text)) in announcement.possible
    return is_named or passage.role is Role.HEADING or bool(_MAY_HEAD.match(passage.plain))


_CONTINUED_OR_STOPPED: Final = re.compile(r"(?:\s*\(?cont[^)]{0,10}\)?)?[\s.:*]*\Z", re.IGNORECASE)
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}


def _candidate(number: int, passage: Passage) -> _Candidate | None:
    text = passage.plain
    if len(text) > _LONGEST_HEADING or (text.endswith(".") and len(text) > _LONGEST_STOPPED):
        return None
    start, ordinal, is_called = 0, None, False
    if before := wording.BEFORE_OPTIONS.match(text):
        start, is_called = before.end(), before.end() < len(text)
    if found := wording.NUMBERED.match(text, start):
        start, ordinal = found.start("title"), _ordinal(next(filter(None, (found[n] for n in "abcd"))))
    elif found := wording.CALLED_SPECIALISM.match(text, start):
        start, is_called = found.start("title"), True
    words = wording.CONTINUED.sub("", passage.text[start:])
    title, _ = clean(words)
    if not title or not wording.could_be_title(title) or boilerplate.RECOGNISED.match(plain_end(title)):
        return None
    return _Candidate(number, ordinal, title, passage.role, is_called)


def plain_end(title: str) -> str:
    """A title as it is held against the recognised parts."""
    return wording.plain(title)


def _ordinal(text: str) -> int:
    text = text.casefold()
    if text.isdigit() or text in wording.NUMBER_WORDS:
        return wording.number(text)
    return _ROMAN.get(text) or ord(text[0]) - ord("a") + 1


def _choose(found: Specialisms, candidates: list[_Candidate]) -> None:
    announced = found.announcement.possible if found.announcement else frozenset[str]()
    named = [c for c in candidates if folded(c.title) in announced]
    plain_lines = {folded(c.title) for c in named if c.role in {Role.TEXT, Role.HEADING} or c.number}
    chosen = [c for c in named if c.role in {Role.TEXT, Role.HEADING} or c.number or folded(c.title) not in plain_lines]
    titles = [c.title for c in chosen]
    is_whole = bool(found.announcement and chosen and found.announcement.is_covered_by(titles))
    taken, places = {c.number for c in chosen}, {c.passage for c in chosen}
    beside = {(c.passage, c.number) for c in candidates}
    numbered = [c for c in candidates if c.passage not in places and not _is_label(c) and not _is_in_list(c, beside)]
    expected = 1
    for candidate in sorted([*chosen, *numbered], key=lambda c: c.passage):
        if candidate.passage in places:
            expected = max(expected, (candidate.number or expected) + 1)
        elif (candidate.is_called and not is_whole) or (candidate.number == expected and expected not in taken):
            chosen.append(candidate)
            expected += 1
    if not chosen and not announced:
        chosen = [c for c in candidates if c.role is Role.HEADING and not _is_label(c)]
    found.headings = {c.passage: c.title for c in sorted(chosen, key=lambda c: c.passage)}


def _is_in_list(candidate: _Candidate, beside: set[tuple[int, int | None]]) -> bool:
    """Whether it is an item of a numbered list: the one before it or after it stands right beside it."""
    place, number = candidate.passage, candidate.number
    if number is None:
        return not candidate.is_called
    return (place - 1, number - 1) in beside or (place + 1, number + 1) in beside


_LABELS: Final = re.compile(
    r"(?:for )?(?:(?:higher |further )?education|degrees?|work|careers?|jobs?|employment|apprenticeships?|technical"
    r"|higher technical|HTQs?|university|progression|notes?|key|legend|levels?|contents|introduction)\b",
    re.IGNORECASE,
)


def _is_label(candidate: _Candidate) -> bool:
    return bool(_LABELS.match(candidate.title))
