"""Temporary folders that do not outlive their process, however it ends.

A process holds a lock on each of its folders. What a killed process has left is not locked any more, and the next
process that makes such a folder removes it.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tlevel_rdf.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable

_PREFIX: Final = "tlevel-rdf-"
_LOCK: Final = "lock"
#: The causes of an error that the engine and `shutil.copytree` state as text only.
_REASONS: Final = tuple(map(os.strerror, (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT, errno.EFBIG)))


def temporary_folder() -> tuple[Path, Callable[[], None]]:
    """Make a temporary folder, and remove those that killed processes have left.

    Returns:
        The folder, and a function that removes it.

    Raises:
        OutputError: none can be made.
    """
    try:
        _remove_abandoned(Path(tempfile.gettempdir()))
        while True:
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
            lock = os.open(folder / _LOCK, os.O_CREAT | os.O_WRONLY, 0o600)
            fcntl.flock(lock, fcntl.LOCK_EX)
            # Another process may have found the folder before it was locked.
            if (folder / _LOCK).exists():
                break
            os.close(lock)
    except OSError as error:
        raise temporary_error(error) from error

    def remove() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)

    return folder, remove


def temporary_error(error: OSError) -> OutputError:
    """Return the error that temporary files cannot be written."""
    reason = next((reason for reason in _REASONS if reason in str(error)), error.strerror or error)
    return OutputError(
        f"temporary files cannot be written to {tempfile.gettempdir()}: {reason}",
        hint="free some disk space, or name another folder in the variable TMPDIR",
    )


def _remove_abandoned(parent: Path) -> None:
    for lock in parent.glob(f"{_PREFIX}*/{_LOCK}"):
        # Another process may remove the same folder, and those of other users cannot be opened.
        with contextlib.suppress(OSError):
            _remove_unless_locked(lock)


def _remove_unless_locked(lock: Path) -> None:
    if lock.parent.stat(follow_symlinks=False).st_uid != os.getuid():
        return
    opened = os.open(lock, os.O_WRONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(lock.parent)
    finally:
        os.close(opened)
