"""A limit on the memory of this process."""

from __future__ import annotations

import resource
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tlevel_rdf.errors import QueryFailedError

if TYPE_CHECKING:
    from collections.abc import Generator


@contextmanager
def memory_limit(more: int) -> Generator[None]:
    """Let this process take at most so many bytes more of memory meanwhile.

    Python reports that there is no more. The query engine ends the process instead; see `entry_point`.

    Raises:
        QueryFailedError: there was no more.
    """
    before = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = [limit for limit in (_data_bytes() + more, *before) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min(allowed), before[1]))
    try:
        yield
    except MemoryError:
        message = f"the query needs more than {more:,} bytes of memory"
        raise QueryFailedError(message, hint="ask for less, or raise the setting memory") from None
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def _data_bytes() -> int:
    """Return the bytes of memory that count towards the limit of this process (getrlimit(2))."""
    lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData:"))
