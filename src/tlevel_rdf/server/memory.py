"""The most memory that a server can take, computed from its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tlevel_rdf.limits import (
    CHUNK_BYTES,
    CONNECTION_BYTES,
    FAST_WORKERS,
    FORKSERVER_BYTES,
    MAX_HEAD_BYTES,
    MAX_PIPELINED_BYTES,
    MAX_TRAILER_BYTES,
    SERVER_BYTES,
    SPARE_WORKERS,
)
from tlevel_rdf.server.http.buffers import Buffers

if TYPE_CHECKING:
    from tlevel_rdf.settings import Settings

#: A response on its way from a worker: what has been received of it, and its body.
_COPIES: Final = 2


def max_server_bytes(settings: Settings) -> int:
    """Return the most memory of the server's own process.

    It holds the code and the facts about the release, the cache, the requests and responses of its clients, and the
    responses that workers are sending.
    """
    busy = (FAST_WORKERS + 1) * settings.workers
    for_clients = Buffers(settings).limit + CONNECTION_BYTES * settings.connections
    return SERVER_BYTES + settings.cache + for_clients + busy * _COPIES * settings.answer_bytes


def max_connection_bytes(settings: Settings) -> int:
    """Return the most that one connection holds: a request, a part of those after it, and a response not yet read."""
    request = MAX_HEAD_BYTES + settings.body_bytes + MAX_TRAILER_BYTES
    return request + MAX_PIPELINED_BYTES + CHUNK_BYTES + settings.answer_bytes


def max_bytes(settings: Settings) -> int:
    """Return the most memory of the server with all its processes, while it serves one release."""
    return max_server_bytes(settings) + _pool_bytes(settings)


def max_bytes_with_two_releases(settings: Settings) -> int:
    """Return the most memory while a newer release is taken up: the workers of both answer requests."""
    return max_bytes(settings) + settings.cache + _pool_bytes(settings)


def _pool_bytes(settings: Settings) -> int:
    workers = (FAST_WORKERS + 1 + SPARE_WORKERS) * settings.workers
    return FORKSERVER_BYTES + workers * settings.memory
