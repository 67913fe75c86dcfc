"""The site as an ASGI application, for any ASGI server, for another application that mounts it, and for tests."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from tlevel_rdf.dataset.opening import Dataset
from tlevel_rdf.errors import TlevelError
from tlevel_rdf.server.access_log import ServerLog
from tlevel_rdf.server.http.asgi import AsgiApp
from tlevel_rdf.server.live_site import LiveSite, open_site
from tlevel_rdf.settings import read_settings
from tlevel_rdf.web.data.site import site_of

if TYPE_CHECKING:
    import os
    from collections.abc import Awaitable, Callable

    from starlette.types import Receive, Scope, Send

    from tlevel_rdf.settings import Settings
    from tlevel_rdf.web.data.site import Site

T = TypeVar("T")


def create_app(path_or_data: str | os.PathLike[str] | Dataset, settings: Settings | None = None) -> SiteApp:
    """Return an ASGI application that serves a site with its pages, its API and SPARQL.

    It runs its own worker processes. They start with the server, and end with it (the lifespan events of ASGI). Without
    such events, as in an application that is mounted in another, they start at the first request, and end with the
    process.

    Args:
        path_or_data: what `tlevel-rdf serve` takes, such as a folder of releases, an RDF file, a YAML file or the URL
            of a SPARQL endpoint; or the result of `tlevel_rdf.open`. It takes up a newer release in a folder of
            releases or in an engine.
        settings: default: from the environment and `tlevel-rdf.toml`.

    Raises:
        TlevelError: the data or the settings cannot be used.
    """
    settings = settings or read_settings()
    if isinstance(path_or_data, Dataset):
        return SiteApp(site_of(path_or_data.with_counts(), settings))
    place = path_or_data if isinstance(path_or_data, str) else Path(path_or_data)
    return SiteApp(*open_site([place], settings))


class _Running(NamedTuple):
    """A site that has started, and the event loop that its parts belong to."""

    loop: asyncio.AbstractEventLoop
    live: LiveSite
    app: AsgiApp


class SiteApp:
    """An ASGI application that serves a site; see `create_app`."""

    def __init__(self, site: Site, newer: Callable[[str], Site | None] | None = None) -> None:
        self._site = site
        self._newer = newer
        self._lock = threading.Lock()
        self._running: _Running | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or handle the lifespan events (ASGI 3)."""
        if scope["type"] == "lifespan":
            await self._handle_lifespan(receive, send)
            return
        if scope["type"] != "http":
            raise ValueError(f"the site answers HTTP only, and this connection is of type {scope['type']}")
        running = self._running
        if running is None:
            running = await asyncio.to_thread(self._start_in_thread)
        loop = asyncio.get_running_loop()
        if running.loop is not loop:
            receive, send = _call_in(loop, receive), _call_in(loop, send)
            await _call_in(running.loop, running.app)(scope, receive, send)
        else:
            await running.app(scope, receive, send)

    async def _handle_lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            running = self._running = await self._start()
        except TlevelError as error:
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            raise
        try:
            await send({"type": "lifespan.startup.complete"})
            await receive()
        finally:
            self._running = None
            await running.live.stop()
        await send({"type": "lifespan.shutdown.complete"})

    def _start_in_thread(self) -> _Running:
        """Start once, in a thread with an event loop of its own: the loop of a request may end before the next one."""
        with self._lock:
            if self._running is not None:
                return self._running
            loop = asyncio.new_event_loop()
            threading.Thread(target=_run, args=(loop,), name="tlevel-rdf", daemon=True).start()
            try:
                running = self._running = asyncio.run_coroutine_threadsafe(self._start(), loop).result()
            except BaseException:
                loop.call_soon_threadsafe(loop.stop)
                raise
            return running

    async def _start(self) -> _Running:
        live = LiveSite(self._site, ServerLog(), self._newer)
        await live.start()
        return _Running(asyncio.get_running_loop(), live, AsgiApp(live))


def _run(loop: asyncio.AbstractEventLoop) -> None:
    loop.run_forever()
    loop.close()


def _call_in(loop: asyncio.AbstractEventLoop, function: Callable[..., Awaitable[T]]) -> Callable[..., Awaitable[T]]:
    """Return a function that awaits another one in an event loop of another thread."""

    async def run(*arguments: Any) -> T:
        return await function(*arguments)

    def call(*arguments: Any) -> Awaitable[T]:
        return asyncio.wrap_future(asyncio.run_coroutine_threadsafe(run(*arguments), loop))

    return call
