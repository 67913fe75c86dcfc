"""Paths that commands may open."""

from __future__ import annotations

from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from tlevel_rdf.errors import UnreadableInputError

if TYPE_CHECKING:
    from pathlib import Path


def is_special(path: Path) -> bool:
    """Return True for a pipe, a device or a socket, from which a read may never return."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (S_ISREG(mode) or S_ISDIR(mode))


def refuse_special(path: Path) -> None:
    """Refuse a pipe, a device or a socket before anything opens it.

    Raises:
        UnreadableInputError: the path is one of these.
    """
    if is_special(path):
        message = f"{path} is a pipe, a device or a socket, and not a file"
        raise UnreadableInputError(message, hint="save the data in a file, and give its name")
