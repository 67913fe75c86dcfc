"""Write a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tlevel_rdf.errors import OutputError


def _temporary(folder: Path) -> tuple[int, str]:
    """A new file in a folder, which is made if it is not there: its descriptor and its name."""
    try:
        return tempfile.mkstemp(prefix=".importing-", dir=folder)
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
        return tempfile.mkstemp(prefix=".importing-", dir=folder)


def write_whole(place: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        OutputError: it cannot be written; what was there is untouched.
    """
    try:
        if place.is_symlink():
            place = place.resolve()
        handle, name = _temporary(place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(handle)
                os.fchmod(handle, place.stat().st_mode & 0o777 if place.exists() else 0o644)
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink()
            raise
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError(f"{place.parent} is a file", hint="give a folder with --out") from error
    except OSError as error:
        message = f"{place} cannot be written: {error.strerror or error}; it is as it was"
        raise OutputError(message, hint="make room or give another folder with --out") from error
