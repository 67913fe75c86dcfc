"""One release at work: its site, the workers that answer from it, and the cache of their responses."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.release.kept import hold
from tlevel_rdf.server.pool.process import WorkerLostError
from tlevel_rdf.server.pool.queue import BusyError, DeadlineExceededError, NoWorkersError
from tlevel_rdf.server.pool.scheduler import Scheduler
from tlevel_rdf.server.release_check import ReleaseCheck
from tlevel_rdf.server.response_cache import ResponseCache
from tlevel_rdf.web.http.problems import ProblemError, busy, data_unavailable, timed_out

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from tlevel_rdf.server.access_log import ServerLog
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response

#: Values of Retry-After, in seconds.
RETRY_AFTER: Final = 2
_RETRY_AFTER_TIMEOUT: Final = 30
_DRAIN_CHECK_SECONDS: Final = 0.01


class ClientGoneError(Exception):
    """The client has closed the connection."""


class Backend:
    """A site, the workers that answer from it, and the cache of their responses."""

    def __init__(self, site: Site, log: ServerLog, on_runaways: Callable[[bool], None] | None = None) -> None:
        self.site = site
        self.check = ReleaseCheck(site, log)
        self.scheduler = Scheduler(site, on_runaways)
        self.cache = ResponseCache(site.settings.cache)
        self._in_flight = 0
        #: While this is open, nobody removes the release.
        self._held = hold(site.folder)
        self._folder_time = self._releases_changed()

    async def start(self) -> None:
        """Start the workers.

        Raises:
            WorkersError: none can be started.
        """
        await self.scheduler.start()

    async def respond(self, request: bytes, disconnected: Callable[[], Coroutine[Any, Any, None]]) -> Response:
        """Return the representation that answers a request.

        If a worker fails, the reason may be a damaged release, which is then compared with its checksums.

        Args:
            request: its message.
            disconnected: returns when the client has closed the connection.

        Raises:
            ClientGoneError: it has.
            ProblemError: 503, no worker answered in time, or the release is damaged.
            WorkerLostError: the worker ended before it answered, and the release is not damaged.
        """
        if self.check.damage:
            raise ProblemError(data_unavailable(RETRY_AFTER))
        if (response := self.cache.get(request)) is not None:
            return response
        settings = self.site.settings
        deadline = asyncio.get_running_loop().time() + settings.timeout
        self._in_flight += 1
        try:
            response = await self.scheduler.submit_fast(request, deadline)
            if response is None:
                response = await _unless(disconnected(), self.scheduler.slow.submit(request, deadline))
        except NoWorkersError:
            raise ProblemError(data_unavailable(RETRY_AFTER)) from None
        except BusyError:
            raise ProblemError(busy(RETRY_AFTER)) from None
        except DeadlineExceededError:
            raise ProblemError(timed_out(settings.timeout, _RETRY_AFTER_TIMEOUT)) from None
        except WorkerLostError:
            await self._check()
            raise
        finally:
            self._in_flight -= 1
        if response.status == HTTPStatus.SERVICE_UNAVAILABLE:
            await self._check()
        self.cache.put(request, response)
        return response

    async def _check(self) -> None:
        if not self.scheduler.is_closed and await self.check.run():
            raise ProblemError(data_unavailable(RETRY_AFTER)) from None

    async def drain(self) -> None:
        """Close as soon as no request is being answered."""
        # No request starts here any more, and each ends within its deadline.
        while self._in_flight:  # noqa: ASYNC110 - not urgent
            await asyncio.sleep(_DRAIN_CHECK_SECONDS)
        self.check.stop()
        await self.close()

    async def close(self) -> None:
        """End the workers, and let go of the release."""
        await self.scheduler.close()
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def forget_other_releases(self) -> None:
        """Discard the cached responses if a release beside this one came or went."""
        changed = self._releases_changed()
        if changed != self._folder_time:
            self._folder_time = changed
            self.cache.clear()

    def _releases_changed(self) -> int:
        """Return the time of the last change to the folder of releases; 0 for other data."""
        with suppress(OSError):
            return self.site.folder.parent.stat().st_mtime_ns if self.site.folder else 0
        return 0


async def _unless(disconnected: Coroutine[Any, Any, None], work: Coroutine[Any, Any, Response]) -> Response:
    """Return the result of some work, and give it up if the client closes the connection first."""
    working, watching = asyncio.ensure_future(work), asyncio.ensure_future(disconnected)
    try:
        both: set[asyncio.Future[Any]] = {working, watching}
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientGoneError
        return working.result()
    finally:
        watching.cancel()
        working.cancel()
