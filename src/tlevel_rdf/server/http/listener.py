"""Listening sockets."""

from __future__ import annotations

import socket

from tlevel_rdf.errors import AddressError


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Args:
        host: a name or an address.
        port: 0 for any that is free.

    Raises:
        AddressError: the address is not this machine's, or something else listens there.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise _cannot_listen(host, port, error) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise _cannot_listen(host, port, error) from error
    return listener


def _cannot_listen(host: str, port: int, error: Exception) -> AddressError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return AddressError(
        f"cannot listen on {host} port {port}: {reason}",
        hint="choose another with --port, or 0 for any that is free",
    )
