"""A request and a response as values, with the parts of HTTP that every route needs.

Nothing here knows a socket: the ASGI shell, the command line, the writer of static files and the tests all
make `Request`s and read `Response`s.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email.utils import format_datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

Headers = tuple[tuple[str, str], ...]

_BROKEN_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
#: What a path may hold as it stands (RFC 3986, section 3.3), with the sign of what is escaped already.
_IN_PATH: Final = "/:@!$&'()*+,;=-._~%"
#: What every response carries: anyone's script may ask, and read what it needs (Fetch, section 3.2); and a browser
#: takes a body for what it is said to be.
ALWAYS: Final[Headers] = (
    ("access-control-allow-origin", "*"),
    (
        "access-control-expose-headers",
        (
            "Accept-Post, Accept-Ranges, Allow, Content-Encoding, Content-Location, Content-Range, ETag, Link,"
            " Location, Retry-After"
        ),
    ),
    ("x-content-type-options", "nosniff"),
)


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks.

    Attributes:
        method: as sent, in capitals.
        path: as sent, percent-encoded; begins with a slash.
        query: what follows the question mark, as sent.
        headers: in their order; a name may come more than once.
        body: all of it.
    """

    method: str
    path: str
    query: str = ""
    headers: Headers = ()
    body: bytes = b""

    @classmethod
    def of(cls, target: str, *, method: str = "GET", accept: str | None = None) -> Request:
        """A request without a body, from a target as people write it.

        >>> Request.of("/id/degree/é?x=1").path
        '/id/degree/%C3%A9'
        """
        path, _, query = target.partition("?")
        headers = () if accept is None else (("accept", accept),)
        return cls(method, quote(path, safe=_IN_PATH), query, headers)

    def header(self, name: str) -> str | None:
        """All values of a header joined by commas (RFC 9110, section 5.3); None if it was not sent."""
        found = [value for key, value in self.headers if key == name or key.lower() == name]
        return ", ".join(found) if found else None

    @property
    def is_well_formed(self) -> bool:
        """Whether the target has no control character and no broken escape (RFC 3986, section 2.1)."""
        decoded = unquote(self.path, errors="replace")
        return (
            self.path.startswith("/")
            and not _BROKEN_ESCAPE.search(self.path)
            and not _CONTROL.search(decoded)
            and not _CONTROL.search(self.query)
        )


@dataclass(frozen=True, slots=True)
class Response:
    """What the site answers.

    Attributes:
        status: RFC 9110, section 15.
        headers: in the order in which they are sent, with names in small letters.
        body: bytes, or the file that holds them.
        span: of a body in a file, what is sent of it: the places of its first byte and of the byte after its last,
            from 0. None: the whole file. A body of bytes is always sent whole.
    """

    status: int
    headers: Headers = ()
    body: bytes | Path = b""
    span: tuple[int, int] | None = None

    def header(self, name: str) -> str | None:
        """All values of a header joined by commas; None if there is none."""
        found = [value for key, value in self.headers if key == name]
        return ", ".join(found) if found else None

    def with_headers(self, *headers: tuple[str, str]) -> Response:
        """The same with these headers, each in place of one of its name."""
        names = {name for name, _ in headers}
        kept = [header for header in self.headers if header[0] not in names]
        return Response(self.status, (*kept, *headers), self.body, self.span)

    @property
    def length(self) -> int:
        """The number of bytes that are sent."""
        if not isinstance(self.body, Path):
            return len(self.body)
        return self.span[1] - self.span[0] if self.span else self.body.stat().st_size

    @property
    def content(self) -> bytes:
        """What is sent as bytes, read from its file if it is in one."""
        if not isinstance(self.body, Path):
            return self.body
        first, end = self.span or (0, None)
        with self.body.open("rb") as file:
            file.seek(first)
            return file.read() if end is None else file.read(end - first)


def http_date(date: dt.date) -> str:
    """A moment in UTC, or midnight of a day, as RFC 9110 (section 5.6.7) writes it.

    >>> http_date(dt.date(2026, 11, 22))
    'Sun, 22 Nov 2026 00:00:00 GMT'
    """
    moment = date if isinstance(date, dt.datetime) else dt.datetime.combine(date, dt.time(), tzinfo=dt.UTC)
    return format_datetime(moment, usegmt=True)
