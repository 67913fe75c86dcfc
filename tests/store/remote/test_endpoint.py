"""Whatever an engine answers becomes a whole answer or an error that says what is wrong."""

from __future__ import annotations

import socket
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.engines import free_port
from tests.store.remote.answering import Sent, answering, send
from tlevel_rdf.errors import (
    AnswerTooLargeError,
    EngineAnswerError,
    EngineTimeoutError,
    EngineUnavailableError,
    QueryUnsupportedError,
    SettingError,
    TlevelError,
)
from tlevel_rdf.store.base import Query, Syntax
from tlevel_rdf.store.remote import endpoint
from tlevel_rdf.store.remote.endpoint import Endpoint, without_password
from tlevel_rdf.store.remote.store import RemoteStore

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

TRUE = b'{"head": {}, "boolean": true}'
ROWS = b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "a"}}]}}'


def ask(url: str, query: str = "ASK {}", max_bytes: int = 10_000) -> bytes:
    with closing(RemoteStore(url, None)) as store:
        form = Syntax.TURTLE if query.startswith("CONSTRUCT") else Syntax.JSON
        return store.query(Query(query, max_bytes=max_bytes), form)


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (400, QueryUnsupportedError, "cannot answer this query: no such function"),
        (401, EngineAnswerError, "refuses the request"),
        (403, EngineAnswerError, "refuses the request"),
        (404, EngineAnswerError, "does not answer such requests"),
        (405, EngineAnswerError, "does not answer such requests.*a site of this program answers queries at /sparql"),
        (415, EngineAnswerError, "does not answer such requests"),
        (301, EngineAnswerError, "does not answer such requests"),
        (408, EngineTimeoutError, "takes too long"),
        (429, EngineUnavailableError, "is busy"),
        (500, EngineAnswerError, "failed"),
        (503, EngineUnavailableError, "is busy"),
        (504, EngineTimeoutError, "takes too long"),
    ],
)
def test_each_status_has_its_error(status: int, error: type[TlevelError], words: str) -> None:
    with answering(lambda handler, _: send(handler, status, b"no such\n function")) as (url, got):
        with pytest.raises(error, match=words) as raised:
            ask(url)
        assert "secret" not in str(raised.value)
        assert len(got) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>hello</html>",
        ROWS[:-5],
        ROWS[:-2] + b", The SPARQL operation has been cancelled",
        b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "uri", "value": "no IRI"}}]}}',
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_whole_table_is_an_error(body: bytes) -> None:
    with (
        answering(lambda handler, _: send(handler, 200, body)) as (url, _),
        pytest.raises(EngineAnswerError, match="is not a complete result"),
    ):
        ask(url, "SELECT * {}")


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("application/n-triples", b'<urn:a> <urn:b> "c" .\n<urn:a> <urn:b'),
        ("application/n-triples", b'<urn:a> <urn:b> "c" .\nThe SPARQL operation has been cancelled'),
        ("text/html", b"<html></html>"),
        ("text/turtle", b"<urn:a> <urn:b> "),
        ("", b""),
    ],
)
def test_what_is_no_whole_graph_is_an_error(media_type: str, body: bytes) -> None:
    with (
        answering(lambda handler, _: send(handler, 200, body, content_type=media_type)) as (url, _),
        pytest.raises(EngineAnswerError, match=r"is not a complete graph|which is no graph"),
    ):
        ask(url, "CONSTRUCT WHERE { ?s ?p ?o }")


def test_a_result_that_the_engine_has_cut_is_an_error() -> None:
    with (
        answering(lambda handler, _: send(handler, 200, ROWS, x_sparql_maxrows="1")) as (url, _),
        pytest.raises(EngineAnswerError, match="returns 1 rows at most, and has cut the result"),
    ):
        ask(url, "SELECT * {}")
    with answering(lambda handler, _: send(handler, 200, ROWS, x_sparql_maxrows="2")) as (url, _):
        assert b'"a"' in ask(url, "SELECT * {}")


def test_a_body_that_ends_early_is_asked_for_once_more() -> None:
    def cut(handler: BaseHTTPRequestHandler, _: Sent) -> None:
        handler.send_response(200)
        handler.send_header("content-length", "1000")
        handler.end_headers()
        handler.wfile.write(TRUE)
        handler.close_connection = True

    with answering(cut) as (url, got):
        with pytest.raises(EngineUnavailableError, match=r"the connection to the engine .* failed"):
            ask(url)
        assert len(got) == 2


def test_a_connection_that_the_engine_has_closed_meanwhile_costs_nothing() -> None:
    def close_first(handler: BaseHTTPRequestHandler, _: Sent) -> None:
        if len(got) == 1:
            handler.connection.shutdown(socket.SHUT_RDWR)
            handler.close_connection = True
        else:
            send(handler, 200, TRUE)

    with answering(close_first) as (url, got):
        assert b"true" in ask(url)


def test_an_answer_over_the_limit_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(handler: BaseHTTPRequestHandler, _: Sent) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b" " * 1_000_000)
        except OSError:
            handler.close_connection = True

    monkeypatch.setattr("tlevel_rdf.store.remote.store.MAX_ANSWER_BYTES", 1_000_000)
    with answering(endless) as (url, _), pytest.raises(AnswerTooLargeError):
        ask(url)


@pytest.mark.parametrize("begins", [False, True])
def test_an_engine_that_takes_too_long_is_given_up(begins: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    monkeypatch.setattr(endpoint, "ENGINE_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"
        if begins:

            def trickle(handler: BaseHTTPRequestHandler, _: Sent) -> None:
                handler.send_response(200)
                handler.end_headers()
                try:
                    while True:
                        handler.wfile.write(b" ")
                except OSError:
                    handler.close_connection = True

            with answering(trickle) as (url, _), pytest.raises(EngineTimeoutError, match="takes more than"):
                ask(url, max_bytes=10**9)
            return
        with pytest.raises(EngineTimeoutError, match="takes more than"):
            ask(url)


def test_an_engine_that_is_down_is_named_without_its_password() -> None:
    with pytest.raises(EngineUnavailableError, match="check its address") as raised:
        ask(f"http://dba:secret@127.0.0.1:{free_port()}/sparql")
    assert "secret" not in str(raised.value)


def test_a_query_is_sent_as_a_form_with_its_dataset() -> None:
    with answering(lambda handler, _: send(handler, 200, TRUE)) as (url, got):
        with closing(Endpoint(url)) as engine:
            answer = engine.query("ASK {}", "*/*", ["urn:a b"], ["urn:c"], 100)
        assert (answer.media_type, answer.body) == ("application/sparql-results+json", TRUE)
        assert got[0].body == b"query=ASK+%7B%7D&default-graph-uri=urn%3Aa+b&named-graph-uri=urn%3Ac"


@pytest.mark.parametrize(
    "url", ["http:///query", "http://a:secret@[::1/q", "http://a:secret@e.org:port/q", "http://e.org/\x00secret"]
)
def test_a_malformed_url_is_an_error_without_its_password(url: str) -> None:
    with pytest.raises(SettingError, match="the URL of the engine") as raised:
        Endpoint(url)
    assert "secret" not in str(raised.value)


def test_a_password_is_left_out() -> None:
    assert without_password("http://a:b@e.org/x?y=z") == "http://e.org/x?y=z"
