"""A cache of responses for one release, which never changes: they are valid as long as it is served."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tlevel_rdf.limits import MAX_CACHE_PARTS

if TYPE_CHECKING:
    from tlevel_rdf.web.http.messages import Response

#: An entry's headers and Python's own objects take about this many bytes.
_OVERHEAD_BYTES: Final = 4_000
_CACHEABLE: Final = frozenset({200, 303})


class ResponseCache:
    """Responses by the bytes of their requests; the least recently used make room for new ones.

    Attributes:
        found: the number of requests answered from the cache.
        bytes: the approximate size of the entries.
    """

    def __init__(self, max_bytes: int) -> None:
        self.found = 0
        self.bytes = 0
        self._max_bytes = max_bytes
        self._responses: OrderedDict[bytes, Response] = OrderedDict()

    def get(self, request: bytes) -> Response | None:
        """Return the response to a request, or None if the cache does not hold it."""
        response = self._responses.get(request)
        if response is not None:
            self.found += 1
            self._responses.move_to_end(request)
        return response

    def put(self, request: bytes, response: Response) -> None:
        """Keep a response, unless it is `no-store`, an error, in a file, or too large."""
        size = _size(request, response)
        if (
            response.status not in _CACHEABLE
            or isinstance(response.body, Path)
            or size > self._max_bytes // MAX_CACHE_PARTS
            or request in self._responses
            or b"no-store" in response.head
        ):
            return
        self._responses[request] = response
        self.bytes += size
        while self.bytes > self._max_bytes:
            self.bytes -= _size(*self._responses.popitem(last=False))

    def clear(self) -> None:
        """Discard all responses."""
        self._responses.clear()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._responses)


def _size(request: bytes, response: Response) -> int:
    # A body in a file takes no memory, and is never kept.
    return len(request) + (0 if isinstance(response.body, Path) else len(response.body)) + _OVERHEAD_BYTES
