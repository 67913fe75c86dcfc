"""The process that forks workers: it has imported what they need and opened nothing, so a fork takes milliseconds.

It runs in a session of its own, so that signals to the server do not reach it. When the server has gone, it ends
itself and all workers; if it is killed, the kernel ends them.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import sys

from tlevel_rdf.parent_death import end_with_parent
from tlevel_rdf.server.pool.forkserver import NUMBER
from tlevel_rdf.server.pool.worker import run_worker
from tlevel_rdf.web.html.rendering import load_templates


def _main() -> None:
    """Run the fork server, and in each fork a worker."""
    connection = socket.socket(fileno=int(sys.argv[1]))
    load_templates()
    with connection.makefile("rb", buffering=0) as reader:
        length = reader.read(NUMBER.size)
        if not length:  # the server has ended before it had a site
            return None
        site = reader.read(NUMBER.unpack(length)[0])
    # Forks share this memory until something writes to it, such as the garbage collector.
    gc.freeze()
    # A service manager sends SIGTERM to every process. The server ends its workers itself.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    # The server sees the end of a worker by its connection; here the kernel may forget it at once.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    own = os.getpid()
    while True:
        fds = _receive(connection)
        if not fds:
            os.killpg(0, signal.SIGKILL)
        pid = os.fork()
        if pid == 0:
            end_with_parent(own)
            connection.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            return run_worker(socket.socket(fileno=fds[0]), site)
        os.close(fds[0])
        # If the server has gone, `_receive` sees it.
        with contextlib.suppress(OSError):
            connection.sendall(NUMBER.pack(pid))


def _receive(connection: socket.socket) -> list[int]:
    """Wait for the connection of the next worker; return none if the server has gone."""
    try:
        return socket.recv_fds(connection, 1, 1)[1]
    except OSError:  # the server ended before it read a process id
        return []


if __name__ == "__main__":
    _main()
