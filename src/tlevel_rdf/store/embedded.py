"""The store inside the process: Oxigraph, from a folder that a release built or a temporary one.

Its default graph holds every triple of its graphs once. Left to make that union itself, the engine gives a triple as
often as there are graphs with it, which is not the merge that SPARQL 1.1 Query, section 13.1, counts and adds up.
Every query passes `inspection.inspect` first, since the engine would fetch what SERVICE names and dies of deep nesting.
It has no time limit: whoever serves strangers runs it in a process that can be ended.
"""

from __future__ import annotations

import csv
import re
import shutil
import tempfile
import weakref
from contextlib import closing
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, QueryResultsFormat, RdfFormat, Triple

from tlevel_rdf.errors import (
    AnswerTooLargeError,
    QueryFailedError,
    QueryRefusedError,
    QueryUnsupportedError,
    ReleaseError,
    UnwritableError,
)
from tlevel_rdf.graph.lexical_forms import Forms, forms_of
from tlevel_rdf.graph.serialization import write_graph
from tlevel_rdf.graph.union import write_union
from tlevel_rdf.limits import MAX_ANSWER_TRIPLES
from tlevel_rdf.store.base import Question, Syntax
from tlevel_rdf.store.csv_results import is_sound, write_rows
from tlevel_rdf.store.query_guard import inspect
from tlevel_rdf.store.rdf_merge import merge
from tlevel_rdf.store.select_star import with_columns
from tlevel_rdf.store.syntax_errors import fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from _typeshed import ReadableBuffer as Buffer
    from pyoxigraph import Quad, QueryBoolean, QuerySolutions, QueryTriples

    from tlevel_rdf.store.query_guard import Inspected

    #: What the engine takes for the name of a graph.
    Graph = NamedNode | BlankNode
    Node = NamedNode | BlankNode | Literal | Triple

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
}
#: What XML 1.0 (section 2.2) cannot hold, in UTF-8, and the engine writes all the same.
_NO_XML: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


class EmbeddedStore:
    """A `Store` over Oxigraph. Make one with `open` or `of`."""

    def __init__(self, path: Path) -> None:
        try:
            self._engine: pyoxigraph.Store | None = pyoxigraph.Store.read_only(str(path))
        except (OSError, ValueError, RuntimeError) as error:
            raise ReleaseError(f"{path}: {error}", hint="build the release again") from error
        self._path = path.absolute()
        #: The graphs that were merged last, and their merge: whoever asks of several asks again.
        self._merged: tuple[tuple[frozenset[Graph], frozenset[Graph]], pyoxigraph.Store] | None = None

    @classmethod
    def open(cls, path: Path) -> EmbeddedStore:
        """Open a store's folder for reading. Many processes can do so at once.

        Args:
            path: what a build wrote, finished: named graphs, and in the default graph each of their triples.

        Raises:
            ReleaseError: the folder holds no store.
        """
        return cls(path)

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> EmbeddedStore:
        """A store of these quads, in a temporary folder that is there as long as this object.

        On the disk, so that other processes can open it as well, and so that more fits than the memory holds.
        """
        return cls.written(lambda folder: write_union(quads, folder))

    @classmethod
    def written(cls, write: Callable[[Path], None]) -> EmbeddedStore:
        """A store in a temporary folder that is there as long as this object.

        Args:
            write: writes a store to a folder that is not there yet.
        """
        folder = Path(tempfile.mkdtemp(prefix="tlevel-rdf-"))
        try:
            write(folder / "store")
            store = cls(folder / "store")
        except BaseException:
            shutil.rmtree(folder)
            raise
        weakref.finalize(store, shutil.rmtree, folder, ignore_errors=True)
        return store

    def __reduce__(self) -> tuple[Callable[[Path], EmbeddedStore], tuple[Path]]:
        """In another process the same folder is opened there; whoever made a temporary one keeps it meanwhile."""
        return EmbeddedStore.open, (self._path,)

    def answer(self, question: Question) -> bytes:
        """The whole answer to a query of SPARQL 1.1.

        The default graph is the union of all graphs, unless the question or the query's own FROM names graphs; then it
        is the merge of those. The question's graphs come before the query's (SPARQL 1.1 Protocol, section 2.1.4).
        Nothing is ever fetched.
        A graph is answered with no triple twice, sorted, its blank nodes numbered; so equal questions have equal
        answers.

        Raises:
            QuerySyntaxError: the text is no query of SPARQL 1.1.
            QueryRefusedError: it asks for what is not done here, or for an answer of another kind than its own.
            QueryTooLargeError: it is over a limit.
            QueryUnsupportedError: it calls a function that is not known here.
            UnwritableError: that syntax cannot hold the answer.
            AnswerTooLargeError: the answer is longer than the question allows.
            QueryFailedError: the engine could not finish.
        """
        query = inspect(question.text, question.base)
        if query.form.gives_graph is not question.syntax.is_graph:
            fits = ", ".join(s for s in Syntax if s.is_graph is query.form.gives_graph)
            raise QueryRefusedError(
                f"the answer to {query.form} cannot be written as {question.syntax}", hint=f"ask for one of {fits}"
            )
        try:
            answer = self._ask(query, question)
        except SyntaxError as error:
            raise fault(error, question.text, query.text, question.base) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise _failure(error, query.text, question.base) from error
        if question.syntax is Syntax.XML and (found := _NO_XML.search(answer)):
            character = found.group().decode()
            raise UnwritableError(f"XML cannot hold the character {character!r}", hint="ask for another syntax")
        return answer

    def graphs(self) -> dict[str, int]:
        """The IRI of each named graph with its number of triples; under '' how many there are in all, each once."""
        # The filter outside the groups looks at each graph once, and not at each triple.
        counts = self._counts(
            "SELECT ?graph ?n { { SELECT ?graph (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph }"
            " FILTER(isIRI(?graph)) }"
        )
        return counts | self._counts("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")

    def about(self, iris: Iterable[str]) -> Iterator[tuple[Triple, str]]:
        """What the data says of things, and of the blank nodes that this leads to, to where they end; see `Store`."""
        waiting: list[Graph] = [NamedNode(iri) for iri in iris]
        seen = set(waiting)
        number = 0
        with closing(Forms(forms_of(self._path))) as forms:
            while waiting:
                for triple, graph in self._said_of(waiting.pop()):
                    for written in forms.of(triple, [graph]):
                        yield written, graph
                    number += 1
                    if number > MAX_ANSWER_TRIPLES:
                        raise _too_large(f"{MAX_ANSWER_TRIPLES:,} triples")
                    if isinstance(triple.object, BlankNode) and triple.object not in seen:
                        seen.add(triple.object)
                        waiting.append(triple.object)

    def _said_of(self, node: Graph) -> Iterator[tuple[Triple, str]]:
        """What is said of a node in each graph; of the default graph, what stands in no other."""
        # Each of them stands in the default graph as well.
        most = 2 * MAX_ANSWER_TRIPLES
        try:
            quads = list(islice(self._open.quads_for_pattern(node, None, None, None), most + 1))
        except (OSError, RuntimeError) as error:
            raise QueryFailedError(
                f"the engine stopped: {error}", hint="verify the release, or build it again"
            ) from error
        if len(quads) > most:
            raise _too_large(f"{MAX_ANSWER_TRIPLES:,} triples")
        named = {quad.triple for quad in quads if not isinstance(quad.graph_name, DefaultGraph)}
        for quad in quads:
            if not isinstance(quad.graph_name, DefaultGraph) or quad.triple not in named:
                yield quad.triple, quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""

    def close(self) -> None:
        """Let go of the files. No method may be called afterwards."""
        self._engine = self._merged = None

    @property
    def _open(self) -> pyoxigraph.Store:
        if self._engine is None:
            raise ReleaseError("the store was closed", hint="open it again")
        return self._engine

    def _counts(self, query: str) -> dict[str, int]:
        """The last column by the first one, or by '' if there is no other; without those that are 0."""
        answer = self._ask(inspect(query), Question(query, Syntax.CSV)).decode()
        rows = sorted(csv.reader(answer.splitlines()[1:]))
        return {"".join(graph): int(number) for *graph, number in rows if int(number)}

    def _ask(self, query: Inspected, question: Question) -> bytes:
        # Asked and written in one call: a result of the engine that crosses threads aborts the process.
        # The graphs of the question go before the query's own.
        asked = question if question.default_graphs or question.named_graphs else query
        result = self._result(query, asked, question.base or None)
        if isinstance(result, pyoxigraph.QueryTriples):
            graphs = (*asked.default_graphs, *asked.named_graphs)
            with closing(Forms(forms_of(self._path))) as forms:
                written = (_one_of(forms.of(triple, graphs), triple) for triple in result)
                return _graph(written, question.syntax, question.most_bytes)
        answer = _Bounded(question.most_bytes)
        result.serialize(answer, format=_ROWS[question.syntax])
        if question.syntax is Syntax.CSV and not is_sound(answer.getvalue()):
            result = self._result(query, asked, question.base or None)
            if isinstance(result, pyoxigraph.QuerySolutions):
                answer = _Bounded(question.most_bytes)
                write_rows(result, answer)
        return answer.getvalue()

    def _result(
        self, query: Inspected, asked: Question | Inspected, base: str | None
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        text = query.text if query.star is None else with_columns(query.text, query.star, base)
        if not asked.default_graphs and not asked.named_graphs:
            return self._open.query(text, base_iri=base)
        default, named = _nodes(asked.default_graphs), _nodes(asked.named_graphs)
        if len(default) < 2:
            return self._open.query(text, base_iri=base, default_graph=[*default], named_graphs=named)
        merged = self._merge(default, named)
        return merged.query(text, base_iri=base, default_graph=DefaultGraph(), named_graphs=named)

    def _merge(self, default: Sequence[Graph], named: Sequence[Graph]) -> pyoxigraph.Store:
        key = (frozenset(default), frozenset(named))
        kept = self._merged
        if kept is None or kept[0] != key:
            # Let go first: the memory is for one.
            self._merged = None
            self._merged = kept = (key, merge(self._open, default, named))
        return kept[1]


class _Bounded(BytesIO):
    """Takes an answer while the engine writes it, and no more of it than an answer may have."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Buffer, /) -> int:
        written = super().write(data)
        if self.tell() > self._most:
            raise _too_large(f"{self._most:,} bytes")
        return written


def _one_of(written: Sequence[Triple], triple: Triple) -> Triple:
    """How a statement is written, if there is one way: which of several was asked for is not known."""
    return written[0] if len(written) == 1 else triple


def _too_large(limit: str) -> AnswerTooLargeError:
    return AnswerTooLargeError(
        f"the answer has more than {limit}", hint="ask for less, such as with LIMIT, or take a dump"
    )


def _nodes(graphs: Iterable[str]) -> list[Graph]:
    """The names of graphs, each once."""
    return [_graph_node(iri) for iri in dict.fromkeys(graphs)]


def _graph_node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QueryRefusedError(f"the graph {iri!r} has no IRI for a name: {error}") from error


def _graph(triples: Iterable[Triple], syntax: Syntax, most_bytes: int) -> bytes:
    numbers: dict[BlankNode, BlankNode] = {}

    def numbered(node: Node) -> Node:
        if isinstance(node, BlankNode):
            return numbers.setdefault(node, BlankNode(f"b{len(numbers)}"))
        return with_numbers(node) if isinstance(node, Triple) else node

    def with_numbers(triple: Triple) -> Triple:
        subject, value = triple.subject, triple.object
        if isinstance(subject, BlankNode) or isinstance(value, BlankNode | Triple):
            return Triple(numbered(subject), triple.predicate, numbered(value))  # type: ignore[arg-type]  # kinds are kept
        return triple

    plain: set[Triple] = set()
    for triple in triples:
        plain.add(with_numbers(triple))
        if len(plain) > MAX_ANSWER_TRIPLES:
            raise _too_large(f"{MAX_ANSWER_TRIPLES:,} triples")
    answer = write_graph(plain, _GRAPHS[syntax])
    if len(answer) > most_bytes:
        raise _too_large(f"{most_bytes:,} bytes")
    return answer


def _failure(error: Exception, text: str, base: str) -> QueryFailedError | QueryUnsupportedError:
    # What fails in the same way without any data is a matter of the query, and anything else is a fault of ours.
    try:
        pyoxigraph.Store().query(text, base_iri=base or None)
    except RuntimeError as own:
        if str(own) == str(error):
            return QueryUnsupportedError(
                f"the engine cannot answer this query: {error}",
                hint="use the functions of SPARQL 1.1 Query, section 17.4",
            )
    return QueryFailedError(f"the engine stopped: {error}", hint="change the query")
