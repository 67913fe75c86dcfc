"""Queries as people name them, and results as people read them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.errors import QueryRefusedError, UnknownNameError, UnreadableInputError
from tlevel_rdf.graph.labels import best_labels, vocabulary_labels
from tlevel_rdf.regular_files import refuse_special
from tlevel_rdf.store.base import Query, Syntax
from tlevel_rdf.store.csv_results import plain_text
from tlevel_rdf.store.example_queries import example_queries, example_query
from tlevel_rdf.store.known_values import resolve_values
from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.store.pattern_terms import unknown_terms
from tlevel_rdf.store.query_guard import check_query, named_terms
from tlevel_rdf.store.readable import readable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tlevel_rdf.store.base import Solutions, Store, Term
    from tlevel_rdf.store.known_values import UnknownValue

#: The syntaxes by the names that `--format` takes.
FORMATS: Final = {
    "json": Syntax.JSON,
    "csv": Syntax.CSV,
    "tsv": Syntax.TSV,
    "xml": Syntax.XML,
    "turtle": Syntax.TURTLE,
    "ntriples": Syntax.N_TRIPLES,
    "jsonld": Syntax.JSON_LD,
    "rdfxml": Syntax.RDF_XML,
    "nquads": Syntax.N_QUADS,
    "trig": Syntax.TRIG,
}


class Table(NamedTuple):
    """Rows of text.

    Attributes:
        columns: their names, in order.
        rows: one dictionary per row, with no entry where nothing is bound.
    """

    columns: tuple[str, ...]
    rows: list[dict[str, str]]


def query_text(query: str, values: Mapping[str, Sequence[str]]) -> str:
    """Return the SPARQL of a query.

    Args:
        query: SPARQL, the path of a file that ends in .rq, or the name of an example query.
        values: for the parameters of an example query.

    Raises:
        UnreadableInputError: the file cannot be read.
        UnknownNameError: there is no such example query or parameter.
        SettingError: a value does not suit its parameter.
    """
    if any(sign in query for sign in "{ \n"):
        return _without_values(query, values)
    if not query.endswith(".rq"):
        return example_query(query).with_values(values)
    refuse_special(Path(query))
    try:
        return _without_values(Path(query).read_text(encoding="utf-8"), values)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UnreadableInputError(f"{query} cannot be read: {reason}", hint="check the name") from error


def default_values(query: str, values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the default values of those parameters of an example query that have no value.

    Args:
        query: as for `query_text`; SPARQL and files have no parameters.
        values: the values given.
    """
    known = example_queries().get(query)
    if known is None:
        return {}
    return {
        parameter.name: ", ".join(term.value for term in parameter.defaults)
        for parameter in known.parameters
        if not values.get(parameter.name)
    }


def resolved_text(store: Store, query: str, values: Mapping[str, Sequence[str]]) -> tuple[str, list[UnknownValue]]:
    """Return the SPARQL of a query with values as the data writes them, and the values that the data does not have.

    Args:
        store: the data.
        query: as for `query_text`.
        values: for the parameters of an example query, in any case.

    Raises:
        UnreadableInputError, UnknownNameError, SettingError: as for `query_text`.
    """
    known = example_queries().get(query)
    if known is None:
        return query_text(query, values), []
    known.with_values(values)
    resolved, unknown = resolve_values(store, known, values)
    return known.with_values(resolved), unknown


def unknown_terms_of(store: Store, query: str, text: str) -> tuple[str, ...]:
    """Return the IRIs of the properties and classes of a query that the data does not have; of example queries, none.

    Args:
        store: the data.
        query: as for `query_text`.
        text: the SPARQL of the query.

    Raises:
        QuerySyntaxError, QueryRefusedError: as for `named_terms`.
    """
    return () if query in example_queries() else unknown_terms(store, named_terms(text))


def _without_values(text: str, values: Mapping[str, Sequence[str]]) -> str:
    if values:
        raise UnknownNameError("only example queries have parameters", hint="write the values into the query")
    return text


def returns_graph(text: str) -> bool:
    """Return True if the result of a query is a graph, not rows or a truth value.

    Raises:
        QuerySyntaxError, QueryRefusedError: as for `named_terms`.
    """
    return check_query(text).form.returns_graph


def run_query(store: Store, text: str, form: str) -> bytes:
    """Run a query and write its result.

    Args:
        store: the data.
        text: SPARQL.
        form: a key of `FORMATS`; empty: CSV, or Turtle for a graph.

    Raises:
        QueryRefusedError: the format is unknown or does not suit the query; otherwise as for `Store.query`.
        QuerySyntaxError, QueryFailedError: as for `Store.query`.
    """
    if form and form not in FORMATS:
        raise QueryRefusedError(f"there is no format {form!r}", hint=f"use table, {', '.join(FORMATS)}")
    usual = Syntax.TURTLE if returns_graph(text) else Syntax.CSV
    return store.query(Query(text), FORMATS[form] if form else usual)


def read_table(store: Store, text: str) -> Table:
    """Run a SELECT or ASK query and return its result as text.

    The result of ASK has one column, `answer`, and one row: yes or no.

    Raises:
        QueryRefusedError: it returns a graph; otherwise as for `Store.select`.
        QuerySyntaxError, QueryFailedError: as for `Store.select`.
    """
    return _table(store.select(Query(text)), plain_text)


def readable_table(store: Store, text: str) -> Table:
    """Run a SELECT or ASK query and return its result as people read it.

    A thing has its title before its IRI, days are those of the calendar, and a truth value is yes or no.

    Raises:
        QueryRefusedError, QuerySyntaxError, QueryFailedError: as for `read_table`.
    """
    result = store.select(Query(text))
    rows = [] if isinstance(result, bool) else result.rows
    things = {term.value for row in rows for term in row.values() if isinstance(term, NamedNode)}
    titles = {**vocabulary_labels(), **best_labels(labels_and_types(store, things))}

    def written(term: Term) -> str:
        if isinstance(term, NamedNode) and term.value in titles:
            return f"{titles[term.value]} <{term.value}>"
        return readable(term) if isinstance(term, Literal) else plain_text(term)

    return _table(result, written)


def _table(result: Solutions | bool, written: Callable[[Term], str]) -> Table:  # noqa: FBT001 - the answer of ASK
    if isinstance(result, bool):
        return Table(("answer",), [{"answer": "yes" if result else "no"}])
    rows = [{name: written(term) for name, term in row.items() if term is not None} for row in result.rows]
    return Table(result.variables, rows)
