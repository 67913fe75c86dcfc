"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tlevel_rdf.errors import OutputError


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all; create its folder if necessary.

    Raises:
        OutputError: the file cannot be written, and stays as it was.
    """
    try:
        path = path.resolve() if path.is_symlink() else path
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".importing-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(handle)
                os.fchmod(handle, path.stat().st_mode & 0o777 if path.exists() else 0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink()
            raise
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError(f"{path.parent} is a file", hint="give a folder with --out") from error
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror or error}; it is as it was"
        raise OutputError(message, hint="free some space, or give another folder with --out") from error
