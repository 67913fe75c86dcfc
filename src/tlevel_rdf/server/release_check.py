"""The check of a release that is served: its files are compared with its checksums, beside the server's work."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING, Final

from tlevel_rdf.errors import ReleaseError
from tlevel_rdf.limits import RELEASE_RECHECK_SECONDS
from tlevel_rdf.release.checksums import Comparison, compare_until
from tlevel_rdf.release.release import MANIFEST, SUMS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tlevel_rdf.server.access_log import ServerLog
    from tlevel_rdf.web.data.site import Site

#: Files that a message names.
_MAX_NAMED: Final = 3


class ReleaseCheck:
    """Compares the files of a release with its checksums: at its start, and again when a worker has failed.

    RDF and YAML files have no checksums; their check finds nothing.

    Attributes:
        is_done: True after the first comparison.
        damage: the files that differ; empty if none does.
    """

    def __init__(self, site: Site, log: ServerLog) -> None:
        """Prepare the check of a site, for which its setting `check_seconds` is the time; 0 checks nothing."""
        self._release, self._log = site.release, log
        self._seconds = site.settings.check_seconds
        has_sums = self._seconds > 0 and site.files.keys() >= {MANIFEST, SUMS}
        self._folder: Path | None = site.files[SUMS].parent if has_sums else None
        self.is_done = self._folder is None
        self.damage = ""
        self._is_stopping = threading.Event()
        self._running: asyncio.Task[None] | None = None
        self._next = 0.0

    @property
    def is_due(self) -> bool:
        """True if the last comparison was a minute ago."""
        return time.monotonic() >= self._next

    async def run(self) -> str:
        """Compare the files, unless that was done within the last minute; return the damage."""
        if self._running is None and self._folder is not None and not self.damage and self.is_due:
            self._running = asyncio.create_task(self._run(self._folder))
        if self._running is not None:
            # Another request may wait for the same comparison.
            await asyncio.shield(self._running)
        return self.damage

    def postpone(self) -> None:
        """Have the next comparison wait for a minute."""
        self._next = time.monotonic() + RELEASE_RECHECK_SECONDS

    def stop(self) -> None:
        """End a comparison that is running."""
        self._is_stopping.set()

    async def _run(self, folder: Path) -> None:
        end = time.monotonic() + self._seconds
        result = await asyncio.to_thread(_compare, folder, lambda: self._is_stopping.is_set() or time.monotonic() > end)
        self._running = None
        self.postpone()
        self.is_done = True
        if isinstance(result, str):
            self.damage = result
        elif result.differences:
            named = [f"{one.name}: {one.message}" for one in result.differences[:_MAX_NAMED]]
            more = len(result.differences) - len(named)
            self.damage = " ".join([*named, *([f"{more} more files differ."] if more else [])])
        elif result.unread and not self._is_stopping.is_set():
            event = "the release was not checked whole; verify it with: tlevel-rdf verify"
            self._log.event(event, release=self._release, unread=result.unread, seconds=self._seconds)
        if self.damage:
            self._log.error("the release is damaged", self.damage, release=self._release)


def _compare(folder: Path, is_over: Callable[[], bool]) -> Comparison | str:
    try:
        return compare_until(folder, is_over)
    except ReleaseError as error:
        return error.message
    except OSError as error:
        return str(error)
