"""A name and a password are sent in the way that the engine asks for, and only then."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.store.remote.answering import Sent, answering, send
from tests.store.remote.test_endpoint import TRUE
from tlevel_rdf.errors import EngineAnswerError
from tlevel_rdf.store.remote.authentication import Credentials
from tlevel_rdf.store.remote.endpoint import Endpoint

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler


def with_password(url: str) -> str:
    return url.replace("://", "://dba:p%40ss@")


@pytest.mark.parametrize(
    ("challenge", "begin"),
    [('Basic realm="x"', "Basic ZGJhOnBAc3M="), ('Digest realm="x", nonce="n", qop="auth", algorithm=MD5', "Digest ")],
)
def test_the_password_follows_a_challenge(challenge: str, begin: str) -> None:
    def answer(handler: BaseHTTPRequestHandler, sent: Sent) -> None:
        if sent.authorization.startswith(begin):
            send(handler, 200, TRUE)
        else:
            send(handler, 401, b"", www_authenticate=challenge)

    with answering(answer) as (url, got), closing(Endpoint(with_password(url))) as engine:
        assert engine.query("ASK {}", "*/*", [], [], 100).body == TRUE
        assert [bool(sent.authorization) for sent in got] == [False, True]


def test_a_wrong_password_is_an_error_that_says_so() -> None:
    with (
        answering(lambda handler, _: send(handler, 401, b"", www_authenticate="Basic")) as (url, _),
        closing(Endpoint(with_password(url))) as engine,
        pytest.raises(EngineAnswerError, match="check the name and password") as raised,
    ):
        engine.query("ASK {}", "*/*", [], [], 100)
    assert "p@ss" not in str(raised.value)


def test_a_url_without_a_name_has_no_credentials() -> None:
    assert Credentials.of("http://e.org/") is None
