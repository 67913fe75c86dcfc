"""The checks of a request's head that the parser does not make, and the refusal of a request."""

from __future__ import annotations

import re
from email.utils import formatdate
from http import HTTPStatus
from typing import Final

from tlevel_rdf.limits import MAX_HEAD_BYTES, MAX_HEADERS, MAX_TARGET_BYTES
from tlevel_rdf.server.http.framing import content_length
from tlevel_rdf.web.http.media_types import PROBLEM
from tlevel_rdf.web.http.messages import COMMON_HEADERS
from tlevel_rdf.web.http.problems import Problem, ProblemError, uri_too_long

#: A host and a port (RFC 3986, section 3.2.2).
_HOST: Final = re.compile(rb"(?:[A-Za-z0-9.\-_~%!$&'()*+,;=]*|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?")
#: A request line (RFC 9112, section 3) with any method.
_REQUEST_LINE: Final = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,40} \S+ HTTP/1\.[01]\r?\n")
_WITHOUT_PATH: Final = re.compile(rb"(https?://[^/?#]*)((?:\?.*)?)", re.IGNORECASE | re.DOTALL)

#: The request line, the headers, and the empty line at the end.
MAX_HEAD_LINES: Final = MAX_HEADERS + 2
MANY_HEADERS: Final = Problem(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, f"A request has {MAX_HEADERS} headers at most."
)
LONG_HEADERS: Final = Problem(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    f"The headers are longer than {MAX_HEAD_BYTES - MAX_TARGET_BYTES:,} bytes.",
)
LONG_TARGET: Final = uri_too_long(f"A target has {MAX_TARGET_BYTES:,} bytes at most; send a long query by POST.")


def is_request_line(part: bytes) -> bool:
    """Return True if a part of a request begins with a request line, with any method."""
    return _REQUEST_LINE.match(part) is not None


def target_with_path(target: bytes) -> bytes:
    """Give an absolute target without a path a slash (RFC 9112, section 3.2.2; RFC 9110, section 4.2.3).

    >>> target_with_path(b"http://e.org?a=b"), target_with_path(b"/a")
    (b'http://e.org/?a=b', b'/a')
    """
    if target.startswith(b"/") or not (bare := _WITHOUT_PATH.fullmatch(target)):
        return target
    return bare[1] + b"/" + bare[2]


def check_head(version: str, method: bytes, headers: list[tuple[bytes, bytes]]) -> int | None:
    """Check the head of a request, and return the length of its body in bytes; None for a chunked one.

    Args:
        version: of HTTP.
        method: of the request.
        headers: with their names in lower case.

    Raises:
        ProblemError: 400, 501 or 505, the server does not answer such a request.
        FramingError: the Content-Length is not a number.
    """
    hosts, codings, length = [], [], 0
    for name, value in headers:
        if name == b"host":
            hosts.append(value)
        elif name == b"content-length":
            length = content_length(value)
        elif name == b"transfer-encoding":
            codings.append(value)
    if version not in {"1.0", "1.1"}:
        raise ProblemError(Problem(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "This server speaks HTTP/1.1."))
    if len(hosts) > 1 or (version == "1.1" and not hosts) or (hosts and not _HOST.fullmatch(hosts[0])):
        # RFC 9112, section 3.2.
        raise ProblemError(Problem(HTTPStatus.BAD_REQUEST, "A request of HTTP/1.1 has one Host header, with one host."))
    if method == b"CONNECT":
        raise ProblemError(Problem(HTTPStatus.NOT_IMPLEMENTED, "This server is not a proxy."))
    if codings:
        _check_codings(b",".join(codings).lower())
        return None
    return length


def _check_codings(codings: bytes) -> None:
    """Refuse all transfer codings but chunked (RFC 9112, sections 6.1 and 6.3)."""
    if codings.strip() == b"chunked":
        return
    if codings.rpartition(b",")[2].strip() != b"chunked":
        raise ProblemError(Problem(HTTPStatus.BAD_REQUEST, "The last transfer coding of a request must be chunked."))
    raise ProblemError(Problem(HTTPStatus.NOT_IMPLEMENTED, "This server knows no transfer coding but chunked."))


def refusal(problem: Problem) -> bytes:
    """Return the whole response to a request that the application does not see."""
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
    return f"HTTP/1.1 {problem.status} {problem.status.phrase}\r\n{head}\r\n".encode() + body
