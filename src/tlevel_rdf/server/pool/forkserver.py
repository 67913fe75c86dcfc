"""The fork server as the server sees it.

Python's own fork server imports the program anew in each process, which takes 230 ms of processor time where a fork
takes 27 (decision 0012).
"""

from __future__ import annotations

import contextlib
import pickle
import socket
import struct
import subprocess
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.web.data.site import Site

#: A number, as the server and its fork server exchange it.
NUMBER: Final = struct.Struct(">Q")
#: The module that the process runs. It is only named here, because it imports far more than the server needs.
_MODULE: Final = "tlevel_rdf.server.pool.forking"


class _Started(NamedTuple):
    process: subprocess.Popen[bytes]
    connection: socket.socket


#: Processes that no site uses yet.
_waiting: list[_Started] = []


@contextlib.contextmanager
def started_early() -> Iterator[None]:
    """Start the process of the next fork server, which imports its modules while this process does other work.

    At the end, the process ends if no site has taken it.

    Raises:
        OSError: it cannot be started.
    """
    started = _start_process()
    _waiting.append(started)
    try:
        yield
    finally:
        if started in _waiting:
            _waiting.remove(started)
            started.connection.close()
            started.process.wait()


def _start_process() -> _Started:
    connection, theirs = socket.socketpair()
    with theirs:
        # Without -P, a file in the current folder would stand for a module of the same name.
        command = [sys.executable, "-P", "-m", _MODULE, str(theirs.fileno())]
        process = subprocess.Popen(  # noqa: S603 - our own module
            command, pass_fds=[theirs.fileno()], start_new_session=True, stdin=subprocess.DEVNULL
        )
    return _Started(process, connection)


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
        self._process, self._connection = _waiting.pop() if _waiting else _start_process()
        self._connection.sendall(NUMBER.pack(len(self._site)) + self._site)
        return self._connection


def _fork(connection: socket.socket, theirs: socket.socket) -> int:
    """Have the fork server start a worker with its end of a connection; return its process id."""
    socket.send_fds(connection, [b"f"], [theirs.fileno()])
    number = connection.recv(NUMBER.size, socket.MSG_WAITALL)
    if len(number) < NUMBER.size:
        raise ConnectionError("the fork server has ended")
    pid: int = NUMBER.unpack(number)[0]
    return pid
