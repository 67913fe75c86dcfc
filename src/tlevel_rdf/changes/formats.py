"""Changes as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from itertools import chain
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tlevel_rdf.changes.change import Change

_COLUMNS: Final = (
    *("kind", "thing", "title", "type", "whole", "predicate", "name", "old", "new"),
    *("is_about_source", "sources", "formerly", "text"),
)
#: The heading of the changes that mean nothing new.
_ABOUT_SOURCES: Final = "Only the source has changed, or a name that another line explains:"


def to_text(changes: Iterable[Change]) -> Iterator[str]:
    """Yield lines for people: first the changes in meaning, then those of the sources only, and the numbers of both."""
    meaning = sources = 0
    with tempfile.TemporaryFile("w+", encoding="utf-8") as later:
        for change in changes:
            if change.is_about_source:
                sources += 1
                later.write(f"  {change.text}\n")
            else:
                meaning += 1
                yield f"{change.text}\n"
        if sources:
            yield f"{'' if meaning else 'No change in meaning.'}\n{_ABOUT_SOURCES}\n"
            later.seek(0)
            yield from later
    yield f"\n{counted(meaning, 'change')}, and {counted(sources, 'change')} of sources only\n"


def to_json(changes: Iterable[Change]) -> Iterator[str]:
    """Yield a JSON array, one change a line."""
    separator = "["
    for change in changes:
        yield f"{separator}\n{json.dumps(change.to_json(), ensure_ascii=False)}"
        separator = ","
    yield "[]\n" if separator == "[" else "\n]\n"


def to_csv(changes: Iterable[Change]) -> Iterator[str]:
    """Yield the rows of a CSV file (RFC 4180); a cell with several values has one on each line."""
    rows = (change.to_json() for change in changes)
    for row in chain([dict(zip(_COLUMNS, _COLUMNS, strict=True))], rows):
        line = io.StringIO()
        csv.writer(line).writerow([_cell(row[name]) for name in _COLUMNS])
        yield line.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def counted(number: int, word: str) -> str:
    """Return a number with its word, which has an s unless the number is 1."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
