"""Comparison of the files of a release with its checksums: those of its dumps, and those of its store."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.release import release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_PART_BYTES: Final = 1 << 20


class Difference(NamedTuple):
    """A file of a release that is not as it was built.

    Attributes:
        name: of the file in the release.
        message: one sentence.
        is_in_store: True for a file of the store.
    """

    name: str
    message: str
    is_in_store: bool = False


class Comparison(NamedTuple):
    """The result of a comparison that may have had too little time.

    Attributes:
        differences: the files that differ.
        unread: the number of files that were not read to their end in time.
    """

    differences: list[Difference]
    unread: int


def compare_until(folder: Path, is_over: Callable[[], bool]) -> Comparison:
    """Compare sizes, then checksums until the time is up: first those of the store, from which the answers come.

    Args:
        folder: a release.
        is_over: returns True when the time is up. It is called after each megabyte.

    Raises:
        ReleaseError: a list of checksums cannot be read.
    """
    if sizes := list(_sizes(folder)):
        return Comparison(sizes, 0)
    checks = list(_checks(folder))
    differences: list[Difference] = []
    for done, check in enumerate(checks):
        try:
            differences += check.difference(is_over)
        except TimeoutError:
            return Comparison(differences, len(checks) - done)
    return Comparison(differences, 0)


def compare(folder: Path) -> list[Difference]:
    """Compare all checksums of a release.

    Raises:
        ReleaseError: a list of checksums cannot be read.
    """
    return [difference for check in _checks(folder) for difference in check.difference(lambda: False)]


class _Check(NamedTuple):
    folder: Path
    name: str
    digest: str | None
    is_in_store: bool = False

    def difference(self, is_over: Callable[[], bool]) -> list[Difference]:
        """Return the difference, if there is one.

        Raises:
            TimeoutError: the time is up.
        """
        message = self._message(is_over)
        return [Difference(self.name, message, self.is_in_store)] if message else []

    def _message(self, is_over: Callable[[], bool]) -> str:
        if self.digest is None:
            return f"{release.STORE_SUMS if self.is_in_store else release.SUMS} does not list {self.name}."
        try:
            digest = _sha256(self.folder / self.name, is_over)
        except FileNotFoundError:
            return "The file is missing."
        if digest != self.digest:
            return "The file has changed since the release was built: its checksum differs."
        return ""


def _sha256(file: Path, is_over: Callable[[], bool]) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while part := opened.read(_PART_BYTES):
            if is_over():
                raise TimeoutError
            digest.update(part)
    return digest.hexdigest()


def _checks(folder: Path) -> Iterator[_Check]:
    yield from _store_checks(folder)
    yield from _file_checks(folder)


def _file_checks(folder: Path) -> Iterator[_Check]:
    listed = dict(release.read_sums(folder))
    links = {name for name in {*listed, *release.list_files(folder)} if name.startswith(f"{release.LINKS}/")}
    built = {release.MANIFEST, *release.open_release(folder).manifest["files"]}
    for name in sorted({*release.MEDIA_TYPES, *links} - {release.SUMS, release.SIGNATURE}):
        # A release of an older version lacks the files that came later.
        if name in listed or name in built or (folder / name).exists():
            yield _Check(folder, name, listed.get(name))


def _store_checks(folder: Path) -> Iterator[_Check]:
    # A release of an older version has no checksums of its store.
    if (folder / release.STORE_SUMS).exists():
        listed = dict(release.read_sums(folder, release.STORE_SUMS))
        for name in sorted(listed.keys() | set(release.store_files(folder))):
            yield _Check(folder, name, listed.get(name), is_in_store=True)


def _sizes(folder: Path) -> Iterator[Difference]:
    """Compare the sizes of the files with those in the manifest."""
    for name, entry in release.open_release(folder).manifest["files"].items():
        file = folder / name
        size = file.stat().st_size if file.is_file() else None
        if size != entry.get("bytes"):
            found = "The file is missing." if size is None else f"The file has {size:,} bytes, not {entry['bytes']:,}."
            yield Difference(name, found)
