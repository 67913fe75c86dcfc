"""The ASGI shell: reads a request from the wire, has the cache or a worker answer it, writes the response.

What is asked is brought to one form, the question, of which the answer is a function: the method (a HEAD is asked as
a GET), the target, the headers that count in the choice of a representation, and the body.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import anyio

from tlevel_rdf.server.http.response_cache import Cache
from tlevel_rdf.server.pool.messages import HEAD_OF_ANSWER, Answer, answer_of, question, request_of
from tlevel_rdf.server.pool.process import WorkerLostError
from tlevel_rdf.server.pool.queue import BusyError, TimeUpError
from tlevel_rdf.server.pool.scheduler import Lanes
from tlevel_rdf.web.http.conditional_requests import evaluate_preconditions
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.http.problems import busy, content_too_large, shutting_down, timed_out, worker_lost
from tlevel_rdf.web.router import problem_response

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from tlevel_rdf.server.access_log import Entry, Journal
    from tlevel_rdf.server.pool.messages import RawHeaders
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.problems import Problem

_CHUNK: Final = 256 * 1024
#: The headers that a representation depends on, and those that say what a body is.
_CHOOSE: Final = frozenset((b"accept", b"accept-encoding"))
_DESCRIBE: Final = frozenset((b"content-type", b"content-encoding"))
#: Those that `evaluate_preconditions` reads.
_CONDITIONS: Final = frozenset(
    (b"if-match", b"if-none-match", b"if-modified-since", b"if-unmodified-since", b"range", b"if-range")
)
_FRAME_BODY: Final = frozenset((b"content-length", b"transfer-encoding"))
_PLAIN_PATH: Final = re.compile(rb"/[A-Za-z0-9/.\-_~%!$&'()*+,;=:@]*")
#: When a client is told to come back, in seconds.
_RETRY_AFTER: Final = 2
_RETRY_AFTER_TIMEOUT: Final = 30
#: So many of the longest answers may be on their way at once, since clients may read slowly.
_MOST_UNSENT: Final = 4
#: How long a body is read that is too large.
_SECONDS_TO_LEAVE: Final = 2


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
        """Start the workers of a site.

        Raises:
            WorkersError: they cannot be started.
        """
        lanes = Lanes(site)
        await lanes.open()
        return cls(site, lanes, Cache(site.settings.cache))


class Shell:
    """The ASGI application.

    Attributes:
        served: what new requests are answered from; replaced when there is a newer release.
        is_ending: whether the server has been told to end.
        unsent: bytes of long answers that are being sent.
        most_connections: so many are kept open.
    """

    def __init__(self, served: Served, journal: Journal) -> None:
        self.served = served
        self.is_ending = False
        self._journal = journal
        self.unsent = 0
        self.most_connections = served.site.settings.connections

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI 3, the HTTP connection scope)."""
        if scope["type"] != "http":
            return
        entry = self._journal.begin()
        headers: RawHeaders = scope["headers"]
        names = {name for name, _ in headers}
        try:
            most = self.served.site.settings.body_bytes
            body = b"" if names.isdisjoint(_FRAME_BODY) else await _body(headers, receive, most)
            asked = _question(scope, body or b"")
            # Not before the body is there: a release that was served then may be retired by now.
            served = self.served
            answer = served.cache.get(asked) or await self._answer(served, asked, body, receive, entry)
        except ClientGoneError:
            self._journal.end(entry, scope, 499, 0)
            return
        span = (0, 0)
        if body is not None and (scope["method"] == "HEAD" or answer.file or not names.isdisjoint(_CONDITIONS)):
            answer, span = _delivered(scope, answer)
        if _is_long(answer) and self.unsent + len(answer.body) > _MOST_UNSENT * served.site.settings.answer_bytes:
            answer = self._failed(served, asked, entry, busy(_RETRY_AFTER))
        start: dict[str, Any] = {"type": "http.response.start", "status": answer.status}
        if body is None or scope["method"] == "HEAD":
            # It is for uvicorn to see that the connection ends, or that there is no body.
            start["headers"] = answer.headers
        else:
            start[HEAD_OF_ANSWER] = answer.head
            start["length"] = span[1] - span[0] if answer.file else len(answer.body)
        await send(start)
        if answer.file:
            size = await _send_file(Path(answer.file), span, send)
        else:
            size = await self._send(answer, send, None if body is not None else receive)
        self._journal.end(entry, scope, answer.status, size)

    async def _send(self, answer: Answer, send: Send, receive: Receive | None) -> int:
        """Send a body, a long one as fast as the client reads it; returns its length.

        Args:
            answer: with the body.
            send: takes messages.
            receive: gives what is left of the request's body, if it is not to be read but to be got rid of.
        """
        body, first = answer.body, 0
        held = len(body) if _is_long(answer) else 0
        self.unsent += held
        try:
            while len(body) - first > _CHUNK:
                await send({"type": "http.response.body", "body": body[first : first + _CHUNK], "more_body": True})
                first += _CHUNK
        finally:
            self.unsent -= held
        if receive is not None:
            await send({"type": "http.response.body", "body": body[first:], "more_body": True})
            await _leave(receive)
            first = len(body)
        await send({"type": "http.response.body", "body": body[first:]})
        return len(body)

    async def _answer(self, served: Served, asked: bytes, body: bytes | None, receive: Receive, entry: Entry) -> Answer:
        lanes = served.lanes
        deadline = lanes.deadline()
        problem: Problem
        lanes.under_way += 1
        try:
            if body is None:
                problem = content_too_large(f"A body has {served.site.settings.body_bytes:,} bytes at most.")
                return _closing(_refused(served.site, asked, problem))
            answer = await lanes.fast_answer(asked, deadline)
            if answer is None:
                answer = await _unless_gone(asyncio.ensure_future(lanes.slow_answer(asked, deadline)), receive)
        except BusyError:
            problem = busy(_RETRY_AFTER)
        except TimeUpError:
            problem = timed_out(served.site.settings.timeout, _RETRY_AFTER_TIMEOUT)
        except WorkerLostError:
            problem = shutting_down(_RETRY_AFTER) if self.is_ending else worker_lost(_RETRY_AFTER)
        else:
            served.cache.put(asked, answer)
            return answer
        finally:
            lanes.under_way -= 1
        return self._failed(served, asked, entry, problem)

    def _failed(self, served: Served, asked: bytes, entry: Entry, problem: Problem) -> Answer:
        self._journal.failed(entry, request_of(asked), problem)
        return _refused(served.site, asked, problem)


def _is_long(answer: Answer) -> bool:
    return len(answer.body) > _CHUNK


def _refused(site: Site, asked: bytes, problem: Problem) -> Answer:
    return answer_of(problem_response(site, request_of(asked), problem))


def _closing(answer: Answer) -> Answer:
    """With the rest of the body unread, the connection is of no more use."""
    return answer._replace(head=answer.head + b"connection: close\r\n")


def _question(scope: Scope, body: bytes) -> bytes:
    method: str = scope["method"]
    is_read = method in {"GET", "HEAD"}
    wanted = _CHOOSE if is_read else _CHOOSE | _DESCRIBE
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    if not _PLAIN_PATH.fullmatch(path):
        path = _path(path.decode("latin-1")).encode("latin-1")
    headers = [header for header in scope["headers"] if header[0] in wanted]
    return question(b"GET" if is_read else method.encode("latin-1"), path, scope["query_string"], headers, body)


def _path(target: str) -> str:
    if not target.startswith(("/", "*")):
        # An absolute target (RFC 9112, section 3.2.2).
        target = urlsplit(target).path or "/"
    return Request.of(target).path


async def _body(headers: RawHeaders, receive: Receive, most: int) -> bytes | None:
    """The body, or None as soon as it is longer than what is read.

    Raises:
        ClientGoneError: the connection was closed before it was there.
    """
    stated = next((value for name, value in headers if name == b"content-length"), b"")
    if stated.isdigit() and int(stated) > most:
        return None
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGoneError
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if not message.get("more_body", False):
            return bytes(body)


async def _leave(receive: Receive) -> None:
    """Read on for a while what is not wanted, so that the client reads the answer before the connection is reset.

    See RFC 9112, section 9.6.
    """
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_SECONDS_TO_LEAVE):
            while (await receive()).get("more_body", False):
                pass


async def _unless_gone(work: asyncio.Future[Answer], receive: Receive) -> Answer:
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


def _delivered(scope: Scope, answer: Answer) -> tuple[Answer, tuple[int, int]]:
    """What the request's method, conditions and range ask for of an answer, and which part of its file."""
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"])
    response = evaluate_preconditions(Request(scope["method"], "/", "", headers), answer.response())
    return answer_of(response), response.span or (0, response.length)


async def _send_file(path: Path, span: tuple[int, int], send: Send) -> int:
    """Send a part of a file, from its first byte to before its last; returns how many bytes that are."""
    async with await anyio.open_file(path, "rb") as file:
        first, stop = span
        await file.seek(first)
        while chunk := await file.read(min(_CHUNK, stop - first)):
            first += len(chunk)
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
    return stop - span[0]
