"""A directory that is written out of sight and then put in place by one rename.

Until the rename nobody sees it; after it, it is whole and on the disk. A build that is killed, or runs out of room,
leaves what was there before; what it left behind is cleared away by the next.
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
from tlevel_rdf.release.release import CURRENT, SUMS

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUILDING: Final = ".building-"
_LOCK: Final = ".lock"


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """A new empty directory under `out`, which is gone at the end unless `publish` has moved it.

    Raises:
        OutputError: `out` cannot be written, has no room, or another build is at work in it.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with (out / _LOCK).open("w", encoding="utf-8") as lock:
            _take(lock.fileno(), out)
            for left in out.glob(f"{_BUILDING}*"):
                shutil.rmtree(left)
            folder = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=out))
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError(f"{out} is a file", hint="give a folder with --out") from error
    except OSError as error:
        where = error.filename or out
        raise OutputError(
            f"{where} cannot be written: {error.strerror or error}; nothing was changed",
            hint="make room or give another folder with --out",
        ) from error


def _take(lock: int, out: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise OutputError(f"another build is at work in {out}", hint="wait until it has ended") from error


def publish(folder: Path, name: str) -> Path:
    """Put a finished directory in place and make it the current one.

    Args:
        folder: from `staging`.
        name: the release's id.

    Returns:
        Where it is now.

    Raises:
        OutputError: a release of that id is there with other contents.
        OSError: the disk refuses.
    """
    out = folder.parent
    place = out / name
    for file in sorted(folder.rglob("*")):
        _sync(file)
    _sync(folder)
    if place.exists():
        if (place / SUMS).read_bytes() != (folder / SUMS).read_bytes():
            raise OutputError(f"{place} is there already with other contents", hint="move it away and build again")
    else:
        # mkdtemp makes a private directory; a release is for everyone who may read the folder around it.
        folder.chmod(0o755)
        folder.rename(place)
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
