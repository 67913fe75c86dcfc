"""Words that the end of a line breaks in two, made whole at the end of the first line.

A hyphen there may be the word's own ("work-based") or the printer's ("appren-ticeship"). What the document writes
elsewhere decides; else whether a half is one that commonly stands beside a hyphen.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.html_tokens import words_of
from tlevel_rdf.documents.lines import Link, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tlevel_rdf.documents.lines import Line

_BROKEN: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*[-\u2010]\Z")
_REST: Final = re.compile(r"[^\W\d_]+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: Halves of a word that commonly stand before and after a hyphen of its own.
_FIRST: Final = words_of("all cross first full high long low mid multi non one self semi short three two well")
_SECOND: Final = words_of("based carbon centred focused led level ready related specific term time to up wide")


def mended(lines: Sequence[Line], soft: set[int]) -> Iterator[Line]:
    """The lines, each broken word whole in the line where it begins.

    Args:
        lines: of a document whose lines are those of the page.
        soft: the indices of the lines that end with a soft hyphen, which is gone from their text.
    """
    breaks = [n for n in range(len(lines) - 1) if _breaks(lines[n], lines[n + 1], is_soft=n in soft)]
    if not breaks:
        yield from lines
        return
    known = {word.casefold() for line in lines for word in _WORD.findall(line.text)}
    rest = list(lines)
    for n in breaks:
        first, second = rest[n], rest[n + 1]
        if not second.text:
            continue
        if n not in soft:
            first = _without_hyphen(first, second.text, known)
        end = (second.text + " ").index(" ")
        rest[n] = _joined(first, _cut(second, 0, end))
        rest[n + 1] = _cut(second, end + 1, len(second.text))
    yield from (line for line in rest if line.text)


def _breaks(first: Line, second: Line, *, is_soft: bool) -> bool:
    if Role.HEADING in {first.role, second.role} or second.role is not Role.TEXT or second.apart:
        return False
    before, after = first.at(len(first.text)), second.where
    if before.page != after.page:
        is_next = (after.page or 0) - (before.page or 0) == 1
    else:
        is_next = (after.line or 0) - (before.line or 0) == 1
    return is_next and second.text[0].islower() and (is_soft or bool(_BROKEN.search(first.text)))


def _without_hyphen(first: Line, after: str, known: set[str]) -> Line:
    """The first half of a word, with its hyphen only if that is its own."""
    match = _BROKEN.search(first.text)
    rest = _REST.match(after)
    if not match or not rest:
        return first
    half, other = match[0][:-1].casefold(), rest[0].casefold()
    is_own = f"{half}-{other}" in known or "-" in half or half in _FIRST or other in _SECOND
    if is_own and half + other not in known:
        return first
    return _cut(first, 0, len(first.text) - 1)


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
    return replace(
        line,
        text=line.text[start:end],
        where=line.at(start),
        links=tuple(links),
        strong=tuple((a, b) for a, b in strong if a < b),
        columns=line.columns[start:end],
        turns=tuple((turn - start, where) for turn, where in line.turns if start < turn < end),
    )


def _joined(first: Line, second: Line) -> Line:
    """Two lines as one, with nothing between them."""
    size = len(first.text)
    links, strong = list(first.links), list(first.strong)
    for link in second.links:
        start, end = link.start + size, link.end + size
        if links and link.continues and links[-1].end == start:
            links[-1] = replace(links[-1], end=end)
        else:
            links.append(replace(link, start=start, end=end))
    for start, end in second.strong:
        if strong and strong[-1][1] == start + size:
            strong[-1] = (strong[-1][0], end + size)
        else:
            strong.append((start + size, end + size))
    turns = ((turn + size, where) for turn, where in second.turns)
    return replace(
        first,
        text=first.text + second.text,
        links=tuple(links),
        strong=tuple(strong),
        columns=first.columns + second.columns,
        turns=(*first.turns, (size, second.where), *turns),
    )
