"""HTTP/1.1 connections: uvicorn's protocol with httptools, and the bounds that it does not have.

The server closes the connection of a client that sends an endless head, sends nothing, takes minutes for a request, or
does not read its response. A client that closes its sending side has gone, unless its response comes soon. If there are
too many connections, a new one takes the place of the one that has kept the server waiting longest.

It leans on these parts of uvicorn, which are not its public interface; a test fails when one of them changes:

- `HttpToolsProtocol`: the methods that `Connection` overrides, among them `send_400_response`;
  the attributes `app`, `loop`, `transport`, `parser`, `connections`, `headers`, `url`, `scope` and `cycle`;
- `RequestResponseCycle`: `send`, which takes the head for a part of the body; the attributes `default_headers`,
  `keep_alive`, `response_started`, `response_complete`, `waiting_for_100_continue`, `chunked_encoding` and
  `expected_content_length`;
- `STATUS_LINE`; and of `uvicorn.Server`: `startup`, `shutdown` and `_serve`, with `servers`, `server_state`,
  `lifespan` and `should_exit` (in `lifecycle`).
"""

from __future__ import annotations

import re
import sys
from email.utils import formatdate
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from tlevel_rdf.limits import (
    HALF_CLOSED_SECONDS,
    LAST_REQUEST_SECONDS,
    MAX_HEAD_BYTES,
    MAX_TARGET_BYTES,
    REQUEST_SECONDS,
    UNREAD_ANSWER_SECONDS,
)
from tlevel_rdf.server.backend import RETRY_AFTER
from tlevel_rdf.server.http.asgi import HEAD_EXTENSION
from tlevel_rdf.web.http.media_types import PROBLEM
from tlevel_rdf.web.http.messages import COMMON_HEADERS
from tlevel_rdf.web.http.problems import Problem, busy, uri_too_long

if TYPE_CHECKING:
    import asyncio

#: A request line (RFC 9112, section 3) with any method.
_REQUEST_LINE: Final = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,40} \S+ HTTP/1\.[01]\r?\n")
#: A host and a port (RFC 3986, section 3.2.2).
_HOST: Final = re.compile(rb"(?:[A-Za-z0-9.\-_~%!$&'()*+,;=]*|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?")
#: An absolute target without a path, which then is a slash (RFC 9112, section 3.2.2; RFC 9110, section 4.2.3).
_WITHOUT_PATH: Final = re.compile(rb"(https?://[^/?#]*)((?:\?.*)?)", re.IGNORECASE | re.DOTALL)
_EXTENSIONS: Final[dict[str, Any]] = {HEAD_EXTENSION: {}}


class _RefusedError(ValueError):
    """Ends the parser's work on a request. The parser raises an error of its own, which is then answered."""


class _Cycle(RequestResponseCycle):
    """A request and its response, which may start with a ready-made head."""

    #: The message with the head. It is sent with the first part of the body, in one packet.
    _start: Any = None

    async def send(self, message: Any) -> None:
        """Send an ASGI message."""
        if HEAD_EXTENSION in message:
            self._start = message
            return
        start, self._start = self._start, None
        if start is not None and message["type"] == "http.response.body":
            message["body"] = self._head(start) + message["body"]
        await super().send(message)

    def _head(self, start: Any) -> bytes:
        """Return the head of a response that now begins."""
        more = b"".join([b"%s: %s\r\n" % header for header in self.default_headers])
        end = b"\r\n" if self.keep_alive else b"connection: close\r\n\r\n"
        head = b"".join((STATUS_LINE[start["status"]], more, start[HEAD_EXTENSION], end))
        self.response_started, self.waiting_for_100_continue = True, False
        # uvicorn takes the head for a part of the body.
        self.chunked_encoding, self.expected_content_length = False, len(head) + start["length"]
        return head


class Connection(HttpToolsProtocol):
    """One connection.

    Attributes:
        waits_since: when the server began to wait for a request, by the clock of the event loop; None if it does not.
    """

    def __init__(self, *args: Any, max_connections: int, **more: Any) -> None:
        super().__init__(*args, **more)
        self.url = b""
        self._max_connections = max_connections
        self._head_bytes = 0
        self._is_in_head = False
        self._received = b""
        self.waits_since: float | None = None
        #: The number of unsent bytes at the last check, and the time since which it has been the same.
        self._unsent = (0, 0.0)
        self._timer: asyncio.TimerHandle | None = None
        self._problem: Problem | None = None
        self._is_stopping = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Start to wait for a request, and make room if there are too many connections."""
        super().connection_made(transport)
        self.waits_since = self.loop.time()
        self._check()
        if len(self.connections) > self._max_connections:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timer."""
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def eof_received(self) -> bool:  # type: ignore[override]  # uvicorn closes in any case
        """Keep the connection for a while if a response is due: the client may still read."""
        if self.waits_since is not None or self.cycle.response_complete:
            return False
        self.cycle.keep_alive = False
        self.loop.call_later(HALF_CLOSED_SECONDS, self._abort_if_unanswered)
        return True

    def _abort_if_unanswered(self) -> None:
        # `_check` watches a response that has begun.
        if not self.transport.is_closing() and not self.cycle.response_started:
            self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Parse a part of a request, or several requests."""
        if self.transport.is_closing():
            return
        if self.waits_since is None and self.cycle.response_complete:
            # Empty lines before a request do not belong to it, and do not stop the clock.
            self.waits_since = self.loop.time()
        self._received = data
        super().data_received(data)
        if self._is_in_head and not self.transport.is_closing():
            # After pipelined requests, only the last part of the data belongs to this head.
            self._head_bytes += len(data) - (data.rfind(b"\r\n\r\n") + 4 if b"\r\n\r\n" in data else 0)
            if self._head_bytes > MAX_HEAD_BYTES:
                detail = f"The headers are longer than {MAX_HEAD_BYTES - MAX_TARGET_BYTES:,} bytes."
                self._refuse(Problem(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, detail))

    def send_400_response(self, msg: str) -> None:
        """Refuse what the parser could not read, or what a callback refused."""
        problem = self._problem or Problem(HTTPStatus.BAD_REQUEST, msg)
        is_method = isinstance(sys.exception(), httptools.HttpParserInvalidMethodError)
        if is_method and _REQUEST_LINE.match(self._received):
            problem = Problem(HTTPStatus.NOT_IMPLEMENTED, "This server does not know the method.")
        self._refuse(problem)

    def on_url(self, url: bytes) -> None:
        """Take a part of the target."""
        super().on_url(url)
        if len(self.url) > MAX_TARGET_BYTES:
            self._problem = uri_too_long(f"A target has {MAX_TARGET_BYTES:,} bytes at most; send a long query by POST.")
            raise _RefusedError

    def on_message_begin(self) -> None:
        """Start a request."""
        self._is_in_head, self._head_bytes = True, 0
        self.waits_since = self.loop.time()
        super().on_message_begin()
        self.scope["extensions"] = _EXTENSIONS

    def on_headers_complete(self) -> None:
        """Check the head of a request, and start to answer it."""
        self._is_in_head = False
        hosts = [value for name, value in self.headers if name == b"host"]
        version = self.parser.get_http_version()
        if version not in {"1.0", "1.1"}:
            self._problem = Problem(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "This server speaks HTTP/1.1.")
        elif len(hosts) > 1 or (version == "1.1" and not hosts) or not all(map(_HOST.fullmatch, hosts)):
            # RFC 9112, section 3.2.
            self._problem = Problem(HTTPStatus.BAD_REQUEST, "A request of HTTP/1.1 has one Host header, with one host.")
        else:
            codings = b",".join(value for name, value in self.headers if name == b"transfer-encoding").lower()
            if codings and codings.strip() != b"chunked":
                self._problem = _wrong_coding(codings)
        if self._problem is not None:
            raise _RefusedError
        if bare := _WITHOUT_PATH.fullmatch(self.url):
            self.url = bare[1] + b"/" + bare[2]
        super().on_headers_complete()
        # uvicorn offers no way to name another class.
        self.cycle.__class__ = _Cycle
        if self._is_stopping:
            self.cycle.keep_alive = False

    def on_message_complete(self) -> None:
        """Stop to wait: the request has arrived."""
        self.waits_since = None
        super().on_message_complete()

    def shutdown(self) -> None:
        """Answer the current request, or one that is on its way, and close."""
        self._is_stopping = True
        if self.is_idle:
            self.loop.call_later(LAST_REQUEST_SECONDS, self._close_if_idle)
        else:
            self.cycle.keep_alive = False

    def _close_if_idle(self) -> None:
        if self.is_idle:
            self.transport.close()

    @property
    def is_idle(self) -> bool:
        """True if no request is being answered."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or cycle.response_complete

    def _make_room(self) -> None:
        """Close the connection that has kept the server waiting longest; if all are busy, refuse this one."""
        others = [other for other in self.connections if other is not self and isinstance(other, Connection)]
        waiting = [other for other in others if other.is_idle]
        if waiting:
            # Those that still read a response come last.
            first = min(waiting, key=lambda other: (other.has_unsent, other.waits_since or 0.0))
            # `close` would wait until the client has read everything.
            first.transport.abort()
        else:
            self._refuse(busy(RETRY_AFTER))

    @property
    def has_unsent(self) -> bool:
        """True if the client has not read all that the server wants to send."""
        return self.transport.get_write_buffer_size() > 0

    def _refuse(self, problem: Problem) -> None:
        body = problem.as_json()
        headers = [
            ("content-type", PROBLEM.name),
            ("content-length", str(len(body))),
            ("date", formatdate(usegmt=True)),
            ("connection", "close"),
            *problem.headers,
            *COMMON_HEADERS,
        ]
        head = "".join(f"{name}: {value}\r\n" for name, value in headers)
        self.transport.write(f"HTTP/1.1 {problem.status} {problem.status.phrase}\r\n{head}\r\n".encode() + body)
        self.transport.close()

    def _check(self) -> None:
        """Close the connection if the client has kept the server waiting, for a request or to read a response."""
        now, since = self.loop.time(), self.waits_since
        unsent = self.transport.get_write_buffer_size()
        if not unsent or unsent != self._unsent[0]:
            self._unsent = (unsent, now)
        if now - self._unsent[1] >= UNREAD_ANSWER_SECONDS:
            self.transport.abort()
        elif since is not None and now - since >= REQUEST_SECONDS:
            self.transport.close()
        else:
            self._timer = self.loop.call_later(min(REQUEST_SECONDS, UNREAD_ANSWER_SECONDS) / 2, self._check)


def _wrong_coding(codings: bytes) -> Problem:
    """Return the problem with transfer codings (RFC 9112, sections 6.1 and 6.3)."""
    if codings.rpartition(b",")[2].strip() != b"chunked":
        return Problem(HTTPStatus.BAD_REQUEST, "The last transfer coding of a request must be chunked.")
    return Problem(HTTPStatus.NOT_IMPLEMENTED, "This server knows no transfer coding but chunked.")
