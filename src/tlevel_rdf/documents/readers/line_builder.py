"""Runs of raw text → lines of visible text, with the source location of every character.

All readers use it, so that every format treats spaces, soft hyphens, ligatures and broken words alike.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import chain, groupby, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.document import AlternativeSpelling, Cell, Line, Link, Location, Omission, Reason, Role
from tlevel_rdf.documents.line_joins import broken_half, is_shared, is_wrapped_level, separator
from tlevel_rdf.documents.readers.dehyphenation import Hyphenation
from tlevel_rdf.profiles.model import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Characters that a profile cannot hold; those that are no spaces are dropped.
_UNSEEN: Final = rf"{UNSEEN}\ud800-\udfff"
#: The ligatures that PDF makers print, and the letters that each stands for (NFKC).
_LIGATURES: Final = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_FOLDABLE: Final = re.compile(rf"[{_UNSEEN}]|[^\S ]| \s|\A | \Z|[ﬀ-ﬆ]")
_FOLDED: Final = re.compile(rf"[\s{_UNSEEN}]+|[ﬀ-ﬆ]")
_SPACE: Final = re.compile(r"\s")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_SOFT_HYPHEN: Final = "\u00ad"
#: The runs at the end of a line that hold its last word.
_TAIL: Final = 20


class TextRun(NamedTuple):
    """Text of one look in one line of the source.

    Attributes:
        text: its characters, with entities and escapes decoded.
        location: its location.
        columns: the column of each of its characters, counted from 1; empty where the format has none.
        link: the number of the link that it belongs to; 0 for none.
        target: the address of that link.
        strong: the number of the emphasised part that it belongs to; 0 for none.
    """

    text: str
    location: Location
    columns: Sequence[int] = ()
    link: int = 0
    target: str = ""
    strong: int = 0


@dataclass(slots=True)
class _Draft:
    """A line whose last word may be broken.

    Attributes:
        runs: its visible text; none of them is empty.
        role: its role in the markup.
        has_gap_above: True if there is a gap above it.
        cell: the position of the table cell that holds it.
        is_row: True if it is a further row of the paragraph that the previous line begins.
        ends_softly: True if it ends with a soft hyphen, which is not in the runs.
        alternatives: other spellings of its words.
    """

    runs: list[TextRun]
    role: Role = Role.TEXT
    has_gap_above: bool = False
    cell: Cell | None = None
    is_row: bool = False
    ends_softly: bool = False
    alternatives: list[AlternativeSpelling] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The visible text."""
        return _text_of(self.runs)

    def add_row(self, row: _Draft) -> None:
        """Append a further row of the paragraph."""
        if separator(_text_of(self.runs[-_TAIL:]), row.text):
            self.runs.append(space_between(self.runs[-1], row.runs[0]))
        if row.alternatives:
            size = len(self.text)
            self.alternatives += [
                each._replace(start=each.start + size, end=each.end + size) for each in row.alternatives
            ]
        self.runs += row.runs

    def line(self, last_link: int) -> Line:
        """Return the finished line; `last_link` is the number of the link that ends the previous one."""
        at, location = 0, self.runs[0].location
        continuations: list[tuple[int, Location]] = []
        for run in self.runs:
            if run.location != location:
                location = run.location
                continuations.append((at, location))
            at += len(run.text)
        text, targets = self.text, {run.link: run.target for run in self.runs}
        links = _spans(text, ((run.link, len(run.text)) for run in self.runs))
        strong = _spans(text, ((run.strong, len(run.text)) for run in self.runs))
        has_columns = all(run.columns for run in self.runs)
        return Line(
            text,
            self.runs[0].location,
            self.role,
            tuple(Link(start, end, targets[link], link == last_link) for link, start, end in links),
            tuple((start, end) for _, start, end in strong),
            tuple(chain.from_iterable(run.columns for run in self.runs)) if has_columns else (),
            tuple(continuations),
            self.has_gap_above,
            tuple(self.alternatives),
            self.cell,
        )


@dataclass(slots=True)
class LineBuilder:
    """The lines of a document and what is not in them, as its reader finds them."""

    omissions: list[Omission] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    _drafts: list[_Draft] = field(default_factory=list)
    _last_number: int = 0

    def new_number(self) -> int:
        """Return a number for one more link, emphasised part or table."""
        self._last_number += 1
        return self._last_number

    def add(
        self,
        runs: Sequence[TextRun],
        role: Role = Role.TEXT,
        *,
        has_gap_above: bool = False,
        is_row: bool = False,
        cell: Cell | None = None,
    ) -> bool:
        """Add a line, unless nothing of it is visible.

        Args:
            runs: in text order.
            role: the role of the line in the markup.
            has_gap_above: True if there is a gap above it.
            is_row: True if it is a further row of the paragraph that the previous line begins, such as a heading.
            cell: the position of the table cell that holds it.

        Returns:
            True if the line is visible.
        """
        draft = _Draft(visible(runs), role, has_gap_above, cell, is_row)
        if not draft.runs:
            return False
        if role is Role.ITEM and self._drafts and is_wrapped_level(self._drafts[-1].text, draft.text):
            draft.role = Role.TEXT
        draft.ends_softly = runs[-1].text.rstrip().endswith(_SOFT_HYPHEN)
        self._drafts.append(draft)
        return True

    def add_furniture(self, runs: Sequence[TextRun]) -> None:
        """Add a line of a menu, page header or footer, unless nothing of it is visible."""
        if seen := visible(runs):
            self.furniture.append(_Draft(seen).line(0))

    def omit(self, text: str, location: Location, reason: Reason = Reason.UNREAD, *, column: int = 1) -> None:
        """Note a part of the document that is not in the lines: its words, if any of them are visible, or its name."""
        seen, _ = _fold(text)
        if any(map(str.isalnum, seen)):
            self.omissions.append(Omission(seen, location, reason, column))

    def build(self) -> tuple[Line, ...]:
        """Return the lines, with broken words joined and the rows of a paragraph as one line."""
        _join_broken_words(self._drafts)
        lines, last_link = [], 0
        for draft in _with_rows(self._drafts):
            lines.append(draft.line(last_link))
            last_link = draft.runs[-1].link
        return tuple(lines)


def space_between(before: TextRun, after: TextRun) -> TextRun:
    """Return a space between two runs, with the link and the emphasis that both have."""
    link = before.link if before.link == after.link else 0
    strong = before.strong if before.strong == after.strong else 0
    return TextRun(" ", before.location, before.columns[-1:], link, before.target, strong)


def visible(runs: Iterable[TextRun]) -> list[TextRun]:
    """Return the visible text of runs: runs of spaces folded, and characters that are never shown dropped."""
    runs = [run for run in runs if run.text]
    text, kept = _fold("".join(run.text for run in runs))
    if kept is None:
        return runs
    seen, at, first = [], 0, 0
    for run in runs:
        last = bisect_left(kept, at + len(run.text))
        if first < last:
            columns = [run.columns[offset - at] for offset in kept[first:last]] if run.columns else ()
            seen.append(run._replace(text=text[first:last], columns=columns))
        at, first = at + len(run.text), last
    return seen


def _fold(raw: str) -> tuple[str, list[int] | None]:
    """Return the visible text, and for each of its characters the offset in the raw text; None if they are the same."""
    if not _FOLDABLE.search(raw):
        return raw, None
    parts: list[str] = []
    kept: list[int] = []
    at = 0
    for match in _FOLDED.finditer(raw):
        start, end = match.span()
        parts.append(raw[at:start])
        kept.extend(range(at, start))
        at = end
        if letters := _LIGATURES.get(match[0]):
            parts.append(letters)
            kept.extend([start] * len(letters))
        elif kept and end < len(raw) and (space := _SPACE.search(raw, start, end)):
            parts.append(" ")
            kept.append(space.start())
    parts.append(raw[at:])
    kept.extend(range(at, len(raw)))
    return "".join(parts), kept


def _spans(text: str, parts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield each part of the text with its number, without spaces at its ends, by the numbers and lengths of runs."""
    end = 0
    for number, runs in groupby(parts, key=lambda part: part[0]):
        start, end = end, end + sum(length for _, length in runs)
        words = text[start:end]
        if number and words.strip():
            yield number, start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _join_broken_words(drafts: Sequence[_Draft]) -> None:
    """Move the rest of each broken word to the line where the word begins; a line can become empty."""
    broken = [number for number, (first, second) in enumerate(pairwise(drafts)) if _is_broken(first, second)]
    if not broken:
        return
    has_soft_hyphens = any(draft.ends_softly for draft in drafts)
    hyphenation = Hyphenation([draft.text for draft in drafts], has_soft_hyphens=has_soft_hyphens)
    for number in broken:
        first, second = drafts[number], drafts[number + 1]
        if not first.runs:
            continue
        rest, second.runs = _split_at_space(second.runs)
        letters = _LETTERS.match(_text_of(rest))
        if letters and not first.ends_softly:
            _spell(first, letters[0], hyphenation)
        first.runs += rest


def _is_broken(first: _Draft, second: _Draft) -> bool:
    """Return True if the second line can begin with the rest of the word that ends the first."""
    below = second.runs[0]
    if not below.text[0].islower():
        return False
    is_next = first.runs[-1].location.is_right_above(below.location) and not second.has_gap_above
    is_text = second.role is Role.TEXT and first.role is not Role.HEADING
    if not (second.is_row or (is_next and is_text)):
        return False
    half = broken_half(first.text)
    return first.ends_softly or (bool(half) and not is_shared(half, second.text))


def _spell(first: _Draft, rest: str, hyphenation: Hyphenation) -> None:
    """Drop the hyphen that ends a line unless the word needs it, and note the other spelling if that is not certain."""
    text = first.text
    half = broken_half(text)
    keeps_hyphen, is_certain = hyphenation.decide(half, rest)
    if not keeps_hyphen:
        last = first.runs.pop()
        first.runs += _part(last, 0, len(last.text) - 1)
    if not is_certain:
        start, end = len(text) - 1 - len(half), len(text) - (not keeps_hyphen) + len(rest)
        first.alternatives.append(AlternativeSpelling(start, end, f"{half}{'' if keeps_hyphen else '-'}{rest}"))


def _split_at_space(runs: list[TextRun]) -> tuple[list[TextRun], list[TextRun]]:
    """Return the runs before the first space and those after it."""
    for number, run in enumerate(runs):
        if (at := run.text.find(" ")) >= 0:
            after = [*_part(run, at + 1, len(run.text)), *runs[number + 1 :]]
            return [*runs[:number], *_part(run, 0, at)], after
    return runs, []


def _part(run: TextRun, start: int, end: int) -> list[TextRun]:
    """Return a part of a run, if it is not empty."""
    return [run._replace(text=run.text[start:end], columns=run.columns[start:end])] if start < end else []


def _text_of(runs: Iterable[TextRun]) -> str:
    return "".join(run.text for run in runs)


def _with_rows(drafts: Iterable[_Draft]) -> list[_Draft]:
    """Return the lines that are not empty, each with the further rows of its paragraph."""
    found: list[_Draft] = []
    for draft in filter(lambda draft: draft.runs, drafts):
        if found and draft.is_row:
            found[-1].add_row(draft)
        else:
            found.append(draft)
    return found
