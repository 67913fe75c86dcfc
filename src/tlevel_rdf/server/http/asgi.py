"""The ASGI application: reads a request, has the backend answer it, and sends the response."""

from __future__ import annotations

import asyncio
import contextlib
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote, urlsplit

import anyio

from tlevel_rdf.limits import CHUNK_BYTES, DISCARD_BODY_SECONDS
from tlevel_rdf.server.backend import RETRY_AFTER, ClientGoneError
from tlevel_rdf.server.http.buffers import Buffers
from tlevel_rdf.server.http.framing import content_length
from tlevel_rdf.server.pool.messages import pack_request, unpack_request
from tlevel_rdf.server.pool.process import WorkerLostError
from tlevel_rdf.web.http.conditional_requests import evaluate_preconditions
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.http.problems import (
    ProblemError,
    busy,
    content_too_large,
    data_unavailable,
    shutting_down,
    worker_lost,
)
from tlevel_rdf.web.router import problem_response

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from tlevel_rdf.server.access_log import Entry
    from tlevel_rdf.server.live_site import LiveSite
    from tlevel_rdf.settings import Settings
    from tlevel_rdf.web.http.messages import Response
    from tlevel_rdf.web.http.problems import Problem

#: An ASGI extension that our own protocol offers in the scope. The message `http.response.start` then has, in place of
#: `headers`, this key with the header lines as bytes, and `length`, the number of bytes of the body.
HEAD_EXTENSION: Final = "tlevel_rdf.head"
#: The headers that select a representation, and those that describe the body of a request.
_SELECTING: Final = frozenset((b"accept", b"accept-datetime", b"accept-encoding"))
_DESCRIBING: Final = frozenset((b"content-type", b"content-encoding"))
_FRAMING: Final = frozenset((b"content-length", b"transfer-encoding"))
#: The headers that `evaluate_preconditions` reads.
_CONDITIONS: Final = frozenset(
    (b"if-match", b"if-none-match", b"if-modified-since", b"if-unmodified-since", b"range", b"if-range")
)
_PLAIN_PATH: Final = re.compile(rb"/[A-Za-z0-9/.\-_~%!$&'()*+,;=:@]*")


class AsgiApp:
    """The ASGI application of a site that has started.

    Attributes:
        buffers: the memory for requests and responses, to which long responses count until they are sent.
    """

    def __init__(self, live: LiveSite) -> None:
        self._live = live
        self.buffers = Buffers(self._settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI 3, the HTTP connection scope)."""
        entry = self._live.log.begin()
        try:
            body = await _read_body(scope, receive, self._settings.body_bytes)
            is_whole = body is not None
            message = _message(scope, body or b"")
            # The message has it, and may wait for seconds.
            del body
            if not is_whole:
                response = self._refuse_body(scope, message)
            else:
                response = await self._respond(scope, message, receive, entry)
            in_parts = not is_whole or isinstance(response.body, Path) or len(response.body) > CHUNK_BYTES
            if in_parts:
                response, length, file = await self._open(response, message, entry)
            else:
                length, file = response.length, None
        except ClientGoneError:
            self._live.log.end(entry, scope, 499, 0)
            return
        # The server itself must see that a response has no body, or ends the connection.
        with_head = HEAD_EXTENSION in scope.get("extensions", ()) and is_whole and scope["method"] != "HEAD"
        await send(_start(response, length, with_head=with_head))
        if file is not None:
            await _send_file(file, response.span or (0, length), send)
        elif in_parts:
            await self._send_body(response.content, send, None if is_whole else receive)
        else:
            await send(_part(response.content))
        self._live.log.end(entry, scope, response.status, length)

    @property
    def _settings(self) -> Settings:
        return self._live.backend.site.settings

    async def _respond(self, scope: Scope, message: bytes, receive: Receive, entry: Entry) -> Response:
        # The current backend is read after the body has arrived: an older one may be closed by now.
        backend = self._live.backend
        try:
            response = await backend.respond(message, partial(_wait_for_disconnect, receive))
        except ProblemError as error:
            return self._fail(message, entry, error.problem)
        except WorkerLostError:
            problem = shutting_down(RETRY_AFTER) if self._live.is_stopping else worker_lost(RETRY_AFTER)
            return self._fail(message, entry, problem)
        if scope["method"] == "HEAD" or not _CONDITIONS.isdisjoint([name for name, _ in scope["headers"]]):
            try:
                return evaluate_preconditions(_request(scope), response)
            except FileNotFoundError:
                return self._fail(message, entry, data_unavailable(RETRY_AFTER))
        return response

    async def _open(
        self, response: Response, message: bytes, entry: Entry
    ) -> tuple[Response, int, anyio.AsyncFile[bytes] | None]:
        """Return the response, or another one if it cannot be sent now; its length; and the file that has its body."""
        if isinstance(response.body, Path):
            try:
                return response, response.length, await anyio.open_file(response.body, "rb")
            except OSError:
                response = self._fail(message, entry, data_unavailable(RETRY_AFTER))
        elif not self.buffers.has_room(_long_bytes(response.body)):
            response = self._fail(message, entry, busy(RETRY_AFTER))
        return response, response.length, None

    def _refuse_body(self, scope: Scope, message: bytes) -> Response:
        response = self._refuse(message, content_too_large(f"A body has {self._settings.body_bytes:,} bytes at most."))
        # HTTP/2 has no such header.
        return response.with_headers(("connection", "close")) if _is_http_1(scope) else response

    def _fail(self, message: bytes, entry: Entry, problem: Problem) -> Response:
        self._live.log.failed(entry, unpack_request(message), problem)
        return self._refuse(message, problem)

    def _refuse(self, message: bytes, problem: Problem) -> Response:
        return problem_response(self._live.backend.site, unpack_request(message), problem)

    async def _send_body(self, body: bytes, send: Send, rest_of_request: Receive | None) -> None:
        """Send a body, a long one as fast as the client reads it.

        Args:
            body: of the response.
            send: of ASGI.
            rest_of_request: of ASGI, if the client may still be sending a body that is too large.
        """
        first = 0
        long_bytes = _long_bytes(body)
        self.buffers.bytes += long_bytes
        try:
            while len(body) - first > CHUNK_BYTES:
                await send(_part(body[first : first + CHUNK_BYTES], more_body=True))
                first += CHUNK_BYTES
        finally:
            self.buffers.bytes -= long_bytes
        if rest_of_request is not None:
            await send(_part(body[first:], more_body=True))
            await _discard(rest_of_request)
            first = len(body)
        await send(_part(body[first:]))


def _long_bytes(body: bytes) -> int:
    """Return the length of a body that is sent in several parts; 0 for a shorter one."""
    return len(body) if len(body) > CHUNK_BYTES else 0


def _is_http_1(scope: Scope) -> bool:
    return scope["http_version"] in {"1.0", "1.1"}


def _message(scope: Scope, body: bytes) -> bytes:
    """Return the message to the workers: equal for all requests that have the same representation."""
    is_read = scope["method"] in {"GET", "HEAD"}
    names = _SELECTING if is_read else _SELECTING | _DESCRIBING
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    if not _PLAIN_PATH.fullmatch(path):
        path = _escape(path.decode("latin-1")).encode("latin-1")
    root_path = b""
    if scope.get("root_path"):
        root_path, path = _split_root_path(scope["root_path"].rstrip("/"), path)
    headers = [header for header in scope["headers"] if header[0] in names]
    method = b"GET" if is_read else scope["method"].encode("latin-1")
    return pack_request(method, path, scope["query_string"], headers, body, root_path)


def _split_root_path(root_path: str, path: bytes) -> tuple[bytes, bytes]:
    """Return the root path, percent-encoded, and the rest of a path; servers differ in whether the path includes it."""
    *head, rest = path.split(b"/", root_path.count("/") + 1)
    encoded = quote(root_path, safe="/").encode()
    if unquote(b"/".join(head).decode("latin-1")) == root_path:
        return encoded, b"/" + rest
    return encoded, b"/" if unquote(path.decode("latin-1")) == root_path else path


def _escape(target: str) -> str:
    if not target.startswith(("/", "*")):
        # The absolute form (RFC 9112, section 3.2.2).
        target = urlsplit(target).path or "/"
    return Request.of(target).path


def _request(scope: Scope) -> Request:
    """Return the method and all headers of a request."""
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"])
    return Request(scope["method"], "/", "", headers)


async def _read_body(scope: Scope, receive: Receive, max_bytes: int) -> bytes | None:
    """Return the body, or None as soon as it is too large.

    Raises:
        ClientGoneError: the client closed the connection before the end of the body.
    """
    framing = {name: value for name, value in scope["headers"] if name in _FRAMING}
    # From HTTP/2 on, no header says that there is a body.
    if not framing and _is_http_1(scope):
        return b""
    if (stated := framing.get(b"content-length")) and content_length(stated) > max_bytes:
        return None
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGoneError
        body += message.get("body", b"")
        if len(body) > max_bytes:
            return None
        if not message.get("more_body", False):
            return bytes(body)


async def _discard(receive: Receive) -> None:
    """Read the rest of a body for a while, or the client could not read the response (RFC 9112, section 9.6)."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(DISCARD_BODY_SECONDS):
            while (await receive()).get("more_body", False):
                pass


async def _wait_for_disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _start(response: Response, length: int, *, with_head: bool) -> dict[str, Any]:
    if with_head:
        return {
            "type": "http.response.start",
            "status": response.status,
            HEAD_EXTENSION: response.head,
            "length": length,
        }
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers]
    return {"type": "http.response.start", "status": response.status, "headers": headers}


def _part(body: bytes, *, more_body: bool = False) -> dict[str, Any]:
    return {"type": "http.response.body", "body": body, "more_body": more_body}


async def _send_file(file: anyio.AsyncFile[bytes], span: tuple[int, int], send: Send) -> None:
    """Send the part of an open file from the first position of a span to before its last, and close it."""
    async with file:
        first, end = span
        await file.seek(first)
        while chunk := await file.read(min(CHUNK_BYTES, end - first)):
            first += len(chunk)
            await send(_part(chunk, more_body=True))
    await send(_part(b""))
