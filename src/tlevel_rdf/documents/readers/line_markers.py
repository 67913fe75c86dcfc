"""Bullets, numbers, number signs and note marks that begin or end a text."""

from __future__ import annotations

import re
from typing import Final

from tlevel_rdf.documents.document import Role

#: The beginning of an item whose number is part of its text.
NUMBERED: Final = re.compile(r"\s*\(?\d{1,3}[a-z]?[.)]\s")
_HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s+(?=\S)")
_ITEM: Final = re.compile(r"\s*(?:(?P<bullet>[-*+•●◦‣▪■□○➢✓·\uf0b7\uf0a7]\s+)|\(?\d{1,3}[.)]\s+)(?=\S)")
_NOTE_MARK: Final = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡§]+)[\])]?\s*")


def leading_marker(text: str) -> tuple[Role, int]:
    """Return the role that a line has by its first characters, and the length of the marker that is not text.

    >>> leading_marker("- Nurse"), leading_marker("1. Nurse")
    ((<Role.ITEM: 'item'>, 2), (<Role.ITEM: 'item'>, 0))
    """
    if match := _HEADING.match(text):
        return Role.HEADING, match.end()
    if match := _ITEM.match(text):
        return Role.ITEM, match.end() if match["bullet"] else 0
    return Role.TEXT, 0


def is_note_mark(text: str) -> bool:
    """Return True if a raised text refers to a note.

    >>> is_note_mark("[1]"), is_note_mark("st")
    (True, False)
    """
    return _NOTE_MARK.fullmatch(text) is not None


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())
