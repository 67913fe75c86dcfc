"""A store on an engine elsewhere, by the SPARQL 1.1 Protocol.

The engine sends rows as JSON and graphs as N-Triples, or Turtle. Here they become the bytes that an embedded store
would return, so that answers do not depend on the engine. Every query passes `query_guard.check_query` first: SERVICE
and updates never reach the engine.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from tlevel_rdf.errors import EngineAnswerError
from tlevel_rdf.limits import MAX_ANSWER_BYTES, MAX_ANSWER_TRIPLES, MAX_REMOTE_BLANK_NODE_DEPTH
from tlevel_rdf.store.query_guard import check_query
from tlevel_rdf.store.remote.capabilities import refuse_unfit
from tlevel_rdf.store.remote.control import UNION, loaded_release
from tlevel_rdf.store.remote.endpoint import Endpoint
from tlevel_rdf.store.results import collect, refuse_graph, refuse_unsuitable, too_large, write_graph, write_solutions
from tlevel_rdf.store.select import count_graphs, select_rows
from tlevel_rdf.store.select_star import with_columns
from tlevel_rdf.store.syntax_errors import locate_syntax_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pyoxigraph import QueryBoolean

    from tlevel_rdf.store.base import Query, Solutions, Syntax
    from tlevel_rdf.store.query_guard import CheckedQuery
    from tlevel_rdf.store.remote.control import LoadedRelease
    from tlevel_rdf.store.remote.endpoint import Answer

_ROWS: Final = "application/sparql-results+json"
_GRAPHS: Final = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
}
_ACCEPT_GRAPH: Final = "application/n-triples, text/turtle;q=0.5"
#: A store without data suffices to check the syntax of a query.
_EMPTY: Final = pyoxigraph.Store()


class RemoteStore:
    """A `Store` on an engine. Create one with `open`."""

    def __init__(self, url: str, release: LoadedRelease | None) -> None:
        self.release = release
        self._endpoint = Endpoint(url)

    @classmethod
    def open(cls, url: str) -> RemoteStore:
        """Connect to the SPARQL endpoint of an engine.

        Args:
            url: http or https, with a name and a password before the host if the engine needs them.

        Raises:
            EngineAnswerError: the engine holds a part of a release only; otherwise as for `Endpoint.query`.
        """
        release = cls.held(url)
        if release is not None and not release.is_complete:
            raise EngineAnswerError(f"the engine holds only a part of the release {release.id}", hint="load it again")
        return cls(url, release)

    @staticmethod
    def held(url: str) -> LoadedRelease | None:
        """Return the release that an engine holds, whole or in part; None if none was loaded into it.

        Raises:
            EngineUnavailableError, EngineTimeoutError, EngineAnswerError: as for `Endpoint.query`.
        """
        with closing(Endpoint(url)) as endpoint:
            release = loaded_release(endpoint)
            if release is not None:
                refuse_unfit(endpoint)
            return release

    def __reduce__(self) -> tuple[Callable[..., RemoteStore], tuple[str, LoadedRelease | None]]:
        """Connect to the same engine in another process."""
        return RemoteStore, (self._endpoint.url, self.release)

    def query(self, query: Query, syntax: Syntax) -> bytes:
        """Run a query and write its result; see `Store`."""
        checked = check_query(query.text, query.base)
        refuse_unsuitable(checked.form, syntax)
        if syntax.is_graph:
            return write_graph(_triples(self._ask(query, checked)), syntax, query.base, query.max_bytes)
        answer = self._ask(query, checked)
        return write_solutions(lambda: _solutions(answer), syntax, query.max_bytes)

    def select(self, query: Query) -> Solutions | bool:
        """Run a SELECT or ASK query and return its rows, or its truth value; see `Store`."""
        checked = check_query(query.text, query.base)
        refuse_graph(checked.form)
        return collect(_solutions(self._ask(query, checked)), checked.form, query.max_bytes)

    def graph_sizes(self) -> dict[str, int]:
        """Return the number of triples by the IRI of each named graph; under '' the number of distinct triples."""
        return count_graphs(self)

    def describe(self, iris: Iterable[str]) -> Iterator[tuple[Triple, str]]:
        """Yield the statements about each IRI, and about the blank nodes that they lead to; see `Store`.

        Blank nodes have no names that a second query could use, so one query follows them, to a fixed depth. An engine
        may change the lexical form of literals.
        """
        number = 0
        for iri in iris:
            for triple, graph in self._about(NamedNode(iri)):
                yield triple, graph
                number += 1
                if number > MAX_ANSWER_TRIPLES:
                    raise too_large(f"{MAX_ANSWER_TRIPLES:,} triples")

    def _about(self, thing: NamedNode) -> Iterator[tuple[Triple, str]]:
        rows = select_rows(self, f"SELECT ?p ?o ?g {{ {{ GRAPH ?g {{ {thing} ?p ?o }} }} UNION {{ {thing} ?p ?o }} }}")
        if any(isinstance(row["o"], BlankNode) for row in rows):
            rows = select_rows(self, _deep_query(thing))
        statements = [(row.get("s", thing), row["p"], row["o"], row["g"]) for row in rows]
        named = {statement[:3] for statement in statements if statement[3] is not None}
        for subject, predicate, value, graph in statements:
            if not isinstance(subject, NamedNode | BlankNode) or not isinstance(predicate, NamedNode) or value is None:
                raise EngineAnswerError("the engine describes a thing by something else than statements")
            if graph is not None or (subject, predicate, value) not in named:
                yield Triple(subject, predicate, value), graph.value if isinstance(graph, NamedNode) else ""

    def close(self) -> None:
        """Close the connections."""
        self._endpoint.close()

    def _ask(self, query: Query, checked: CheckedQuery) -> Answer:
        """Send a query with its dataset, once it is known to be one.

        Raises:
            QuerySyntaxError: it is none; otherwise as for `Endpoint.query`.
        """
        base = query.base or None
        try:
            text = checked.text if checked.star is None else with_columns(checked.text, checked.star, base)
            _EMPTY.query(text, base_iri=base)
        except SyntaxError as error:
            raise locate_syntax_error(error, query.text, checked.text, query.base) from error
        except (ValueError, RuntimeError):
            # The engine decides about functions.
            text = checked.text
        if base:
            text = f"BASE <{base}>\n{text}"
        default, named = self._dataset(query, checked)
        accept = _ACCEPT_GRAPH if checked.form.returns_graph else _ROWS
        # JSON takes more bytes than the other syntaxes of rows.
        return self._endpoint.query(text, accept, default, named, 4 * max(query.max_bytes, MAX_ANSWER_BYTES))

    def _dataset(self, query: Query, checked: CheckedQuery) -> tuple[Sequence[str], Sequence[str]]:
        """Return the default and the named graphs of a query."""
        if query.default_graphs or query.named_graphs:
            return query.default_graphs, query.named_graphs
        if checked.default_graphs or checked.named_graphs:
            return checked.default_graphs, checked.named_graphs
        return ([UNION], self.release.graphs) if self.release else ((), ())


def _deep_query(thing: NamedNode) -> str:
    """Return a query for the statements about a thing and about the blank nodes that they lead to.

    The name of a blank node holds within one result only.
    """
    parts = []
    for depth in range(MAX_REMOTE_BLANK_NODE_DEPTH + 1):
        path, subject = "", str(thing)
        for step in range(depth):
            path += f"{subject} ?p{step} ?b{step} . FILTER(isBlank(?b{step})) "
            subject = f"?b{step}"
        pattern = f"{path}{subject} ?p ?o"
        bound = f"BIND({subject} AS ?s)"
        parts += [f"{{ GRAPH ?g {{ {pattern} }} {bound} }}", f"{{ {pattern} {bound} }}"]
    return f"SELECT ?s ?p ?o ?g {{ {' UNION '.join(parts)} }}"


def _solutions(answer: Answer) -> QuerySolutions | QueryBoolean:
    """Return the rows or the truth value of an answer, which must be whole.

    Raises:
        EngineAnswerError: it is something else, or the engine has cut it.
    """
    try:
        result = parse_query_results(answer.body, QueryResultsFormat.JSON)
        if not isinstance(result, QuerySolutions):
            return result
        number = sum(1 for _ in result)
    except (SyntaxError, ValueError) as error:
        raise EngineAnswerError(
            f"the engine's answer is not a complete result: {error}", hint="look at the log of the engine"
        ) from error
    if answer.max_rows is not None and number >= answer.max_rows:
        raise EngineAnswerError(
            f"the engine returns {answer.max_rows:,} rows at most, and has cut the result",
            hint="raise its limit (ResultSetMaxRows), or ask for less",
        )
    return parse_query_results(answer.body, QueryResultsFormat.JSON)


def _triples(answer: Answer) -> Iterator[Triple]:
    """Yield the triples of an answer.

    Raises:
        EngineAnswerError: it is no graph, or not a whole one.
    """
    syntax = _GRAPHS.get(answer.media_type)
    if syntax is None:
        raise EngineAnswerError(f"the engine answers {answer.media_type or 'without a type'}, which is no graph")
    try:
        for quad in parse(answer.body, format=syntax):
            yield quad.triple
    except (SyntaxError, ValueError) as error:
        raise EngineAnswerError(
            f"the engine's answer is not a complete graph: {error}", hint="look at the log of the engine"
        ) from error
