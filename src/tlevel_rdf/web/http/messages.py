"""HTTP requests and responses as values, which the server, the command line and the tests share."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email.utils import format_datetime
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

Headers = tuple[tuple[str, str], ...]

_BROKEN_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
#: The characters of a path that need no escape (RFC 3986, section 3.3), and the percent sign of existing escapes.
_SAFE_IN_PATH: Final = "/:@!$&'()*+,;=-._~%"
#: The headers of every response: scripts of any origin may send requests and read the headers that they need (Fetch,
#: section 3.2), and browsers do not guess the media type.
COMMON_HEADERS: Final[Headers] = (
    ("access-control-allow-origin", "*"),
    (
        "access-control-expose-headers",
        (
            "Accept-Post, Accept-Ranges, Allow, Content-Encoding, Content-Location, Content-Range, ETag, Link,"
            " Location, Memento-Datetime, Retry-After, Unknown-Terms"
        ),
    ),
    ("x-content-type-options", "nosniff"),
)


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request.

    Attributes:
        method: in capitals.
        path: percent-encoded, with its initial slash.
        query: the text after the question mark, percent-encoded.
        headers: in the order in which the client sent them; a name may occur more than once.
        body: the complete body.
        root_path: the path under which the site is mounted, percent-encoded, without a slash at its end. `path` does
            not include it.
    """

    method: str
    path: str
    query: str = ""
    headers: Headers = ()
    body: bytes = b""
    root_path: str = ""

    @classmethod
    def of(cls, target: str, *, method: str = "GET", accept: str | None = None) -> Request:
        """Return a request without a body for a target that may contain unescaped characters.

        >>> Request.of("/id/degree/é?x=1").path
        '/id/degree/%C3%A9'
        """
        path, _, query = target.partition("?")
        headers = () if accept is None else (("accept", accept),)
        return cls(method, quote(path, safe=_SAFE_IN_PATH), query, headers)

    def header(self, name: str) -> str | None:
        """Return all values of a header joined by commas (RFC 9110, section 5.3), or None if it is missing.

        Args:
            name: in lower case.
        """
        found = [value for key, value in self.headers if key == name or key.lower() == name]
        return ", ".join(found) if found else None

    @property
    def is_well_formed(self) -> bool:
        """True if the target has no control character and no broken escape (RFC 3986, section 2.1)."""
        decoded = unquote(self.path, errors="replace")
        return (
            self.path.startswith("/")
            and not _BROKEN_ESCAPE.search(self.path)
            and not _CONTROL.search(decoded)
            and not _CONTROL.search(self.query)
        )


@dataclass(frozen=True)
class Response:
    """An HTTP response.

    Attributes:
        status: RFC 9110, section 15.
        headers: in the order in which they are sent, with names in lower case.
        body: bytes, or the file that contains them.
        span: the part of a file to send, as the positions of its first byte and of the byte after its last. None means
            the complete file; a body of bytes is always sent complete.
    """

    status: int
    headers: Headers = ()
    body: bytes | Path = b""
    span: tuple[int, int] | None = None

    def header(self, name: str) -> str | None:
        """Return all values of a header joined by commas, or None if it is missing."""
        found = [value for key, value in self.headers if key == name]
        return ", ".join(found) if found else None

    def with_headers(self, *headers: tuple[str, str]) -> Response:
        """Return a copy with these headers, which replace those of the same names."""
        names = {name for name, _ in headers}
        kept = [header for header in self.headers if header[0] not in names]
        return Response(self.status, (*kept, *headers), self.body, self.span)

    @cached_property
    def head(self) -> bytes:
        """The header lines as HTTP/1.1 sends them (RFC 9112, section 5)."""
        return "".join([f"{name}: {value}\r\n" for name, value in self.headers]).encode("latin-1")

    @property
    def length(self) -> int:
        """The number of bytes to send."""
        if not isinstance(self.body, Path):
            return len(self.body)
        return self.span[1] - self.span[0] if self.span else self.body.stat().st_size

    @property
    def content(self) -> bytes:
        """The bytes to send, read from the file if the body is one."""
        if not isinstance(self.body, Path):
            return self.body
        first, end = self.span or (0, None)
        with self.body.open("rb") as file:
            file.seek(first)
            return file.read() if end is None else file.read(end - first)


def http_date(date: dt.date) -> str:
    """Return a time in UTC, or midnight of a day, in the format of RFC 9110 (section 5.6.7).

    >>> http_date(dt.date(2026, 11, 22))
    'Sun, 22 Nov 2026 00:00:00 GMT'
    """
    moment = date if isinstance(date, dt.datetime) else dt.datetime.combine(date, dt.time(), tzinfo=dt.UTC)
    return format_datetime(moment, usegmt=True)
