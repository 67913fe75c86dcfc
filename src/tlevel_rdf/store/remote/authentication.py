"""The name and password for an engine, in the way that the engine asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

import httpx

if TYPE_CHECKING:
    from collections.abc import Generator


class Credentials(httpx.Auth):
    """A name and a password, sent by Digest (RFC 7616) or Basic (RFC 7617) once the engine has asked for them."""

    def __init__(self, name: str, password: str) -> None:
        self._digest = httpx.DigestAuth(name, password)
        self._basic = httpx.BasicAuth(name, password)

    @classmethod
    def of(cls, url: str) -> Credentials | None:
        """Return those in a URL, or None if it has none."""
        parsed = httpx.URL(url)
        return cls(unquote(parsed.username), unquote(parsed.password)) if parsed.username else None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        """Send a request, and again with the password if the engine asks for it."""
        response = yield request
        if response.status_code != 401:
            return
        challenge = response.headers.get("www-authenticate", "").lower()
        chosen = self._digest if challenge.startswith("digest") else self._basic
        flow = chosen.auth_flow(request)
        answered = next(flow)
        if chosen is self._digest:
            # Its first request goes without; this response is the answer to that.
            answered = flow.send(response)
        yield answered
