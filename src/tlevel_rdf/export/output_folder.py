"""The folder of an export, which a finished export replaces in one step."""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from tlevel_rdf.errors import OutputError
from tlevel_rdf.export.file_names import OWN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: The file by which an export recognises a folder as its own.
MARKER: Final = f"{OWN}/export.json"
#: The key of the marker.
_KEY: Final = "tlevel-rdf export"
#: `renameat2` of Linux: paths are relative to the current folder, and the two names change places.
_CURRENT_FOLDER: Final = -100
_EXCHANGE: Final = 2


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Provide an empty folder that replaces another at the end, or is removed after an error.

    Args:
        folder: does not exist, is empty, or is an earlier export.

    Raises:
        OutputError: the folder is something else, or cannot be written.
    """
    folder = folder.absolute()
    _check(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        prefix = f".{folder.name}.exporting-"
        _remove_abandoned(folder.parent, prefix)
        new = folder.parent / tempfile.mkdtemp(prefix=prefix, dir=folder.parent)
        descriptor = os.open(new, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            yield new
            new.chmod(0o755)
            _check(folder)
            _put_in_place(new, folder)
        finally:
            shutil.rmtree(new, ignore_errors=True)
            os.close(descriptor)
    except OSError as error:
        raise OutputError(
            f"{error.filename or folder} cannot be written: {error.strerror or error}; nothing was changed",
            hint="free some disk space, or give another folder",
        ) from error


def mark(folder: Path, content: dict[str, object]) -> None:
    """Write the marker of an export."""
    (folder / OWN).mkdir(exist_ok=True)
    text = json.dumps({_KEY: 1, **content}, ensure_ascii=False, indent=2)
    (folder / MARKER).write_text(f"{text}\n", encoding="utf-8")


def _check(folder: Path) -> None:
    """Refuse to replace anything but an empty folder or an earlier export."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise OutputError(f"{folder} is not a folder", hint="give a folder that does not exist yet")
    if folder.is_dir() and any(folder.iterdir()) and not _is_export(folder):
        raise OutputError(
            f"{folder} has files that are not of an export; nothing was changed",
            hint="give an empty folder, one that does not exist yet, or an earlier export",
        )


def _is_export(folder: Path) -> bool:
    try:
        content = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and _KEY in content


def _remove_abandoned(parent: Path, prefix: str) -> None:
    """Remove the folders of exports that were killed. A running export holds a lock on its folder."""
    for abandoned in parent.glob(f"{prefix}*"):
        descriptor = os.open(abandoned, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(abandoned, ignore_errors=True)
        except BlockingIOError:
            pass
        finally:
            os.close(descriptor)


def _put_in_place(new: Path, folder: Path) -> None:
    """Give the new folder the name, and the old one, if there is one, the name of the new one."""
    if not folder.exists() or not any(folder.iterdir()):
        new.rename(folder)
        return
    if _exchange(new, folder):
        return
    # No such call, or a file system without it: the name is missing for a moment.
    old = folder.with_name(f"{new.name}-old")
    folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders, and return True if the system can."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    status: int = call(_CURRENT_FOLDER, os.fsencode(one), _CURRENT_FOLDER, os.fsencode(other), _EXCHANGE)
    return status == 0
