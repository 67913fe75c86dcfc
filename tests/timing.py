"""Bounds on processor time that hold on a busy machine.

Other work slows a processor for a while. A test measures again before it fails; code that is too slow is so each time.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_ATTEMPTS: Final = 4


def takes_less_than(seconds: float, run: Callable[[], object]) -> bool:
    """Return True if a function takes less processor time."""
    return any(_seconds(run) < seconds for _ in range(_ATTEMPTS))


def grows_with_length(run: Callable[[int], Callable[[], object]], length: int) -> bool:
    """Return True if the processor time is not a square of the length.

    Args:
        run: makes a function for an input of a length; only the function is measured.
        length: of the longest input.
    """
    quarter, whole = run(length // 4), run(length)
    # Four times as long, and as much again because other work on the machine slows processors; a square is 16.
    return any(_seconds(whole) < 8 * _seconds(quarter) + 0.25 for _ in range(_ATTEMPTS))


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start
