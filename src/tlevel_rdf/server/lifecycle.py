"""The life of the server: it starts its workers, listens, and stops in order."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import signal
import sys
import threading
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TextIO
from urllib.parse import urlsplit

import uvicorn
import uvloop

from tlevel_rdf.errors import OutputError, SettingError
from tlevel_rdf.limits import CLOSE_SECONDS, SHUTDOWN_SECONDS
from tlevel_rdf.server.access_log import ServerLog
from tlevel_rdf.server.http.asgi import AsgiApp
from tlevel_rdf.server.http.listener import listen
from tlevel_rdf.server.http.protocol import Connection
from tlevel_rdf.server.live_site import LiveSite
from tlevel_rdf.server.metrics import OperationsApp
from tlevel_rdf.server.pool.process import set_policy

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Callable, Iterator

    from tlevel_rdf.web.data.site import Site

#: Host names that stand for every address of the machine.
_WILDCARD_HOSTS: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104 - nothing is bound to it here

_UVICORN_SETTINGS: Final[dict[str, Any]] = {
    "loop": "none",
    "ws": "none",
    "log_config": None,
    "access_log": False,
    "server_header": False,
    "proxy_headers": False,
}


class _UvicornServer(uvicorn.Server):
    """A uvicorn server that reports when it listens and when it begins to stop."""

    def __init__(self, config: uvicorn.Config, on_start: Callable[[], None], on_stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_start, self._on_stop = on_start, on_stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._on_stop()
        # The system would reset connections that nothing has accepted yet.
        pending = [connection for listener in sockets or [] for connection in _accept_all(listener)]
        for server in self.servers:
            server.close()
        protocol = partial(
            self.config.http_protocol_class,
            self.config,
            self.server_state,
            self.lifespan.state,  # type: ignore[call-arg]
        )
        for connection in pending:
            await asyncio.get_running_loop().connect_accepted_socket(protocol, connection)
        await super().shutdown(sockets)


def _accept_all(listener: socket.socket) -> Iterator[socket.socket]:
    """Accept the connections that are waiting."""
    listener.settimeout(0)
    with contextlib.suppress(OSError):
        while True:
            yield listener.accept()[0]


class SiteServer:
    """Serves a site until `stop` or a signal.

    Attributes:
        log: its counters and logs.
        live: the site and its workers; None until the first worker is ready.
        app: the ASGI application; None until then.
    """

    def __init__(self, site: Site, log: ServerLog, newer: Callable[[str], Site | None] | None = None) -> None:
        """Create a server.

        Args:
            site: the first release; its store is on the disk.
            log: its counters and logs.
            newer: returns a newer release than the one of an id, if there is one; runs in a thread.
        """
        self.log = log
        self.live: LiveSite | None = None
        self.app: AsgiApp | None = None
        self._site = site
        self._newer = newer
        self._server: _UvicornServer | None = None
        self._is_stopping = False

    def run(self, listener: socket.socket, operations: socket.socket | None, on_start: Callable[[], None]) -> None:
        """Serve on listening sockets; return when the server has stopped.

        Args:
            listener: for the site.
            operations: for health and metrics.
            on_start: called when the site answers.
        """
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(self._run(listener, operations, on_start))

    def stop(self) -> None:
        """Stop in order; from any thread."""
        self._is_stopping = True
        if self._server is not None:
            self._server.should_exit = True

    async def _run(
        self, listener: socket.socket, operations: socket.socket | None, on_start: Callable[[], None]
    ) -> None:
        live = LiveSite(self._site, self.log, self._newer, _set_own_policy)
        await live.start()
        self.live, self.app = live, AsgiApp(live)
        # The garbage collector need not look at what exists by now.
        gc.collect()
        gc.freeze()
        config = uvicorn.Config(
            self.app,
            # A callable serves uvicorn as well as a class.
            http=partial(  # type: ignore[arg-type]
                Connection,
                max_connections=self._site.settings.connections,
                buffers=self.app.buffers,
                log=self.log,
            ),
            lifespan="off",
            timeout_graceful_shutdown=int(SHUTDOWN_SECONDS) + CLOSE_SECONDS,
            **_UVICORN_SETTINGS,
        )
        self._server = _UvicornServer(config, on_start, lambda: live.kill_after(SHUTDOWN_SECONDS))
        self._server.should_exit = self._is_stopping
        try:
            async with _operations_server(live, operations):
                await self._server.serve(sockets=[listener])
        finally:
            await live.stop()


def _set_own_policy(has_runaways: bool) -> None:  # noqa: FBT001 - a callback
    """Let the server preempt its workers (sched(7)) while there are runaways; in calm, each switch costs throughput."""
    set_policy(0, os.SCHED_OTHER if has_runaways else os.SCHED_BATCH)


@contextlib.asynccontextmanager
async def _operations_server(live: LiveSite, listener: socket.socket | None) -> AsyncIterator[None]:
    """Serve health and metrics meanwhile, if there is a port for them."""
    if listener is None:
        yield
        return
    config = uvicorn.Config(
        OperationsApp(live), lifespan="off", timeout_graceful_shutdown=CLOSE_SECONDS, **_UVICORN_SETTINGS
    )
    server = uvicorn.Server(config)
    # `serve` would take the signals, which are for the other server.
    task = asyncio.create_task(server._serve([listener]))  # noqa: SLF001
    try:
        yield
    finally:
        server.should_exit = True
        await task


def serve(site: Site, on_start: Callable[[str], None], newer: Callable[[str], Site | None] | None = None) -> None:
    """Serve a site until SIGTERM or an interrupt from the keyboard.

    Args:
        site: the first release; its settings give the address and the limits.
        on_start: called with the address of the site when it answers.
        newer: returns a newer release than the one of an id, if there is one.

    Raises:
        AddressError: an address does not belong to this machine, or is in use.
        OutputError: the access log cannot be written.
        WorkersError: no worker can be started.
    """
    settings = site.settings
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(listen(settings.host, settings.port))
        operations = None
        if settings.operations_port is not None:
            operations = stack.enter_context(listen(settings.host, settings.operations_port))
        accesses = stack.enter_context(_open_log(settings.access_log)) if settings.access_log else None
        stack.enter_context(contextlib.suppress(KeyboardInterrupt))
        name = f"[{settings.host}]" if ":" in settings.host else settings.host
        address = f"http://{name}:{listener.getsockname()[1]}/"

        def newer_at_address(than: str) -> Site | None:
            found = newer(than) if newer else None
            return _with_address(found, address) if found else None

        log = ServerLog(sys.stderr, accesses)
        stack.enter_context(_log_faults(log))
        server = SiteServer(_with_address(site, address), log, newer_at_address if newer else None)
        stack.enter_context(_stop_on_sigterm(server))
        server.run(listener, operations, lambda: on_start(address))


def _with_address(site: Site, address: str) -> Site:
    """Return the site with the address on which it listens, unless it has a public one or listens on several."""
    if site.settings.address or urlsplit(address).hostname in _WILDCARD_HOSTS:
        return site
    # The settings take no IPv6 address.
    with contextlib.suppress(SettingError):
        return replace(site, settings=replace(site.settings, address=address))
    return site


@contextlib.contextmanager
def _log_faults(log: ServerLog) -> Iterator[None]:
    """Write uvicorn's errors to the event log."""
    logger = logging.getLogger("uvicorn.error")
    handler = logging.StreamHandler(log.event_lines)
    logger.setLevel(logging.ERROR)
    logger.propagate = False
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = True


@contextlib.contextmanager
def _open_log(name: str) -> Iterator[TextIO]:
    if name == "-":
        yield sys.stderr
        return
    try:
        # Line buffering, for programs that follow the file.
        file = open(name, "a", encoding="utf-8", buffering=1)  # noqa: SIM115, PTH123 - closed below
    except OSError as error:
        raise OutputError(f"{name} cannot be written: {error.strerror}", hint="choose another access_log") from error
    with file:
        yield file


@contextlib.contextmanager
def _stop_on_sigterm(server: SiteServer) -> Iterator[None]:
    """Handle SIGTERM before uvicorn does; uvicorn raises the signal again when it has stopped."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: server.stop())
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
