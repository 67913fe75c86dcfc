"""The load of a release into an engine, graph by graph, and the comparison afterwards.

A graph that is in the engine with as many triples as it should have is not sent again, so a load that was interrupted
goes on where it stopped. Until the end, the engine says that it holds a part only, and nothing is served from it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from tlevel_rdf.errors import EngineAnswerError, requires_extra
from tlevel_rdf.graph import canonical_quads
from tlevel_rdf.limits import COMPARED_THINGS, LOAD_PART_BYTES
from tlevel_rdf.release.dumps import N_QUADS, N_TRIPLES
from tlevel_rdf.store.base import Query
from tlevel_rdf.store.select import select_rows
from tlevel_rdf.store.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tlevel_rdf.release.release import Release
    from tlevel_rdf.store.base import Store
    from tlevel_rdf.store.remote.graph_store import GraphStore

#: Receives the number of triples that the engine holds by now, and the number at the end.
LoadProgress = Callable[[int, int], None]
#: A graph that a load writes and empties before anything else.
_PROBE: Final = "urn:tlevel-rdf:probe"
_NUMBERS: Final = frozenset({"decimal", "integer", "double", "float", "nonNegativeInteger", "positiveInteger"})


def load_release(release: Release, graph_store_url: str, query_url: str, begin: LoadProgress) -> int:
    """Load a release into an engine, compare the two, and return the number of triples in its graphs.

    Args:
        release: to load.
        graph_store_url: at which the engine takes graphs (SPARQL 1.1 Graph Store Protocol).
        query_url: of the SPARQL endpoint over the same data.
        begin: receives the progress.

    Raises:
        EngineAnswerError: the URLs are of two datasets, the engine holds another release, or differs from this one
            after the load.
        EngineUnavailableError, EngineTimeoutError: the load has stopped. The same call goes on with it.
        MissingExtraError: the extra for engines is not installed.
    """
    with requires_extra("remote", "tlevel-rdf load"):
        from tlevel_rdf.store.remote.control import CONTROL, UNION, LoadedRelease  # noqa: PLC0415 - needs an extra
        from tlevel_rdf.store.remote.graph_store import GraphStore  # noqa: PLC0415 - needs an extra
        from tlevel_rdf.store.remote.store import RemoteStore  # noqa: PLC0415 - needs an extra

    named: dict[str, int] = release.manifest["graphs"]
    held = RemoteStore.held(query_url)
    # First of all: an error about another release would be about another dataset.
    with closing(GraphStore(graph_store_url)) as target, closing(RemoteStore(query_url, None)) as store:
        _refuse_two_datasets(target, store)
    if held is not None and held.id != release.id:
        raise EngineAnswerError(
            f"the engine holds the release {held.id}", hint="load this one into another dataset of the engine"
        )
    state = LoadedRelease(release.id, release.base, release.date, tuple(sorted(named)), is_complete=False)
    expected = named | {UNION: _count_lines(release)}
    done, total = 0, sum(expected.values())
    with (
        closing(GraphStore(graph_store_url)) as target,
        closing(RemoteStore(query_url, replace(state, graphs=tuple(expected)))) as store,
        closing(RemoteStore(query_url, state)) as loaded,
        closing(release.store()) as own,
    ):
        target.replace(CONTROL, [_n_triples(state.triples())])
        for graph, parts in _graphs(release, UNION):
            if _size(store, graph) != expected[graph]:
                target.replace(graph, parts)
            done += expected[graph]
            begin(done, total)
        _compare_sizes(store, expected)
        _compare_descriptions(loaded, own, release.base)
        target.replace(CONTROL, [_n_triples(replace(state, is_complete=True).triples())])
    return total


def _refuse_two_datasets(target: GraphStore, store: Store) -> None:
    """Check that a graph that is written to one URL is seen at the other.

    Raises:
        EngineAnswerError: it is not.
    """
    node = NamedNode(f"{_PROBE}:{secrets.token_hex(8)}")
    target.replace(_PROBE, [_n_triples([Triple(node, node, node)])])
    is_seen = store.select(Query(f"ASK {{ {node} ?p ?o }}", default_graphs=[_PROBE]))
    target.replace(_PROBE, [b""])
    if is_seen is not True:
        raise EngineAnswerError(
            "the SPARQL endpoint does not see what the graph store has taken",
            hint="check that both URLs are of the same dataset",
        )


def _graphs(release: Release, union: str) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield each graph of a release with its N-Triples in parts, and then the union of all."""
    folder, remove = temporary_folder()
    try:
        with (release.folder / N_QUADS).open("rb") as lines:
            by_graph = groupby(
                canonical_quads.sort_by_graph(lines, folder), lambda line: line[line.rindex(b" <") + 2 : -4]
            )
            for graph, quads in by_graph:
                yield graph.decode(), _parts(line[: line.rindex(b" <")] + b" .\n" for line in quads)
        with (release.folder / N_TRIPLES).open("rb") as triples:
            yield union, _parts(triples)
    finally:
        remove()


def _graph_of(line: bytes) -> str:
    return line[line.rindex(b" <") + 2 : -4].decode()


def _parts(lines: Iterable[bytes]) -> Iterator[bytes]:
    part = bytearray()
    for line in lines:
        part += line
        if len(part) >= LOAD_PART_BYTES:
            yield bytes(part)
            part.clear()
    if part:
        yield bytes(part)


def _n_triples(triples: Iterable[Triple]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _count_lines(release: Release) -> int:
    with (release.folder / N_TRIPLES).open("rb") as lines:
        return sum(1 for _ in lines)


def _size(store: Store, graph: str) -> int:
    rows = store.select(Query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", default_graphs=[graph]))
    return 0 if isinstance(rows, bool) else int(rows.rows[0]["n"].value)  # type: ignore[union-attr]  # a number


def _compare_sizes(store: Store, expected: dict[str, int]) -> None:
    for graph, size in expected.items():
        if (found := _size(store, graph)) != size:
            raise EngineAnswerError(
                f"after the load, the engine has {found:,} of the {size:,} triples of <{graph}>",
                hint="look at the log of the engine, and load again",
            )


def _compare_descriptions(remote: Store, own: Store, base: str) -> None:
    """Compare the descriptions of things from all of the data."""
    text = f'SELECT DISTINCT ?s {{ ?s ?p ?o FILTER(isIRI(?s) && STRSTARTS(STR(?s), "{base}")) }} ORDER BY ?s'
    things = [row["s"].value for row in select_rows(own, text)]  # type: ignore[union-attr]  # an IRI
    for thing in things[:: max(1, len(things) // COMPARED_THINGS)]:
        if _statements(remote, thing) != _statements(own, thing):
            raise EngineAnswerError(
                f"after the load, the engine describes <{thing}> in another way", hint="report this engine's version"
            )


def _statements(store: Store, thing: str) -> set[tuple[str, str, str, str]]:
    """Return the statements about a thing. Engines may write a number in another form."""
    return {
        (str(triple.subject), triple.predicate.value, _same_form(triple.object), graph)
        for triple, graph in store.describe([thing])
    }


def _same_form(term: object) -> str:
    if isinstance(term, Literal) and term.datatype.value.rpartition("#")[2] in _NUMBERS:
        return str(float(term.value))
    return str(term)
