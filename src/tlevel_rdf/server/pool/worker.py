"""A worker process: makes representations, one after another, until it is ended from outside.

Whatever goes wrong in the engine, an endless query, a stack that overflows, memory without end, goes wrong in here and
costs one request.
"""

from __future__ import annotations

import contextlib
import os
import resource
import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from tlevel_rdf.errors import TlevelError
from tlevel_rdf.server.pool.messages import HEAD, Answer, framed, packed, request_of
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.http.problems import problem_from_error
from tlevel_rdf.web.router import complete_response, problem_response

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from types import TracebackType

    from tlevel_rdf.web.data.site import Site

#: What a worker says when it can be asked.
READY: Final = Answer(204, b"", b"", "", is_lasting=False)
#: Answered before the first request, so that this finds all code and the store in memory.
_WARM_UP: Final = Request("GET", "/sparql", "query=SELECT%20%2A%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%201")


def work(line: socket.socket, site: Site) -> None:
    """Answer requests until the line is closed; the target of a process.

    Args:
        line: to the server.
        site: what is served; its settings give the limits.
    """
    _limit(site.settings.memory)
    complete_response(site, _WARM_UP)
    line.sendall(framed(packed(READY.response())))
    # The line is closed in an orderly way, or its other end is gone.
    with contextlib.suppress(ConnectionError), line.makefile("rb") as reader:
        while head := reader.read(HEAD.size):
            request = request_of(reader.read(HEAD.unpack(head)[0]))
            sys.excepthook = partial(_end_with, partial(_tell_fault, line, site, request))
            line.sendall(framed(packed(complete_response(site, request))))


def _end_with(
    last_words: Callable[[], None], kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """After a fault of ours: the trace is for the log, and the client gets a 500 without it."""
    sys.__excepthook__(kind, error, trace)
    # Without memory there are no words; the server sees that the process has ended.
    if kind is not MemoryError:
        last_words()


def _tell_fault(line: socket.socket, site: Site, request: Request) -> None:
    line.sendall(framed(packed(problem_response(site, request, problem_from_error(TlevelError(""))))))


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # One line of the engine's last words is enough.
    os.environ["RUST_BACKTRACE"] = "0"
