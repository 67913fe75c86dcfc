"""A request and its response: uvicorn's, with a response that may start with a ready-made head."""

from __future__ import annotations

from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from tlevel_rdf.server.http.asgi import HEAD_EXTENSION


class Cycle(RequestResponseCycle):
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
