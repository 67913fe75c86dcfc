"""The releases in a folder: those that are kept, and the record of those that were removed by a rule."""

from __future__ import annotations

import datetime
import fcntl
import json
import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from tlevel_rdf.changes.limits import MAX_CACHED_MANIFESTS, MAX_REMOVAL_CHARACTERS, MAX_REMOVALS
from tlevel_rdf.errors import OutputError, ReleaseError, SettingError
from tlevel_rdf.release.release import CURRENT, MANIFEST, SUMS, Release, open_release, sha256
from tlevel_rdf.release.staging import locked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: The record of removed releases, in the folder of releases: a JSON object on each line.
REMOVED: Final = "removed.jsonl"
_REMOVING: Final = ".removing-"
#: The entries of a manifest that pages show.
_SHOWN: Final = frozenset({"triples", "version", "generator"})


@dataclass(frozen=True)
class Rule:
    """A rule that names the releases to keep; the current release is always kept.

    Attributes:
        keep: the number of the newest releases to keep; None for the other rule.
        since: the date from which on releases are kept.
        reason: the reason for removing the others; empty for the rule itself in words.
    """

    keep: int | None = None
    since: datetime.date | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        """Check the rule.

        Raises:
            SettingError: it is no rule.
        """
        if (self.keep is None) == (self.since is None):
            raise SettingError(
                "prune takes one rule: --keep or --keep-since", hint="give --keep 5 or --keep-since 2026-11-22"
            )
        if self.keep is not None and self.keep < 1:
            raise SettingError("at least one release must be kept", hint="give --keep 1 or more")
        if len(self.reason) > MAX_REMOVAL_CHARACTERS:
            hint = f"write at most {MAX_REMOVAL_CHARACTERS} characters"
            raise SettingError("the reason is too long", hint=hint)

    @property
    def text(self) -> str:
        """The reason in words."""
        if self.reason:
            return self.reason
        if self.since:
            return f"older than {self.since.isoformat()}"
        return "not the newest release" if self.keep == 1 else f"not among the {self.keep:,} newest releases"

    def removes(self, position: int, release: Release) -> bool:
        """Return True if a release goes.

        Args:
            position: 0 for the newest release, 1 for the one before it, and so on.
            release: the release.
        """
        return release.date < self.since if self.since else self.keep is not None and position >= self.keep


@dataclass(frozen=True)
class Removal:
    """A release that was removed.

    Attributes:
        id: the id of the release.
        date: its date.
        base: the IRI that its identifiers begin with.
        triples: the number of its statements.
        sums: the SHA-256 of its list of checksums, by which a copy of it can be recognised.
        removed: the day on which it was removed.
        reason: the reason.
    """

    id: str
    date: str
    base: str
    triples: int
    sums: str
    removed: str
    reason: str


def list_releases(folder: Path, base: str) -> list[Release]:
    """Return the releases in a folder, the newest first; damaged ones and those with another base are left out."""
    folders = [each for each in folder.iterdir() if each.is_dir() and not each.is_symlink()]
    opened = [release for each in folders if (release := _open(each)) and release.base == base]
    # A second release of one day has a later time.
    return sorted(opened, key=lambda one: (one.date, (one.folder / MANIFEST).stat().st_mtime_ns), reverse=True)


def _open(folder: Path) -> Release | None:
    # A folder of another name is a copy or a build that was stopped.
    if folder.name.startswith("."):
        return None
    try:
        changed = (folder / MANIFEST).stat().st_mtime_ns
    except OSError:
        return None
    release = _read(folder, changed)
    return release if release and (folder / SUMS).is_file() else None


@lru_cache(maxsize=MAX_CACHED_MANIFESTS)
def _read(folder: Path, _changed: int) -> Release | None:
    """Return the release of a folder whose manifest was changed at some time; None if it is not whole."""
    try:
        release = open_release(folder)
    except ReleaseError:
        return None
    return release if release.manifest.keys() >= _SHOWN and release.folder.name == release.id else None


def read_removals(folder: Path, base: str) -> list[Removal]:
    """Return the removed releases of a folder, the last removed first. Lines that are no removals are skipped."""
    found: dict[str, Removal] = {}
    for line in _lines(folder / REMOVED):
        with suppress(ValueError, TypeError):
            removal = Removal(**json.loads(line))
            if _is_well_formed(removal) and removal.base == base:
                found[removal.id] = removal
    return [*reversed(found.values())]


def _lines(file: Path) -> list[str]:
    """Return the lines of the record, up to a limit; none if it cannot be read."""
    try:
        with file.open(encoding="utf-8", errors="replace") as opened:
            return [*islice(iter(lambda: opened.readline(4 * MAX_REMOVAL_CHARACTERS), ""), MAX_REMOVALS)]
    except OSError:
        return []


def _is_well_formed(removal: Removal) -> bool:
    texts = {name: value for name, value in asdict(removal).items() if name != "triples"}
    if type(removal.triples) is not int or not all(isinstance(value, str) for value in texts.values()):
        return False
    for day in (removal.date, removal.removed):
        datetime.date.fromisoformat(day)
    return True


def prune(out: Path, rule: Rule, day: datetime.date, *, is_dry: bool = False) -> tuple[list[Removal], list[Release]]:
    """Remove releases from a folder by a rule, and record each.

    The current release stays, and so does one that a server shows.

    Args:
        out: the folder of releases.
        rule: names the releases to keep.
        day: the day of the removal.
        is_dry: True to remove nothing.

    Returns:
        The removals, the newest release first; and the releases that the rule would remove, but that a server shows.

    Raises:
        ReleaseError: the folder has no current release, or that is damaged.
        OutputError: a build is running in the folder, or the folder cannot be written.
    """
    if not (out / CURRENT / MANIFEST).is_file():
        hint = "give the folder of releases, which has the link current"
        raise ReleaseError(f"{out} has no current release", hint=hint)
    removals: list[Removal] = []
    shown: list[Release] = []
    try:
        with locked(out):
            current = open_release(out)
            for left in () if is_dry else out.glob(f"{_REMOVING}*"):
                shutil.rmtree(left)
            for position, release in enumerate(list_releases(out, current.base)):
                if release.id == current.id or not rule.removes(position, release):
                    continue
                with _alone(release.folder) as is_free:
                    if not is_free:
                        shown.append(release)
                        continue
                    removals.append(_removal(release, rule.text, day))
                    if not is_dry:
                        _record(out, removals[-1])
                        shutil.rmtree(release.folder.rename(out / f"{_REMOVING}{release.id}"))
    except OSError as error:
        message = f"{error.filename or out} cannot be removed: {error.strerror or error}"
        raise OutputError(message, hint="check the permissions of the folder") from error
    return removals, shown


def _removal(release: Release, reason: str, day: datetime.date) -> Removal:
    return Removal(
        release.id,
        release.date.isoformat(),
        release.base,
        int(release.manifest["triples"]),
        sha256(release.folder / SUMS),
        day.isoformat(),
        reason,
    )


def _record(out: Path, removal: Removal) -> None:
    """Add a line to the record, on the disk before the release goes."""
    with (out / REMOVED).open("a", encoding="utf-8") as file:
        file.write(f"{json.dumps(asdict(removal), ensure_ascii=False)}\n")
        file.flush()
        os.fsync(file.fileno())


def hold(folder: Path | None) -> int | None:
    """Mark a release as shown, until the returned descriptor is closed; None if there is no release to mark."""
    if folder is None:
        return None
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        with suppress(OSError):  # a file system without locks
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return descriptor
    return None


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Provide True if no server shows a release, and let none begin meanwhile."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
