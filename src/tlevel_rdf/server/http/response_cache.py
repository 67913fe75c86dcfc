"""Answers of one release, kept while they are asked for: it never changes, so they hold as long as it is served."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tlevel_rdf.server.pool.messages import Answer

#: What an entry takes beside its question and its body: its headers, and Python's own.
_BYTES_BESIDE: Final = 4_000
#: One answer takes no more than this part of the whole.
_LARGEST_PART: Final = 16


class Cache:
    """Answers by question, the least recently used of which go first.

    Attributes:
        found: how many questions were answered from here.
        bytes: what is kept takes about so many.
    """

    def __init__(self, most_bytes: int) -> None:
        self.found = 0
        self.bytes = 0
        self._most_bytes = most_bytes
        self._kept: OrderedDict[bytes, Answer] = OrderedDict()

    def get(self, question: bytes) -> Answer | None:
        """The answer to this very question, if it is kept."""
        answer = self._kept.get(question)
        if answer is not None:
            self.found += 1
            self._kept.move_to_end(question)
        return answer

    def put(self, question: bytes, answer: Answer) -> None:
        """Keep an answer, if it lasts, is no file and not too large."""
        size = _size(question, answer)
        if not answer.is_lasting or answer.file or size > self._most_bytes // _LARGEST_PART or question in self._kept:
            return
        self._kept[question] = answer
        self.bytes += size
        while self.bytes > self._most_bytes:
            self.bytes -= _size(*self._kept.popitem(last=False))

    def __len__(self) -> int:
        return len(self._kept)


def _size(question: bytes, answer: Answer) -> int:
    return len(question) + len(answer.body) + _BYTES_BESIDE
