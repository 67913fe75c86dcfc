"""Stretches of raw text → lines of visible text, with the place of every character.

All readers come through here, so that one space, one soft hyphen or one ligature is treated alike in every format.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents.document import Cell, Line, Link, Role, Unread, Where, Why
from tlevel_rdf.documents.readers.dehyphenation import mended
from tlevel_rdf.documents.readers.line_wrapping import is_level
from tlevel_rdf.profiles.model import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Characters that end a line of a page, and none of the file (Unicode Standard, section 5.8).
BREAKS: Final = ("\u2028", "\u2029", "\x85")
#: What is left out, where it is no space: a profile holds none of it.
_UNSEEN: Final = rf"{UNSEEN}\ud800-\udfff"
#: The ligatures that PDF makers print; each stands for the letters it is made of (NFKC).
_LIGATURES: Final = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_FOLDABLE: Final = re.compile(rf"[{_UNSEEN}]|[^\S ]| \s|\A | \Z|[ﬀ-ﬆ]")
_RUN: Final = re.compile(rf"[\s{_UNSEEN}]+|[ﬀ-ﬆ]")
_SPACE: Final = re.compile(r"\s")


class Stretch(NamedTuple):
    """Raw text of one look in one line of the source.

    Attributes:
        text: as it stands there, its entities and escapes decoded.
        where: its place.
        columns: of each of its characters, counted from 1; empty where the format has none.
        link: which link of the document it belongs to; 0 for none.
        target: the address of that link.
        strong: which strong stretch of the document it belongs to; 0 for none.
    """

    text: str
    where: Where
    columns: Sequence[int] = ()
    link: int = 0
    target: str = ""
    strong: int = 0


@dataclass(slots=True)
class Gathered:
    """The lines of a document as its reader finds them."""

    lines: list[Line] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    _broken: set[int] = field(default_factory=set)
    _parts: set[int] = field(default_factory=set)
    _last_link: int = 0
    _things: int = 0

    def thing(self) -> int:
        """A number for one more link or strong stretch."""
        self._things += 1
        return self._things

    def add(
        self,
        stretches: Sequence[Stretch],
        role: Role = Role.TEXT,
        *,
        apart: bool = False,
        is_part: bool = False,
        cell: Cell | None = None,
    ) -> bool:
        """Add a line, unless nothing of it can be seen.

        Args:
            stretches: in their order.
            role: what the markup says the line is.
            apart: whether there is room above it.
            is_part: whether it belongs to the line before it, as the rows of a heading do, which are one line.
            cell: the place of the cell that it stands in.

        Returns:
            Whether there is one.
        """
        line = folded(stretches, role, apart=apart, before=self._last_link)
        if line is None:
            return False
        if role is Role.ITEM and self.lines and is_level(self.lines[-1].text, line.text):
            line = replace(line, role=Role.TEXT)
        self._last_link = next((each.link for each in reversed(stretches) if each.text.strip()), 0)
        if stretches[-1].text.rstrip().endswith("\u00ad"):
            self._broken.add(len(self.lines))
        if is_part:
            self._parts.add(len(self.lines))
        self.lines.append(replace(line, cell=cell) if cell else line)
        return True

    def add_furniture(self, stretches: Sequence[Stretch]) -> None:
        """Add a line of a menu or of the foot of a page, unless nothing of it can be seen."""
        if line := folded(stretches):
            self.furniture.append(line)

    def miss(self, what: str, where: Where, column: int = 1) -> None:
        """Note something that is not in the lines."""
        self.unread.append(Unread(what, where, column=column))

    def leave(self, words: str, where: Where, why: Why, column: int = 1) -> None:
        """Note words that are in the document and not in the lines, unless there are none."""
        seen, _ = _fold(words)
        if any(map(str.isalnum, seen)):
            self.unread.append(Unread(seen, where, why, column))

    def whole(self) -> tuple[Line, ...]:
        """The lines, with words that a line's end breaks made whole, and with their parts."""
        return tuple(mended(self.lines, self._broken, self._parts))


def folded(
    stretches: Iterable[Stretch], role: Role = Role.TEXT, *, apart: bool = False, before: int = 0
) -> Line | None:
    """One line of visible text; None if nothing can be seen.

    Args:
        stretches: in their order.
        role: what the markup says the line is.
        apart: whether there is room above it.
        before: the link that the line before ended with.
    """
    stretches = [stretch for stretch in stretches if stretch.text]
    raw = "".join(stretch.text for stretch in stretches)
    text, kept = _fold(raw)
    if not text:
        return None
    starts, at = [], 0
    for stretch in stretches:
        starts.append(at)
        at += len(stretch.text)
    if kept is not None:
        starts = [bisect_left(kept, start) for start in starts]
    ends = [*starts[1:], len(text)]
    seen = [(s, start, end) for s, start, end in zip(stretches, starts, ends, strict=True) if start < end]
    columns: tuple[int, ...] = ()
    if all(stretch.columns for stretch, _, _ in seen):
        every = tuple(chain.from_iterable(stretch.columns or [0] * len(stretch.text) for stretch in stretches))
        columns = every if kept is None else tuple(map(every.__getitem__, kept))
    where = seen[0][0].where
    turns: list[tuple[int, Where]] = []
    for stretch, start, _ in seen:
        if stretch.where != (turns[-1][1] if turns else where):
            turns.append((start, stretch.where))
    links = _spans(text, [(s.link, start, end) for s, start, end in seen if s.link])
    targets = {s.link: s.target for s, _, _ in seen if s.link} if links else {}
    strong = _spans(text, [(s.strong, start, end) for s, start, end in seen if s.strong])
    return Line(
        text,
        where,
        role,
        tuple(Link(start, end, targets[link], link == before) for link, start, end in links),
        tuple((start, end) for _, start, end in strong),
        columns,
        tuple(turns),
        apart,
    )


def _fold(raw: str) -> tuple[str, list[int] | None]:
    """The visible text, and for each of its characters the one it comes from; None if nothing was folded."""
    if not _FOLDABLE.search(raw):
        return raw, None
    parts: list[str] = []
    kept: list[int] = []
    at = 0
    for match in _RUN.finditer(raw):
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


def _spans(text: str, looks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Each thing's stretch of the text, without spaces at its ends."""
    spans: list[tuple[int, int, int]] = []
    for thing, start, end in looks:
        if spans and spans[-1][0] == thing:
            spans[-1] = (thing, spans[-1][1], end)
        else:
            spans.append((thing, start, end))
    trimmed = []
    for thing, start, end in spans:
        words = text[start:end]
        first, last = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
        if first < last:
            trimmed.append((thing, first, last))
    return trimmed
