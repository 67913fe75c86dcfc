"""Escapes in capitals and in small letters are the same (RFC 3986, section 6.2.2.1), over a socket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/id/t-level/healthcare%2Dscience", 303),
        ("/doc/t-level/healthcare%2Dscience.ttl", 200),
        ("/doc?iri=https%3A%2F%2Fw3id.org%2Ftlevel%2Fid%2Ft-level%2Fhealthcare-science", 200),
        ("/queries/options%2Dafter%2Dspecialism.rq", 200),
        ("/search.json?q=%C3%A9", 200),
        ("/sparql?query=ASK%20%7B%20FILTER%28STRLEN%28%22%C3%A9%22%29%20%3D%201%29%20%7D", 200),
    ],
)
def test_the_letters_of_an_escape_have_no_case(path: str, status: int, client: httpx.Client) -> None:
    small = re.sub("%..", lambda escape: escape[0].lower(), path)
    first, second = client.get(path), client.get(small)
    assert small != path
    assert (first.status_code, second.status_code) == (status, status)
    assert first.content == second.content
    assert first.headers.get("location") == second.headers.get("location")
