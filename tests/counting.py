"""Counts of function calls, for tests that must not depend on the speed of the machine."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType, FrameType


@contextmanager
def counted_calls() -> Iterator[Counter[CodeType]]:
    """Count the calls of each Python function, by its code, while the block runs."""
    calls: Counter[CodeType] = Counter()

    def profiler(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            calls[frame.f_code] += 1

    before = sys.getprofile()
    sys.setprofile(profiler)
    try:
        yield calls
    finally:
        sys.setprofile(before)
