"""The ASGI shell: reads a request from the wire, has it answered in a thread, writes the response. Nothing else."""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import anyio
import uvicorn
from anyio.to_thread import run_sync
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.responses import Response as AsgiResponse

from tlevel_rdf.errors import AddressError, TlevelError
from tlevel_rdf.settings import MAX_BODY_BYTES
from tlevel_rdf.web.http import Request, Response
from tlevel_rdf.web.problems import problem_of, too_large
from tlevel_rdf.web.routes import problem_response, respond

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.requests import Request as AsgiRequest
    from starlette.types import ASGIApp, Receive, Scope, Send

    from tlevel_rdf.web.site import Site

_CHUNK: Final = 256 * 1024
#: How long requests that are under way may take when the server is told to end.
_SECONDS_TO_END: Final = 10


class _Shell:
    def __init__(self, site: Site) -> None:
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        request = _request(scope)
        body = await _body(request, receive)
        if body is None:
            problem = too_large(f"A body has {MAX_BODY_BYTES:,} bytes at most.")
            response = problem_response(self.site, request, problem).with_headers(("connection", "close"))
        else:
            request = Request(request.method, request.path, request.query, request.headers, body)
            # Query and serialising happen inside one call: the engine's results must not change threads.
            response = await run_sync(respond, self.site, request)
        await _send(response, send)


def application(site: Site) -> ASGIApp:
    """The site as an ASGI application."""

    def fault(_request: AsgiRequest, _error: Exception) -> AsgiResponse:
        # Only a fault of ours comes here. It is logged with its trace, and told without one.
        request = Request("GET", "/")
        told = problem_response(site, request, problem_of(TlevelError("")))
        return AsgiResponse(told.content, told.status, dict(told.headers))

    return ServerErrorMiddleware(_Shell(site), handler=fault)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def _request(scope: Scope) -> Request:
    path = scope.get("raw_path") or scope["path"].encode()
    target = path.decode("latin-1")
    if not target.startswith(("/", "*")):
        # An absolute target (RFC 9112, section 3.2.2).
        target = urlsplit(target).path or "/"
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"])
    made = Request.of(target, method=scope["method"])
    return Request(made.method, made.path, scope["query_string"].decode("latin-1"), headers)


async def _body(request: Request, receive: Receive) -> bytes | None:
    """The body, or None as soon as it is longer than what is read."""
    stated = request.header("content-length") or ""
    if stated.isdigit() and int(stated) > MAX_BODY_BYTES:
        return None
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MAX_BODY_BYTES:
            return None
        if not message.get("more_body", False):
            return bytes(body)


async def _send(response: Response, send: Send) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    if isinstance(response.body, Path):
        async with await anyio.open_file(response.body, "rb") as file:
            while chunk := await file.read(_CHUNK):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.body", "body": response.body})


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Args:
        host: a name or an address.
        port: 0 for any that is free.

    Raises:
        AddressError: the address is not this machine's, or something else listens there.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise _cannot_listen(host, port, error) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise _cannot_listen(host, port, error) from error
    return listener


def _cannot_listen(host: str, port: int, error: Exception) -> AddressError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return AddressError(
        f"cannot listen on {host} port {port}: {reason}",
        hint="choose another with --port, or 0 for any that is free",
    )


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._announce()


def server(site: Site, announce: Callable[[], None]) -> uvicorn.Server:
    """A server of the site, to be run with sockets of the caller's own."""
    config = uvicorn.Config(
        application(site),
        http="h11",
        ws="none",
        # Long queries come in the target of a GET, and are then refused with a reason.
        h11_max_incomplete_event_size=MAX_BODY_BYTES,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_SECONDS_TO_END,
    )
    return _Server(config, announce)


def serve(site: Site, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve the site until the process is told to end, by SIGTERM or by the keyboard.

    Args:
        site: what is served.
        host: to listen on.
        port: to listen on; 0 for any that is free.
        announce: is called with the address of the site when it can be asked.

    Raises:
        AddressError: the address is not this machine's, or something else listens there.
    """
    with bound(host, port) as listener:
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{listener.getsockname()[1]}/"
        with _ends_quietly(), contextlib.suppress(KeyboardInterrupt):
            server(site, lambda: announce(address)).run(sockets=[listener])


@contextlib.contextmanager
def _ends_quietly() -> Iterator[None]:
    """When it has ended, the server raises again the signal that ended it, which would kill the process."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
