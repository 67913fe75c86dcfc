"""Folders that are made once in a test run, by the process that needs them first."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


def shared_folder(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder, whose contents must not be changed.

    Args:
        tmp_path_factory: of pytest; the processes of a run have folders beside each other.
        name: of the folder.
        make: writes the folder, which does not exist yet.
    """
    own = tmp_path_factory.getbasetemp()
    top = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = top / name
    with (top / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = top / f"{name}.done"
        if not done.exists():
            make(folder)
            done.touch()
    return folder
