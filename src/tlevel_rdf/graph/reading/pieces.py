"""A file that hands out one token at a time, to find the token at which a parser stops or yields a quad.

pyoxigraph gives no positions for RDF/XML and JSON-LD. It asks for the next bytes only when it has used those that it
has, so a fault lies in the token that it received last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re


class Pieces:
    """A readable file over bytes in memory.

    Args:
        data: the bytes.
        token: the pattern of a token; the bytes between two tokens are handed out with the second.

    Attributes:
        begin: the offset of the last token handed out.
        end: the offset after it.
    """

    def __init__(self, data: bytes, token: re.Pattern[bytes]) -> None:
        self._data = data
        self._tokens = token.finditer(data)
        self._target = 0
        self.begin = 0
        self.end = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most to the end of the token."""
        if self.end == self._target:
            self.begin = self.end
            found = next(self._tokens, None)
            self._target = found.end() if found else len(self._data)
        start = self.end
        self.end = min(self._target, start + size)
        return self._data[start : self.end]
