"""Results of queries, from what an engine returns to finished values and bytes.

Every engine's results go through these functions, so that equal results are equal bytes.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, QueryResultsFormat, RdfFormat, Triple

from tlevel_rdf.errors import AnswerTooLargeError, QueryRefusedError, UnwritableError
from tlevel_rdf.graph.serialization import serialize_graph
from tlevel_rdf.limits import MAX_ANSWER_TRIPLES
from tlevel_rdf.store.base import QueryForm, Solutions, Syntax
from tlevel_rdf.store.csv_results import is_well_formed, write_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from _typeshed import ReadableBuffer as Buffer
    from pyoxigraph import QueryBoolean, QuerySolutions

    from tlevel_rdf.store.base import Term

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


def refuse_unsuitable(form: QueryForm, syntax: Syntax) -> None:
    """Check that a syntax can hold the result of a query.

    Raises:
        QueryRefusedError: it cannot.
    """
    if form.returns_graph is not syntax.is_graph:
        suitable = ", ".join(s for s in Syntax if s.is_graph is form.returns_graph)
        raise QueryRefusedError(
            f"the result of {form} cannot be written as {syntax}", hint=f"ask for one of {suitable}"
        )


def refuse_graph(form: QueryForm) -> None:
    """Check that a query returns rows or a truth value.

    Raises:
        QueryRefusedError: it returns a graph.
    """
    if form.returns_graph:
        raise QueryRefusedError(f"{form} returns a graph, not rows", hint="use SELECT or ASK")


def write_solutions(evaluate: Callable[[], QuerySolutions | QueryBoolean], syntax: Syntax, max_bytes: int) -> bytes:
    """Return rows or a truth value as bytes.

    Args:
        evaluate: returns the result; it is called again if the engine's CSV is malformed.
        syntax: for rows.
        max_bytes: the largest result.

    Raises:
        AnswerTooLargeError: it is larger.
        UnwritableError: the syntax cannot hold a character.
    """
    body = _BoundedBuffer(max_bytes)
    evaluate().serialize(body, format=_ROWS[syntax])
    if syntax is Syntax.CSV and not is_well_formed(body.getvalue()):
        body = _BoundedBuffer(max_bytes)
        write_rows(evaluate(), body)  # type: ignore[arg-type]  # the CSV of ASK is always sound
    return _checked(body.getvalue(), syntax)


def write_graph(triples: Iterable[Triple], syntax: Syntax, endpoint: str, max_bytes: int) -> bytes:
    """Return a graph as bytes: distinct triples, sorted, with numbered blank nodes.

    Args:
        triples: may be repeated.
        syntax: for graphs.
        endpoint: the IRI of the SPARQL endpoint, under which the identifiers of the data are; empty if unknown.
        max_bytes: the largest result.

    Raises:
        AnswerTooLargeError: it is larger, or has too many triples.
        UnwritableError: the syntax cannot hold it.
    """
    body = serialize_graph(_distinct(triples), _GRAPHS[syntax], base=_base_of(endpoint))
    if len(body) > max_bytes:
        raise too_large(f"{max_bytes:,} bytes")
    return _checked(body, syntax)


def collect(result: QuerySolutions | QueryBoolean, form: QueryForm, max_bytes: int) -> Solutions | bool:
    """Return the rows of a SELECT query, or the truth value of an ASK query.

    Raises:
        AnswerTooLargeError: the terms have more than `max_bytes` characters.
    """
    if form is QueryForm.ASK:
        return bool(result)
    variables = tuple(variable.value for variable in result.variables)  # type: ignore[union-attr]  # the form is SELECT
    rows, size = [], 0
    for solution in result:  # type: ignore[union-attr]  # the form is SELECT
        row = dict(zip(variables, solution, strict=True))
        size += _ROW_BYTES + sum(map(_size, row.values()))
        if size > max_bytes:
            raise too_large(f"{max_bytes:,} bytes")
        rows.append(row)
    return Solutions(variables, rows)


def _checked(body: bytes, syntax: Syntax) -> bytes:
    if syntax is Syntax.XML and (found := _NO_XML.search(body)):
        character = found.group().decode()
        raise UnwritableError(f"XML cannot hold the character {character!r}", hint="ask for another syntax")
    return body


def too_large(limit: str) -> AnswerTooLargeError:
    """Return the error for an answer over a limit, which is given in words."""
    return AnswerTooLargeError(
        f"the answer has more than {limit}", hint="ask for less, such as with LIMIT, or take a dump"
    )


class _BoundedBuffer(BytesIO):
    """A buffer that refuses to grow beyond a number of bytes."""

    def __init__(self, max_bytes: int) -> None:
        super().__init__()
        self._max_bytes = max_bytes

    def write(self, data: Buffer, /) -> int:
        written = super().write(data)
        if self.tell() > self._max_bytes:
            raise too_large(f"{self._max_bytes:,} bytes")
        return written


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
            raise too_large(f"{MAX_ANSWER_TRIPLES:,} triples")
    return distinct
