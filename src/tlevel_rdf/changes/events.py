"""Two versions of the data → an event for each thing that differs, in bounded memory."""

from __future__ import annotations

import heapq
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class EventKind(StrEnum):
    """A kind of event. The value is the last part of its class in Activity Streams 2.0."""

    CREATE = "Create"
    UPDATE = "Update"
    DELETE = "Delete"


class Event(NamedTuple):
    """A thing that differs.

    Attributes:
        kind: of the event.
        thing: the thing, as N-Triples have it.
        lines: all statements about the thing in the newer version, as N-Triples.
    """

    kind: EventKind
    thing: bytes
    lines: list[bytes]


def find_events(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[Event]:
    """Yield an event for each thing whose statements differ, in the order of the things.

    Args:
        old: the N-Triples of the older version: lines in the order of their bytes, each once.
        new: those of the newer version.
    """
    merged = heapq.merge(
        ((thing, False, lines) for thing, lines in _by_thing(old)),
        ((thing, True, lines) for thing, lines in _by_thing(new)),
        key=itemgetter(0, 1),
    )
    for thing, of_thing in groupby(merged, key=itemgetter(0)):
        before: list[bytes] = []
        after: list[bytes] = []
        for _, is_new, lines in of_thing:
            (after if is_new else before).extend(lines)
        if before != after:
            kind = EventKind.UPDATE if before and after else EventKind.CREATE if after else EventKind.DELETE
            yield Event(kind, thing, after)


def _by_thing(lines: Iterable[bytes]) -> Iterator[tuple[bytes, list[bytes]]]:
    for thing, of_thing in groupby(lines, lambda line: line[: line.index(b" ")]):
        yield thing, list(of_thing)
