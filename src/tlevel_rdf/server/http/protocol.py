"""HTTP/1.1 connections: uvicorn's protocol with httptools, and the bounds that it does not have.

The server closes the connection of a client that sends an endless head, sends nothing, takes minutes for a request, or
does not read its response. A client that closes its sending side has gone, unless its response comes soon. The server
parses a request only when it has answered the one before. If there are too many connections, a new one takes the place
of the one that has been sending a request longest, and so it goes if all of them hold too much memory.

It leans on these parts of uvicorn, which are not its public interface; a test fails when one of them changes:

- `HttpToolsProtocol`: the methods that `Connection` overrides, among them `send_400_response`;
  the attributes `app`, `loop`, `transport`, `parser`, `connections`, `headers`, `url`, `scope`, `cycle` and `flow`;
- `RequestResponseCycle`: `send`, which takes the head for a part of the body; the attributes `default_headers`,
  `keep_alive`, `response_started`, `response_complete`, `waiting_for_100_continue`, `chunked_encoding` and
  `expected_content_length`;
- `STATUS_LINE`; and of `uvicorn.Server`: `startup`, `shutdown` and `_serve`, with `servers`, `server_state`,
  `lifespan` and `should_exit` (in `lifecycle`).
"""

from __future__ import annotations

import sys
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from tlevel_rdf.limits import (
    HALF_CLOSED_SECONDS,
    LAST_REQUEST_SECONDS,
    MAX_HEAD_BYTES,
    MAX_PIPELINED_BYTES,
    MAX_TARGET_BYTES,
    MIN_BODY_RATE,
    REQUEST_SECONDS,
    SLOW_SENDER_SECONDS,
    UNREAD_ANSWER_SECONDS,
)
from tlevel_rdf.server.backend import RETRY_AFTER
from tlevel_rdf.server.http import head
from tlevel_rdf.server.http.asgi import HEAD_EXTENSION
from tlevel_rdf.server.http.cycle import Cycle
from tlevel_rdf.server.http.framing import (
    HEAD,
    INSIDE,
    REQUEST,
    Framer,
    FramingError,
    TrailersTooLargeError,
    without_upgrade,
)
from tlevel_rdf.web.http.problems import Problem, ProblemError, busy

if TYPE_CHECKING:
    import asyncio

    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

    from tlevel_rdf.server.access_log import ServerLog
    from tlevel_rdf.server.http.buffers import Buffers

_EXTENSIONS: Final[dict[str, Any]] = {HEAD_EXTENSION: {}}


class _RefusedError(ValueError):
    """Ends the parser's work on a request. The parser raises an error of its own, which is then answered."""


class Connection(HttpToolsProtocol):
    """One connection.

    Attributes:
        waits_since: when the server began to wait for a request, by the clock of the event loop; None if it does not.
    """

    def __init__(self, *args: Any, max_connections: int, buffers: Buffers, log: ServerLog, **more: Any) -> None:
        super().__init__(*args, **more)
        self.url = b""
        self._max_connections = max_connections
        self._buffers = buffers
        self._log = log
        self._framer = Framer()
        #: What has arrived, and the position up to which it is parsed.
        self._received, self._parsed = b"", 0
        self._part = b""
        self._head_bytes = self._head_lines = self._body_bytes = self._unread_bytes = 0
        #: The bytes of this connection that count towards those of the server.
        self._held = 0
        self.waits_since: float | None = None
        #: The number of unsent bytes at the last check, and the time since which it has been the same.
        self._unsent = (0, 0.0)
        #: The bytes of the body at the last check; None if the server was not receiving this body.
        self._last_body_bytes: int | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._problem: Problem | None = None
        #: True from the end of a request to the end of its response.
        self._is_answering = False
        self._is_stopping = False
        self._is_half_closed = False
        self._is_full = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Start to wait for a request, and make room if there are too many connections."""
        super().connection_made(transport)
        self.waits_since = self.loop.time()
        self._check()
        if len(self.connections) > self._max_connections:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timer, and free the memory."""
        if self._timer is not None:
            self._timer.cancel()
        self._hold(0)
        super().connection_lost(exc)

    def eof_received(self) -> bool:  # type: ignore[override]  # uvicorn closes in any case
        """Keep the connection for a while if a response is due: the client may still read."""
        if self.waits_since is not None or self.cycle.response_complete:
            return False
        self._is_half_closed = True
        if self._parsed == len(self._received):
            self.cycle.keep_alive = False
        self.loop.call_later(HALF_CLOSED_SECONDS, self._abort_if_unanswered)
        return True

    def _abort_if_unanswered(self) -> None:
        # `_check` watches a response that has begun.
        if not self.transport.is_closing() and not self.cycle.response_started:
            self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take a part of a request, or several requests; parse one, and keep a bounded part of those after it."""
        if self.transport.is_closing():
            return
        self._unset_keepalive_if_required()
        self._received = self._received[self._parsed :] + data if self._parsed < len(self._received) else data
        self._parsed = 0
        if not self._is_answering:
            self._parse()
        elif len(self._received) > MAX_PIPELINED_BYTES:
            # Below this number the server reads on, to see that a client has gone.
            self.transport.pause_reading()
            self._is_full = True
        self._count_held()
        if self._buffers.bytes > self._buffers.limit and not self.transport.is_closing():
            self._free_memory()

    def _parse(self) -> None:
        """Parse what has arrived, to the end of one request at most."""
        data = self._received
        try:
            while not self._is_answering and not self.transport.is_closing():
                start = self._parsed
                if not self._head_bytes and data.startswith((b"\r", b"\n"), start) and self._framer.is_in_head:
                    # Empty lines before a request do not belong to it, and do not stop the clock.
                    self._parsed = len(data) - len(data[start:].lstrip(b"\r\n"))
                    self._begin_waiting()
                    continue
                end = self._framer.end_of_part(data, start)
                if end == start:
                    self._begin_waiting()
                    return
                self._parsed = end
                self._feed(data[start:end])
        except httptools.HttpParserError:
            self.send_400_response("Invalid HTTP request received.")
        except TrailersTooLargeError as error:
            self._refuse(Problem(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, str(error)))
        except FramingError as error:
            self._refuse(Problem(HTTPStatus.BAD_REQUEST, str(error)))

    def _begin_waiting(self) -> None:
        if self.waits_since is None:
            self.waits_since = self.loop.time()

    def _feed(self, part: bytes) -> None:
        """Have the parser read a part of one request.

        Raises:
            HttpParserError: the parser or a callback refuses it.
            FramingError: the parser finds another end of the head or the body than the server did.
        """
        end = self._framer.end
        is_head = self._framer.is_in_head and end is not REQUEST
        if is_head:
            self._head_bytes += len(part)
            self._head_lines += part.count(b"\n")
            if self._head_lines > head.MAX_HEAD_LINES:
                self._refuse(head.MANY_HEADERS)
                return
            part = without_upgrade(part)
        self._part = part
        self.parser.feed_data(part)
        if self._is_answering or self.transport.is_closing():
            return
        if is_head and len(self.url) > MAX_TARGET_BYTES:
            self._refuse(head.LONG_TARGET)
        elif is_head and self._head_bytes > MAX_HEAD_BYTES:
            self._refuse(head.LONG_HEADERS)
        elif self._framer.end is not INSIDE:
            raise FramingError("The request does not end where its headers say.")

    def _count_held(self) -> None:
        held = self._head_bytes + self._body_bytes + len(self._received) - self._parsed + self._unread_bytes
        self._buffers.bytes += held - self._held
        self._held = held

    def _free_memory(self) -> None:
        """Disconnect the slowest senders until there is room, and this client if that is not enough."""
        senders = [other for other in self._others() if other.is_sending]
        for sender in sorted(senders, key=lambda other: other.waits_since or 0.0):
            sender.abort()
            if self._buffers.has_room():
                return
        if self.is_idle or self.cycle.response_started:
            self.abort()
        else:
            self._refuse(busy(RETRY_AFTER))

    def _hold(self, size: int) -> None:
        self._buffers.bytes += size - self._held
        self._held = size

    def abort(self) -> None:
        """Close the connection at once, and free its memory."""
        self._received, self._parsed = b"", 0
        self._hold(0)
        # `close` would wait until the client has read everything.
        self.transport.abort()

    def pause_writing(self) -> None:
        """Count what the client has not read."""
        self._unread_bytes = self.transport.get_write_buffer_size()
        self._hold(self._held + self._unread_bytes)
        super().pause_writing()

    def resume_writing(self) -> None:
        """Forget what the client has not read: it is little now."""
        self._hold(max(0, self._held - self._unread_bytes))
        self._unread_bytes = 0
        super().resume_writing()

    def on_response_complete(self) -> None:
        """Go on with the next request."""
        self._head_bytes = self._head_lines = self._body_bytes = 0
        self._is_answering = False
        super().on_response_complete()
        if self.transport.is_closing():
            return
        if self._is_half_closed or self._parsed < len(self._received):
            self._go_on()
        self._count_held()

    def _go_on(self) -> None:
        """Parse the request that has arrived meanwhile, and close the connection if no other will arrive."""
        self._unset_keepalive_if_required()
        self._parse()
        if self.transport.is_closing():
            return
        if self._is_half_closed:
            if not self._is_answering:
                self.transport.close()
            elif self._parsed == len(self._received):
                self.cycle.keep_alive = False
        if self._is_full and len(self._received) - self._parsed <= MAX_PIPELINED_BYTES:
            self._is_full = False
            self.transport.resume_reading()

    def send_400_response(self, msg: str) -> None:
        """Refuse what the parser could not read, or what a callback refused."""
        problem = self._problem or Problem(HTTPStatus.BAD_REQUEST, msg)
        is_method = isinstance(sys.exception(), httptools.HttpParserInvalidMethodError)
        if is_method and head.is_request_line(self._part):
            problem = Problem(HTTPStatus.NOT_IMPLEMENTED, "This server does not know the method.")
        self._refuse(problem)

    def on_message_begin(self) -> None:
        """Start a request."""
        self.waits_since = self.loop.time()
        super().on_message_begin()
        self.scope["extensions"] = _EXTENSIONS

    def on_body(self, body: bytes) -> None:
        """Take a part of a body."""
        # The server discards the rest of a body that it has refused.
        if not self.cycle.response_started:
            self._body_bytes += len(body)
        super().on_body(body)

    def on_headers_complete(self) -> None:
        """Check the head of a request, and start to answer it."""
        if self._framer.end is not HEAD:
            raise _RefusedError
        if len(self.url) > MAX_TARGET_BYTES:
            self._problem = head.LONG_TARGET
            raise _RefusedError
        try:
            length = head.check_head(self.parser.get_http_version(), self.parser.get_method(), self.headers)
        except ProblemError as error:
            self._problem = error.problem
            raise
        except FramingError as error:
            self._problem = Problem(HTTPStatus.BAD_REQUEST, str(error))
            raise
        self._framer.begin_body(length)
        self.url = head.target_with_path(self.url)
        super().on_headers_complete()
        # uvicorn offers no way to name another class.
        self.cycle.__class__ = Cycle
        # The parser reports trailers as headers. They must not join those of the request.
        self.headers = []
        if self._is_stopping:
            self.cycle.keep_alive = False

    def on_message_complete(self) -> None:
        """Stop to wait: the request has arrived."""
        if self._framer.end is not REQUEST:
            raise _RefusedError
        self.waits_since = self._last_body_bytes = None
        # A request that the server has refused may have its response already.
        self._is_answering = not self.cycle.response_complete
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

    def _others(self) -> list[Connection]:
        return [other for other in self.connections if other is not self and isinstance(other, Connection)]

    def _make_room(self) -> None:
        """Close the connection that has been sending or waiting longest; if all are busy, refuse this one."""
        if waiting := [other for other in self._others() if other.is_idle or other.is_sending]:
            min(waiting, key=Connection._usefulness).abort()
        else:
            self._refuse(busy(RETRY_AFTER))

    def _usefulness(self) -> tuple[bool, bool, float]:
        """Return a key for sorting: first slow senders, then idle connections, last those that read a response."""
        since = self.waits_since or 0.0
        is_slow = self.waits_since is not None and self.loop.time() - since >= SLOW_SENDER_SECONDS
        return self.has_unsent, not is_slow, since

    @property
    def is_sending(self) -> bool:
        """True if the server waits for the rest of a request."""
        return self.waits_since is not None

    @property
    def has_unsent(self) -> bool:
        """True if the client has not read all that the server wants to send."""
        return self.transport.get_write_buffer_size() > 0

    def _refuse(self, problem: Problem) -> None:
        self._log.refused(problem.status)
        self.transport.write(head.refusal(problem))
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
        elif self._sends_body_slowly():
            detail = f"The body comes too slowly; send at least {MIN_BODY_RATE:,} bytes a second."
            self._refuse(Problem(HTTPStatus.REQUEST_TIMEOUT, detail))
        else:
            self._timer = self.loop.call_later(_check_seconds(), self._check)

    def _sends_body_slowly(self) -> bool:
        """Return True if too little of a body has arrived since the last check."""
        if not self.is_sending or self._framer.is_in_head or self.cycle.response_started:
            self._last_body_bytes = None
            return False
        before, self._last_body_bytes = self._last_body_bytes, self._body_bytes
        return before is not None and self._body_bytes - before < MIN_BODY_RATE * _check_seconds()


def _check_seconds() -> float:
    return min(REQUEST_SECONDS, UNREAD_ANSWER_SECONDS) / 2
