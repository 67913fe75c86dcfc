"""Writing graphs to an engine by the SPARQL 1.1 Graph Store Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import httpx

from tlevel_rdf.errors import EngineUnavailableError
from tlevel_rdf.store.remote.endpoint import client_for, engine_errors, refuse_failure, without_password

if TYPE_CHECKING:
    from collections.abc import Iterable

_N_TRIPLES: Final = "application/n-triples"
_ATTEMPTS: Final = 2


class GraphStore:
    """The graph store of an engine.

    Args:
        url: at which the protocol answers, with the name and password if it needs them.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._client = client_for(url)

    def replace(self, graph: str, parts: Iterable[bytes]) -> None:
        """Replace a graph.

        Args:
            graph: its IRI.
            parts: N-Triples without blank nodes; each part is a request.

        Raises:
            EngineUnavailableError, EngineTimeoutError, EngineAnswerError: the engine has not taken all of it.
        """
        method = "PUT"
        for part in parts:
            self._send(method, graph, part)
            method = "POST"

    def _send(self, method: str, graph: str, content: bytes) -> None:
        """Send a request, and once more if the connection fails: the same triples twice are the same graph."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with engine_errors(self._url):
                    response = self._client.request(
                        method,
                        without_password(self._url),
                        params={"graph": graph},
                        content=content,
                        headers={"content-type": _N_TRIPLES},
                    )
            except EngineUnavailableError as error:
                if attempt == _ATTEMPTS or not isinstance(error.__cause__, httpx.TransportError):
                    raise
                continue
            refuse_failure(response.status_code, response.content, self._url)
            return

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
