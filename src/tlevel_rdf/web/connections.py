"""HTTP/1.1 on the wire, by uvicorn and httptools, with bounds that these do not have.

A client that sends a head without end, or sends nothing at all, is cut off; so is one that needs minutes for a request.
"""

from __future__ import annotations

import socket
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from tlevel_rdf.errors import AddressError
from tlevel_rdf.web.http import ALWAYS
from tlevel_rdf.web.negotiation import PROBLEM
from tlevel_rdf.web.problems import Problem

if TYPE_CHECKING:
    import asyncio

#: The parser cannot tell the parts of a target of 64 kB or more; a query that is as long comes in a body.
_MOST_TARGET_BYTES: Final = 60_000
_MOST_HEAD_BYTES: Final = _MOST_TARGET_BYTES + 64 * 1024
_SECONDS_FOR_A_REQUEST: Final = 30


class Connection(HttpToolsProtocol):
    """One connection. Its requests are handed on whole, or it is closed."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.url = b""
        self._head_bytes = 0
        self._is_in_head = False
        self._waits_since: float | None = None
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """A client has connected."""
        super().connection_made(transport)
        self._waits_since = self.loop.time()
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is closed."""
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes of a request, or of several."""
        if self.transport.is_closing():
            return
        if self._waits_since is None and self.cycle.response_complete:
            # Empty lines before a request are no part of it, and no reason to wait without end.
            self._waits_since = self.loop.time()
        super().data_received(data)
        if self._is_in_head and not self.transport.is_closing():
            self._head_bytes += len(data)
            if self._head_bytes > _MOST_HEAD_BYTES:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are longer than what is read.")

    def send_400_response(self, msg: str) -> None:
        """What came is no request of HTTP/1.1, or its target is too long."""
        if len(self.url) > _MOST_TARGET_BYTES:
            said = f"A target has {_MOST_TARGET_BYTES:,} bytes at most; send a long query by POST."
            self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG, said)
        else:
            self._refuse(HTTPStatus.BAD_REQUEST, msg)

    def on_url(self, url: bytes) -> None:
        """A part of the target."""
        super().on_url(url)
        if len(self.url) > _MOST_TARGET_BYTES:
            # The parser hands it on as an error of its own, and that is answered.
            raise ValueError

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        self._is_in_head, self._head_bytes = True, 0
        self._waits_since = self.loop.time()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head of a request is there."""
        self._is_in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """A request is there."""
        self._waits_since = None
        super().on_message_complete()

    def _refuse(self, status: HTTPStatus, detail: str) -> None:
        body = Problem(status, detail).as_json()
        headers = f"content-type: {PROBLEM.name}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n"
        always = "".join(f"{name}: {value}\r\n" for name, value in ALWAYS)
        self.transport.write(f"HTTP/1.1 {status} {status.phrase}\r\n{headers}{always}\r\n".encode() + body)
        self.transport.close()

    def _look(self) -> None:
        """Close a connection that has kept the server waiting for a request."""
        since = self._waits_since
        if since is not None and self.loop.time() - since >= _SECONDS_FOR_A_REQUEST:
            self.transport.close()
        else:
            self._timer = self.loop.call_later(_SECONDS_FOR_A_REQUEST / 2, self._look)


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
