"""Answers of one release, kept while they are asked for: it never changes, so they hold as long as it is served."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tlevel_rdf.web.http import Request, Response

#: What an entry takes beside its body: its request, its headers, and Python's own.
_BYTES_BESIDE: Final = 4_000
#: One answer takes no more than this part of the whole.
_LARGEST_PART: Final = 16
#: What may be kept: what is right for every client until the next release.
_KEPT: Final = frozenset({200, 303})


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and the same as the messages of ASGI that send it.

    Attributes:
        response: to a GET without conditions.
        messages: `http.response.start` and `http.response.body`.
    """

    response: Response
    messages: tuple[dict[str, Any], dict[str, Any]] = field(compare=False)


class Cache:
    """Answers by request, the least recently used of which go first.

    Attributes:
        found: how many requests were answered from here.
        bytes: what is kept takes about so many.
    """

    def __init__(self, most_bytes: int) -> None:
        self.found = 0
        self.bytes = 0
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Request, Kept] = OrderedDict()

    def get(self, request: Request) -> Kept | None:
        """The answer to this very request, if it is kept."""
        kept = self._kept.get(request)
        if kept is not None:
            self.found += 1
            self._kept.move_to_end(request)
        return kept

    def put(self, request: Request, kept: Kept) -> None:
        """Keep an answer, if it holds for everybody and is not too large."""
        response = kept.response
        if response.status not in _KEPT or not isinstance(response.body, bytes):
            return
        size = _size(request, kept)
        if "no-store" in (response.header("cache-control") or "") or size > self._most_bytes // _LARGEST_PART:
            return
        if request not in self._kept:
            self.bytes += size
        self._kept[request] = kept
        while self.bytes > self._most_bytes:
            self.bytes -= _size(*self._kept.popitem(last=False))

    def __len__(self) -> int:
        return len(self._kept)


def _size(request: Request, kept: Kept) -> int:
    asked = len(request.query) + len(request.body)
    return len(kept.response.content) + asked + _BYTES_BESIDE
