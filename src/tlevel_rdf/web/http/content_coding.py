"""Content codings: the choice by Accept-Encoding (RFC 9110, section 12.5.3), and responses in a coding.

The server prefers br to zstd to gzip: it encodes a response once and sends it often, so size matters more than time.
Measured on two cores under other load on 23 November 2026, for 20 kB of Turtle and 1 MB of JSON results:

    br 5    4,015 bytes in 0.21 ms     34,431 bytes in 3.6 ms
    zstd 3  4,609 bytes in 0.07 ms     46,945 bytes in 0.6 ms
    gzip 6  4,180 bytes in 0.21 ms     47,112 bytes in 5.1 ms
"""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import brotli  # type: ignore[import-untyped]
import zstandard

from tlevel_rdf.limits import (
    MAX_ACCEPTED_CODINGS,
    MAX_CACHED_ACCEPT_ENCODING_CHARACTERS,
    MAX_CACHED_ACCEPT_ENCODING_HEADERS,
    MAX_CODED_FILE_BYTES,
    MIN_CODED_BYTES,
)
from tlevel_rdf.web.http.negotiation import TOKEN, parse_quality

if TYPE_CHECKING:
    from collections.abc import Callable

    from tlevel_rdf.web.http.messages import Headers, Response

IDENTITY: Final = "identity"
_COMPRESSIBLE: Final = re.compile(
    r"text/.+|application/(?:.+\+)?(?:json|xml|yaml)|application/(?:n-triples|n-quads|trig|javascript|sparql-query)"
    r"|image/svg\+xml"
)
_MEMBER: Final = re.compile(rf"\s*+({TOKEN})\s*+(?:;\s*+[qQ]\s*+=\s*+([0-9.]*+)\s*+)?")


def _brotli(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=5))


def _zstandard(body: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=3).compress(body)


def _gzip(body: bytes) -> bytes:
    # With a time in it, equal bodies would have different bytes.
    return gzip.compress(body, compresslevel=6, mtime=0)


#: In the server's order of preference.
_ENCODERS: Final[dict[str, Callable[[bytes], bytes]]] = {"br": _brotli, "zstd": _zstandard, "gzip": _gzip}


def select_coding(accept_encoding: str | None, *, is_short: bool = False) -> str:
    """Return the content coding for a client: `br`, `zstd`, `gzip` or `identity`.

    The highest quality value wins. Among equals, any coding wins over identity, in the server's order. A coding that
    the header does not name is not acceptable, unless the header has `*`. If nothing is acceptable, the result is
    identity, as section 12.5.3 allows.

    Args:
        accept_encoding: all headers of that name joined by commas; without one, the result is identity.
        is_short: the body is short, so a coding is selected only if identity is not acceptable.

    >>> select_coding("gzip, deflate, br;q=0.5"), select_coding("identity;q=0, *;q=0"), select_coding(None)
    ('gzip', 'identity', 'identity')
    >>> select_coding("gzip", is_short=True), select_coding("gzip, identity;q=0", is_short=True)
    ('identity', 'gzip')
    """
    if not accept_encoding:
        return IDENTITY
    is_cached = len(accept_encoding) <= MAX_CACHED_ACCEPT_ENCODING_CHARACTERS
    return (_select_coding if is_cached else _select_coding.__wrapped__)(accept_encoding, is_short)


@lru_cache(maxsize=MAX_CACHED_ACCEPT_ENCODING_HEADERS)
def _select_coding(accept_encoding: str, is_short: bool) -> str:  # noqa: FBT001 - cached functions have no keywords
    qualities = _parse_qualities(accept_encoding)
    default = qualities.get("*", 0.0)
    if is_short and qualities.get(IDENTITY, qualities.get("*", 1.0)) > 0:
        return IDENTITY
    best, highest = IDENTITY, qualities.get(IDENTITY, 0.0)
    for coding in reversed(_ENCODERS):
        quality = qualities.get(coding, default)
        if quality > 0 and quality >= highest:
            best, highest = coding, quality
    return best


def _parse_qualities(accept_encoding: str) -> dict[str, float]:
    """Return the quality value of each coding, the highest if there are several. Invalid members are skipped."""
    qualities: dict[str, float] = {}
    for member in accept_encoding.split(",", MAX_ACCEPTED_CODINGS)[:MAX_ACCEPTED_CODINGS]:
        match = _MEMBER.fullmatch(member)
        quality = parse_quality(match[2] if match[2] is not None else "1") if match else None
        if match is None or quality is None:
            continue
        name = match[1].lower()
        # Section 8.4.1.3.
        name = "gzip" if name == "x-gzip" else name
        qualities[name] = max(quality, qualities.get(name, 0.0))
    return qualities


def encode_response(response: Response, accept_encoding: str | None) -> Response:
    """Return a response in the content coding that its client prefers, if its media type is compressible.

    Every response of a compressible media type has `Vary: Accept-Encoding`, in a coding or not (RFC 9110, section
    12.5.5), and each coding has its own entity tag (section 8.8.3.3). The function does not set content-length.

    Args:
        response: without a content coding.
        accept_encoding: the header of the request.
    """
    if not _is_encodable(response):
        return response
    vary = response.header("vary")
    headers: Headers = (("vary", f"{vary}, Accept-Encoding" if vary else "Accept-Encoding"),)
    coding = select_coding(accept_encoding, is_short=response.length < MIN_CODED_BYTES)
    if coding == IDENTITY:
        return response.with_headers(*headers)
    headers = (*headers, ("content-encoding", coding))
    if (tag := response.header("etag")) is not None:
        headers = (*headers, ("etag", f'{tag[:-1]}-{coding}"'))
    return replace(response, body=_ENCODERS[coding](response.content)).with_headers(*headers)


def _is_encodable(response: Response) -> bool:
    if isinstance(response.body, Path) and response.length > MAX_CODED_FILE_BYTES:
        return False
    return is_compressible(response.header("content-type") or "") and response.header("content-encoding") is None


@cache
def is_compressible(content_type: str) -> bool:
    """Return True if a content coding makes bodies of a media type smaller.

    Args:
        content_type: of a response of the site. There are few, so all results are cached.

    >>> is_compressible("text/turtle; charset=utf-8"), is_compressible("application/gzip")
    (True, False)
    """
    return _COMPRESSIBLE.fullmatch(content_type.partition(";")[0].strip().lower()) is not None
