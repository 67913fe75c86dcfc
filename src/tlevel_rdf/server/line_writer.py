"""A file for lines of text that never keeps the program waiting."""

from __future__ import annotations

import os
import queue
import threading
from typing import TYPE_CHECKING

from tlevel_rdf.limits import LOG_FLUSH_SECONDS, MAX_QUEUED_LOG_LINES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO


class LineWriter:
    """Writes lines to a file in a thread of its own; if the file does not take them, it drops lines and counts them.

    A pipe that nobody reads blocks the thread and nothing else, and a full disk costs lines and nothing else.

    Attributes:
        dropped: the number of lines that were not written.
    """

    def __init__(self, file: TextIO) -> None:
        self.dropped = 0
        self._file = file
        self._lines: queue.SimpleQueue[str | threading.Event] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._has_part_of_a_line = False

    def write(self, line: str) -> int:
        """Queue a line with its end, unless too many wait."""
        if self._lines.qsize() >= MAX_QUEUED_LOG_LINES:
            self.dropped += 1
            return 0
        if self._thread is None:
            # The process may end while the thread waits for a reader.
            self._thread = threading.Thread(target=self._run, name="write-log", daemon=True)
            self._thread.start()
        self._lines.put(line)
        return len(line)

    def flush(self) -> None:
        """Do nothing: the thread writes each line at once."""

    def wait(self) -> None:
        """Wait a moment until the lines so far are written."""
        if self._thread is not None:
            done = threading.Event()
            self._lines.put(done)
            done.wait(LOG_FLUSH_SECONDS)

    def _run(self) -> None:
        while True:
            item = self._lines.get()
            if isinstance(item, threading.Event):
                item.set()
                continue
            try:
                self._write(item)
            except (OSError, ValueError):  # no space, no reader, or a closed file
                self.dropped += 1

    def _write(self, line: str) -> None:
        try:
            descriptor = self._file.fileno()
        except OSError:  # a file in memory
            self._file.write(line)
            return
        # The file object would hold a lock while it waits, which the end of the process needs.
        text = ("\n" * self._has_part_of_a_line + line).encode("utf-8", "backslashreplace")
        for rest in _parts(descriptor, text):
            self._has_part_of_a_line = bool(rest)


def _parts(descriptor: int, text: bytes) -> Iterator[bytes]:
    """Write bytes, and yield what is left after each part that the system takes."""
    while text:
        text = text[os.write(descriptor, text) :]
        yield text
