"""The checks of a request's head that the parser does not make, and the refusal of a request."""

from __future__ import annotations

import re
from email.utils import formatdate
from http import HTTPStatus
from typing import Final

from tlevel_rdf.web.http.media_types import PROBLEM
from tlevel_rdf.web.http.messages import COMMON_HEADERS
from tlevel_rdf.web.http.problems import Problem

#: A host and a port (RFC 3986, section 3.2.2).
_HOST: Final = re.compile(rb"(?:[A-Za-z0-9.\-_~%!$&'()*+,;=]*|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?")


def problem_of_head(version: str, method: bytes, headers: list[tuple[bytes, bytes]]) -> Problem | None:
    """Return the problem with the head of a request, if it has one.

    Args:
        version: of HTTP.
        method: of the request.
        headers: with their names in lower case.
    """
    hosts = [value for name, value in headers if name == b"host"]
    if version not in {"1.0", "1.1"}:
        return Problem(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "This server speaks HTTP/1.1.")
    if len(hosts) > 1 or (version == "1.1" and not hosts) or not all(map(_HOST.fullmatch, hosts)):
        # RFC 9112, section 3.2.
        return Problem(HTTPStatus.BAD_REQUEST, "A request of HTTP/1.1 has one Host header, with one host.")
    if method == b"CONNECT":
        return Problem(HTTPStatus.NOT_IMPLEMENTED, "This server is not a proxy.")
    codings = b",".join(value for name, value in headers if name == b"transfer-encoding").lower()
    return _wrong_coding(codings) if codings and codings.strip() != b"chunked" else None


def _wrong_coding(codings: bytes) -> Problem:
    """Return the problem with transfer codings (RFC 9112, sections 6.1 and 6.3)."""
    if codings.rpartition(b",")[2].strip() != b"chunked":
        return Problem(HTTPStatus.BAD_REQUEST, "The last transfer coding of a request must be chunked.")
    return Problem(HTTPStatus.NOT_IMPLEMENTED, "This server knows no transfer coding but chunked.")


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
