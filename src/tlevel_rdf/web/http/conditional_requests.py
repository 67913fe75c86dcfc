"""Conditional and range requests (RFC 9110, sections 13 and 14).

A representation does not change while its release is served, so the server can keep one complete response and derive
every conditional response from it. This module needs neither the data nor the site for that.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import Final

from tlevel_rdf.limits import MAX_HTTP_DATE_CHARACTERS, MAX_RANGE_DIGITS
from tlevel_rdf.web.http.messages import COMMON_HEADERS, Headers, Request, Response
from tlevel_rdf.web.http.problems import Problem

_CONDITIONAL_FIELDS: Final = frozenset(
    {"if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "range", "if-range"}
)
#: The fields of a 304 response (section 15.4.5).
_NOT_MODIFIED_FIELDS: Final = frozenset(
    {"etag", "vary", "cache-control", "content-location", "last-modified", *(name for name, _ in COMMON_HEADERS)}
)
#: The fields of the complete response that a 412 or 416 response keeps.
_ERROR_FIELDS: Final = frozenset({"vary", "accept-ranges", *(name for name, _ in COMMON_HEADERS)})
_ENTITY_TAG: Final = re.compile(r'(?:W/)?"[^"]*"')
_SINGLE_RANGE: Final = re.compile(r"\s*bytes\s*=[\s,]*([0-9]*)-([0-9]*)[\s,]*", re.ASCII | re.IGNORECASE)


def evaluate_preconditions(request: Request, response: Response) -> Response:
    """Apply the preconditions, the range and the method of a request to a complete response.

    Preconditions apply to a 200 response with an entity tag to GET and HEAD, in the order of section 13.2.2. A range
    applies to GET, where the response has `accept-ranges: bytes` (section 14.2). A request for several ranges gets the
    complete representation, as section 14.2 allows: no client of a dump needs several parts in one response.

    Args:
        request: the request as the client sent it.
        response: the complete response to it, with its body and its content-length.

    Returns:
        The same response, 206, 304, 412 or 416. A response to HEAD has no body and the fields of a response to GET.
    """
    if request.method not in {"GET", "HEAD"}:
        return response
    if response.status == HTTPStatus.OK:
        is_conditional = any(name.lower() in _CONDITIONAL_FIELDS for name, _ in request.headers)
        if is_conditional and (tag := response.header("etag")) is not None:
            response = _evaluate(request, response, tag)
    return replace(response, body=b"", span=None) if request.method == "HEAD" else response


def _evaluate(request: Request, response: Response, tag: str) -> Response:
    modified = timestamp(response.header("last-modified"))
    if not _precondition_holds(request, tag, modified):
        detail = "The current representation does not meet the precondition of the request."
        return _error(response, HTTPStatus.PRECONDITION_FAILED, detail)
    if _is_not_modified(request, tag, modified):
        headers = tuple((name, value) for name, value in response.headers if name in _NOT_MODIFIED_FIELDS)
        return Response(304, headers)
    byte_range = request.header("range") if request.method == "GET" else None
    if byte_range is not None and _range_applies(request, response, tag):
        return _partial_content(response, byte_range)
    return response


def _precondition_holds(request: Request, tag: str, modified: float | None) -> bool:
    """Evaluate steps 1 and 2 of section 13.2.2: If-Match (13.1.1), else If-Unmodified-Since (13.1.4)."""
    if (if_match := request.header("if-match")) is not None:
        return if_match.strip() == "*" or (not tag.startswith("W/") and tag in _ENTITY_TAG.findall(if_match))
    since = timestamp(request.header("if-unmodified-since"))
    return since is None or modified is None or modified <= since


def _is_not_modified(request: Request, tag: str, modified: float | None) -> bool:
    """Evaluate steps 3 and 4 of section 13.2.2: If-None-Match (13.1.2), else If-Modified-Since (13.1.3)."""
    if (if_none_match := request.header("if-none-match")) is not None:
        tags = (found.removeprefix("W/") for found in _ENTITY_TAG.findall(if_none_match))
        return if_none_match.strip() == "*" or tag.removeprefix("W/") in tags
    since = timestamp(request.header("if-modified-since"))
    return since is not None and modified is not None and modified <= since


def _range_applies(request: Request, response: Response, tag: str) -> bool:
    """Evaluate step 5 of section 13.2.2: If-Range (13.1.5) with a strong entity tag or the exact date."""
    if response.header("accept-ranges") != "bytes":
        return False
    if_range = request.header("if-range")
    if if_range is None:
        return True
    if '"' in if_range:
        return if_range.strip() == tag and not tag.startswith("W/")
    return if_range.strip() == response.header("last-modified")


def _partial_content(response: Response, range_header: str) -> Response:
    length = response.length
    span = parse_byte_range(range_header, length)
    if span is None:
        return response
    first, end = span
    if first >= end:
        detail = f"The representation has {length:,} bytes, and none of them is in the range."
        error = _error(response, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, detail)
        return error.with_headers(("content-range", f"bytes */{length}"))
    headers: Headers = (("content-range", f"bytes {first}-{end - 1}/{length}"), ("content-length", str(end - first)))
    if isinstance(response.body, Path):
        return replace(response, status=206, span=span).with_headers(*headers)
    return replace(response, status=206, body=response.body[first:end]).with_headers(*headers)


def parse_byte_range(header: str, length: int) -> tuple[int, int] | None:
    """Return the bytes that a Range header selects (section 14.1.2).

    Args:
        header: the value of the Range header.
        length: of the representation, in bytes.

    Returns:
        The positions of the first byte and of the byte after the last; an empty span if the range cannot be satisfied.
        None if the server ignores the header: it has another unit, several ranges or a syntax error.

    >>> parse_byte_range("bytes=0-99", 1000), parse_byte_range("bytes=-1", 1000), parse_byte_range("bytes=2000-", 1000)
    ((0, 100), (999, 1000), (2000, 2000))
    >>> parse_byte_range("bytes=5-4", 1000), parse_byte_range("bytes=0-1,5-6", 1000)
    (None, None)
    """
    match = _SINGLE_RANGE.fullmatch(header)
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        # No Content-Range can describe the last bytes of an empty representation, so it is sent complete.
        return (max(0, length - _position(match[2])), length) if length else None
    first = _position(match[1])
    if not match[2]:
        return first, max(first, length)
    last = _position(match[2])
    return None if last < first else (first, max(first, min(last + 1, length)))


def _position(digits: str) -> int:
    # A cut number is still beyond the end of every file, and costs little to convert.
    return int(digits.lstrip("0")[:MAX_RANGE_DIGITS] or "0")


def timestamp(date: str | None) -> float | None:
    """Return an HTTP date (section 5.6.7) as seconds since 1970, or None if it is missing or malformed."""
    if date is None or len(date) > MAX_HTTP_DATE_CHARACTERS:
        return None
    try:
        moment = parsedate_to_datetime(date)
        return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _error(response: Response, status: HTTPStatus, detail: str) -> Response:
    """Return a problem in place of a response, always as JSON: browsers send no such requests."""
    body = Problem(status, detail).as_json()
    kept = tuple((name, value) for name, value in response.headers if name in _ERROR_FIELDS)
    headers = (("content-type", "application/problem+json"), ("cache-control", "no-store"), *kept)
    return Response(int(status), (*headers, ("content-length", str(len(body)))), body)
