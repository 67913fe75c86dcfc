"""The process that workers are forks of: it has loaded what they need and opened nothing, so a fork takes milliseconds.

Python's own fork server imports the program anew in every process that it makes, which took 230 ms of processor time
where this takes 15. It runs in a session of its own, which signals to the server do not reach, and when the server
is gone, however it went, it ends itself and all workers with it.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from tlevel_rdf.server.pool.worker import work

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

_NUMBER: Final = struct.Struct(">Q")


class Nursery:
    """The process, as the server sees it. It is started when the first worker is."""

    def __init__(self, site: Site) -> None:
        self._site = pickle.dumps(site)
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None

    def fork(self) -> tuple[int, socket.socket]:
        """Make a worker.

        Returns:
            The number of its process, and the line to it.

        Raises:
            OSError: it cannot be made; the next attempt begins anew.
        """
        if self._line is None:
            self._start()
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                return self._forked(theirs), ours
        except OSError:
            ours.close()
            self.close()
            raise

    def close(self) -> None:
        """End the process and all its workers."""
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._process is not None:
            self._process.wait()
            self._process = None

    def _start(self) -> None:
        self._line, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", __name__, str(theirs.fileno())]
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command, pass_fds=[theirs.fileno()], start_new_session=True, stdin=subprocess.DEVNULL
            )
        self._line.sendall(_NUMBER.pack(len(self._site)) + self._site)

    def _forked(self, theirs: socket.socket) -> int:
        assert self._line is not None  # noqa: S101 - `fork` has made it
        socket.send_fds(self._line, [b"f"], [theirs.fileno()])
        number = self._line.recv(_NUMBER.size, socket.MSG_WAITALL)
        if len(number) < _NUMBER.size:
            raise ConnectionError("the process that makes workers has ended")
        pid: int = _NUMBER.unpack(number)[0]
        return pid


def _main() -> None:
    """The life of the process, and of each of its forks."""
    line = socket.socket(fileno=int(sys.argv[1]))
    with line.makefile("rb", buffering=0) as reader:
        site = reader.read(_NUMBER.unpack(reader.read(_NUMBER.size))[0])
    # What is there now stays, and is shared as long as nobody, the collector of garbage above all, touches it.
    gc.freeze()
    # A service manager's stop reaches every process; it is for the server, which ends its workers itself.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    # The ends of workers are seen by the server, which holds the other ends of their lines.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        _, fds, _, _ = socket.recv_fds(line, 1, 1)
        if not fds:
            os.killpg(0, signal.SIGKILL)
        pid = os.fork()
        if pid == 0:
            line.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            return work(socket.socket(fileno=fds[0]), pickle.loads(site))  # noqa: S301 - from the server
        os.close(fds[0])
        line.sendall(_NUMBER.pack(pid))


if __name__ == "__main__":
    _main()
