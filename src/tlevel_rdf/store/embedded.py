"""A store inside the process: Oxigraph, on the folder that a release built or on a temporary one.

The default graph holds every triple of the graphs once. If the engine made that union itself, it would return a triple
once per graph that holds it, which is not the RDF merge of SPARQL 1.1 Query, section 13.1, and gives wrong counts.
Every query passes `query_guard.check_query` first: the engine would fetch from the endpoint of a SERVICE, and crashes
on deep nesting. The engine has no time limit; the server runs it in a process that it can end.
"""

from __future__ import annotations

import itertools
import re
import weakref
from contextlib import closing, contextmanager
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, QueryResultsFormat, RdfFormat, Triple

from tlevel_rdf.errors import (
    AnswerTooLargeError,
    QueryFailedError,
    QueryRefusedError,
    QueryUnsupportedError,
    ReleaseError,
    UnwritableError,
)
from tlevel_rdf.graph.lexical_forms import LexicalForms, lexical_forms_file
from tlevel_rdf.graph.serialization import serialize_graph
from tlevel_rdf.graph.union import write_union
from tlevel_rdf.limits import MAX_ANSWER_TRIPLES
from tlevel_rdf.store.base import Query, QueryForm, Solutions, Syntax
from tlevel_rdf.store.csv_results import is_well_formed, write_rows
from tlevel_rdf.store.query_guard import check_query
from tlevel_rdf.store.rdf_merge import merge
from tlevel_rdf.store.select import select_rows
from tlevel_rdf.store.select_star import with_columns
from tlevel_rdf.store.syntax_errors import locate_syntax_error
from tlevel_rdf.store.temporary import temporary_error, temporary_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from pathlib import Path

    from _typeshed import ReadableBuffer as Buffer
    from pyoxigraph import Quad, QueryBoolean, QuerySolutions, QueryTriples

    from tlevel_rdf.store.base import Term
    from tlevel_rdf.store.query_guard import CheckedQuery

    #: The name of a graph in the engine.
    Graph = NamedNode | BlankNode

_ROWS: Final = {
    Syntax.JSON: QueryResultsFormat.JSON,
    Syntax.XML: QueryResultsFormat.XML,
    Syntax.CSV: QueryResultsFormat.CSV,
    Syntax.TSV: QueryResultsFormat.TSV,
}
_GRAPHS: Final = {
    Syntax.TURTLE: RdfFormat.TURTLE,
    Syntax.N_TRIPLES: RdfFormat.N_TRIPLES,
    Syntax.JSON_LD: RdfFormat.JSON_LD,
    Syntax.RDF_XML: RdfFormat.RDF_XML,
    Syntax.N_QUADS: RdfFormat.N_QUADS,
    Syntax.TRIG: RdfFormat.TRIG,
}
#: Characters that XML 1.0 (section 2.2) excludes, in UTF-8; the engine writes them all the same.
_NO_XML: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
#: Bytes that a row and a term take in the JSON of a result, beside the value.
_ROW_BYTES: Final = 3
_TERM_BYTES: Final = 30


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
        if checked.form.returns_graph is not syntax.is_graph:
            suitable = ", ".join(s for s in Syntax if s.is_graph is checked.form.returns_graph)
            raise QueryRefusedError(
                f"the result of {checked.form} cannot be written as {syntax}", hint=f"ask for one of {suitable}"
            )
        write = self._write_graph if syntax.is_graph else self._write_rows
        with _engine_errors(query, checked):
            body = write(query, checked, syntax)
        if syntax is Syntax.XML and (found := _NO_XML.search(body)):
            character = found.group().decode()
            raise UnwritableError(f"XML cannot hold the character {character!r}", hint="ask for another syntax")
        return body

    def select(self, query: Query) -> Solutions | bool:
        """Run a SELECT or ASK query and return its rows, or its truth value; see `Store`."""
        checked = check_query(query.text, query.base)
        if checked.form.returns_graph:
            raise QueryRefusedError(f"{checked.form} returns a graph, not rows", hint="use SELECT or ASK")
        with _engine_errors(query, checked):
            result = self._evaluate(query, checked)
            if checked.form is QueryForm.ASK:
                return bool(result)
            variables = tuple(variable.value for variable in result.variables)  # type: ignore[union-attr]  # the form is SELECT
            rows, size = [], 0
            for solution in result:  # type: ignore[union-attr]  # the form is SELECT
                row = dict(zip(variables, solution, strict=True))
                size += _ROW_BYTES + sum(map(_size, row.values()))
                if size > query.max_bytes:
                    raise _too_large(f"{query.max_bytes:,} bytes")
                rows.append(row)
        return Solutions(variables, rows)

    def graph_sizes(self) -> dict[str, int]:
        """Return the number of triples by the IRI of each named graph; under '' the number of distinct triples."""
        # The filter outside the groups looks at each graph once, and not at each triple.
        sizes = self._sizes(
            "SELECT ?graph ?n { { SELECT ?graph (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph }"
            " FILTER(isIRI(?graph)) } ORDER BY ?graph"
        )
        return sizes | self._sizes("SELECT ('' AS ?graph) (COUNT(*) AS ?n) { ?s ?p ?o }")

    def _sizes(self, query: str) -> dict[str, int]:
        rows = ((row["graph"], row["n"]) for row in select_rows(self, query))
        return {graph.value: int(n.value) for graph, n in rows if n.value != "0"}  # type: ignore[union-attr]  # an IRI or '', and a number

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
                        raise _too_large(f"{MAX_ANSWER_TRIPLES:,} triples")
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
            raise _too_large(f"{MAX_ANSWER_TRIPLES:,} triples")
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
        body = _BoundedBuffer(query.max_bytes)
        self._evaluate(query, checked).serialize(body, format=_ROWS[syntax])  # type: ignore[arg-type]  # the form returns no graph
        if syntax is Syntax.CSV and not is_well_formed(body.getvalue()):
            body = _BoundedBuffer(query.max_bytes)
            write_rows(self._evaluate(query, checked), body)  # type: ignore[arg-type]  # the CSV of ASK is always sound
        return body.getvalue()

    def _write_graph(self, query: Query, checked: CheckedQuery, syntax: Syntax) -> bytes:
        graphs = [*itertools.chain(*_dataset(query, checked))]
        with closing(LexicalForms(lexical_forms_file(self._path))) as forms:
            triples = (_one_of(forms.of(triple, graphs), triple) for triple in self._evaluate(query, checked))  # type: ignore[union-attr]  # the form returns a graph
            body = serialize_graph(_distinct(triples), _GRAPHS[syntax], base=_base_of(query.base))
        if len(body) > query.max_bytes:
            raise _too_large(f"{query.max_bytes:,} bytes")
        return body

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


class _BoundedBuffer(BytesIO):
    """A buffer that refuses to grow beyond a number of bytes."""

    def __init__(self, max_bytes: int) -> None:
        super().__init__()
        self._max_bytes = max_bytes

    def write(self, data: Buffer, /) -> int:
        written = super().write(data)
        if self.tell() > self._max_bytes:
            raise _too_large(f"{self._max_bytes:,} bytes")
        return written


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


def _base_of(endpoint: str) -> str:
    """Return the base of the identifiers of a site, whose endpoint is `sparql` under it; empty for other IRIs."""
    return endpoint.removesuffix("sparql") if endpoint.endswith("/sparql") else ""


def _size(term: Term | None) -> int:
    """Return about the number of bytes that a term takes in the JSON of a result."""
    if term is None:
        return 0
    if isinstance(term, Triple):
        return sum(map(_size, term)) + _TERM_BYTES
    return len(term.value) + _TERM_BYTES


def _one_of(written: Sequence[Triple], triple: Triple) -> Triple:
    """Return the triple as the data has it, if the data has it in one lexical form only."""
    return written[0] if len(written) == 1 else triple


def _too_large(limit: str) -> AnswerTooLargeError:
    return AnswerTooLargeError(
        f"the answer has more than {limit}", hint="ask for less, such as with LIMIT, or take a dump"
    )


def _nodes(graphs: Iterable[str]) -> list[Graph]:
    """Return the distinct names of graphs as nodes."""
    return [_graph_node(iri) for iri in dict.fromkeys(graphs)]


def _graph_node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QueryRefusedError(f"the graph name {iri!r} is not an IRI: {error}") from error


def _distinct(triples: Iterable[Triple]) -> set[Triple]:
    """Collect triples, with their blank nodes numbered in order of appearance."""
    numbers: dict[BlankNode, BlankNode] = {}

    def numbered(node: Term) -> Term:
        if isinstance(node, BlankNode):
            return numbers.setdefault(node, BlankNode(f"b{len(numbers)}"))
        return with_numbers(node) if isinstance(node, Triple) else node

    def with_numbers(triple: Triple) -> Triple:
        subject, value = triple.subject, triple.object
        if isinstance(subject, BlankNode) or isinstance(value, BlankNode | Triple):
            return Triple(numbered(subject), triple.predicate, numbered(value))  # type: ignore[arg-type]  # kinds are kept
        return triple

    distinct: set[Triple] = set()
    for triple in triples:
        distinct.add(with_numbers(triple))
        if len(distinct) > MAX_ANSWER_TRIPLES:
            raise _too_large(f"{MAX_ANSWER_TRIPLES:,} triples")
    return distinct


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
