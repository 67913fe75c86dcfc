"""A folder that is written under a temporary name, and published by one rename.

After the rename the folder is complete and on the disk. A build that is killed, or runs out of disk space, leaves the
earlier releases as they were, and the next build removes its temporary folder.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tlevel_rdf.errors import OutputError
from tlevel_rdf.release.checksums import compare
from tlevel_rdf.release.release import CURRENT, SUMS

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUILDING: Final = ".building-"
_LOCK: Final = ".lock"


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """Provide an empty folder in `out`, and remove it at the end unless `publish` has moved it.

    Raises:
        OutputError: `out` cannot be written, the disk is full, another build is running in `out`, or something else
            has the name of the link to the current release.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with locked(out):
            _check_current(out)
            for abandoned in out.glob(f"{_BUILDING}*"):
                _remove(abandoned)
            folder = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=out))
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError(f"{out} is a file", hint="give a folder with --out") from error
    except OSError as error:
        path = error.filename or out
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}; nothing was changed",
            hint="free some disk space, or give another folder with --out",
        ) from error


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Keep other builds out of a folder of releases.

    Raises:
        OutputError: another build is running there.
        OSError: the folder cannot be written.
    """
    with (out / _LOCK).open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutputError(f"another build is running in {out}", hint="wait until it ends") from error
        yield


def _remove(abandoned: Path) -> None:
    # A build may also be killed before it renames the link to its release.
    if abandoned.is_symlink() or not abandoned.is_dir():
        abandoned.unlink()
    else:
        shutil.rmtree(abandoned)


def _check_current(out: Path) -> None:
    """Refuse to replace anything but a link to a release, or one that leads nowhere."""
    current = out / CURRENT
    is_ours = current.is_symlink() and (not current.exists() or (current / SUMS).is_file())
    if not is_ours and (current.is_symlink() or current.exists()):
        raise OutputError(
            f"{current} is not the link to a release", hint="move it away, or give another folder with --out"
        )


def publish(folder: Path, name: str) -> Path:
    """Rename a finished folder, and make it the current release. A damaged release of the same id is replaced.

    Args:
        folder: from `staging`.
        name: the id of the release.

    Returns:
        The new path.

    Raises:
        OutputError: a release with that id and other contents exists, or the link is not to a release.
        OSError: the disk refuses.
    """
    out = folder.parent
    place = out / name
    _check_current(out)
    for file in sorted(folder.rglob("*")):
        _sync(file)
    _sync(folder)
    if place.exists() and (place / SUMS).read_bytes() != (folder / SUMS).read_bytes():
        raise OutputError(f"{place} already exists with other contents", hint="move it away and build again")
    if place.exists() and compare(place):
        # The release has been damaged. Until the next rename it is missing; the server waits for it.
        place.rename(out / f"{_BUILDING}damaged")
    if not place.exists():
        # mkdtemp makes a private folder; everyone who can read the folder of releases may read a release.
        folder.chmod(0o755)
        folder.rename(place)
    shutil.rmtree(out / f"{_BUILDING}damaged", ignore_errors=True)
    link = out / f"{_BUILDING}link"
    link.unlink(missing_ok=True)
    link.symlink_to(name, target_is_directory=True)
    link.replace(out / CURRENT)
    _sync(out)
    return place


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
