"""A site while it is served: the backend for new requests, and those of older releases until they have finished."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tlevel_rdf.dataset.opening import newer_release, open_dataset
from tlevel_rdf.errors import TlevelError
from tlevel_rdf.limits import RELEASE_CHECK_SECONDS
from tlevel_rdf.server.backend import Backend
from tlevel_rdf.web.data.site import site_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tlevel_rdf.server.access_log import ServerLog
    from tlevel_rdf.server.pool.scheduler import Scheduler
    from tlevel_rdf.settings import Settings
    from tlevel_rdf.web.data.site import Site


def open_site(paths: Sequence[Path], settings: Settings) -> tuple[Site, Callable[[str], Site | None] | None]:
    """Open data for a server.

    Args:
        paths: a release, a folder of releases, RDF files or YAML files; none: the project's data.
        settings: of the server.

    Returns:
        The site, and a function that returns a newer release than the one of an id, if there is one; None if the data
        does not change.

    Raises:
        TlevelError: the data cannot be opened.
    """
    site = site_of(open_dataset(paths, settings).with_counts(), settings)
    if len(paths) != 1 or not paths[0].is_dir():
        return site, None

    def newer_site(than: str) -> Site | None:
        found = newer_release(paths[0], settings, than)
        return site_of(found.with_counts(), settings) if found else None

    return site, newer_site


class LiveSite:
    """A site while it is served.

    Attributes:
        log: its counters and logs.
        backend: for new requests; another one takes its place when there is a newer release.
        is_stopping: True from the order to stop on.
    """

    def __init__(
        self,
        site: Site,
        log: ServerLog,
        newer: Callable[[str], Site | None] | None = None,
        on_runaways: Callable[[bool], None] | None = None,
    ) -> None:
        """Prepare a site.

        Args:
            site: the first release; its store is on the disk.
            log: its counters and logs.
            newer: returns a newer release than the one of an id, if there is one; runs in a thread.
            on_runaways: see `WorkQueue`.
        """
        self.log = log
        self.backend = Backend(site, on_runaways)
        self.is_stopping = False
        self._newer = newer
        self._on_runaways = on_runaways
        self._is_release_missing = False
        self._watching: asyncio.Task[None] | None = None
        #: The backends of older releases that still answer requests.
        self._draining: dict[asyncio.Task[None], Backend] = {}

    @property
    def is_ready(self) -> bool:
        """True if the site answers requests, and can replace its workers."""
        return not self.is_stopping and not self._error()

    def _error(self) -> str:
        """Return the reason why the site is not ready; empty if it is."""
        scheduler = self.backend.scheduler
        if self._is_release_missing:
            return "the release is missing"
        return scheduler.start_error or ("" if scheduler.size else "there is no worker")

    async def start(self) -> None:
        """Start the workers, and the watch over the release.

        Raises:
            WorkersError: no worker can be started.
        """
        await self.backend.start()
        self._watching = asyncio.create_task(self._watch())

    def kill_after(self, seconds: float) -> None:
        """Kill the workers after some seconds; the requests that are left then are answered with 503."""
        self.is_stopping = True
        loop = asyncio.get_running_loop()
        for scheduler in self._schedulers():
            loop.call_later(seconds, scheduler.kill)

    async def stop(self) -> None:
        """End all workers, and wait until they have ended."""
        self.is_stopping = True
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.wait([self._watching])
        await asyncio.gather(*(scheduler.close() for scheduler in self._schedulers()))
        await asyncio.to_thread(self.log.wait)

    def _schedulers(self) -> list[Scheduler]:
        return [backend.scheduler for backend in (self.backend, *self._draining.values())]

    async def _watch(self) -> None:
        """Look every second for a newer release, and for whether the site is ready."""
        errors = _Errors(self.log)
        while not self.is_stopping:
            await asyncio.sleep(RELEASE_CHECK_SECONDS)
            try:
                await self._check_release()
                errors.report("a newer release cannot be taken up", "")
            except RuntimeError:
                # The interpreter shuts down, and its threads with it.
                return
            except (TlevelError, OSError) as error:
                errors.report("a newer release cannot be taken up", str(error))
            errors.report("the site is not ready", self._error())

    async def _check_release(self) -> None:
        """Serve a newer release, if there is one.

        Raises:
            TlevelError, OSError: it cannot be served.
        """
        old = self.backend
        self._is_release_missing = not await asyncio.to_thread(_has_files, old.site)
        site = await asyncio.to_thread(self._newer, old.site.release) if self._newer is not None else None
        if site is None or self.is_stopping:
            return
        backend = Backend(site, self._on_runaways)
        await backend.start()
        self.backend = backend
        self.log.event("a newer release is served", release=site.release)
        task = asyncio.create_task(old.drain())
        self._draining[task] = old
        task.add_done_callback(self._draining.pop)


class _Errors:
    """Writes each error to the event log once, as long as it stays the same."""

    def __init__(self, log: ServerLog) -> None:
        self._log = log
        self._messages: dict[str, str] = {}

    def report(self, event: str, message: str) -> None:
        if message and message != self._messages.get(event):
            self._log.event(event, error=message)
        self._messages[event] = message


def _has_files(site: Site) -> bool:
    """Return True if a release has all its files; other data needs none once it is loaded."""
    return site.date is None or all(file.is_file() for file in site.files.values())
