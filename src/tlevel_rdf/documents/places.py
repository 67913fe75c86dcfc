"""The words of a document by their place: a line, a paragraph, or a line of a page."""

from __future__ import annotations

import re
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

    Args:
        document: as its reader returned it.
    """

    def __init__(self, document: Document) -> None:
        self._lines = document.lines
        #: By location: the index of a line, and where its words at that location begin and end.
        self._parts: dict[Location, list[tuple[int, int, int]]] = defaultdict(list)
        for index, line in enumerate(document.lines):
            begins = [(0, line.location), *line.continuations]
            ends = [*(offset for offset, _ in line.continuations), len(line.text)]
            for (start, where), end in zip(begins, ends, strict=True):
                self._parts[where].append((index, start, end))

    def texts(self, where: Location, words: Iterable[str] = ()) -> list[str]:
        """Return the words at a location.

        Args:
            where: the location.
            words: if blocks of an HTML file share the line, only those with some of these words are returned.
        """
        parts = self._parts.get(where, [])
        near = [part for part in parts if any(self._begins(part, each) for each in words)]
        return [self._lines[index].text[start:end].strip() for index, start, end in near or parts]

    def hold(self, where: Location, words: str) -> bool:
        """Return True if whole words begin at a location, whatever their case and spaces."""
        return any(self._begins(part, words) for part in self._parts.get(where, ()))

    def find(self, words: str) -> list[Location]:
        """Return the locations where words begin."""
        return [where for where in self._parts if self.hold(where, words)]

    def _begins(self, part: tuple[int, int, int], words: str) -> bool:
        index, start, end = part
        text, sought = self._lines[index].text[start:], normalise_title(words)
        while len(text) < end - start + len(words) and index + 1 < len(self._lines):
            index += 1
            text += f" {self._lines[index].text}"
        found = re.search(rf"(?<!\w){re.escape(sought)}(?!\w)", normalise_title(text))
        return found is not None and found.start() < len(normalise_title(text[: end - start]))


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
