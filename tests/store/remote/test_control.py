"""An engine says which release it holds, and whether all of it."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, serialize

from tests.store.remote.answering import answering, send
from tlevel_rdf.errors import EngineAnswerError
from tlevel_rdf.store.remote.control import CONTROL, LoadedRelease, loaded_release
from tlevel_rdf.store.remote.endpoint import Endpoint
from tlevel_rdf.store.remote.graph_store import GraphStore
from tlevel_rdf.store.remote.store import RemoteStore

if TYPE_CHECKING:
    from tests.engines import Engine

HELD = LoadedRelease("2026-11-22-0123", "https://e.org/", dt.date(2026, 11, 22), ("urn:a", "urn:b"), is_complete=False)


def write(store: GraphStore, release: LoadedRelease) -> None:
    store.replace(CONTROL, [serialize(release.triples(), format=RdfFormat.N_TRIPLES) or b""])


def test_what_was_written_is_read(engine: Engine) -> None:
    with closing(GraphStore(engine.store)) as store, closing(Endpoint(engine.query)) as endpoint:
        before = loaded_release(endpoint)
        assert before is not None
        try:
            write(store, HELD)
            assert loaded_release(endpoint) == HELD
            with pytest.raises(EngineAnswerError, match="holds only a part of the release 2026-11-22-0123"):
                RemoteStore.open(engine.query)
            store.replace(
                CONTROL, [serialize(replace(HELD, is_complete=True).triples(), format=RdfFormat.N_TRIPLES) or b""]
            )
            assert RemoteStore.held(engine.query) == replace(HELD, is_complete=True)
        finally:
            write(store, before)


@pytest.mark.parametrize(
    "body",
    [
        b"garbage",
        b'{"head": {"vars": ["p", "o"]}, "results": {"bindings": [{"p": {"type": "uri", "value": "urn:p"}}]}}',
        b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "uri", "value": "urn:p"}}]}}',
        (
            b'{"head": {"vars": ["p", "o"]}, "results": {"bindings":'
            b' [{"p": {"type": "uri", "value": "urn:p"}, "o": {"type": "literal", "value": "v"}}]}}'
        ),
    ],
)
def test_an_answer_that_cannot_be_read_is_an_error(body: bytes) -> None:
    with (
        answering(lambda handler, _: send(handler, 200, body)) as (url, _),
        closing(Endpoint(url)) as endpoint,
        pytest.raises(EngineAnswerError, match="cannot be read"),
    ):
        loaded_release(endpoint)


def test_an_engine_into_which_nothing_was_loaded_holds_no_release() -> None:
    empty = b'{"head": {"vars": ["p", "o"]}, "results": {"bindings": []}}'
    with answering(lambda handler, _: send(handler, 200, empty)) as (url, _), closing(Endpoint(url)) as endpoint:
        assert loaded_release(endpoint) is None
