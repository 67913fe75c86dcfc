"""Words that the end of a line breaks in two, made whole at the end of the first line.

A hyphen there may be the word's own ("work-based") or the printer's ("appren-ticeship"). What the document writes
elsewhere decides, else the halves where they leave no doubt; else the likelier is taken, and the other way noted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Link, Role, Unsure
from tlevel_rdf.documents.readers.line_wrapping import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from tlevel_rdf.documents.document import Line

_BROKEN: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*[-\u2010]\Z")
_REST: Final = re.compile(r"[^\W\d_]+")
#: No word is longer, and what is would take long to look through.
_LONGEST: Final = 80
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_SIGN: Final = "\u2010"
_HYPHENS: Final = frozenset({"-", _SIGN})
_BREAKING: Final = _HYPHENS | {"/"}
#: Halves of a word that commonly stand before and after a hyphen of its own.
_FIRST: Final = words_of(
    "all co cross ex first full high long low mid multi non one post self semi short three two well"
)
_SECOND: Final = words_of("based carbon centred focused led level ready related specific term time to up wide")
#: What does so in the middle of a word, as in "state-of-the-art".
_MIDDLE: Final = words_of("and by in of on or the to up")
#: Those that make no word without the hyphen.
_ALWAYS: Final = words_of("based centred focused led ready related specific")
#: Ends of words that are no words themselves, so that the hyphen before them is the printer's.
_ENDS: Final = words_of(
    "ance ancy ary ation ations cation cations cial cian cians ence ency ery eries ess ial ials ian ians ic ical ics"
    " ing ings ional ism ist ists ities ity ive ives ization isation ment ments ness nician nicians ogist ogists ogy"
    " ology ory ories ous sion sional sionals sions ters tial tian tians ticeship ticeships tic tics tion tional"
    " tions tive tives tor tors tory ture tures ual"
)
#: Behind these words stands the other half of "pre- and post-natal", and behind these halves they do.
_JOINING: Final = words_of("and or to")
_SHARING: Final = _FIRST | words_of("inter intra micro over part pre pro sub under")


def glue(before: str, after: str) -> str:
    """What stands between two lines of one paragraph: a space, but nothing behind a hyphen or slash within a word."""
    is_broken = before[-1:] in _BREAKING and before[-2:-1].isalnum() and after[:1].isalnum()
    return "" if is_broken and not _is_shared(_half(before), after) else " "


def mended(lines: Sequence[Line], soft: AbstractSet[int], parts: AbstractSet[int] = frozenset()) -> Iterator[Line]:
    """The lines, each broken word whole in the line where it begins.

    Args:
        lines: of a document whose lines are those of the page.
        soft: the indices of the lines that end with a soft hyphen, which is gone from their text.
        parts: the indices of the lines that belong to the line before them, as those of a heading do.
    """
    breaks = [
        n
        for n, (first, second) in enumerate(pairwise(lines))
        if (n + 1 in parts or _is_next(first, second)) and _breaks(first, second, is_soft=n in soft)
    ]
    rest = list(lines)
    speller = _speller(lines, is_soft=bool(soft)) if breaks else _Speller()
    for n in breaks:
        first, second = rest[n], rest[n + 1]
        if not second.text:
            continue
        if n not in soft:
            first = speller.read(first, second.text)
        end = (second.text + " ").index(" ")
        rest[n] = _joined(first, _cut(second, 0, end))
        rest[n + 1] = _cut(second, end + 1, len(second.text))
    held: Line | None = None
    for n, line in enumerate(rest):
        if held and n in parts:
            held = _joined(held, line, glue(held.text, line.text)) if line.text else held
            continue
        if held:
            yield held
        held = line if line.text else None
    if held:
        yield held


def _is_next(first: Line, second: Line) -> bool:
    """Whether the second line may go on with the first, by where it stands and what it is."""
    if Role.HEADING in {first.role, second.role} or second.role is not Role.TEXT or second.apart:
        return False
    before, after = first.at(len(first.text)), second.where
    if before.page != after.page:
        return (after.page or 0) - (before.page or 0) == 1
    return (after.line or 0) - (before.line or 0) == 1


def _breaks(first: Line, second: Line, *, is_soft: bool) -> bool:
    if not second.text[0].islower():
        return False
    half = _half(first.text)
    return is_soft or (bool(half) and not _is_shared(half, second.text))


def _half(text: str) -> str:
    """The first half of a word that stands before a hyphen at the end of a text."""
    found = text[-1:] in _HYPHENS and _BROKEN.search(text[-_LONGEST:])
    return found[0][:-1] if found else ""


def _is_shared(half: str, after: str) -> bool:
    """Whether a hyphen stands for what two words share, so that no half of a word comes after it."""
    first, _, rest = after.partition(" ")
    if first not in _JOINING:
        return False
    return half.rpartition("-")[2].casefold() in _SHARING or "-" in rest.partition(" ")[0]


@dataclass(frozen=True)
class _Speller:
    """How a document writes its words.

    Attributes:
        known: its words, in small letters.
        is_told: whether it has another sign for the hyphen of the printer, so that a plain one is a word's own.
        has_signs: whether U+2010 is that sign.
    """

    known: AbstractSet[str] = frozenset()
    is_told: bool = False
    has_signs: bool = False

    def read(self, first: Line, after: str) -> Line:
        """The first half of a word, with its hyphen only if that is its own, and how else it could be written."""
        half, rest = _half(first.text), _REST.match(after)
        if not half or not rest:
            return first
        bare = _cut(first, 0, len(first.text) - 1)
        if self.has_signs and first.text.endswith(_SIGN):
            return bare
        is_own, is_sure = self._is_own(half.casefold(), rest[0].casefold())
        line = first if is_own else bare
        if is_sure:
            return line
        other = f"{half}{'' if is_own else '-'}{rest[0]}"
        return replace(line, unsure=(*line.unsure, Unsure(len(bare.text) - len(half), len(line.text + rest[0]), other)))

    def _is_own(self, half: str, other: str) -> tuple[bool, bool]:
        """Whether the hyphen between two halves is the word's own, and whether that leaves no doubt."""
        is_hyphened, is_whole = f"{half}-{other}" in self.known, half + other in self.known
        if is_hyphened != is_whole:
            return is_hyphened, True
        before, _, last = half.rpartition("-")
        if other in _ENDS:
            return False, not is_whole
        is_own = self.is_told or len(last) == 1 or last in _FIRST or other in _SECOND or (before and last in _MIDDLE)
        is_sure = len(last) == 1 or other in _ALWAYS or (last in _FIRST and other in _SECOND)
        return bool(is_own), is_sure and not is_whole


def _speller(lines: Sequence[Line], *, is_soft: bool) -> _Speller:
    words = {word.casefold() for line in lines for word in _WORD.findall(line.text)}
    has_signs = not any(_SIGN in word for word in words) and any("-" in word for word in words)
    has_signs = has_signs and any(line.text.endswith(_SIGN) for line in lines)
    return _Speller({word.replace(_SIGN, "-") for word in words}, is_soft or has_signs, has_signs)


def _cut(line: Line, start: int, end: int) -> Line:
    """A part of a line."""

    def within(a: int, b: int) -> tuple[int, int]:
        return max(a, start) - start, min(b, end) - start

    links = []
    for link in line.links:
        a, b = within(link.start, link.end)
        if a < b:
            links.append(Link(a, b, link.target, link.continues or link.start < start))
    strong = (within(a, b) for a, b in line.strong)
    unsure = (replace(each, start=each.start - start, end=each.end - start) for each in line.unsure)
    return replace(
        line,
        text=line.text[start:end],
        where=line.at(start),
        links=tuple(links),
        strong=tuple((a, b) for a, b in strong if a < b),
        columns=line.columns[start:end],
        turns=tuple((turn - start, where) for turn, where in line.turns if start < turn < end),
        unsure=tuple(each for each in unsure if each.start >= 0 and each.end <= end - start),
    )


def _joined(first: Line, second: Line, between: str = "") -> Line:
    """Two lines as one."""
    size = len(first.text) + len(between)
    links, strong = list(first.links), list(first.strong)
    for link in second.links:
        start, end = link.start + size, link.end + size
        if links and link.continues and links[-1].end == start - len(between):
            links[-1] = Link(links[-1].start, end, links[-1].target, links[-1].continues)
        else:
            links.append(Link(start, end, link.target, link.continues))
    for start, end in second.strong:
        if strong and strong[-1][1] == start + size:
            strong[-1] = (strong[-1][0], end + size)
        else:
            strong.append((start + size, end + size))
    turns = ((turn + size, where) for turn, where in second.turns)
    return replace(
        first,
        text=first.text + between + second.text,
        links=tuple(links),
        strong=tuple(strong),
        columns=(*first.columns, *first.columns[-1:] * len(between), *second.columns),
        turns=(*first.turns, (size, second.where), *turns),
        unsure=(*first.unsure, *(replace(it, start=it.start + size, end=it.end + size) for it in second.unsure)),
    )
