"""Graphs are replaced part by part."""

from __future__ import annotations

from contextlib import closing

import pytest

from tests.engines import free_port
from tests.store.remote.answering import answering, send
from tlevel_rdf.errors import EngineAnswerError, EngineUnavailableError
from tlevel_rdf.store.remote.graph_store import GraphStore


def test_the_first_part_replaces_a_graph_and_the_others_add_to_it() -> None:
    with answering(lambda handler, _: send(handler, 204, b"")) as (url, got), closing(GraphStore(url)) as store:
        store.replace("urn:a?b", [b"<urn:1> <urn:2> <urn:3> .\n", b"<urn:4> <urn:5> <urn:6> .\n"])
        assert [(sent.method, sent.target) for sent in got] == [
            ("PUT", "/sparql?graph=urn%3Aa%3Fb"),
            ("POST", "/sparql?graph=urn%3Aa%3Fb"),
        ]


def test_a_part_that_the_engine_refuses_is_an_error() -> None:
    with (
        answering(lambda handler, _: send(handler, 507, b"disk full")) as (url, got),
        closing(GraphStore(url)) as store,
    ):
        with pytest.raises(EngineAnswerError, match="disk full"):
            store.replace("urn:a", [b"x", b"y"])
        assert len(got) == 1


def test_an_engine_that_is_down_is_an_error() -> None:
    with closing(GraphStore(f"http://127.0.0.1:{free_port()}/store")) as store, pytest.raises(EngineUnavailableError):
        store.replace("urn:a", [b""])
