"""Listening sockets."""

from __future__ import annotations

import socket

from tlevel_rdf.errors import AddressError
from tlevel_rdf.limits import MAX_PENDING_CONNECTIONS


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket.

    Args:
        host: a host name or an IP address.
        port: 0 for any free port.

    Raises:
        AddressError: the address does not belong to this machine, or is in use.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise _address_error(host, port, error) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(MAX_PENDING_CONNECTIONS)
    except OSError as error:
        listener.close()
        raise _address_error(host, port, error) from error
    return listener


def _address_error(host: str, port: int, error: Exception) -> AddressError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return AddressError(
        f"cannot listen on {host} port {port}: {reason}", hint="choose another port with --port, or 0 for any free one"
    )
