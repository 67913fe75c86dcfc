"""A store inside the process: Oxigraph, on the folder that a release built or on a temporary one.

The default graph holds every triple of the graphs once. If the engine made that union itself, it would return a triple
once per graph that holds it, which is not the RDF merge of SPARQL 1.1 Query, section 13.1, and gives wrong counts.
Every query passes `query_guard.check_query` first: the engine would fetch from the endpoint of a SERVICE, and crashes
on deep nesting. The engine has no time limit; the server runs it in a process that it can end.
"""

from __future__ import annotations

import itertools
import weakref
from contextlib import closing, contextmanager
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Triple

from tlevel_rdf.errors import (
    QueryFailedError,
    QueryRefusedError,
    QueryUnsupportedError,
    ReleaseError,
)
from tlevel_rdf.graph.lexical_forms import LexicalForms, lexical_forms_file
from tlevel_rdf.graph.union import write_union
from tlevel_rdf.limits import MAX_ANSWER_TRIPLES
from tlevel_rdf.store.query_guard import check_query
from tlevel_rdf.store.rdf_merge import merge
from tlevel_rdf.store.results import collect, refuse_graph, refuse_unsuitable, too_large, write_graph, write_solutions
from tlevel_rdf.store.select import count_graphs
from tlevel_rdf.store.select_star import with_columns
from tlevel_rdf.store.syntax_errors import locate_syntax_error
from tlevel_rdf.store.temporary import temporary_error, temporary_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from pathlib import Path

    from pyoxigraph import Quad, QueryBoolean, QuerySolutions, QueryTriples

    from tlevel_rdf.store.base import Query, Solutions, Syntax
    from tlevel_rdf.store.query_guard import CheckedQuery

    #: The name of a graph in the engine.
    Graph = NamedNode | BlankNode


class EmbeddedStore:
    """A `Store` on Oxigraph. Create one with `open`, `of` or `written`."""

    def __init__(self, path: Path) -> None:
        try:
            self._engine: pyoxigraph.Store | None = pyoxigraph.Store.read_only(str(path))
        except (OSError, ValueError, RuntimeError) as error:
            raise ReleaseError(f"{path}: {error}", hint="build the release again") from error
        self._path = path.absolute()
        #: The graphs merged last, and their merge: a client that queries several graphs usually queries them again.
        self._merged: tuple[tuple[frozenset[Graph], frozenset[Graph]], pyoxigraph.Store] | None = None

    @classmethod
    def open(cls, path: Path) -> EmbeddedStore:
        """Open a store's folder for reading. Many processes can do so at once.

        Args:
            path: a folder that a build has finished: named graphs, and every triple of theirs in the default graph.

        Raises:
            ReleaseError: the folder holds no store.
        """
        return cls(path)

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> EmbeddedStore:
        """Write quads to a temporary folder and open it; the folder lives as long as the returned object.

        A folder, not memory, so that other processes can open it too and the data may exceed the memory.
        """
        return cls.written(lambda folder: write_union(quads, folder))

    @classmethod
    def written(cls, write: Callable[[Path], None]) -> EmbeddedStore:
        """Open a store in a temporary folder that lives as long as the returned object.

        Args:
            write: writes a store to a folder that does not exist yet.

        Raises:
            OutputError: the folder cannot be written.
        """
        folder, remove = temporary_folder()
        try:
            write(folder / "store")
            store = cls(folder / "store")
        except OSError as error:
            remove()
            raise temporary_error(error) from error
        except BaseException:
            remove()
            raise
        weakref.finalize(store, remove)
        return store

    def __reduce__(self) -> tuple[Callable[[Path], EmbeddedStore], tuple[Path]]:
        """Open the same folder in another process; the creator of a temporary folder must keep it meanwhile."""
        return EmbeddedStore.open, (self._path,)

    def query(self, query: Query, syntax: Syntax) -> bytes:
        """Run a query and write its result; see `Store`.

        The default graph is the union of all graphs, unless the request or the FROM of the query names graphs; then it
        is their merge. The graphs of the request come before those of the query (SPARQL 1.1 Protocol, section 2.1.4).
        Nothing is ever fetched. A resulting graph has distinct triples, sorted, with numbered blank nodes, so that
        equal queries have equal results.
        """
        checked = check_query(query.text, query.base)
        refuse_unsuitable(checked.form, syntax)
        write = self._write_graph if syntax.is_graph else self._write_rows
        with _engine_errors(query, checked):
            return write(query, checked, syntax)

    def select(self, query: Query) -> Solutions | bool:
        """Run a SELECT or ASK query and return its rows, or its truth value; see `Store`."""
        checked = check_query(query.text, query.base)
        refuse_graph(checked.form)
        with _engine_errors(query, checked):
            return collect(self._evaluate(query, checked), checked.form, query.max_bytes)  # type: ignore[arg-type]  # the form returns no graph

    def graph_sizes(self) -> dict[str, int]:
        """Return the number of triples by the IRI of each named graph; under '' the number of distinct triples."""
        return count_graphs(self)

    def describe(self, iris: Iterable[str]) -> Iterator[tuple[Triple, str]]:
        """Yield the statements about each IRI, and about the blank nodes that they lead to; see `Store`."""
        waiting: list[Graph] = [NamedNode(iri) for iri in iris]
        seen = set(waiting)
        number = 0
        with closing(LexicalForms(lexical_forms_file(self._path))) as forms:
            while waiting:
                for triple, graph in self._statements(waiting.pop()):
                    for written in forms.of(triple, [graph]):
                        yield written, graph
                    number += 1
                    if number > MAX_ANSWER_TRIPLES:
                        raise too_large(f"{MAX_ANSWER_TRIPLES:,} triples")
                    if isinstance(triple.object, BlankNode) and triple.object not in seen:
                        seen.add(triple.object)
                        waiting.append(triple.object)

    def _statements(self, node: Graph) -> Iterator[tuple[Triple, str]]:
        """Yield the statements about a node in each named graph; from the default graph those in no named one."""
        # The default graph holds a copy of each triple.
        max_quads = 2 * MAX_ANSWER_TRIPLES
        try:
            quads = list(islice(self._open.quads_for_pattern(node, None, None, None), max_quads + 1))
        except (OSError, RuntimeError) as error:
            raise _damaged(error) from error
        if len(quads) > max_quads:
            raise too_large(f"{MAX_ANSWER_TRIPLES:,} triples")
        named = {quad.triple for quad in quads if not isinstance(quad.graph_name, DefaultGraph)}
        for quad in quads:
            if not isinstance(quad.graph_name, DefaultGraph) or quad.triple not in named:
                yield quad.triple, quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""

    def quads(self) -> Iterator[Quad]:
        """Yield all statements with their named graphs, and those of the default graph that are in no named one.

        Raises:
            ReleaseError: the store is damaged.
        """
        try:
            for graph in self._open.named_graphs():
                yield from self._open.quads_for_pattern(None, None, None, graph)
            for quad in self._open.quads_for_pattern(None, None, None, DefaultGraph()):
                same = self._open.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
                if all(isinstance(each.graph_name, DefaultGraph) for each in same):
                    yield quad
        except (OSError, RuntimeError) as error:
            raise _damaged(error) from error

    def close(self) -> None:
        """Release the files. Call no method afterwards."""
        self._engine = self._merged = None

    @property
    def _open(self) -> pyoxigraph.Store:
        if self._engine is None:
            raise ReleaseError("the store is closed", hint="open it again")
        return self._engine

    # A result of the engine that crosses threads aborts the process: evaluate and consume it in one call.

    def _write_rows(self, query: Query, checked: CheckedQuery, syntax: Syntax) -> bytes:
        return write_solutions(lambda: self._evaluate(query, checked), syntax, query.max_bytes)  # type: ignore[arg-type,return-value]  # the form returns no graph

    def _write_graph(self, query: Query, checked: CheckedQuery, syntax: Syntax) -> bytes:
        graphs = [*itertools.chain(*_dataset(query, checked))]
        with closing(LexicalForms(lexical_forms_file(self._path))) as forms:
            triples = (_one_of(forms.of(triple, graphs), triple) for triple in self._evaluate(query, checked))  # type: ignore[union-attr]  # the form returns a graph
            return write_graph(triples, syntax, query.base, query.max_bytes)

    def _evaluate(self, query: Query, checked: CheckedQuery) -> QuerySolutions | QueryBoolean | QueryTriples:
        base = query.base or None
        text = checked.text if checked.star is None else with_columns(checked.text, checked.star, base)
        default, named = map(_nodes, _dataset(query, checked))
        if not default and not named:
            return self._open.query(text, base_iri=base)
        if len(default) < 2:
            return self._open.query(text, base_iri=base, default_graph=[*default], named_graphs=named)
        merged = self._merge(default, named)
        return merged.query(text, base_iri=base, default_graph=DefaultGraph(), named_graphs=named)

    def _merge(self, default: Sequence[Graph], named: Sequence[Graph]) -> pyoxigraph.Store:
        key = (frozenset(default), frozenset(named))
        kept = self._merged
        if kept is None or kept[0] != key:
            # Discard the old merge first: the memory is for one.
            self._merged = None
            self._merged = kept = (key, merge(self._open, default, named))
        return kept[1]


@contextmanager
def _engine_errors(query: Query, checked: CheckedQuery) -> Generator[None]:
    """Raise the engine's errors as those of this package."""
    try:
        yield
    except SyntaxError as error:
        raise locate_syntax_error(error, query.text, checked.text, query.base) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise _failure(error, checked.text, query.base) from error


def _dataset(query: Query, checked: CheckedQuery) -> tuple[Sequence[str], Sequence[str]]:
    """Return the default and the named graphs: those of the request, else those of the query's FROM."""
    if query.default_graphs or query.named_graphs:
        return query.default_graphs, query.named_graphs
    return checked.default_graphs, checked.named_graphs


def _one_of(written: Sequence[Triple], triple: Triple) -> Triple:
    """Return the triple as the data has it, if the data has it in one lexical form only."""
    return written[0] if len(written) == 1 else triple


def _nodes(graphs: Iterable[str]) -> list[Graph]:
    """Return the distinct names of graphs as nodes."""
    return [_graph_node(iri) for iri in dict.fromkeys(graphs)]


def _graph_node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QueryRefusedError(f"the graph name {iri!r} is not an IRI: {error}") from error


def _failure(error: Exception, text: str, base: str) -> QueryFailedError | QueryUnsupportedError | ReleaseError:
    # An error that also occurs without any data is due to the query; any other is a fault of the engine or the store.
    try:
        pyoxigraph.Store().query(text, base_iri=base or None)
    except RuntimeError as own:
        if str(own) == str(error):
            return QueryUnsupportedError(
                f"the engine cannot answer this query: {error}",
                hint="use the functions of SPARQL 1.1 Query, section 17.4",
            )
    if isinstance(error, ValueError):
        return QueryFailedError(f"the engine stopped: {error}", hint="change the query")
    return _damaged(error)


def _damaged(error: Exception) -> ReleaseError:
    return ReleaseError(f"the store is damaged: {error}", hint="verify the release, or build it again")
