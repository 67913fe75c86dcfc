"""Requests and responses as bytes, between the server and its workers.

A question is all that a representation depends on, in one form, so that equal questions are equal bytes: the server
keeps answers by them. Both are `marshal`, which holds plain values only and is written and read in a microsecond.
"""

from __future__ import annotations

import marshal
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tlevel_rdf.web.http.messages import Request, Response

if TYPE_CHECKING:
    RawHeaders = list[tuple[bytes, bytes]]
from typing import TYPE_CHECKING

#: The length of what follows, in bytes.
HEAD: Final = struct.Struct(">I")
#: Answers that are right for everybody until the next release.
_LASTING: Final = frozenset({200, 303})


class Answer(NamedTuple):
    """A response as it is sent.

    Attributes:
        status: RFC 9110, section 15.
        head: the headers as they stand in HTTP/1.1, each with the end of its line.
        body: all of it, unless it is in a file.
        file: the path of the file that is the body; empty: none.
        is_lasting: whether it may be given again to the same question.
    """

    status: int
    head: bytes
    body: bytes
    file: str
    is_lasting: bool

    @property
    def headers(self) -> RawHeaders:
        """Names and values in Latin-1, as ASGI has them."""
        lines = (line.partition(b": ") for line in self.head.splitlines())
        return [(name, value) for name, _, value in lines]

    def response(self) -> Response:
        """The same as a value of `http`."""
        headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in self.headers)
        return Response(self.status, headers, Path(self.file) if self.file else self.body)


def framed(value: bytes) -> bytes:
    """A value with its length before it."""
    return HEAD.pack(len(value)) + value


def question(method: bytes, path: bytes, query: bytes, headers: RawHeaders, body: bytes) -> bytes:
    """What is asked.

    Args:
        method: as sent; a HEAD is asked as a GET.
        path: percent-encoded.
        query: as sent.
        headers: those that a representation depends on, in their order.
        body: all of it.
    """
    return marshal.dumps((method, path, query, headers, body))


def request_of(asked: bytes) -> Request:
    """A question as a value of `http`."""
    method, path, query, headers, body = marshal.loads(asked)  # noqa: S302 - written by `question`
    return Request(
        method.decode("latin-1"),
        path.decode("latin-1"),
        query.decode("latin-1"),
        tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers),
        body,
    )


def packed(response: Response) -> bytes:
    """A whole response as bytes."""
    return marshal.dumps(tuple(answer_of(response)))


def answer_of(response: Response) -> Answer:
    """A whole response as it is sent."""
    in_file = isinstance(response.body, Path)
    return Answer(
        response.status,
        "".join([f"{name}: {value}\r\n" for name, value in response.headers]).encode("latin-1"),
        b"" if in_file else response.content,
        str(response.body) if in_file else "",
        response.status in _LASTING and "no-store" not in (response.header("cache-control") or ""),
    )


def unpacked(answer: Any) -> Answer:
    """What `packed` wrote."""
    return Answer(*marshal.loads(answer))  # noqa: S302 - from a process of ours


#: In the message that begins a response: its headers as they are sent; `length` beside it is that of the body. uvicorn
#: puts headers together anew each time and looks at every one; on 27 November 2026 that was a fifth of the server's own
#: time for a small query.
HEAD_OF_ANSWER: Final = "tlevel_rdf.head"
