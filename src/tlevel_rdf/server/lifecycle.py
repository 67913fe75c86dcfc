"""The life of the server: it opens its workers, listens, takes up newer releases, and ends in order."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TextIO
from urllib.parse import urlsplit

import uvicorn
import uvloop

from tlevel_rdf.errors import OutputError, SettingError, TlevelError
from tlevel_rdf.server.access_log import Journal
from tlevel_rdf.server.http.asgi import Served, Shell
from tlevel_rdf.server.http.listener import bound
from tlevel_rdf.server.http.protocol import Connection
from tlevel_rdf.server.metrics import Operations

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Callable, Iterator

    from tlevel_rdf.server.pool.scheduler import Lanes
    from tlevel_rdf.web.data.site import Site

#: How long requests that are under way may take when the server is told to end; then they are told so.
_SECONDS_TO_END: Final = 3.0
#: How long those that have been told may take to send it.
_SECONDS_TO_CLOSE: Final = 1
_SECONDS_BETWEEN_LOOKS: Final = 1.0
#: What stands for every address of a machine, and is none itself.
_EVERYWHERE: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104 - nothing is bound to it here


class _Listener(uvicorn.Server):
    """A server of the operating system's signals and sockets, that says when it listens and before it ends."""

    def __init__(self, config: uvicorn.Config, begun: Callable[[], None], ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._begun, self._ending = begun, ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._begun()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._ending()
        # Who has connected, and was not taken in yet, would be reset.
        late = [connection for listener in sockets or [] for connection in _waiting_at(listener)]
        for server in self.servers:
            server.close()
        for connection in late:
            await asyncio.get_running_loop().connect_accepted_socket(self._protocol, connection)
        await super().shutdown(sockets)

    def _protocol(self) -> Connection:
        return Connection(self.config, self.server_state, self.lifespan.state)


def _waiting_at(listener: socket.socket) -> Iterator[socket.socket]:
    """The connections that nobody has accepted yet."""
    listener.settimeout(0)
    with contextlib.suppress(OSError):
        while True:
            yield listener.accept()[0]


class SiteServer:
    """Serves a site until it is told to stop.

    Attributes:
        journal: what it counts and writes.
        shell: what answers; None until the first workers are ready.
    """

    def __init__(self, site: Site, journal: Journal, newer: Callable[[str], Site | None] | None = None) -> None:
        """Make a server.

        Args:
            site: what is served first; its store is on the disk.
            journal: where it writes what happens.
            newer: gives a newer release than the one of an id, if there is one; it is called in a thread.
        """
        self.journal = journal
        self.shell: Shell | None = None
        self._site = site
        self._newer = newer
        self._listener: _Listener | None = None
        self._is_told_to_stop = False
        #: Of the releases that were served before, and still answer.
        self._retiring: dict[asyncio.Task[None], Lanes] = {}

    def run(self, listener: socket.socket, operations: socket.socket | None, announce: Callable[[], None]) -> None:
        """Serve on sockets that listen; returns when the server has ended.

        Args:
            listener: for the site.
            operations: for whoever runs it.
            announce: is called when the site can be asked.
        """
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(self._run(listener, operations, announce))

    def stop(self) -> None:
        """End in order; from any thread."""
        self._is_told_to_stop = True
        if self._listener is not None:
            self._listener.should_exit = True

    async def _run(
        self, listener: socket.socket, operations: socket.socket | None, announce: Callable[[], None]
    ) -> None:
        shell = self.shell = Shell(await Served.open(self._site), self.journal)
        # What is there now stays: the collector of garbage need not look at it again.
        gc.collect()
        gc.freeze()
        loop = asyncio.get_running_loop()

        def end() -> None:
            shell.is_ending = True
            for lanes in (shell.served.lanes, *self._retiring.values()):
                loop.call_later(_SECONDS_TO_END, lanes.end)

        config = uvicorn.Config(
            shell,
            http=Connection,
            loop="none",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=int(_SECONDS_TO_END) + _SECONDS_TO_CLOSE,
        )
        self._listener = _Listener(config, announce, end)
        self._listener.should_exit = self._is_told_to_stop
        beside = [asyncio.create_task(self._take_up(shell))] if self._newer else []
        try:
            async with _operated(shell, self.journal, operations):
                await self._listener.serve(sockets=[listener])
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*(lanes.close() for lanes in (shell.served.lanes, *self._retiring.values())))

    async def _take_up(self, shell: Shell) -> None:
        """Look for a newer release again and again, and answer new requests from it once its workers are ready."""
        told = ""
        while self._newer is not None and not shell.is_ending:
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
            old = shell.served
            try:
                site = await asyncio.to_thread(self._newer, old.site.release)
                if site is None or shell.is_ending:
                    continue
                shell.served = await Served.open(site)
            except (TlevelError, OSError) as error:
                if told != str(error):
                    told = str(error)
                    self.journal.tell("a newer release cannot be taken up", error=told)
                continue
            told = ""
            self.journal.tell("a newer release is served", release=site.release)
            task = asyncio.create_task(old.lanes.retire())
            self._retiring[task] = old.lanes
            task.add_done_callback(self._retiring.pop)


@contextlib.asynccontextmanager
async def _operated(shell: Shell, journal: Journal, listener: socket.socket | None) -> AsyncIterator[None]:
    """Answers on the port of operations meanwhile, if there is one."""
    if listener is None:
        yield
        return
    config = uvicorn.Config(
        Operations(shell, journal),
        loop="none",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_SECONDS_TO_CLOSE,
    )
    server = uvicorn.Server(config)
    # Signals are the other server's, and serve() would take them.
    task = asyncio.create_task(server._serve([listener]))  # noqa: SLF001
    try:
        yield
    finally:
        server.should_exit = True
        await task


def serve(site: Site, announce: Callable[[str], None], newer: Callable[[str], Site | None] | None = None) -> None:
    """Serve a site until the process is told to end, by SIGTERM or by the keyboard.

    Args:
        site: what is served; its settings say where and within which limits.
        announce: is called with the address of the site when it can be asked.
        newer: gives a newer release than the one of an id, if there is one.

    Raises:
        AddressError: an address is not this machine's, or something else listens there.
        OutputError: the access log cannot be written.
    """
    settings = site.settings
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(bound(settings.host, settings.port))
        operations = None
        if settings.operations_port is not None:
            operations = stack.enter_context(bound(settings.host, settings.operations_port))
        accesses = stack.enter_context(_opened_log(settings.access_log)) if settings.access_log else None
        stack.enter_context(contextlib.suppress(KeyboardInterrupt))
        name = f"[{settings.host}]" if ":" in settings.host else settings.host
        address = f"http://{name}:{listener.getsockname()[1]}/"

        def newer_here(than: str) -> Site | None:
            found = newer(than) if newer else None
            return _at(found, address) if found else None

        journal = Journal(sys.stderr, accesses)
        server = SiteServer(_at(site, address), journal, newer_here if newer else None)
        stack.enter_context(_ends_quietly(server))
        server.run(listener, operations, lambda: announce(address))


def _at(site: Site, address: str) -> Site:
    """A site that knows where it is reached: at its public address, else where it listens, if that is one address."""
    if site.settings.address or urlsplit(address).hostname in _EVERYWHERE:
        return site
    # An address of IPv6 cannot be said as an IRI of the settings.
    with contextlib.suppress(SettingError):
        return replace(site, settings=replace(site.settings, address=address))
    return site


@contextlib.contextmanager
def _opened_log(name: str) -> Iterator[TextIO]:
    if name == "-":
        yield sys.stderr
        return
    try:
        # A line is written as it comes, so that whoever follows the file sees it.
        file = open(name, "a", encoding="utf-8", buffering=1)  # noqa: SIM115, PTH123 - closed below
    except OSError as error:
        raise OutputError(f"{name} cannot be written: {error.strerror}", hint="give another access_log") from error
    with file:
        yield file


@contextlib.contextmanager
def _ends_quietly(server: SiteServer) -> Iterator[None]:
    """Before it listens, a signal must reach the server as well; when it has ended, it raises that signal again."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: server.stop())
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
