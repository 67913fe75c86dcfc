"""Progress messages of commands that take seconds."""

from __future__ import annotations

from collections.abc import Callable

#: Receives the name of each stage of a run when the stage begins.
Progress = Callable[[str], None]


def ignore_progress(stage: str) -> None:
    """Ignore progress messages."""
