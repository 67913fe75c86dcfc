"""From what a path answers to what this request gets of it: nothing new, a part, or all (RFC 9110, sections 13 and 14).

A representation does not change while its release is served, so it can be kept and delivered many times. This room
knows requests and responses and nothing else, so that whoever keeps representations needs neither the data nor
the site: it may import `http` and the standard library only.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import Final

from tlevel_rdf.web.http.messages import ALWAYS, Headers, Request, Response

_CONDITIONS: Final = frozenset(
    {"if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "range", "if-range"}
)
#: What a 304 tells of the representation that it leaves out (section 15.4.5), with what every response carries.
_OF_304: Final = frozenset(
    {"etag", "vary", "cache-control", "content-location", "last-modified", *(name for name, _ in ALWAYS)}
)
#: What a refusal keeps of the response that it stands in for.
_OF_REFUSAL: Final = frozenset({"vary", "accept-ranges", *(name for name, _ in ALWAYS)})
_ENTITY_TAG: Final = re.compile(r'(?:W/)?"[^"]*"')
_ONE_RANGE: Final = re.compile(r"\s*bytes\s*=[\s,]*([0-9]*)-([0-9]*)[\s,]*", re.ASCII | re.IGNORECASE)
#: A date has 29 characters; the parser of the standard library reads anything, at any length.
_LONGEST_DATE: Final = 64
#: More digits than any file's length has.
_MOST_DIGITS: Final = 18


def delivered(request: Request, response: Response) -> Response:
    """What a request gets of a response that was made without regard to its conditions, its range and HEAD.

    Conditions count for a 200 with an entity tag to GET and HEAD, in the order of section 13.2.2; a range for what
    says `accept-ranges: bytes`, to GET only (section 14.2). A request for several ranges gets the whole, as section
    14.2 allows: no client of a dump needs parts of it in one answer.

    Args:
        request: as it came.
        response: to the same request, with its whole body and its content-length.

    Returns:
        The response as it is, 206, 304, 412 or 416; to a HEAD without its body, and with the headers of a GET.
    """
    if request.method not in {"GET", "HEAD"}:
        return response
    if response.status == HTTPStatus.OK:
        asked = {name.lower() for name, _ in request.headers} & _CONDITIONS
        if asked and (tag := response.header("etag")) is not None:
            response = _conditional(request, response, tag)
    return replace(response, body=b"", span=None) if request.method == "HEAD" else response


def _conditional(request: Request, response: Response, tag: str) -> Response:
    modified = _moment(response.header("last-modified"))
    if not _is_as_expected(request, tag, modified):
        return _refusal(
            response, HTTPStatus.PRECONDITION_FAILED, "What is here is not what the request's condition names."
        )
    if _is_held(request, tag, modified):
        return Response(304, tuple((name, value) for name, value in response.headers if name in _OF_304))
    if request.method == "GET" and request.header("range") is not None and _may_send_a_part(request, response, tag):
        return _part(response, request.header("range") or "")
    return response


def _is_as_expected(request: Request, tag: str, modified: float | None) -> bool:
    """Steps 1 and 2 of section 13.2.2: If-Match (13.1.1), else If-Unmodified-Since (13.1.4)."""
    if (expected := request.header("if-match")) is not None:
        return expected.strip() == "*" or (not tag.startswith("W/") and tag in _ENTITY_TAG.findall(expected))
    since = _moment(request.header("if-unmodified-since"))
    return since is None or modified is None or modified <= since


def _is_held(request: Request, tag: str, modified: float | None) -> bool:
    """Steps 3 and 4 of section 13.2.2: If-None-Match (13.1.2), else If-Modified-Since (13.1.3)."""
    if (held := request.header("if-none-match")) is not None:
        tags = (one.removeprefix("W/") for one in _ENTITY_TAG.findall(held))
        return held.strip() == "*" or tag.removeprefix("W/") in tags
    since = _moment(request.header("if-modified-since"))
    return since is not None and modified is not None and modified <= since


def _may_send_a_part(request: Request, response: Response, tag: str) -> bool:
    """Step 5 of section 13.2.2: If-Range (13.1.5) names, by a strong tag or the very date, what is here."""
    if response.header("accept-ranges") != "bytes":
        return False
    held = request.header("if-range")
    if held is None:
        return True
    if '"' in held:
        return held.strip() == tag and not tag.startswith("W/")
    return held.strip() == response.header("last-modified")


def _part(response: Response, wanted: str) -> Response:
    whole = response.length
    span = byte_range(wanted, whole)
    if span is None:
        return response
    first, end = span
    if first >= end:
        detail = f"There are {whole:,} bytes here, and the range has none of them."
        refusal = _refusal(response, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, detail)
        return refusal.with_headers(("content-range", f"bytes */{whole}"))
    told: Headers = (("content-range", f"bytes {first}-{end - 1}/{whole}"), ("content-length", str(end - first)))
    if isinstance(response.body, Path):
        return replace(response, status=206, span=span).with_headers(*told)
    return replace(response, status=206, body=response.body[first:end]).with_headers(*told)


def byte_range(wanted: str, length: int) -> tuple[int, int] | None:
    """What a Range header asks for of so many bytes (section 14.1.2).

    Returns:
        The places of the first byte and of the byte after the last; an empty span if the range cannot be satisfied.
        None if the header is to be passed over: of another unit, not well formed, or of several ranges.

    >>> byte_range("bytes=0-99", 1000), byte_range("bytes=-1", 1000), byte_range("bytes=2000-", 1000)
    ((0, 100), (999, 1000), (2000, 2000))
    >>> byte_range("bytes=5-4", 1000), byte_range("bytes=0-1,5-6", 1000)
    (None, None)
    """
    found = _ONE_RANGE.fullmatch(wanted)
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        # Of nothing, a last part is nothing, and no Content-Range can say so; the whole can.
        return (max(0, length - _place(found[2])), length) if length else None
    first = _place(found[1])
    if not found[2]:
        return first, max(first, length)
    last = _place(found[2])
    return None if last < first else (first, max(first, min(last + 1, length)))


def _place(digits: str) -> int:
    # A number of very many digits is far beyond every end, and costs nothing to read if it is cut.
    return int(digits.lstrip("0")[:_MOST_DIGITS] or "0")


def _moment(date: str | None) -> float | None:
    """An HTTP date (section 5.6.7) in seconds since 1970; None if there is none, or one that cannot be read."""
    if date is None or len(date) > _LONGEST_DATE:
        return None
    try:
        moment = parsedate_to_datetime(date)
        return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _refusal(response: Response, status: HTTPStatus, detail: str) -> Response:
    """A problem (RFC 9457) in the place of a response; programs alone send what is refused here."""
    told = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail}
    body = json.dumps(told, indent=2).encode() + b"\n"
    kept = tuple((name, value) for name, value in response.headers if name in _OF_REFUSAL)
    headers = (("content-type", "application/problem+json"), ("cache-control", "no-store"), *kept)
    return Response(int(status), (*headers, ("content-length", str(len(body)))), body)
