"""HTTP/1.1 on the wire, by uvicorn and httptools, with bounds that these do not have.

A client that sends a head without end, or sends nothing at all, is cut off; so is one that needs minutes for a request,
or that does not read its answer. One that ends its side of the connection is gone, unless its answer comes soon. When
there are as many connections as may be, a new one takes the place of the one that has kept the server waiting longest.
"""

from __future__ import annotations

import re
import sys
from email.utils import formatdate
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, cast

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from tlevel_rdf.server.pool.messages import HEAD_OF_ANSWER
from tlevel_rdf.web.http.media_types import PROBLEM
from tlevel_rdf.web.http.messages import COMMON_HEADERS
from tlevel_rdf.web.http.problems import Problem, busy, uri_too_long

if TYPE_CHECKING:
    import asyncio

    from tlevel_rdf.server.http.asgi import Shell

#: The parser cannot tell the parts of a target of 64 kB or more; a query that is as long comes in a body.
_MOST_TARGET_BYTES: Final = 60_000
_MOST_HEAD_BYTES: Final = _MOST_TARGET_BYTES + 64 * 1024
_SECONDS_FOR_A_REQUEST: Final = 30
#: So long may pass without a byte of an answer being taken.
_SECONDS_WITHOUT_READING: Final = 15
#: So long a client that sends no more may wait for its answer: by then it is likelier gone than reading.
_SECONDS_AFTER_THE_END: Final = 0.5
#: When the server ends, so long a request that was on its way may still come.
_SECONDS_FOR_THE_LAST: Final = 0.3
_RETRY_AFTER: Final = 2
#: A request line (RFC 9112, section 3), of whatever method.
_REQUEST_LINE: Final = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,40} \S+ HTTP/1\.[01]\r?\n")
#: A host and a port (RFC 3986, section 3.2.2).
_HOST: Final = re.compile(rb"(?:[A-Za-z0-9.\-_~%!$&'()*+,;=]*|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?")
#: An absolute target without a path, whose path is then a slash (RFC 9112, section 3.2.2; RFC 9110, section 4.2.3).
_WITHOUT_PATH: Final = re.compile(rb"(https?://[^/?#]*)((?:\?.*)?)", re.IGNORECASE | re.DOTALL)


class _RefusedError(ValueError):
    """Ends the parser's work on a request; the parser hands it on as an error of its own, and that is answered."""


class _Cycle(RequestResponseCycle):
    """A request and its response, which may begin with a head that is there already."""

    #: The beginning of a response whose head is there. It is sent with the first part of the body: in a packet of its
    #: own it would cost as much again.
    _start: Any = None

    async def send(self, message: Any) -> None:
        """Take a message of ASGI."""
        if HEAD_OF_ANSWER in message:
            self._start = message
            return
        start, self._start = self._start, None
        if start is not None and message["type"] == "http.response.body":
            message["body"] = self._begun(start) + message["body"]
        await super().send(message)

    def _begun(self, start: Any) -> bytes:
        """The head of a response, which is now on its way."""
        more = b"".join([b"%s: %s\r\n" % header for header in self.default_headers])
        end = b"\r\n" if self.keep_alive else b"connection: close\r\n\r\n"
        head = b"".join((STATUS_LINE[start["status"]], more, start[HEAD_OF_ANSWER], end))
        self.response_started, self.waiting_for_100_continue = True, False
        # For uvicorn it is a part of the body, whose length is known.
        self.chunked_encoding, self.expected_content_length = False, len(head) + start["length"]
        return head


class Connection(HttpToolsProtocol):
    """One connection. Its requests are handed on whole, or it is closed.

    Attributes:
        waits_since: when the server began to wait for a request, by the clock of the loop; None: it does not.
    """

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.url = b""
        self._head_bytes = 0
        self._is_in_head = False
        self._received = b""
        self.waits_since: float | None = None
        #: The bytes that were to be sent at the last look, and since when they are so many.
        self._unsent = (0, 0.0)
        self._timer: asyncio.TimerHandle | None = None
        self._problem: Problem | None = None
        self._is_ending = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """A client has connected."""
        super().connection_made(transport)
        self.waits_since = self.loop.time()
        self._look()
        if len(self.connections) > cast("Shell", self.app).most_connections:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is closed."""
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def eof_received(self) -> bool:  # type: ignore[override]  # uvicorn closes in any case
        """The client sends no more. Whether the connection is kept: it may still read, or be gone."""
        if self.waits_since is not None or self.cycle.response_complete:
            return False
        self.cycle.keep_alive = False
        self.loop.call_later(_SECONDS_AFTER_THE_END, self._end_if_unanswered)
        return True

    def _end_if_unanswered(self) -> None:
        # What has begun is watched by `_look`.
        if not self.transport.is_closing() and not self.cycle.response_started:
            self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Bytes of a request, or of several."""
        if self.transport.is_closing():
            return
        if self.waits_since is None and self.cycle.response_complete:
            # Empty lines before a request are no part of it, and no reason to wait without end.
            self.waits_since = self.loop.time()
        self._received = data
        super().data_received(data)
        if self._is_in_head and not self.transport.is_closing():
            # With several requests in a row, only what comes after the others is part of this head.
            self._head_bytes += len(data) - (data.rfind(b"\r\n\r\n") + 4 if b"\r\n\r\n" in data else 0)
            if self._head_bytes > _MOST_HEAD_BYTES:
                detail = "The headers are longer than what is read."
                self._refuse(Problem(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, detail))

    def send_400_response(self, msg: str) -> None:
        """What came is no request of HTTP/1.1, or not one that is read."""
        problem = self._problem or Problem(HTTPStatus.BAD_REQUEST, msg)
        is_method = isinstance(sys.exception(), httptools.HttpParserInvalidMethodError)
        if is_method and _REQUEST_LINE.match(self._received):
            problem = Problem(HTTPStatus.NOT_IMPLEMENTED, "Nothing here knows that method.")
        self._refuse(problem)

    def on_url(self, url: bytes) -> None:
        """A part of the target."""
        super().on_url(url)
        if len(self.url) > _MOST_TARGET_BYTES:
            self._problem = uri_too_long(
                f"A target has {_MOST_TARGET_BYTES:,} bytes at most; send a long query by POST."
            )
            raise _RefusedError

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        self._is_in_head, self._head_bytes = True, 0
        self.waits_since = self.loop.time()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head of a request is there."""
        self._is_in_head = False
        hosts = [value for name, value in self.headers if name == b"host"]
        version = self.parser.get_http_version()
        if version not in {"1.0", "1.1"}:
            self._problem = Problem(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "HTTP/1.1 is spoken here.")
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
        # uvicorn has no place to name another class.
        self.cycle.__class__ = _Cycle
        if self._is_ending:
            self.cycle.keep_alive = False

    def on_message_complete(self) -> None:
        """A request is there."""
        self.waits_since = None
        super().on_message_complete()

    def shutdown(self) -> None:
        """The server ends. What is under way is answered, and what is on its way: closed at once, it would be reset."""
        self._is_ending = True
        if self.is_idle:
            self.loop.call_later(_SECONDS_FOR_THE_LAST, self._end_if_idle)
        else:
            self.cycle.keep_alive = False

    def _end_if_idle(self) -> None:
        if self.is_idle:
            self.transport.close()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being answered."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or cycle.response_complete

    def _make_room(self) -> None:
        """Close the connection that has kept the server waiting longest; if all are being answered, this one."""
        others = [other for other in self.connections if other is not self and isinstance(other, Connection)]
        waiting = [other for other in others if other.is_idle]
        if waiting:
            # One that still has an answer to read, last.
            first = min(waiting, key=lambda other: (other.has_unsent, other.waits_since or 0.0))
            # An orderly end would wait for what is never read.
            first.transport.abort()
        else:
            self._refuse(busy(_RETRY_AFTER))

    @property
    def has_unsent(self) -> bool:
        """Whether a part of an answer has not been taken by the client's side yet."""
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
        told = "".join(f"{name}: {value}\r\n" for name, value in headers)
        self.transport.write(f"HTTP/1.1 {problem.status} {problem.status.phrase}\r\n{told}\r\n".encode() + body)
        self.transport.close()

    def _look(self) -> None:
        """Close a connection that has kept the server waiting, for a request or for reading an answer."""
        now, since = self.loop.time(), self.waits_since
        unsent = self.transport.get_write_buffer_size()
        if not unsent or unsent != self._unsent[0]:
            self._unsent = (unsent, now)
        if now - self._unsent[1] >= _SECONDS_WITHOUT_READING:
            self.transport.abort()
        elif since is not None and now - since >= _SECONDS_FOR_A_REQUEST:
            self.transport.close()
        else:
            patience = min(_SECONDS_FOR_A_REQUEST, _SECONDS_WITHOUT_READING) / 2
            self._timer = self.loop.call_later(patience, self._look)


def _wrong_coding(codings: bytes) -> Problem:
    """What is wrong with transfer codings (RFC 9112, sections 6.1 and 6.3)."""
    if codings.rpartition(b",")[2].strip() != b"chunked":
        return Problem(HTTPStatus.BAD_REQUEST, "The last transfer coding of a request is chunked.")
    return Problem(HTTPStatus.NOT_IMPLEMENTED, "Of transfer codings, chunked alone is known here.")
