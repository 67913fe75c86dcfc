"""A worker process: makes representations, one after another, until it is ended from outside.

Whatever goes wrong in the engine, an endless query, a stack that overflows, memory without end, goes wrong in here and
costs one request.
"""

from __future__ import annotations

import contextlib
import os
import resource
from typing import TYPE_CHECKING, Final

from tlevel_rdf.web.http import Request
from tlevel_rdf.web.routes import representation
from tlevel_rdf.web.wire import HEAD, Answer, framed, packed, request_of

if TYPE_CHECKING:
    import socket

    from tlevel_rdf.web.site import Site

#: What a worker says when it can be asked.
READY: Final = Answer(204, [], b"", "", is_lasting=False)
#: Answered before the first request, so that this finds all code and the store in memory.
_WARM_UP: Final = Request("GET", "/sparql", "query=SELECT%20%2A%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%201")


def work(line: socket.socket, site: Site) -> None:
    """Answer requests until the line is closed; the target of a process.

    Args:
        line: to the server.
        site: what is served; its settings give the limits.
    """
    _limit(site.settings.memory)
    representation(site, _WARM_UP)
    line.sendall(framed(packed(READY.response())))
    # The line is closed in an orderly way, or its other end is gone.
    with contextlib.suppress(ConnectionError), line.makefile("rb") as reader:
        while head := reader.read(HEAD.size):
            request = request_of(reader.read(HEAD.unpack(head)[0]))
            line.sendall(framed(packed(representation(site, request))))


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # One line of the engine's last words is enough.
    os.environ["RUST_BACKTRACE"] = "0"
