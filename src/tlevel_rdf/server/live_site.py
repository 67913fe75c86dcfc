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
        is_stopping: True once it has been told to stop.
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
        self._watching: asyncio.Task[None] | None = None
        #: The backends of older releases that still answer requests.
        self._draining: dict[asyncio.Task[None], Backend] = {}

    @property
    def is_ready(self) -> bool:
        """True if the site answers requests."""
        return not self.is_stopping and self.backend.scheduler.size > 0

    async def start(self) -> None:
        """Start the workers, and the watch for newer releases.

        Raises:
            WorkersError: no worker can be started.
        """
        await self.backend.start()
        if self._newer is not None:
            self._watching = asyncio.create_task(self._watch(self._newer))

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

    def _schedulers(self) -> list[Scheduler]:
        return [backend.scheduler for backend in (self.backend, *self._draining.values())]

    async def _watch(self, newer: Callable[[str], Site | None]) -> None:
        """Look for a newer release every second, and serve it once it has a worker."""
        error_message = ""
        while not self.is_stopping:
            await asyncio.sleep(RELEASE_CHECK_SECONDS)
            old = self.backend
            try:
                site = await asyncio.to_thread(newer, old.site.release)
                if site is None or self.is_stopping:
                    continue
                backend = Backend(site, self._on_runaways)
                await backend.start()
            except (TlevelError, OSError) as error:
                if error_message != str(error):
                    error_message = str(error)
                    self.log.event("a newer release cannot be taken up", error=error_message)
                continue
            self.backend = backend
            error_message = ""
            self.log.event("a newer release is served", release=site.release)
            task = asyncio.create_task(old.drain())
            self._draining[task] = old
            task.add_done_callback(self._draining.pop)
