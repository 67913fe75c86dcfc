"""Requests and responses as bytes, for the sockets between the server and its workers.

The bytes of a request hold all that its representation depends on, and nothing else. Equal requests are equal bytes, so
the server uses them as the key of the cache. Both messages are `marshal`, which takes plain values only and is written
and read in a microsecond.
"""

from __future__ import annotations

import marshal
import struct
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tlevel_rdf.web.http.messages import Request, Response

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

    from tlevel_rdf.web.http.messages import Headers

    #: Names in lower case and values, in Latin-1, as in ASGI.
    RawHeaders = list[tuple[bytes, bytes]]

#: Of marshal. Later versions write equal values differently if they share objects.
_VERSION: Final = 2
#: The length of a message in bytes, which precedes it.
LENGTH: Final = struct.Struct(">I")
#: The status of the first message of a worker that is ready. Any other has the reason in its body.
READY: Final = 204


def frame(message: bytes) -> bytes:
    """Return a message with its length before it."""
    return LENGTH.pack(len(message)) + message


def pack_request(  # noqa: PLR0913, PLR0917 - the parts of a request
    method: bytes, path: bytes, query: bytes, headers: RawHeaders, body: bytes, root_path: bytes = b""
) -> bytes:
    """Return a request as bytes.

    Args:
        method: GET in place of HEAD, which has the same representation.
        path: percent-encoded.
        query: as sent.
        headers: only those that select a representation, in their order.
        body: the whole body.
        root_path: the path under which the site is mounted, percent-encoded.
    """
    return marshal.dumps((method, path, query, headers, body, root_path), _VERSION)


def unpack_request(message: bytes) -> Request:
    """Return the request that `pack_request` wrote."""
    method, path, query, headers, body, root_path = marshal.loads(message)  # noqa: S302 - written by this process's parent
    return Request(
        method.decode("latin-1"),
        path.decode("latin-1"),
        query.decode("latin-1"),
        tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers),
        body,
        root_path.decode("latin-1"),
    )


def pack_response(response: Response) -> bytes:
    """Return a whole response as bytes; a body in a file stays there."""
    body = str(response.body) if isinstance(response.body, Path) else response.body
    return marshal.dumps((response.status, response.head, body), _VERSION)


def unpack_response(message: ReadableBuffer) -> Response:
    """Return the response that `pack_response` wrote."""
    status, head, body = marshal.loads(message)  # noqa: S302 - written by a worker
    response = object.__new__(_ReceivedResponse)
    content = Path(body) if isinstance(body, str) else body
    response.__dict__.update(status=status, head=head, body=content, span=None)
    return response


class _ReceivedResponse(Response):
    """A response that holds its header lines, and parses them only if something reads them."""

    @cached_property
    def headers(self) -> Headers:
        """The headers in their order."""
        lines = (line.partition(": ") for line in self.head.decode("latin-1").split("\r\n")[:-1])
        return tuple((name, value) for name, _, value in lines)
