"""A worker process: answers one request after another until the server ends it.

An endless query, a stack overflow or a lack of memory in the query engine happens here, and costs one request.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import resource
import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from tlevel_rdf.errors import TlevelError
from tlevel_rdf.server.pool.messages import LENGTH, READY, frame, pack_response, unpack_request
from tlevel_rdf.web.http.messages import Request, Response
from tlevel_rdf.web.http.problems import problem_from_error
from tlevel_rdf.web.router import complete_response, problem_response

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from types import TracebackType

    from tlevel_rdf.web.data.site import Site

#: Answered before READY, so that the first request finds the code and the store in memory.
_WARM_UP: Final = Request("GET", "/sparql", "query=SELECT%20%2A%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%201")


def run_worker(connection: socket.socket, pickled_site: bytes) -> None:
    """Answer requests until the connection is closed.

    Args:
        connection: to the server.
        pickled_site: the data to answer from, with its limits.
    """
    try:
        # This opens the store.
        site: Site = pickle.loads(pickled_site)  # noqa: S301 - from the server
    except TlevelError as error:
        connection.sendall(frame(pack_response(Response(500, (), error.message.encode()))))
        return
    _limit(site.settings.memory)
    complete_response(site, _WARM_UP)
    connection.sendall(frame(pack_response(Response(READY))))
    # The server has closed the connection, or has gone.
    with contextlib.suppress(ConnectionError), connection.makefile("rb") as reader:
        while length := reader.read(LENGTH.size):
            request = unpack_request(reader.read(LENGTH.unpack(length)[0]))
            sys.excepthook = partial(_exit, partial(_report_fault, connection, site, request))
            connection.sendall(frame(pack_response(complete_response(site, request))))


def _exit(
    report: Callable[[], None], kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """End after a fault of this program: the traceback goes to the log, and the client gets a 500 without it."""
    sys.__excepthook__(kind, error, trace)
    # Without memory no report can be made; the server sees that the process has ended.
    if kind is not MemoryError:
        report()


def _report_fault(connection: socket.socket, site: Site, request: Request) -> None:
    connection.sendall(frame(pack_response(problem_response(site, request, problem_from_error(TlevelError(""))))))


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The engine then writes one line when it fails.
    os.environ["RUST_BACKTRACE"] = "0"
