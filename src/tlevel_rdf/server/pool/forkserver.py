"""The process that forks workers: it has imported what they need and opened nothing, so a fork takes milliseconds.

Python's own fork server imports the program anew in each process, which takes 230 ms of processor time where a fork
takes 27 (decision 0012). This process runs in a session of its own, so that signals to the server do not reach it. When
the server has gone, it ends itself and all workers; if it is killed, the kernel ends them.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from tlevel_rdf.parent_death import end_with_parent
from tlevel_rdf.server.pool.worker import run_worker

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

_NUMBER: Final = struct.Struct(">Q")


class Forkserver:
    """The fork server of a site. Its process starts with the first worker."""

    def __init__(self, site: Site) -> None:
        self._site = pickle.dumps(site)
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: socket.socket | None = None

    def fork(self) -> tuple[int, socket.socket]:
        """Start a worker.

        Returns:
            Its process id, and the connection to it.

        Raises:
            OSError: the worker cannot be started. The next call starts a new fork server.
        """
        self._close_if_ended()
        connection = self._connection or self._start()
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                return _fork(connection, theirs), ours
        except OSError:
            ours.close()
            self.close()
            raise

    def restart_if_ended(self) -> None:
        """Start a new process if the last one has ended, and its workers with it.

        Raises:
            OSError: it cannot be started now.
        """
        if self._close_if_ended():
            self._start()

    def _close_if_ended(self) -> bool:
        has_ended = self._process is not None and self._process.poll() is not None
        if has_ended:
            self.close()
        return has_ended

    def close(self) -> None:
        """End the process and all its workers."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._process is not None:
            self._process.wait()
            self._process = None

    def _start(self) -> socket.socket:
        self._connection, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", __name__, str(theirs.fileno())]
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command, pass_fds=[theirs.fileno()], start_new_session=True, stdin=subprocess.DEVNULL
            )
        self._connection.sendall(_NUMBER.pack(len(self._site)) + self._site)
        return self._connection


def _fork(connection: socket.socket, theirs: socket.socket) -> int:
    """Have the fork server start a worker with its end of a connection; return its process id."""
    socket.send_fds(connection, [b"f"], [theirs.fileno()])
    number = connection.recv(_NUMBER.size, socket.MSG_WAITALL)
    if len(number) < _NUMBER.size:
        raise ConnectionError("the fork server has ended")
    pid: int = _NUMBER.unpack(number)[0]
    return pid


def _main() -> None:
    """Run the fork server, and in each fork a worker."""
    connection = socket.socket(fileno=int(sys.argv[1]))
    with connection.makefile("rb", buffering=0) as reader:
        site = reader.read(_NUMBER.unpack(reader.read(_NUMBER.size))[0])
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
            connection.sendall(_NUMBER.pack(pid))


def _receive(connection: socket.socket) -> list[int]:
    """Wait for the connection of the next worker; return none if the server has gone."""
    try:
        return socket.recv_fds(connection, 1, 1)[1]
    except OSError:  # the server ended before it read a process id
        return []


if __name__ == "__main__":
    _main()
