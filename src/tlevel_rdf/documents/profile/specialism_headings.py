"""The lines of a profile → which of them are the headings of its specialisms.

Count, names and numbers are held against each other; what agrees with none of them is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.document import Role
from tlevel_rdf.documents.grammar import boilerplate, lexicon
from tlevel_rdf.documents.grammar.segmentation import sentences
from tlevel_rdf.documents.grammar.sentence import opens
from tlevel_rdf.documents.grammar.specialism_sentence import LONGEST_ANNOUNCEMENT, Announcement, announcement_in
from tlevel_rdf.documents.grammar.title_splitter import clean
from tlevel_rdf.profiles.titles import normalise_title

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from tlevel_rdf.documents.grammar.segmentation import Passage

#: A heading is shorter than this.
_LONGEST_HEADING: Final = 320
#: A line with a full stop at its end that is longer is a sentence.
_LONGEST_STOPPED: Final = 100


@dataclass
class Specialisms:
    """The specialisms of a profile as far as its lines tell.

    Attributes:
        announcement: the sentence that names them, if there is one.
        headings: by the number of the passage that is the heading, its title.
        passed: the numbers of the passages that only announce names.
        doubtful: the numbers of the headings that only their place makes one.
    """

    announcement: Announcement | None = None
    headings: dict[int, str] = field(default_factory=dict)
    passed: set[int] = field(default_factory=set)
    doubtful: set[int] = field(default_factory=set)


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
    options = _options(found, candidates, passages)
    _choose(found, [candidate for candidate in candidates if candidate.passage not in options])
    _choose_by_place(found, candidates, passages)
    return found


def _find_announcement(passages: Sequence[Passage], found: Specialisms) -> int | None:
    """Find the sentence that announces the specialisms; the number of its passage."""
    for number, passage in enumerate(passages):
        if len(passage.text) > 5 * LONGEST_ANNOUNCEMENT:
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
        is_list = passage.role is Role.ITEM or (candidate and candidate.number) or announcement.is_open
        if not candidate or not is_list or len(titles) == announcement.count:
            break
        titles.append(candidate.title)
    is_repeated = any(
        (candidate := _candidate(number, passages[number]))
        and normalise_title(candidate.title) == normalise_title(titles[0])
        for number in range(first + len(titles), len(passages))
        if titles
    )
    if is_repeated or len(titles) > 1:
        announcement.names = titles
        announcement.possible = frozenset(map(normalise_title, titles))
        found.passed |= set(range(first, first + len(titles)))


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
    return _is_named(passage.text, announcement) or passage.role is Role.HEADING or bool(_MAY_HEAD.match(passage.plain))


def _is_named(text: str, announcement: Announcement | None) -> bool:
    """Whether a line is a name that is announced, whatever stands behind it."""
    name = _CONTINUED_OR_STOPPED.sub("", text) if "cont" in text.casefold() else text.rstrip(_STOPS)
    return announcement is not None and normalise_title(name) in announcement.possible


_STOPS: Final = " \t\n.:*"
_CONTINUED_OR_STOPPED: Final = re.compile(r"(?:\s*\(?cont[^)]{0,10}\)?)?[\s.:*]*\Z", re.IGNORECASE)
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}


def _candidate(number: int, passage: Passage) -> _Candidate | None:
    text = passage.plain
    if len(text) > _LONGEST_HEADING or (text.endswith(".") and len(text) > _LONGEST_STOPPED):
        return None
    start, ordinal, is_called = 0, None, False
    if before := lexicon.BEFORE_OPTIONS.match(text):
        start, is_called = before.end(), before.end() < len(text)
    if found := lexicon.NUMBERED.match(text, start):
        start, ordinal = found.start("title"), _ordinal(next(filter(None, (found[n] for n in "abcd"))))
    elif found := lexicon.CALLED_SPECIALISM.match(text, start):
        start, is_called = found.start("title"), True
    words = lexicon.CONTINUED.sub("", passage.text[start:])
    title, _ = clean(words)
    if not title or not lexicon.could_be_title(title) or boilerplate.RECOGNISED.match(plain_end(title)):
        return None
    return _Candidate(number, ordinal, title, passage.role, is_called)


def plain_end(title: str) -> str:
    """A title as it is held against the recognised parts."""
    return lexicon.plain(title)


def _ordinal(text: str) -> int:
    text = text.casefold()
    if text.isdigit() or text in lexicon.NUMBER_WORDS:
        return lexicon.number(text)
    return _ROMAN.get(text) or ord(text[0]) - ord("a") + 1


def _options(found: Specialisms, candidates: Sequence[_Candidate], passages: Sequence[Passage]) -> set[int]:
    """The passages that have the name of a specialism and are options in a list; its heading stands elsewhere."""
    announced = found.announcement.possible if found.announcement else frozenset[str]()
    by_name: dict[str, list[int]] = {}
    for candidate in candidates:
        if (name := normalise_title(candidate.title)) in announced:
            by_name.setdefault(name, []).append(candidate.passage)
    several = {place for places in by_name.values() if len(places) > 1 for place in places}
    listed = several and set(_listed(several, passages))
    return {
        place for places in by_name.values() if not listed.issuperset(places) for place in listed.intersection(places)
    }


def _listed(places: Container[int], passages: Sequence[Passage]) -> Iterator[int]:
    """Those of some places that stand below a label, such as "Jobs" or what ends with a colon, and head nothing."""
    is_below = is_right_below = False
    for at, passage in enumerate(passages):
        if at in places and is_below and passage.role is not Role.HEADING:
            # What opens a list may also be the label of the next one, behind a list of one.
            is_followed = at + 1 < len(passages) and at + 1 not in places and opens(passages[at + 1])
            if is_right_below or not is_followed:
                yield at
        is_right_below = _is_list_label(passage)
        is_title = passage.role is not Role.HEADING and lexicon.could_be_title(passage.plain)
        is_below = is_right_below or (is_below and is_title)


def _is_list_label(passage: Passage) -> bool:
    return passage.plain.endswith(":") or bool(_LABELS.match(passage.plain) and not passage.plain.endswith("."))


def _choose(found: Specialisms, candidates: list[_Candidate]) -> None:
    announced = found.announcement.possible if found.announcement else frozenset[str]()
    named = [c for c in candidates if normalise_title(c.title) in announced]
    plain_lines = {normalise_title(c.title) for c in named if c.role in _LINES or c.number}
    chosen = [c for c in named if c.role in _LINES or c.number or normalise_title(c.title) not in plain_lines]
    titles = [c.title for c in chosen]
    is_whole = bool(found.announcement and chosen and found.announcement.is_covered_by(titles))
    taken, places = {c.number for c in chosen}, {c.passage for c in chosen}
    beside = {(c.passage, c.number) for c in candidates}
    numbered = [c for c in candidates if c.passage not in places and not _is_label(c) and not _is_in_list(c, beside)]
    expected = 1
    for candidate in sorted([*chosen, *numbered], key=lambda c: c.passage):
        is_next = candidate.number == expected and expected not in taken
        if candidate.passage in places:
            expected = max(expected, (candidate.number or expected) + 1)
        elif (candidate.is_called and not is_whole) or is_next:
            chosen.append(candidate)
            expected += 1
            if announced:
                found.doubtful.add(candidate.passage)
    if not chosen and not announced:
        chosen = [c for c in candidates if c.role is Role.HEADING and not _is_label(c)]
    found.headings = {c.passage: c.title for c in sorted(chosen, key=lambda c: c.passage)}


def _choose_by_place(found: Specialisms, candidates: list[_Candidate], passages: Sequence[Passage]) -> None:
    """Take the titles that stand where a heading would, if they are numbered or names announced have no heading."""
    total = found.announcement.total if found.announcement else 0
    numbered = {c.passage: c for c in candidates if c.number is not None}
    for number, passage in enumerate(passages[:-1]):
        if not found.headings or number < min(found.headings) or number in found.headings or number in found.passed:
            continue
        is_lacking = len(found.headings) < total
        candidate = numbered.get(number)
        if candidate is None and is_lacking and passage.role in _LINES:
            candidate = _candidate(number, passage)
        if candidate is None or _is_label(candidate) or not _is_between(candidate, passages):
            continue
        if is_lacking or not total or (candidate.number or 0) > len(found.headings):
            found.headings[number] = candidate.title
            found.doubtful.add(number)


#: What a heading may be by its markup.
_LINES: Final = frozenset({Role.TEXT, Role.HEADING})


def _is_between(candidate: _Candidate, passages: Sequence[Passage]) -> bool:
    """Whether a title stands where only a heading would: after what is closed, and before what is about options."""
    place = candidate.passage
    if passages[place].plain.endswith(".") or place + 1 >= len(passages) or not opens(passages[place + 1]):
        return False
    before = passages[place - 1] if place else None
    return before is None or before.role is not passages[place].role or before.plain.rstrip(" )'\"").endswith(".")


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
