"""Find the headings of specialisms among the lines of a profile.

The count, the names and the numbers are compared with each other; a heading that agrees with none of them is doubtful.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.document import Role
from tlevel_rdf.documents.grammar import boilerplate, lexicon
from tlevel_rdf.documents.grammar.lexicon import compiled, plain
from tlevel_rdf.documents.grammar.sentence import opens_options
from tlevel_rdf.documents.grammar.specialism_sentence import Announcement, announcement_in
from tlevel_rdf.documents.grammar.title_splitter import clean
from tlevel_rdf.limits import MAX_HEADING_CHARACTERS
from tlevel_rdf.profiles.titles import normalise_title

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from tlevel_rdf.documents.grammar.segmentation import Passage

_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
#: The roles of a heading.
_LINES: Final = frozenset({Role.TEXT, Role.HEADING})
#: Labels of lists and other parts of a profile.
_LABELS: Final = compiled(
    r"(?:for )?(?:(?:higher |further )?education|degrees?|work|careers?|jobs?|employment|apprenticeships?|technical"
    r"|higher technical|HTQs?|university|progression|notes?|key|legend|levels?|contents|introduction)\b"
)


@dataclass
class SpecialismHeadings:
    """The headings of the specialisms of a profile.

    Attributes:
        announcement: of the specialisms, if there is one.
        titles: by the index of the passage that is the heading.
        skipped: the indices of the passages that only announce names.
        doubtful: the indices of the headings that only their place shows.
    """

    announcement: Announcement | None = None
    titles: dict[int, str] = field(default_factory=dict)
    skipped: set[int] = field(default_factory=set)
    doubtful: set[int] = field(default_factory=set)

    @property
    def announced(self) -> frozenset[str]:
        """Every name that may be announced, normalised."""
        return self.announcement.possible if self.announcement else frozenset()


class _Candidate(NamedTuple):
    """A passage that may be the heading of a specialism: its index (at), number, title and role.

    The last is True if it is called a specialism.
    """

    at: int
    number: int | None
    title: str
    role: Role
    is_called: bool

    @property
    def name(self) -> str:
        return normalise_title(self.title)

    @property
    def is_line(self) -> bool:
        return self.role in _LINES or bool(self.number)

    @property
    def is_label(self) -> bool:
        return bool(_LABELS.match(self.title))


def find_headings(passages: Sequence[Passage]) -> SpecialismHeadings:
    """Return the passages of a profile that are headings of its specialisms."""
    found = SpecialismHeadings()
    announced_at = _find_announcement(passages, found)
    candidates = [
        candidate
        for index, passage in enumerate(passages)
        if index not in found.skipped and index != announced_at and (candidate := _candidate(index, passage))
    ]
    options = _options(found, candidates, passages)
    _choose(found, [candidate for candidate in candidates if candidate.at not in options])
    _choose_by_place(found, candidates, passages)
    return found


def _find_announcement(passages: Sequence[Passage], found: SpecialismHeadings) -> int | None:
    """Find the announcement; return the index of its passage."""
    for index, passage in enumerate(passages):
        for sentence in passage.sentences:
            announcement = announcement_in(sentence)
            if announcement and (announcement.names or announcement.count):
                found.announcement = announcement
                if not announcement.names:
                    _read_names(passages, index + 1, found, announcement)
                return index
    return None


def _read_names(passages: Sequence[Passage], first: int, found: SpecialismHeadings, announcement: Announcement) -> None:
    """Read the names from the lines below the announcement, one a line."""
    titles: list[str] = []
    for index in range(first, len(passages)):
        passage, candidate = passages[index], _candidate(index, passages[index])
        is_list = passage.role is Role.ITEM or (candidate and candidate.number) or announcement.is_open
        if not candidate or not is_list or len(titles) == announcement.count:
            break
        titles.append(candidate.title)
    if len(titles) > 1:  # one line alone may be the heading itself
        announcement.names = titles
        found.skipped |= set(range(first, first + len(titles)))


def _candidate(index: int, passage: Passage) -> _Candidate | None:
    text = passage.plain
    if len(text) > MAX_HEADING_CHARACTERS:
        return None
    start, number, is_called = 0, None, False
    if found := lexicon.NUMBERED.match(text):
        start, number = found.start("title"), _number(next(filter(None, found.group(*"abcd"))))
    elif found := lexicon.CALLED_SPECIALISM.match(text):
        start, is_called = found.start("title"), True
    title, _ = clean(lexicon.CONTINUED.sub("", passage.text[start:]))
    if not title or not lexicon.could_be_title(title) or boilerplate.RECOGNISED.match(plain(title)):
        return None
    return _Candidate(index, number, title, passage.role, is_called)


def _number(text: str) -> int:
    text = text.casefold()
    if text.isdigit() or text in lexicon.NUMBER_WORDS:
        return lexicon.number(text)
    return _ROMAN.get(text) or ord(text[0]) - ord("a") + 1


def _options(found: SpecialismHeadings, candidates: Sequence[_Candidate], passages: Sequence[Passage]) -> set[int]:
    """Return the passages with a specialism's name that are options in a list, if its heading stands elsewhere."""
    by_name: dict[str, list[int]] = {}
    for candidate in candidates:
        if candidate.name in found.announced:
            by_name.setdefault(candidate.name, []).append(candidate.at)
    several = {index for indices in by_name.values() if len(indices) > 1 for index in indices}
    listed = set(_listed(several, passages)) if several else set()
    return {each for indices in by_name.values() if not listed.issuperset(indices) for each in listed & {*indices}}


def _listed(indices: Container[int], passages: Sequence[Passage]) -> Iterator[int]:
    """Yield those of the passages that stand below a label, such as "Jobs" or a line with a colon, and head nothing."""
    is_below = is_right_below = False
    for at, passage in enumerate(passages):
        if at in indices and is_below and passage.role is not Role.HEADING:
            # A line that opens a list may also be the label of the next one, behind a list of one.
            is_followed = at + 1 < len(passages) and at + 1 not in indices and opens_options(passages[at + 1])
            if is_right_below or not is_followed:
                yield at
        text = passage.plain
        is_right_below = text.endswith(":") or bool(_LABELS.match(text) and not text.endswith("."))
        is_title = passage.role is not Role.HEADING and lexicon.could_be_title(text)
        is_below = is_right_below or (is_below and is_title)


def _choose(found: SpecialismHeadings, candidates: list[_Candidate]) -> None:
    named = [candidate for candidate in candidates if candidate.name in found.announced]
    on_lines = {candidate.name for candidate in named if candidate.is_line}
    chosen = [candidate for candidate in named if candidate.is_line or candidate.name not in on_lines]
    is_whole = bool(found.announcement and chosen and found.announcement.is_covered_by(each.title for each in chosen))
    taken, indices = {candidate.number for candidate in chosen}, {candidate.at for candidate in chosen}
    beside = {(candidate.at, candidate.number) for candidate in candidates}
    expected = 1
    for candidate in candidates:
        is_next = candidate.number == expected and expected not in taken
        if candidate.at in indices:
            expected = max(expected, (candidate.number or expected) + 1)
        elif candidate.is_label or _is_in_list(candidate, beside):
            continue
        elif (candidate.is_called and not is_whole) or is_next:
            chosen.append(candidate)
            expected += 1
            if found.announced:
                found.doubtful.add(candidate.at)
    if not chosen and not found.announced:
        chosen = [each for each in candidates if each.role is Role.HEADING and not each.is_label]
    found.titles = {candidate.at: candidate.title for candidate in chosen}


def _is_in_list(candidate: _Candidate, beside: Container[tuple[int, int | None]]) -> bool:
    """Return True for an item of a numbered list: the item before it or behind it stands right beside it."""
    index, number = candidate.at, candidate.number
    if number is None:
        return not candidate.is_called
    return (index - 1, number - 1) in beside or (index + 1, number + 1) in beside


def _choose_by_place(found: SpecialismHeadings, candidates: list[_Candidate], passages: Sequence[Passage]) -> None:
    """Choose titles in the place of a heading, if they are numbered or if announced names have no heading."""
    total = found.announcement.total if found.announcement else 0
    first = min(found.titles, default=len(passages))
    for candidate in candidates:
        at, number = candidate.at, candidate.number
        if at <= first or at in found.titles or candidate.is_label:
            continue
        is_next = number is not None and (not total or number > len(found.titles))
        if (candidate.is_line if len(found.titles) < total else is_next) and _is_between(at, passages):
            found.titles[at] = candidate.title
            found.doubtful.add(at)


def _is_between(index: int, passages: Sequence[Passage]) -> bool:
    """Return True for a line where only a heading stands: behind a sentence or another role, and before options."""
    passage, before = passages[index], passages[index - 1]
    if passage.plain.endswith(".") or index + 1 == len(passages) or not opens_options(passages[index + 1]):
        return False
    return before.role is not passage.role or before.plain.rstrip(" )'\"").endswith(".")
