"""A load ends with the whole release in the engine, or with an error and nothing served."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.engines import free_port, run_oxigraph
from tlevel_rdf.dataset import engine_load
from tlevel_rdf.dataset.engine_load import load_release
from tlevel_rdf.errors import EngineAnswerError, EngineUnavailableError
from tlevel_rdf.store.remote.control import UNION
from tlevel_rdf.store.remote.graph_store import GraphStore
from tlevel_rdf.store.remote.store import RemoteStore

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.engines import Engine
    from tlevel_rdf.release.release import Release


def ignore(_done: int, _total: int) -> None:
    pass


def test_a_load_that_is_interrupted_is_not_served_and_goes_on(
    small_release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_load, "LOAD_PART_BYTES", 50_000)
    port = free_port()
    with run_oxigraph(tmp_path, port) as running:

        def kill(done: int, _total: int) -> None:
            if done > 1_000:
                running.process.kill()
                running.process.wait()

        with pytest.raises(EngineUnavailableError):
            load_release(small_release, running.store, running.query, kill)
    with run_oxigraph(tmp_path, port) as running:
        with pytest.raises(EngineAnswerError, match="holds only a part of the release"):
            RemoteStore.open(running.query)
        seen: list[int] = []
        total = load_release(small_release, running.store, running.query, lambda done, _: seen.append(done))
        assert seen == sorted(seen)
        assert seen[-1] == total
        with closing(RemoteStore.open(running.query)) as store:
            assert store.release is not None
            assert store.release.id == small_release.id


def test_a_second_load_of_the_same_release_sends_no_graph_of_it(
    engine: Engine,
    small_release: Release,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[str] = []
    replace = GraphStore.replace

    def note(self: GraphStore, graph: str, parts: Iterable[bytes]) -> None:
        sent.append(graph)
        replace(self, graph, parts)

    monkeypatch.setattr(GraphStore, "replace", note)
    load_release(small_release, engine.store, engine.query, ignore)
    assert len(set(sent)) == 2


def test_another_release_is_refused(oxigraph: Engine, small_release: Release, shipped_release: Release) -> None:
    with pytest.raises(EngineAnswerError, match=f"the engine holds the release {small_release.id}"):
        load_release(shipped_release, oxigraph.store, oxigraph.query, ignore)


def test_two_datasets_are_noticed_before_anything_is_replaced(
    oxigraph: Engine, small_release: Release, shipped_release: Release, tmp_path: Path
) -> None:
    with run_oxigraph(tmp_path) as empty:
        with pytest.raises(EngineAnswerError, match="does not see what the graph store has taken"):
            load_release(small_release, oxigraph.store, empty.query, ignore)
        assert RemoteStore.held(empty.query) is None
        # The other engine also holds another release, which is not the first thing to correct.
        with pytest.raises(EngineAnswerError, match="does not see what the graph store has taken"):
            load_release(shipped_release, empty.store, oxigraph.query, ignore)
    with closing(RemoteStore.open(oxigraph.query)) as store:
        assert store.release is not None
        assert store.release.is_complete


def test_an_engine_that_loses_triples_is_not_served(
    small_release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = GraphStore.replace

    def lose(self: GraphStore, graph: str, parts: list[bytes]) -> None:
        replace(self, graph, [part[: part.rindex(b"\n", 0, -1) + 1] if graph == UNION else part for part in parts])

    monkeypatch.setattr(GraphStore, "replace", lose)
    with run_oxigraph(tmp_path) as running:
        with pytest.raises(EngineAnswerError, match="after the load, the engine has"):
            load_release(small_release, running.store, running.query, ignore)
        with pytest.raises(EngineAnswerError, match="only a part"):
            RemoteStore.open(running.query)
