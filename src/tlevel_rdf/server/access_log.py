"""What the server writes down about its work: a line about each request if that is wanted, and what went wrong.

Lines are JSON. Nothing is noted of who asked, and of a query only its beginning.
"""

from __future__ import annotations

import itertools
import secrets
import sys
import time
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

import structlog

if TYPE_CHECKING:
    from starlette.types import Scope

    from tlevel_rdf.web.http.messages import Request
    from tlevel_rdf.web.http.problems import Problem

#: So much of a query is written down.
_MOST_CHARACTERS: Final = 200
#: The upper ends of the buckets in which the durations of requests are counted, in seconds.
BUCKETS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Entry(NamedTuple):
    """A request that has begun: its number in this run of the server, and when that was."""

    number: int
    begun: float


class Journal:
    """Counts requests, and writes about them.

    Attributes:
        statuses: how many requests had which status.
        seconds: how long they took in all.
        buckets: how many took how long, by `BUCKETS`, and last those that took longer.
    """

    def __init__(self, events: TextIO | None = None, accesses: TextIO | None = None) -> None:
        self.statuses: Counter[int] = Counter()
        self.seconds = 0.0
        self.buckets = [0] * (len(BUCKETS) + 1)
        self._numbers = itertools.count(1)
        self._run = secrets.token_hex(4)
        self._events = _logger(events or sys.stderr)
        self._accesses = _logger(accesses) if accesses else None

    def begin(self) -> Entry:
        """A request begins."""
        return Entry(next(self._numbers), time.perf_counter())

    def end(self, entry: Entry, scope: Scope, status: int, size: int) -> None:
        """A request has been answered.

        Args:
            entry: from `begin`.
            scope: of the request, by ASGI.
            status: of the response; 499 if the client was gone.
            size: of the body, in bytes.
        """
        seconds = time.perf_counter() - entry.begun
        self.statuses[status] += 1
        self.seconds += seconds
        self.buckets[bisect_left(BUCKETS, seconds)] += 1
        if self._accesses is not None:
            self._accesses.info(
                "request",
                id=self._id(entry),
                method=scope["method"],
                path=scope["path"][:_MOST_CHARACTERS],
                query=scope["query_string"][:_MOST_CHARACTERS].decode("latin-1"),
                status=status,
                bytes=size,
                milliseconds=round(seconds * 1000, 2),
            )

    def failed(self, entry: Entry, request: Request, problem: Problem) -> None:
        """A request could not be answered, and why."""
        self._events.warning(
            problem.detail,
            id=self._id(entry),
            method=request.method,
            path=request.path[:_MOST_CHARACTERS],
            query=(request.query or request.body.decode("utf-8", "replace"))[:_MOST_CHARACTERS],
            status=int(problem.status),
        )

    def _id(self, entry: Entry) -> str:
        return f"{self._run}-{entry.number}"

    def tell(self, event: str, **more: object) -> None:
        """Something happened to the server."""
        self._events.info(event, **more)


def _logger(file: TextIO) -> structlog.typing.FilteringBoundLogger:
    logger: structlog.typing.FilteringBoundLogger = structlog.wrap_logger(
        structlog.WriteLogger(file),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(0),
        cache_logger_on_first_use=True,
    )
    return logger
