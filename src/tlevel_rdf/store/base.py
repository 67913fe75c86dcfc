"""What a store is: something that answers SPARQL 1.1 queries about quads. It knows nothing of releases.

Answers are bytes, already in the syntax that was asked for: a result of the embedded engine may not cross threads,
and a remote engine hands over bytes anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from tlevel_rdf.limits import MAX_ANSWER_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Triple


class QueryForm(StrEnum):
    """The four forms of a query (SPARQL 1.1 Query, section 16)."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def gives_graph(self) -> bool:
        """Whether the answer is a graph, rather than rows or a truth value."""
        return self in {QueryForm.CONSTRUCT, QueryForm.DESCRIBE}


class Syntax(StrEnum):
    """The syntaxes of answers, by their media types: the first four for SELECT and ASK, the others for graphs."""

    JSON = "application/sparql-results+json"
    XML = "application/sparql-results+xml"
    CSV = "text/csv"
    TSV = "text/tab-separated-values"
    TURTLE = "text/turtle"
    N_TRIPLES = "application/n-triples"
    JSON_LD = "application/ld+json"
    RDF_XML = "application/rdf+xml"

    @property
    def is_graph(self) -> bool:
        """Whether this is a syntax of graphs."""
        return self in {Syntax.TURTLE, Syntax.N_TRIPLES, Syntax.JSON_LD, Syntax.RDF_XML}


@dataclass(frozen=True, slots=True)
class Question:
    """A query as an engine gets it.

    Attributes:
        text: SPARQL 1.1 Query.
        syntax: of the answer; must fit the form of the query.
        default_graphs: IRIs of the graphs that make up the default graph; empty: the union of all graphs.
        named_graphs: IRIs of the graphs that GRAPH can name; empty: all of them, unless `default_graphs` are given.
            With these and no default graphs, the default graph is empty (SPARQL 1.1 Protocol, section 2.1.4).
        base: against which relative IRIs are resolved where the query has no BASE (SPARQL 1.1 Query, section
            4.1.1.2); empty: they are refused.
        most_bytes: how long the answer may be.
    """

    text: str
    syntax: Syntax
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()
    base: str = ""
    most_bytes: int = MAX_ANSWER_BYTES


class Store(Protocol):
    """Answers queries about a set of quads that does not change."""

    def answer(self, question: Question) -> bytes:
        """The whole answer.

        Raises:
            QuerySyntaxError: the text is no query of SPARQL 1.1.
            QueryRefusedError: it asks for what is not done here: SERVICE, an update.
            QueryTooLargeError: it is over a limit.
            QueryUnsupportedError: it calls a function that is not known here.
            QueryFailedError: the engine could not finish.
            UnwritableError: that syntax cannot hold the answer.
            AnswerTooLargeError: it is longer than an answer may be.
        """
        ...

    def graphs(self) -> dict[str, int]:
        """The IRI of each named graph with its number of triples; under '' how many there are in all, each once.

        A graph that a blank node names has no IRI; it counts under '' alone.
        """
        ...

    def about(self, iris: Iterable[str]) -> Iterator[tuple[Triple, str]]:
        """What the data says of things, and of the blank nodes that this leads to, to where they end.

        Literals are as they are written in the data. An answer to SELECT gives values, and an engine may keep no more
        of them: 1.5 for what was published as 1.50.

        Returns:
            Statements, each with the IRI of a named graph that holds it; '' if none does.

        Raises:
            AnswerTooLargeError: there are too many.
        """
        ...

    def close(self) -> None:
        """Let go of files and processes. No method may be called afterwards."""
        ...
