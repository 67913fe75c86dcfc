"""Listening sockets."""

from __future__ import annotations

import socket

import pytest

from tlevel_rdf.errors import AddressError
from tlevel_rdf.server.http.listener import listen


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1", "a" * 70])
def test_an_address_of_another_machine_is_an_error(host: str) -> None:
    with pytest.raises(AddressError, match="cannot listen on"):
        listen(host, 0)


def test_a_listener_can_have_an_ipv6_address() -> None:
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    with listen("::1", 0) as listener:
        assert listener.family == socket.AF_INET6
