"""A site while it is served: the backend for new requests, and those of older releases until they have finished."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tlevel_rdf.dataset.engines import engine_url, holds_another_release
from tlevel_rdf.dataset.opening import newer_release, open_dataset
from tlevel_rdf.errors import EngineError, ReleaseError, TlevelError
from tlevel_rdf.limits import RELEASE_CHECK_SECONDS
from tlevel_rdf.release.release import CURRENT
from tlevel_rdf.server.backend import Backend
from tlevel_rdf.web.data.site import site_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tlevel_rdf.dataset.engines import Place
    from tlevel_rdf.server.access_log import ServerLog
    from tlevel_rdf.settings import Settings
    from tlevel_rdf.web.data.site import Site


def open_site(places: Sequence[Place], settings: Settings) -> tuple[Site, Callable[[str], Site | None] | None]:
    """Open data for a server.

    Args:
        places: a release, a folder of releases, RDF files, YAML files or a SPARQL endpoint; none: the project's data.
        settings: of the server.

    Returns:
        The site, and a function that returns a newer release than the one of an id, if there is one; None if the data
        does not change.

    Raises:
        TlevelError: the data cannot be opened.
    """
    site = site_of(open_dataset(places, settings).with_counts(), settings)
    if url := engine_url(places):

        def other_site(than: str) -> Site | None:
            if not holds_another_release(url, than):
                return None
            return site_of(open_dataset(places, settings).with_counts(), settings)

        return site, None if site.date is None else other_site
    paths = [Path(place) for place in places]
    if len(paths) != 1 or not (paths[0] / CURRENT).is_symlink():
        # The data of the last run may have been newer, and a client may ask for what has changed since.
        site = replace(site, modified=dt.datetime.now(tz=dt.UTC).replace(microsecond=0))
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
        self.backend = Backend(site, log, on_runaways)
        self.is_stopping = False
        self._newer = newer
        self._on_runaways = on_runaways
        self._is_release_missing = False
        self._checking: asyncio.Task[str] | None = None
        #: A newer release that is damaged.
        self._newest: Backend | None = None
        self._watching: asyncio.Task[None] | None = None
        #: The backends of older releases that still answer requests.
        self._draining: dict[asyncio.Task[None], Backend] = {}

    @property
    def is_ready(self) -> bool:
        """True if the site answers requests from a checked release, and can replace its workers."""
        return not self.is_stopping and self.backend.check.is_done and not self._error()

    def _error(self) -> str:
        """Return the reason why the site is not ready; empty if it is."""
        scheduler = self.backend.scheduler
        if self._is_release_missing:
            return "the release is missing"
        if self.backend.check.damage:
            return "the release is damaged"
        return scheduler.start_error or ("" if scheduler.size else "there is no worker")

    async def start(self) -> None:
        """Start the workers, the check of the release and the watch over it; return when the first worker is ready.

        Raises:
            WorkersError: no worker can be started.
        """
        self._checking = asyncio.create_task(self.backend.check.run())
        try:
            await self.backend.start()
        except BaseException:
            self.backend.check.stop()
            raise
        self._watching = asyncio.create_task(self._watch())

    def kill_after(self, seconds: float) -> None:
        """Kill the workers after some seconds; the requests that are left then are answered with 503."""
        self.is_stopping = True
        loop = asyncio.get_running_loop()
        for backend in self._backends():
            backend.check.stop()
            loop.call_later(seconds, backend.scheduler.kill)

    async def stop(self) -> None:
        """End all workers, and wait until they have ended."""
        self.is_stopping = True
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.wait([self._watching])
        for backend in self._backends():
            backend.check.stop()
        if self._checking is not None:
            await self._checking
        await asyncio.gather(*(backend.close() for backend in self._backends()))
        await asyncio.to_thread(self.log.wait)

    def _backends(self) -> list[Backend]:
        return [self.backend, *self._draining.values()]

    async def _watch(self) -> None:
        """Look every second for a newer release, and for whether the site is ready."""
        errors = _Errors(self.log)
        while not self.is_stopping:
            await asyncio.sleep(RELEASE_CHECK_SECONDS)
            try:
                await self._check_release()
                errors.report("a newer release cannot be taken up", "")
                errors.report("the engine cannot be asked", "", end="the engine answers again")
            except RuntimeError:
                # The interpreter shuts down, and its threads with it.
                return
            except EngineError as error:
                errors.report("the engine cannot be asked", str(error))
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
        old.forget_other_releases()
        site = await asyncio.to_thread(self._newer, old.site.release) if self._newer is not None else None
        if self.is_stopping:
            return
        if site is not None:
            backend = await self._checked(_after(site, old.site))
            event = "a newer release is served"
        elif old.check.damage and old.check.is_due:
            # It may have been repaired. Its workers may still have the damaged files open.
            old.check.postpone()
            backend = Backend(_after(old.site, old.site), self.log, self._on_runaways)
            if await backend.check.run():
                return
            event = "the release is served again"
        else:
            return
        await backend.start()
        self.backend = backend
        self.log.event(event, release=backend.site.release)
        task = asyncio.create_task(old.drain())
        self._draining[task] = old
        task.add_done_callback(self._draining.pop)

    async def _checked(self, site: Site) -> Backend:
        """Return the backend of a newer release, with its files compared at most once a minute.

        Raises:
            ReleaseError: the release is damaged.
        """
        if self._newest is None or self._newest.site.release != site.release or self._newest.check.is_due:
            self._newest = Backend(site, self.log, self._on_runaways)
        newest = self._newest
        if damage := await newest.check.run():
            raise ReleaseError(f"{site.release} is damaged: {damage}", hint="build it again")
        self._newest = None
        return newest


def _after(site: Site, old: Site) -> Site:
    """Return a site that is modified after the one that it replaces, also when an older release comes back."""
    if site.modified is None or old.modified is None or site.modified > old.modified:
        return site
    return replace(site, modified=old.modified + dt.timedelta(seconds=1))


class _Errors:
    """Writes each error to the event log once, as long as it stays the same, and the end of some."""

    def __init__(self, log: ServerLog) -> None:
        self._log = log
        self._messages: dict[str, str] = {}

    def report(self, event: str, message: str, end: str = "") -> None:
        if message and message != self._messages.get(event):
            self._log.error(event, message)
        elif end and not message and self._messages.get(event):
            self._log.event(end)
        self._messages[event] = message


def _has_files(site: Site) -> bool:
    """Return True if a release has all its files; other data needs none once it is loaded."""
    return site.date is None or all(file.is_file() for file in site.files.values())
