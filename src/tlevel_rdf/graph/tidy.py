"""The last touch to what the serialiser writes, for readers and for equal bytes.

Its prefixes come out in the order of a hash table, and its blocks stand without a line between them.
"""

from __future__ import annotations

import re
from typing import BinaryIO, Final

_NAMESPACES: Final = re.compile(rb' xmlns:[^ >]+="[^"]*"')


class TurtleLines:
    """Takes Turtle or TriG as the serialiser writes it, and writes it with sorted prefixes and parted blocks.

    The serialiser escapes line breaks in literals, so a line of the text is a line of its syntax.

    Args:
        file: what is written to.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._rest = b""
        self._prefixes: list[bytes] | None = []

    def write(self, data: bytes) -> int:
        """Take the next piece."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._line(line)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back but an unfinished line, so there is nothing to do; serialisers call this."""

    def _line(self, line: bytes) -> None:
        if self._prefixes is not None:
            if line.startswith(b"@prefix"):
                self._prefixes.append(line + b"\n")
                return
            self._file.writelines(sorted(self._prefixes))
            self._prefixes = None
        begins_block = line[:1] not in {b"\t", b"}", b""} or (line[:2] == b"\t<" and line.endswith((b";", b".")))
        self._file.write((b"\n" if begins_block else b"") + line + b"\n")


class XmlLines:
    """Takes RDF/XML as the serialiser writes it, and writes it with sorted namespaces.

    Args:
        file: what is written to.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._head: bytes | None = b""

    def write(self, data: bytes) -> int:
        """Take the next piece."""
        if self._head is None:
            self._file.write(data)
            return len(data)
        self._head += data
        begin = self._head.find(b"<rdf:RDF")
        end = self._head.find(b">", begin)
        if begin >= 0 and end >= 0:
            root = self._head[begin:end]
            tag = _NAMESPACES.sub(b"", root) + b"".join(sorted(set(_NAMESPACES.findall(root))))
            self._file.write(self._head[:begin] + tag + self._head[end:])
            self._head = None
        return len(data)

    def flush(self) -> None:
        """Nothing is held back once the root has been seen; serialisers call this."""
