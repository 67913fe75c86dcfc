"""Split the lines of a document into passages and sentences, each character of which keeps its place in the document.

A text or a PDF breaks a paragraph into lines wherever they are full; the lines are joined again here. A sentence never
ends within a link, brackets or quotation marks, nor after an abbreviation.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tlevel_rdf.documents.document import Link, Location, Role
from tlevel_rdf.documents.grammar.lexicon import ABBREVIATED, plain
from tlevel_rdf.documents.grammar.line_wrapping import WrapWidths
from tlevel_rdf.documents.line_joins import is_wrapped_level, separator
from tlevel_rdf.limits import MAX_BRACKET_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.documents.document import Document, Line

#: The formats whose lines end where the page does.
_WRAPPED: Final = frozenset({"text/plain", "text/markdown", "text/html", "application/pdf"})
#: The formats that mark their blocks, so that only a line of the same block continues another.
_MARKED: Final = frozenset({"text/html", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"})
#: The most lines of a sentence.
_SENTENCE_LINES: Final = 12
_BULLET: Final = re.compile(r"(?:[-•·▪◦‣●○■□*➢✓\u2013—]|o(?= [A-Z\[]))\s+(?=\S)")
_ENDED: Final = re.compile(r".*[.!?:;][)\]'\"]*\Z", re.DOTALL)
_UNFINISHED: Final = re.compile(
    r".*(?:[,(&/]|[^\W\d_]-|\b(?:and|or|the|a|an|of|for|in|with|to|is|are|level|at|into|as|by|not))\Z",
    re.DOTALL | re.IGNORECASE,
)
#: The beginnings of sentences and headings of the layout; none of these continues the line before.
_BEGINS: Final = re.compile(
    r"\(?(?:\d{1,3}[a-z]?|[a-z])[.)] |For (?:\*|education|work|apprentic|these|this|some|each|degree|careers)|At"
    r" levels? |Levels? \w+"
    r"|(?:This|The) T[ -]Level|There (?:is|are) |T[ -]Level |(?:The )?Progression Profile|Please |An? learner"
    r"|Education\b|Work\b|Apprenticeships\b|Higher Technical Qualifications?\b|Notes?\b"
    r"|(?i:\(?(?:accelerated|not applicable|in development|under revision)\)?\s*=)"
)
#: The beginnings of sentences that end in a full stop, so that a line without one continues.
_STATES: Final = re.compile(r"(?:For|At|There|This|The|An?|In|It|Some|All|They|Links|Learners?) |Please |Levels? \w+")
_STOPPED: Final = re.compile(r".*[.;][)\]'\"]*\Z", re.DOTALL)
_HEADED: Final = re.compile(r"(?:\d{1,3}[a-z]?[.)]? )?T[ -]Level in |(?:The )?Progression Profile\Z")
_END: Final = re.compile(
    r"(?<![.!?])[.!?]++['\")\]]*+(?=\s+['\"(\[]?[A-Z0-9•]|(?:\s+\w{1,2})?\s*\Z|\s+(?:at level|for (?:education|work"
    r"|apprent)|there (?:is|are))\b)"
    r"|(?<=[a-z)\]])\.(?=(?:At level|For |There (?:is|are)|In addition))"
    r"|,(?=\s+(?:and|while|whilst)\s+for\s+(?:education|work)\b)"
    r"|\s(?=(?:and|while|whilst)\s+for\s+(?:education|work)\s*,)"
)
_JOINTS: Final = frozenset(", \t\n")
#: Words of a sentence that is complete before such a joint: they begin a list.
_LISTS: Final = re.compile(r"\b(?:includ\w+|become|study|is|are)\s")
#: An abbreviation that may end a sentence as well, and the beginning of the next sentence.
_MAY_CLOSE: Final = re.compile(r"[A-Z]\w*(?:\.\w+)*\Z(?<=..)")
_OPENING: Final = re.compile(r"\W+(?:For|At|There|This|The|In addition|An?|Learners?|Please)\b")
_NUMBER_NEXT: Final = re.compile(r"\.\s+\d")
_BRACKET: Final = re.compile(r"[()\[\]{}<>]")
_QUOTED: Final = re.compile(r"\"[^\"]{1,200}\"|(?<!\w)'(?=\S)[^']{1,120}(?<=\S)'(?!\w)")


class Spot(NamedTuple):
    """A place in a document, with the column in its line or paragraph."""

    where: Location
    column: int


class Span(NamedTuple):
    """A span of a text that stays whole."""

    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """A paragraph, heading, item or cell.

    Attributes:
        text: of its lines.
        role: its role in the markup.
        links: by their places in the text.
        pieces: its lines: the place in the text where each begins, the line, and the characters left out of it.
    """

    text: str
    role: Role
    links: tuple[Link, ...]
    pieces: tuple[tuple[int, Line, int], ...]

    @cached_property
    def plain(self) -> str:
        """The text with plain quotation marks, hyphens and spaces."""
        return plain(self.text)

    def spot(self, offset: int = 0) -> Spot:
        """Return the place of a character of the text."""
        start, line, skipped = self.pieces[max(bisect_right(self.pieces, offset, key=lambda piece: piece[0]) - 1, 0)]
        inside = max(offset - start, 0) + skipped
        return Spot(line.location_at(inside), line.column_at(inside) or inside + 1)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences in their order; every character except spaces is in one of them."""
        return tuple(_sentences(self))

    @cached_property
    def whole(self) -> Sentence:
        """The whole passage as one sentence."""
        return Sentence(self, 0, len(self.text))

    @cached_property
    def quotes(self) -> tuple[Span, ...]:
        """The spans in quotation marks, with these."""
        if "'" not in self.plain and '"' not in self.plain:
            return ()
        return tuple(Span(*match.span()) for match in _QUOTED.finditer(self.plain))

    @cached_property
    def brackets(self) -> tuple[Span, ...]:
        """The outermost spans in brackets, with these."""
        opened: list[int] = []
        found: list[Span] = []
        for match in _BRACKET.finditer(self.plain):
            at = match.start()
            if match[0] in "([{<":
                opened.append(at)
            elif opened and at - opened[-1] <= MAX_BRACKET_CHARACTERS:
                begin = opened.pop()
                while found and found[-1].start > begin:
                    found.pop()
                found.append(Span(begin, at + 1))
        return tuple(found)

    def follows(self, before: Passage) -> bool:
        """Return True if it stands right below another passage, with no room between them."""
        return self.pieces[0][1].is_right_below(before.pieces[-1][1])


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence of a passage, or a heading; compared by identity."""

    passage: Passage
    start: int
    end: int

    @cached_property
    def text(self) -> str:
        """Its words as they are printed."""
        return self.passage.text[self.start : self.end]

    @cached_property
    def plain(self) -> str:
        """Its words with plain quotation marks, hyphens and spaces."""
        return self.passage.plain[self.start : self.end]

    def spot(self, offset: int = 0) -> Spot:
        """Return the place of one of its characters."""
        return self.passage.spot(self.start + offset)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Its links, by their places in it."""
        return tuple(
            Link(max(link.start, self.start) - self.start, min(link.end, self.end) - self.start, link.target)
            for link in self._overlapping(self.passage.links)
        )

    def within(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """Return the spans of the passage that lie in the sentence, by their places in it."""
        return tuple(
            Span(span.start - self.start, span.end - self.start)
            for span in self._overlapping(spans)
            if span.start >= self.start and span.end <= self.end
        )

    def _overlapping(self, spans: tuple[Any, ...]) -> tuple[Any, ...]:
        first = bisect_right(spans, self.start, key=lambda span: span.end)
        return spans[first : bisect_left(spans, self.end, key=lambda span: span.start)]


def split_passages(document: Document) -> list[Passage]:
    """Return the passages of a document in their order."""
    wrapping = WrapWidths(document.lines) if document.media_type in _WRAPPED else None
    groups: list[list[tuple[Line, int, Role]]] = []
    for number, line in enumerate(document.lines):
        skipped, role = _bullet(line)
        is_new = line.has_gap_above and document.media_type in _MARKED
        may_continue = not is_new and role is Role.TEXT and bool(groups)
        if may_continue and _continues(groups[-1], line, number, wrapping):
            groups[-1].append((line, skipped, role))
        else:
            groups.append([(line, skipped, role)])
    return [_passage(group) for group in groups]


def _bullet(line: Line) -> tuple[int, Role]:
    """Return the length of the bullet of a line, and the role of the line."""
    if line.role in {Role.TEXT, Role.ITEM} and (found := _BULLET.match(line.text)):
        return found.end(), Role.ITEM
    return 0, line.role


def _continues(group: list[tuple[Line, int, Role]], line: Line, number: int, wrapping: WrapWidths | None) -> bool:
    """Return True if a line continues the passage of the lines before it."""
    last, role = group[-1][0], group[0][2]
    if (line.links and line.links[0].continues) or line.is_rest_of(last):
        return True
    before, after = plain(last.text), plain(line.text)
    if not line.is_right_below(last) or role not in {Role.TEXT, Role.ITEM} or _ENDED.match(before):
        return False
    if _BEGINS.match(after) and not is_wrapped_level(before, after):
        return False
    if _UNFINISHED.match(before):
        return True
    if len(group) == 1 and _HEADED.match(before):
        return False
    is_small = after[:1].islower() or after[:1] == "("
    is_full = wrapping is not None and wrapping.is_full(number - 1)
    return is_small or is_full or bool(_STOPPED.match(after) and _is_open(group))


def _is_open(group: list[tuple[Line, int, Role]]) -> bool:
    """Return True if the lines end within a sentence, by how that begins."""
    tail = ""
    for line, skipped, _ in reversed(group[-_SENTENCE_LINES:]):
        _, stop, tail = line.text[skipped:].rpartition(". ")
        if stop:
            break
    return bool(_STATES.match(tail))


def _passage(group: list[tuple[Line, int, Role]]) -> Passage:
    links, pieces = [], []
    parts: list[str] = []
    length = 0
    for line, skipped, _ in group:
        if parts:
            parts.append(separator(parts[-1], line.text))
            length += len(parts[-1])
        pieces.append((length, line, skipped))
        links += [
            Link(link.start - skipped + length, link.end - skipped + length, link.target, link.continues)
            for link in line.links
            if link.start >= skipped
        ]
        parts.append(line.text[skipped:])
        length += len(parts[-1])
    text = "".join(parts)
    return Passage(text, group[0][2], _joined(text, links), tuple(pieces))


def _joined(text: str, links: list[Link]) -> tuple[Link, ...]:
    """Return the links, each joined with its parts in the next line and with those that word processors split off."""
    joined: list[Link] = []
    for link in links:
        before = joined[-1] if joined else None
        is_same = before and before.target == link.target and link.target.strip("#")
        if before and (link.continues or is_same) and not text[before.end : link.start].strip():
            joined[-1] = Link(before.start, link.end, before.target)
        else:
            joined.append(link)
    return tuple(joined)


def _sentences(passage: Passage) -> Iterator[Sentence]:
    text = passage.plain
    kept = sorted([*(Span(link.start, link.end) for link in passage.links), *passage.quotes, *passage.brackets])
    at, start, reach = 0, 0, 0
    for match in _END.finditer(text):
        stop = match.end()
        while at < len(kept) and kept[at].start < match.start():
            reach = max(reach, kept[at].end)
            at += 1
        is_within = match[0] in _JOINTS and not _LISTS.search(text, start, match.start())
        if is_within or reach > stop or (stop < len(text) and _is_abbreviation(text, start, match.start())):
            continue
        yield from _sentence(passage, start, stop)
        start = stop
    yield from _sentence(passage, start, len(text))


def _sentence(passage: Passage, start: int, end: int) -> Iterator[Sentence]:
    text = passage.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Sentence(passage, start, end)


def _is_abbreviation(text: str, start: int, stop: int) -> bool:
    before = text[max(start, stop - 12) : stop]
    found = ABBREVIATED.search(before) if stop - start > 12 else ABBREVIATED.search(before.lstrip())
    if not found or (_OPENING.match(text, stop) and _MAY_CLOSE.match(found[0])):
        return False
    return found[0].casefold() != "no" or bool(_NUMBER_NEXT.match(text, stop))
