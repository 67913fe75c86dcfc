"""The ASGI shell: reads a request from the wire, has a worker or the cache answer it, writes the response.

What is asked is brought to one form, of which the answer is a function: the method (a HEAD is asked as a GET), the
target, the headers that count in the choice of a representation, and the body. Answers are kept by that form.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import anyio

from tlevel_rdf.settings import MAX_BODY_BYTES
from tlevel_rdf.web.cache import Cache, Kept
from tlevel_rdf.web.crew import WorkerLostError
from tlevel_rdf.web.delivery import delivered
from tlevel_rdf.web.http import Request, Response
from tlevel_rdf.web.lanes import BusyError, Lanes, TimeUpError
from tlevel_rdf.web.problems import busy, lost, timed_out, too_large
from tlevel_rdf.web.routes import refusal

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from tlevel_rdf.web.http import Headers
    from tlevel_rdf.web.journal import Journal
    from tlevel_rdf.web.problems import Problem
    from tlevel_rdf.web.site import Site

    Messages = tuple[dict[str, Any], dict[str, Any]]

_CHUNK: Final = 256 * 1024
#: The headers that a representation depends on.
_CHOOSE: Final = {b"accept": "accept", b"accept-encoding": "accept-encoding"}
#: Those that say what a body is.
_DESCRIBE: Final = {b"content-type": "content-type", b"content-encoding": "content-encoding"}
#: Those that `delivered` reads.
_CONDITIONS: Final = frozenset(
    (b"if-match", b"if-none-match", b"if-modified-since", b"if-unmodified-since", b"range", b"if-range")
)
_FRAMES_BODY: Final = frozenset((b"content-length", b"transfer-encoding"))
_PLAIN: Final = re.compile(r"/[A-Za-z0-9/.\-_~%!$&'()*+,;=:@]*")
#: When a client is told to come back, in seconds.
_RETRY_AFTER: Final = 2
_RETRY_AFTER_TIMEOUT: Final = 30


class ClientGoneError(Exception):
    """Whoever asked has closed the connection."""


@dataclass(frozen=True)
class Served:
    """A site with what serves it."""

    site: Site
    lanes: Lanes
    cache: Cache

    @classmethod
    async def open(cls, site: Site) -> Served:
        """Start the workers of a site."""
        lanes = Lanes(site)
        await lanes.open()
        return cls(site, lanes, Cache(site.settings.cache))


class Shell:
    """The ASGI application.

    Attributes:
        served: what new requests are answered from; replaced when there is a newer release.
        is_ending: whether the server has been told to end.
    """

    def __init__(self, served: Served, journal: Journal) -> None:
        self.served = served
        self.is_ending = False
        self._journal = journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI 3, the HTTP connection scope)."""
        if scope["type"] != "http":
            return
        entry = self._journal.begin()
        served = self.served
        asked, sent = _asked(scope)
        if sent.has_body:
            body = await _body(scope["headers"], receive)
            if body is None:
                problem = too_large(f"A body has {MAX_BODY_BYTES:,} bytes at most.")
                response = refusal(served.site, asked, problem).with_headers(("connection", "close"))
                await _send(response, send)
                self._journal.end(entry, asked, response.status, response.length)
                return
            asked = Request(asked.method, asked.path, asked.query, asked.headers, body)
        kept = served.cache.get(asked)
        if kept is None:
            try:
                kept = await self._made(served, asked, receive)
            except ClientGoneError:
                self._journal.end(entry, asked, 499, 0)
                return
        if sent.method == asked.method and not sent.conditions and isinstance(kept.response.body, bytes):
            for message in kept.messages:
                await send(message)
            self._journal.end(entry, asked, kept.response.status, len(kept.response.body))
            return
        request = Request(sent.method, asked.path, asked.query, asked.headers + sent.conditions)
        response = delivered(request, kept.response)
        await _send(response, send)
        self._journal.end(entry, request, response.status, response.length)

    async def _made(self, served: Served, asked: Request, receive: Receive) -> Kept:
        response = await self._response(served, asked, receive)
        kept = Kept(response, messages_of(response))
        served.cache.put(asked, kept)
        return kept

    async def _response(self, served: Served, asked: Request, receive: Receive) -> Response:
        lanes = served.lanes
        deadline = lanes.deadline()
        problem: Problem
        try:
            response = await lanes.fast_answer(asked, deadline)
            if response is not None:
                return response
            return await _unless_gone(asyncio.ensure_future(lanes.slow_answer(asked, deadline)), receive)
        except BusyError:
            problem = busy(_RETRY_AFTER)
        except TimeUpError:
            problem = timed_out(served.site.settings.timeout, _RETRY_AFTER_TIMEOUT)
        except WorkerLostError:
            problem = lost(_RETRY_AFTER)
        self._journal.failed(asked, problem)
        return refusal(served.site, asked, problem)


@dataclass(frozen=True, slots=True)
class _Sent:
    """What a request has beside what its representation depends on."""

    method: str
    conditions: Headers
    has_body: bool


def _asked(scope: Scope) -> tuple[Request, _Sent]:
    choosing, conditions, has_body = [], [], False
    for name, value in scope["headers"]:
        if name in _CHOOSE:
            choosing.append((_CHOOSE[name], value.decode("latin-1")))
        elif name in _CONDITIONS:
            conditions.append((name.decode("latin-1"), value.decode("latin-1")))
        elif name in _FRAMES_BODY:
            has_body = True
    method = scope["method"]
    if method not in {"GET", "HEAD"}:
        choosing += [
            (_DESCRIBE[name], value.decode("latin-1")) for name, value in scope["headers"] if name in _DESCRIBE
        ]
    path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    if not _PLAIN.fullmatch(path):
        path = _path(path)
    query = scope["query_string"].decode("latin-1")
    asked = Request("GET" if method == "HEAD" else method, path, query, tuple(choosing))
    return asked, _Sent(method, tuple(conditions), has_body)


def _path(target: str) -> str:
    if not target.startswith(("/", "*")):
        # An absolute target (RFC 9112, section 3.2.2).
        target = urlsplit(target).path or "/"
    return Request.of(target).path


async def _body(headers: list[tuple[bytes, bytes]], receive: Receive) -> bytes | None:
    """The body, or None as soon as it is longer than what is read."""
    stated = next((value for name, value in headers if name == b"content-length"), b"")
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


async def _unless_gone(work: asyncio.Future[Response], receive: Receive) -> Response:
    """The outcome of work that is given up when the client closes the connection."""
    listening = asyncio.ensure_future(_disconnected(receive))
    try:
        both: set[asyncio.Future[Any]] = {work, listening}
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            raise ClientGoneError
        return work.result()
    finally:
        listening.cancel()
        work.cancel()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def messages_of(response: Response) -> Messages:
    """A response as the messages of ASGI; without its body if that is in a file."""
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers]
    body = response.body if isinstance(response.body, bytes) else b""
    return (
        {"type": "http.response.start", "status": response.status, "headers": headers},
        {"type": "http.response.body", "body": body},
    )


async def _send(response: Response, send: Send) -> None:
    start, end = messages_of(response)
    await send(start)
    if isinstance(response.body, Path):
        first, stop = response.span or (0, response.length)
        async with await anyio.open_file(response.body, "rb") as file:
            await file.seek(first)
            while chunk := await file.read(min(_CHUNK, stop - first)):
                first += len(chunk)
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send(end)
