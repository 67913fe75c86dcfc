"""Lines → passages → sentences, each character of which still knows its place in the document.

A text or PDF breaks a paragraph into lines wherever they are full; here they are put together again. Where a
sentence ends is decided here too: never within a link, brackets or quotation marks, nor after an abbreviation.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.document import Link, Role, Where
from tlevel_rdf.documents.grammar import boilerplate
from tlevel_rdf.documents.grammar.lexicon import ABBREVIATED, FLAG, plain
from tlevel_rdf.documents.once import once
from tlevel_rdf.documents.readers.dehyphenation import glue
from tlevel_rdf.documents.readers.line_wrapping import Wrapping, is_level, is_rest, is_right_below

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.documents.document import Document, Line

#: The formats whose lines end where the page does.
_WRAPPED: Final = frozenset({"text/plain", "text/markdown", "text/html", "application/pdf"})
#: That of these whose blocks are marked, so that a line goes on only below a break within one.
_MARKED: Final = "text/html"
#: Over more lines than this no sentence goes.
_MOST_LINES: Final = 12
_BULLET: Final = re.compile(r"(?:[-•·▪◦‣●○■□*➢✓\u2013—]|o(?= [A-Z\[]))\s+(?=\S)")
_ENDED: Final = re.compile(r".*[.!?:;][)\]'\"]*\Z", re.DOTALL)
_UNFINISHED: Final = re.compile(
    r".*(?:[,(&/]|[^\W\d_]-|\b(?:and|or|the|a|an|of|for|in|with|to|is|are|level|at|into|as|by|not))\Z",
    re.DOTALL | re.IGNORECASE,
)
#: How sentences and headings of the layout begin; none of these goes on with the line before.
_BEGINS: Final = re.compile(
    r"\(?(?:\d{1,3}[a-z]?|[a-z])[.)] |For (?:\*|education|work|apprentic|these|this|some|each|degree|careers)|At"
    r" levels? |Levels? \w+"
    r"|(?:This|The) T[ -]Level|There (?:is|are) |T[ -]Level |(?:The )?Progression Profile|Please |An? learner"
    r"|Education\b|Work\b|Apprenticeships\b|Higher Technical Qualifications?\b|Notes?\b"
    r"|(?i:\(?(?:accelerated|not applicable|in development|under revision)\)?\s*=)"
)
#: How sentences begin that end in a full stop, so that a line without one goes on.
_STATES: Final = re.compile(r"(?:For|At|There|This|The|An?|In|It|Some|All|They|Links|Learners?) |Please |Levels? \w+")
_STOPPED: Final = re.compile(r".*[.;][)\]'\"]*\Z", re.DOTALL)
_HEADED: Final = re.compile(r"(?:\d{1,3}[a-z]?[.)]? )?T[ -]Level in |(?:The )?Progression Profile\Z|.*\s=\s")
_EXPLAINS: Final = re.compile(rf"\(?{FLAG}\)?\s*=\s", re.IGNORECASE)
_END: Final = re.compile(
    r"(?<![.!?])[.!?]++['\")\]]*+(?=\s+['\"(\[]?[A-Z0-9•]|(?:\s+\w{1,2})?\s*\Z|\s+(?:at level|for (?:education|work"
    r"|apprent)|there (?:is|are))\b)"
    r"|(?<=[a-z)\]])\.(?=(?:At level|For |There (?:is|are)|In addition))"
    r"|,(?=\s+(?:and|while|whilst)\s+for\s+(?:education|work)\b)"
    r"|\s(?=(?:and|while|whilst)\s+for\s+(?:education|work)\s*,)"
)
#: Without a stop or the word "for" there is one sentence.
_STOP: Final = re.compile(r"[.!?]")
_JOINTS: Final = frozenset(", \t\n")
#: What a sentence has before such a joint, if it is whole there: it begins a list.
_LISTS: Final = re.compile(r"\b(?:includ\w+|become|study|is|are)\s")
#: What may end a sentence as well, and how the next begins then.
_MAY_CLOSE: Final = re.compile(r"[A-Z]\w*(?:\.\w+)*\Z(?<=..)")
_OPENING: Final = re.compile(r"\W+(?:For|At|There|This|The|In addition|An?|Learners?|Please)\b")
_NUMBER_NEXT: Final = re.compile(r"\.\s+\d")
_BRACKET: Final = re.compile(r"[()\[\]{}<>]")
_QUOTED: Final = re.compile(r"\"[^\"]{1,200}\"|(?<!\w)'(?=\S)[^']{1,120}(?<=\S)'(?!\w)")
#: The longest bracket that is looked into; anything longer is an unclosed one.
_LONGEST_BRACKET: Final = 300


class Spot(NamedTuple):
    """A place in a document, with the column in its line or paragraph."""

    where: Where
    column: int


class Span(NamedTuple):
    """A stretch of a text that stays whole."""

    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """Words that belong together: a paragraph, heading, item or cell.

    Attributes:
        text: as in its lines.
        role: what the markup says it is.
        links: by their places in the text.
        pieces: the lines it is made of: where each begins in the text, the line, and how much of it was left out.
    """

    text: str
    role: Role
    links: tuple[Link, ...]
    pieces: tuple[tuple[int, Line, int], ...]

    @once
    def plain(self) -> str:
        """The text with plain quotation marks, hyphens and spaces."""
        return plain(self.text)

    def spot(self, offset: int) -> Spot:
        """The place of a character of the text."""
        start, line, skipped = self.pieces[max(bisect_right(self.pieces, offset, key=lambda piece: piece[0]) - 1, 0)]
        inside = max(offset - start, 0) + skipped
        return Spot(line.at(inside), line.column(inside) or inside + 1)

    @once
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences; the same objects whoever asks."""
        return tuple(_sentences(self))

    @once
    def quotes(self) -> tuple[Span, ...]:
        """Stretches in quotation marks, with them."""
        if "'" not in self.plain and '"' not in self.plain:
            return ()
        return tuple(Span(*match.span()) for match in _QUOTED.finditer(self.plain))

    @once
    def brackets(self) -> tuple[Span, ...]:
        """The outermost stretches in brackets, with them."""
        opened: list[int] = []
        found: list[Span] = []
        for match in _BRACKET.finditer(self.plain):
            at = match.start()
            if match[0] in "([{<":
                opened.append(at)
            elif opened and at - opened[-1] <= _LONGEST_BRACKET:
                begin = opened.pop()
                while found and found[-1].start > begin:
                    found.pop()
                found.append(Span(begin, at + 1))
        return tuple(found)


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence of a passage, or a heading; another object is another sentence."""

    passage: Passage
    start: int
    end: int

    @once
    def text(self) -> str:
        """Its words as they are printed."""
        return self.passage.text[self.start : self.end]

    @once
    def plain(self) -> str:
        """Its words with plain quotation marks, hyphens and spaces."""
        return self.passage.plain[self.start : self.end]

    def spot(self, offset: int = 0) -> Spot:
        """The place of one of its characters."""
        return self.passage.spot(self.start + offset)

    @once
    def links(self) -> tuple[Link, ...]:
        """Its links, by their places in it."""
        every = self.passage.links
        if not every or (self.start == 0 and every[-1].end <= self.end):
            return every
        first = bisect_right(every, self.start, key=lambda link: link.end)
        found = []
        for link in every[first:]:
            if link.start >= self.end:
                break
            start, end = max(link.start, self.start), min(link.end, self.end)
            found.append(Link(start - self.start, end - self.start, link.target))
        return tuple(found)

    def within(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """Those stretches of the passage that lie in the sentence, by their places in it."""
        if not spans or (self.start == 0 and spans[-1].end <= self.end):
            return spans
        first = bisect_right(spans, self.start, key=lambda span: span.end)
        found = []
        for span in spans[first:]:
            if span.start >= self.end:
                break
            if span.start >= self.start and span.end <= self.end:
                found.append(Span(span.start - self.start, span.end - self.start))
        return tuple(found)


def passages(document: Document) -> list[Passage]:
    """The passages of a document in their order."""
    wrapping = Wrapping(document.lines)
    may_wrap = document.media_type in _WRAPPED
    groups: list[list[tuple[Line, int, Role]]] = []
    for number, line in enumerate(document.lines):
        skipped, role = _bullet(line)
        is_new = line.apart and document.media_type == _MARKED
        may_go_on = may_wrap and not is_new and role is Role.TEXT and bool(groups)
        if may_go_on and _goes_on(groups[-1], line, number, wrapping):
            groups[-1].append((line, skipped, role))
        else:
            groups.append([(line, skipped, role)])
    return [_passage(group) for group in groups]


def sentences(passage: Passage) -> tuple[Sentence, ...]:
    """The sentences of a passage in their order; every character but spaces is in one of them."""
    return passage.sentences


def _sentences(passage: Passage) -> Iterator[Sentence]:
    text = passage.plain
    stopped = _STOP.search(text)
    is_one = "for" not in text and (stopped is None or stopped.end() == len(text))
    first = None if is_one else _END.search(text)
    if first is None or (first.end() == len(text) and first[0] not in _JOINTS):
        yield from _sentence(passage, 0, len(text))
        return
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


def _bullet(line: Line) -> tuple[int, Role]:
    """How much of a line is a bullet, and what that makes of it."""
    if line.role in {Role.TEXT, Role.ITEM} and (found := _BULLET.match(line.text)):
        return found.end(), Role.ITEM
    return 0, line.role


def _goes_on(group: list[tuple[Line, int, Role]], line: Line, number: int, wrapping: Wrapping) -> bool:
    """Whether a line goes on with the passage that the lines before it make."""
    if line.links and line.links[0].continues:
        return True
    last, role = group[-1][0], group[0][2]
    if is_rest(last, line):
        return True
    is_apart = not is_right_below(last, line)
    before, after = plain(last.text), plain(line.text)
    if is_apart or role not in {Role.TEXT, Role.ITEM} or _ENDED.match(before):
        return False
    if _BEGINS.match(after) and not is_level(before, after):
        return False
    if _UNFINISHED.match(before) or (len(group) == 1 and _HEADED.match(before)):
        return bool(_UNFINISHED.match(before)) or _legend_goes_on(before, after)
    goes_on = after[:1].islower() or after[:1] == "(" or (_STOPPED.match(after) and _is_open(group))
    return bool(goes_on) or wrapping.is_full(number - 1)


def _legend_goes_on(before: str, after: str) -> bool:
    """Whether a line that explains a flag is broken: what it says is not whole, and no new words begin."""
    return bool(_EXPLAINS.match(before)) and after[:1].islower() and not boilerplate.RECOGNISED.match(before)


def _is_open(group: list[tuple[Line, int, Role]]) -> bool:
    """Whether the lines end within a sentence that is one by how it begins."""
    tail = ""
    for line, skipped, _ in reversed(group[-_MOST_LINES:]):
        text = line.text[skipped:]
        before, stop, after = text.rpartition(". ")
        tail = after if stop else text
        if before or stop:
            break
    return bool(_STATES.match(tail))


def follows(before: Passage, after: Passage) -> bool:
    """Whether a passage stands right below another, with no room between them."""
    return is_right_below(before.pieces[-1][1], after.pieces[0][1])


def _passage(group: list[tuple[Line, int, Role]]) -> Passage:
    text, links, pieces = "", [], []
    parts: list[str] = []
    length = 0
    for line, skipped, _ in group:
        if parts:
            parts.append(glue(parts[-1], line.text))
            length += len(parts[-1])
        pieces.append((length, line, skipped))
        links += [
            Link(link.start - skipped + length, link.end - skipped + length, link.target, link.continues or is_rest)
            for link, is_rest in zip(line.links, _are_rests(line), strict=True)
            if link.start >= skipped
        ]
        parts.append(line.text[skipped:])
        length += len(parts[-1])
    text = "".join(parts)
    return Passage(text, group[0][2], _joined(text, links), tuple(pieces))


def _are_rests(line: Line) -> Iterator[bool]:
    """For each link of a line, whether it is the other half of the one before: any blank between is within a link.

    Links that lead nowhere have one target, whatever they are about, so that this alone says that they are one.
    """
    end, target = -1, ""
    for link in line.links:
        columns = line.columns[end - 1 : link.start + 1] if end > 0 else ()
        is_close = link.start == end or (link.start == end + 1 and any(b - a == 1 for a, b in pairwise(columns)))
        yield link.target == target and is_close
        end, target = link.end, link.target


def _joined(text: str, links: list[Link]) -> tuple[Link, ...]:
    """Links without those that are only the rest of the one before."""
    joined: list[Link] = []
    for link in links:
        if joined and _is_rest(joined[-1], link, text):
            joined[-1] = Link(joined[-1].start, link.end, joined[-1].target)
        else:
            joined.append(link)
    return tuple(joined)


def _is_rest(before: Link, link: Link, text: str) -> bool:
    """Whether a link goes on with the one before: over a line's end, or as word processors part them."""
    between = text[before.end : link.start]
    is_same = before.target == link.target and link.target.strip("#") != ""
    return not between.strip() and (link.continues or is_same)
