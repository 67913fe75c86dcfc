"""The interface of a store: an engine that answers SPARQL 1.1 queries about a fixed set of quads.

A store knows quads and queries, and nothing of releases. Each method returns finished values, never a result of the
engine: a result of the embedded engine must not leave its thread, and a remote engine sends its results as bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from tlevel_rdf.limits import MAX_ANSWER_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import BlankNode, Literal, NamedNode, Triple

    Term = NamedNode | BlankNode | Literal | Triple
    #: One solution: the term of each variable, None where the variable is unbound.
    Row = dict[str, Term | None]


class QueryForm(StrEnum):
    """The four forms of a query (SPARQL 1.1 Query, section 16)."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def returns_graph(self) -> bool:
        """True if the result is a graph, false if it is rows or a truth value."""
        return self in {QueryForm.CONSTRUCT, QueryForm.DESCRIBE}


class Syntax(StrEnum):
    """The syntaxes of results, by media type: the first four for SELECT and ASK, the others for graphs."""

    JSON = "application/sparql-results+json"
    XML = "application/sparql-results+xml"
    CSV = "text/csv"
    TSV = "text/tab-separated-values"
    TURTLE = "text/turtle"
    N_TRIPLES = "application/n-triples"
    JSON_LD = "application/ld+json"
    RDF_XML = "application/rdf+xml"
    N_QUADS = "application/n-quads"
    TRIG = "application/trig"

    @property
    def is_graph(self) -> bool:
        """True for a syntax of graphs."""
        return self not in {Syntax.JSON, Syntax.XML, Syntax.CSV, Syntax.TSV}


@dataclass(frozen=True, slots=True)
class Query:
    """A query and its RDF dataset (SPARQL 1.1 Protocol, section 2.1.4).

    Attributes:
        text: SPARQL 1.1 Query.
        default_graphs: IRIs of the graphs that make up the default graph; empty: the union of all graphs.
        named_graphs: IRIs of the graphs that GRAPH can name; empty: all of them, unless `default_graphs` are given.
            With these and no default graphs, the default graph is empty.
        base: the IRI that relative IRIs are resolved against if the query has no BASE (SPARQL 1.1 Query, section
            4.1.1.2); empty: relative IRIs are an error.
        max_bytes: the largest result.
    """

    text: str
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()
    base: str = ""
    max_bytes: int = MAX_ANSWER_BYTES


@dataclass(frozen=True, slots=True)
class Solutions:
    """The rows of a SELECT query.

    Attributes:
        variables: the names of the columns, in order.
        rows: one dictionary per solution, with every variable in it.
    """

    variables: tuple[str, ...]
    rows: list[Row]


class Store(Protocol):
    """An engine that answers queries about a set of quads that does not change."""

    def query(self, query: Query, syntax: Syntax) -> bytes:
        """Run a query and write its result.

        Raises:
            QuerySyntaxError: the text is not a SPARQL 1.1 query.
            QueryRefusedError: it has SERVICE, or the syntax does not suit its form.
            QueryTooLargeError: it is over a limit.
            QueryUnsupportedError: it calls an unknown function.
            QueryFailedError: the engine could not finish.
            ReleaseError: the store is damaged.
            UnwritableError: the syntax cannot express the result.
            AnswerTooLargeError: the result is larger than `max_bytes`.
        """
        ...

    def select(self, query: Query) -> Solutions | bool:
        """Run a SELECT or ASK query and return its rows, or its truth value.

        Raises:
            QueryRefusedError: the query returns a graph; otherwise as for `query`.
            QuerySyntaxError, QueryTooLargeError, QueryUnsupportedError, QueryFailedError, ReleaseError: as for `query`.
            AnswerTooLargeError: the terms have more than `max_bytes` characters.
        """
        ...

    def graph_sizes(self) -> dict[str, int]:
        """Return the number of triples by the IRI of each named graph; under '' the number of distinct triples.

        A graph named by a blank node has no IRI; its triples count under '' alone.
        """
        ...

    def describe(self, iris: Iterable[str]) -> Iterator[tuple[Triple, str]]:
        """Yield the statements about each IRI, and about the blank nodes that they lead to, recursively.

        Literals keep the lexical form of the data. In the result of a SELECT an engine may change it, such as 1.50
        to 1.5.

        Returns:
            Statements, each with the IRI of a named graph that holds it; '' if none does.

        Raises:
            AnswerTooLargeError: there are too many.
        """
        ...

    def close(self) -> None:
        """Release files and processes. Call no method afterwards."""
        ...
