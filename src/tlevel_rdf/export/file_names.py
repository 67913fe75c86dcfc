"""Names of files for the addresses of a site.

A host looks for the file of a path by its decoded path. Some paths have no file that every host and every disk can
hold: those files get a name made of a checksum, and the rules of the host lead to them.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote_to_bytes

#: The folder of files that are at no path of the site.
OWN: Final = "_"
#: Characters that file names on some disks cannot have.
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*]')
#: File systems take 255 bytes; the rest is for temporary names of tools that copy.
_MAX_BYTES: Final = 240
_BY_IRI: Final = re.compile(r"iri=(https?)://(.+)", re.DOTALL)


class FileNames:
    """The names of the files of one site, each used once."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def assign(self, target: str, suffix: str) -> tuple[str, bool]:
        """Return the name of the file for an address.

        Args:
            target: a path, percent-encoded, with a query if it has one.
            suffix: of the file, if the path does not end in it.

        Returns:
            The name relative to the folder of the site, and True if a host finds the file by the path alone.
        """
        name = _plain_name(target, suffix)
        if name is None or self._is_taken(name):
            ending = suffix or PurePosixPath(target.partition("?")[0]).suffix
            return f"{OWN}/name/{hashlib.sha256(target.encode()).hexdigest()[:32]}{ending}", False
        folded = name.casefold()
        self._files.add(folded)
        self._folders.update(_folders(folded))
        return name, "?" not in target

    def _is_taken(self, name: str) -> bool:
        """Return True if the name has been used, also by a folder, or a file has the name of one of its folders."""
        folded = name.casefold()
        return folded in self._files or folded in self._folders or not self._files.isdisjoint(_folders(folded))


def _folders(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def _plain_name(target: str, suffix: str) -> str | None:
    """Return the file name of an address, or None if it has none that every disk can hold.

    >>> _plain_name("/doc/degree/optometry.ttl", ".ttl"), _plain_name("/", ".html"), _plain_name("/api/", ".json")
    ('doc/degree/optometry.ttl', 'index.html', 'api/index.json')
    >>> _plain_name("/doc.ttl?iri=https://e.org/a%23b", ".ttl")
    '_/iri/https/e.org/a%23b.ttl'
    >>> _plain_name("/doc/a%2Fb", ".html"), _plain_name("/doc/a//b", ".html"), _plain_name("/doc?iri=urn:x", ".html")
    (None, None, None)
    """
    path, mark, query = target.partition("?")
    if mark:
        found = _BY_IRI.fullmatch(query)
        if found is None:
            return None
        segments = [OWN, "iri", found[1], *found[2].split("/")]
    else:
        segments = []
        for segment in path.removeprefix("/").split("/"):
            try:
                segments.append(unquote_to_bytes(segment).decode())
            except UnicodeDecodeError:
                return None
        if not segments[-1]:
            segments[-1] = "index"
    if not segments[-1].endswith(suffix):
        segments[-1] += suffix
    return "/".join(segments) if all(map(_is_safe, segments)) else None


def _is_safe(segment: str) -> bool:
    return (
        segment not in {"", ".", ".."}
        and "/" not in segment
        and not segment.endswith((".", " "))
        and not _UNSAFE.search(segment)
        and len(segment.encode()) <= _MAX_BYTES
    )
