"""The words of a document by their place: a line, a paragraph, or a line of a page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Location, Role
from tlevel_rdf.limits import MAX_SHOWN_HEADING_CHARACTERS
from tlevel_rdf.profiles.titles import normalise_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.documents.document import Document
    from tlevel_rdf.profiles.model import Placed

#: A heading that the document does not mark: it names a T Level or has a number.
UNMARKED_HEADING: Final = re.compile(r"(?:\d{1,3}[a-z]?[.)] |T[ -]Level in )[^.]{1,80}\Z")

#: A word, or a character that is neither a part of one nor a space.
_WORD: Final = re.compile(r"\w+|[^\w\s]")
_IN_WORD: Final = re.compile(r"(?<=\w)\w")
#: Longer than most titles, so that few places begin with the same characters.
_INDEXED_CHARACTERS: Final = 80


def location_of(placed: Placed) -> Location | None:
    """Return the location that an entry of a profile names; None if it names none."""
    found = Location(placed.line, placed.paragraph, placed.pdf_page)
    return found if any(found) else None


def name_of(where: Location) -> str:
    """Return the name of a location, as it stands in a sentence.

    >>> name_of(Location(line=3, page=2)), name_of(Location(paragraph=4))
    ('on page 2, line 3', 'in paragraph 4')
    """
    if where.page:
        return f"on page {where.page}{f', line {where.line}' if where.line else ''}"
    return f"in line {where.line}" if where.line else f"in paragraph {where.paragraph}"


class Places:
    """The words at each place of a document.

    A file may have thousands of blocks on one line, and a profile thousands of entries. So no search compares each
    entry with each block: the beginnings of all words are in one sorted list.

    Args:
        document: as its reader returned it.
    """

    def __init__(self, document: Document) -> None:
        #: The words of a document that stand at one location of one line of it.
        self._parts: list[str] = []
        self._numbers: dict[Location, list[int]] = defaultdict(list)
        #: The offset in the normalised text at which each part begins.
        self._starts: list[int] = []
        pieces: list[str] = []
        length = 0
        for line in document.lines:
            begins = [(0, line.location), *line.continuations]
            ends = [*(offset for offset, _ in line.continuations), len(line.text)]
            gap = " "
            for (start, where), end in zip(begins, ends, strict=True):
                words = line.text[start:end].replace("&", " and ")
                gap = gap or words[: words[:1].isspace()]
                pieces += gap, normalise_title(words)
                self._numbers[where].append(len(self._parts))
                self._parts.append(line.text[start:end].strip())
                self._starts.append(length + len(gap))
                length += len(gap) + len(pieces[-1])
                gap = " " if words[-1:].isspace() else ""
        self._text = "".join(pieces)
        offsets = {*self._starts, *(word.start() for word in _WORD.finditer(self._text))}
        self._index = sorted((self._text[at : at + _INDEXED_CHARACTERS], at) for at in offsets)

    def texts(self, where: Location, words: Iterable[str] = ()) -> list[str]:
        """Return the words at a location.

        Args:
            where: the location.
            words: if blocks of an HTML file share the line, only those with some of these words are returned.
        """
        numbers = self._numbers.get(where, [])
        if len(numbers) > 1:
            begun = {number for each in set(words) for number in self._parts_with(each)}
            numbers = [number for number in numbers if number in begun] or numbers
        return [self._parts[number] for number in numbers]

    def hold(self, where: Location, words: str) -> bool:
        """Return True if whole words begin at a location, whatever their case and spaces."""
        return not self._parts_with(words).isdisjoint(self._numbers.get(where, ()))

    def find(self, words: str) -> list[Location]:
        """Return the locations where words begin."""
        begun = self._parts_with(words)
        return [where for where, numbers in self._numbers.items() if not begun.isdisjoint(numbers)]

    def _parts_with(self, words: str) -> set[int]:
        """Return the numbers of the parts in which whole words begin."""
        sought = normalise_title(words)
        prefix = sought[:_INDEXED_CHARACTERS]
        first, last = bisect_left(self._index, (prefix,)), bisect_left(self._index, (f"{prefix}\U0010ffff",))
        return {
            bisect_right(self._starts, at) - 1
            for _, at in self._index[first:last]
            if self._text.startswith(sought, at) and self._ends_word(at + len(sought))
        }

    def _ends_word(self, at: int) -> bool:
        """Return True if no word goes on at an offset, or only in the next part: “Roof-” may end a line."""
        number = bisect_left(self._starts, at)
        is_start = number < len(self._starts) and self._starts[number] == at
        return is_start or not _IN_WORD.match(self._text, at)


class Guide:
    """Words that lead a person to a place in a document whose places cannot be seen.

    A line of a text file needs none: the finding has its number. A paragraph of a DOCX file is counted from the heading
    above it, and a cell by its row and column.

    Args:
        document: as its reader returned it.
    """

    def __init__(self, document: Document | None = None) -> None:
        self._leads: dict[int, str] = {}
        heading, count = "", 0
        for line in document.lines if document else ():
            number = line.location.paragraph
            if number is None or number in self._leads:
                continue
            count += 1
            place = f"paragraph {count}"
            if line.cell:
                place = f"row {line.cell.row + 1}, column {line.cell.column + 1} of a table"
            self._leads[number] = f"In {place}{heading}: "
            if line.role is Role.HEADING or UNMARKED_HEADING.match(line.text):
                heading, count = f" under “{line.text[:MAX_SHOWN_HEADING_CHARACTERS].replace('”', '')}”", 0

    def lead(self, where: Location) -> str:
        """Return the words before a finding at a location; empty if its line is enough.

        >>> Guide().lead(Location(page=2, line=3))
        'On page 2, line 3: '
        """
        if where.page:
            return f"{name_of(where).capitalize()}: "
        if where.paragraph is None:
            return ""
        before = [number for number in self._leads if number <= where.paragraph]
        if not before:
            return f"In paragraph {where.paragraph}: "
        lead = self._leads[before[-1]]
        return lead if before[-1] == where.paragraph else f"After{lead.removeprefix('In')}"


#: The words that `Guide.lead` puts before a message.
LEAD: Final = re.compile(
    r"(?:On page \d+(?:, line \d+)?|(?:In|After) (?:paragraph \d+|row \d+, column \d+ of a table)(?: under “[^”]*”)?): "
)
