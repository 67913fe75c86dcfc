"""Requests to the SPARQL endpoint of an engine, within limits of time and size.

Engines are no part of this program: they can be down, slow, full, or answer something else than was asked. Each of
these is an error that says which. A query changes nothing, so it is sent again if the connection fails.
"""

from __future__ import annotations

import time
import weakref
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlencode

import httpx

from tlevel_rdf.errors import (
    EngineAnswerError,
    EngineTimeoutError,
    EngineUnavailableError,
    QueryUnsupportedError,
    SettingError,
)
from tlevel_rdf.limits import ENGINE_CONNECT_SECONDS, ENGINE_SECONDS, MAX_ENGINE_MESSAGE_CHARACTERS
from tlevel_rdf.store.remote.authentication import Credentials
from tlevel_rdf.store.results import too_large

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

_ATTEMPTS: Final = 2
_FORM: Final = "application/x-www-form-urlencoded"
_BUSY: Final = frozenset({429, 503})
_TOO_SLOW: Final = frozenset({408, 504})
_FORBIDDEN: Final = frozenset({401, 403})
_NOT_THERE: Final = frozenset({404, 405, 406, 415})
_ADDRESSES: Final = (
    "check the address; queries and graphs have one each, such as /query and /store of Oxigraph server; a site of this"
    " program answers queries at /sparql"
)


class Answer(NamedTuple):
    """A complete answer of an engine.

    Attributes:
        media_type: in lower case, without parameters.
        body: all of it.
        max_rows: the number of rows at which the engine cuts results, if it says so.
    """

    media_type: str
    body: bytes
    max_rows: int | None


class Endpoint:
    """A SPARQL endpoint (SPARQL 1.1 Protocol, section 2.1), with one pool of connections.

    Args:
        url: of the endpoint, with the name and password if it needs them.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = client_for(url)
        # A server keeps its store until its process ends.
        weakref.finalize(self, self._client.close)

    def query(
        self, text: str, accept: str, default_graphs: Sequence[str], named_graphs: Sequence[str], max_bytes: int
    ) -> Answer:
        """Send a query and return the whole answer.

        Args:
            text: of the query.
            accept: the media types to ask for.
            default_graphs: of the dataset; empty, with no named ones: the engine's own.
            named_graphs: of the dataset.
            max_bytes: the largest answer.

        Raises:
            EngineUnavailableError: the engine cannot be reached, or is busy.
            EngineTimeoutError: it takes too long.
            EngineAnswerError: it answers something else than the result of a query.
            QueryUnsupportedError: it refuses this query.
            AnswerTooLargeError: the answer is larger than `max_bytes`.
        """
        # As a form: there are engines that never answer a query that is the whole body.
        parameters = [("query", text)]
        parameters += [("default-graph-uri", graph) for graph in default_graphs]
        parameters += [("named-graph-uri", graph) for graph in named_graphs]
        body = urlencode(parameters).encode()
        deadline = time.monotonic() + ENGINE_SECONDS
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._send(body, accept, deadline, max_bytes)
            except EngineUnavailableError as error:
                if attempt == _ATTEMPTS or not isinstance(error.__cause__, httpx.TransportError):
                    raise
        raise AssertionError

    def _send(self, body: bytes, accept: str, deadline: float, max_bytes: int) -> Answer:
        # An answer that is compressed could be larger than its bytes.
        headers = {"accept": accept, "accept-encoding": "identity", "content-type": _FORM}
        received = bytearray()
        with (
            engine_errors(self.url),
            self._client.stream("POST", without_password(self.url), content=body, headers=headers) as response,
        ):
            for chunk in response.iter_raw():
                received += chunk
                if len(received) > max_bytes:
                    raise too_large(f"{max_bytes:,} bytes")
                if time.monotonic() > deadline:
                    raise EngineTimeoutError(f"the engine takes more than {ENGINE_SECONDS:.0f} s", hint="ask for less")
        refuse_failure(response.status_code, bytes(received), self.url)
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        stated = response.headers.get("x-sparql-maxrows", "")
        return Answer(media_type, bytes(received), int(stated) if stated.isascii() and stated.isdigit() else None)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def client_for(url: str) -> httpx.Client:
    """Return a client for the engine at a URL. It follows no redirects, and uses no proxy.

    Raises:
        SettingError: the URL is malformed. The message leaves it out, because it can have a password.
    """
    try:
        host = httpx.URL(url).host
    except httpx.InvalidURL as error:
        raise SettingError(f"the URL of the engine is malformed: {error}", hint="correct it") from error
    if not host:
        raise SettingError("the URL of the engine has no host", hint="write it as http://HOST:PORT/PATH")
    timeout = httpx.Timeout(ENGINE_SECONDS, connect=ENGINE_CONNECT_SECONDS)
    return httpx.Client(timeout=timeout, auth=Credentials.of(url), trust_env=False)


def without_password(url: str) -> str:
    """Return a URL without the name and password before its host.

    >>> without_password("https://dba:secret@e.org:8890/sparql")
    'https://e.org:8890/sparql'
    """
    return str(httpx.URL(url).copy_with(userinfo=b""))


@contextmanager
def engine_errors(url: str) -> Generator[None]:
    """Raise the errors of the connection as those of this package."""
    shown = without_password(url)
    try:
        yield
    except httpx.TimeoutException as error:
        if isinstance(error, httpx.ConnectTimeout):
            raise EngineUnavailableError(f"the engine at {shown} cannot be reached in time") from error
        raise EngineTimeoutError(f"the engine at {shown} takes more than {ENGINE_SECONDS:.0f} s") from error
    except (httpx.TransportError, httpx.InvalidURL) as error:
        raise EngineUnavailableError(
            f"the connection to the engine at {shown} failed: {error}", hint="check its address, and that it runs"
        ) from error


def refuse_failure(status: int, body: bytes, url: str) -> None:
    """Raise the error that the status of an answer stands for, if it is one."""
    if 200 <= status < 300:
        return
    shown = without_password(url)
    message = " ".join(body.decode("utf-8", "replace").split())[:MAX_ENGINE_MESSAGE_CHARACTERS]
    if status in _BUSY:
        raise EngineUnavailableError(f"the engine at {shown} is busy ({status}): {message}", hint="try again later")
    if status in _TOO_SLOW:
        raise EngineTimeoutError(f"the engine at {shown} stopped, because it takes too long ({status}): {message}")
    if status in _FORBIDDEN:
        raise EngineAnswerError(
            f"the engine at {shown} refuses the request ({status})", hint="check the name and password in its URL"
        )
    if status == 400:
        raise QueryUnsupportedError(f"the engine cannot answer this query: {message}", hint="write it in another way")
    if 300 <= status < 400 or status in _NOT_THERE:
        raise EngineAnswerError(f"{shown} does not answer such requests ({status})", hint=_ADDRESSES)
    raise EngineAnswerError(f"the engine at {shown} failed ({status}): {message}")
