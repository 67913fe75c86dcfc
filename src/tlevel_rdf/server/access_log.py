"""Counters and logs of the server, in lines of JSON.

The access log has a line for each request; the event log has one for each failed request and each event of the server.
Neither names the client, and both cut long paths and queries.
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

from tlevel_rdf.limits import MAX_LOGGED_CHARACTERS
from tlevel_rdf.server.line_writer import LineWriter

if TYPE_CHECKING:
    from starlette.types import Scope

    from tlevel_rdf.web.http.messages import Request
    from tlevel_rdf.web.http.problems import Problem

#: The upper ends of the buckets that count the durations of requests, in seconds.
BUCKETS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Entry(NamedTuple):
    """The number of a request since the start of the server, and the time when it began."""

    number: int
    start: float


class ServerLog:
    """The counters and logs of a server.

    Attributes:
        statuses: the number of requests by status.
        seconds: the sum of their durations.
        buckets: their number by duration, as in `BUCKETS`; the last counts the longer ones.
        event_lines: the event log, for other messages of the process.
    """

    def __init__(self, events: TextIO | None = None, accesses: TextIO | None = None) -> None:
        """Create counters and loggers.

        Args:
            events: the event log; standard error by default.
            accesses: the access log, if there is one.
        """
        self.statuses: Counter[int] = Counter()
        self.seconds = 0.0
        self.buckets = [0] * (len(BUCKETS) + 1)
        self._numbers = itertools.count(1)
        self._run = secrets.token_hex(4)
        events = events or sys.stderr
        self.event_lines = LineWriter(events)
        access_lines = self.event_lines if accesses is events else LineWriter(accesses) if accesses else None
        self._writers = [self.event_lines, *([access_lines] if access_lines else [])]
        self._events = _logger(self.event_lines)
        self._accesses = _logger(access_lines) if access_lines else None

    @property
    def dropped(self) -> int:
        """The number of lines that the logs did not take."""
        return sum(writer.dropped for writer in {*self._writers})

    def wait(self) -> None:
        """Wait a moment until the lines so far are written."""
        for writer in self._writers:
            writer.wait()

    def begin(self) -> Entry:
        """Number a request and take the time."""
        return Entry(next(self._numbers), time.perf_counter())

    def end(self, entry: Entry, scope: Scope, status: int, size: int) -> None:
        """Count a request, and write it to the access log.

        Args:
            entry: from `begin`.
            scope: of ASGI.
            status: of the response; 499 if the client had gone.
            size: of the response's body in bytes.
        """
        seconds = time.perf_counter() - entry.start
        self.statuses[status] += 1
        self.seconds += seconds
        self.buckets[bisect_left(BUCKETS, seconds)] += 1
        if self._accesses is not None:
            self._accesses.info(
                "request",
                id=self._id(entry),
                method=scope["method"],
                path=scope["path"][:MAX_LOGGED_CHARACTERS],
                query=scope["query_string"][:MAX_LOGGED_CHARACTERS].decode("latin-1"),
                status=status,
                bytes=size,
                milliseconds=round(seconds * 1000, 2),
            )

    def failed(self, entry: Entry, request: Request, problem: Problem) -> None:
        """Write a failed request to the event log."""
        self._events.warning(
            problem.detail,
            id=self._id(entry),
            method=request.method,
            path=request.path[:MAX_LOGGED_CHARACTERS],
            query=(request.query or request.body.decode("utf-8", "replace"))[:MAX_LOGGED_CHARACTERS],
            status=int(problem.status),
        )

    def refused(self, status: int) -> None:
        """Count a request that the server refused before it had read its head or its body."""
        self.statuses[status] += 1

    def event(self, message: str, **values: object) -> None:
        """Write an event to the event log."""
        self._events.info(message, **values)

    def error(self, message: str, error: str, **values: object) -> None:
        """Write an error that someone must see to, and that may end by itself, to the event log."""
        self._events.warning(message, error=error, **values)

    def _id(self, entry: Entry) -> str:
        return f"{self._run}-{entry.number}"


def _logger(file: LineWriter) -> structlog.typing.FilteringBoundLogger:
    logger: structlog.typing.FilteringBoundLogger = structlog.wrap_logger(
        structlog.WriteLogger(file),  # type: ignore[arg-type]  # needs only write and flush
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(0),
        cache_logger_on_first_use=True,
    )
    return logger
