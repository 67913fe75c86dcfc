"""A query as people name it → an answer as people want it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tlevel_rdf.errors import QueryRefusedError, UnknownNameError, UnreadableInputError
from tlevel_rdf.store.base import Question, Syntax
from tlevel_rdf.store.example_queries import example, examples
from tlevel_rdf.store.query_guard import inspect

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tlevel_rdf.store.base import Store

#: The words by which syntaxes are asked for.
FORMATS: Final = {
    "json": Syntax.JSON,
    "csv": Syntax.CSV,
    "tsv": Syntax.TSV,
    "xml": Syntax.XML,
    "turtle": Syntax.TURTLE,
    "ntriples": Syntax.N_TRIPLES,
    "jsonld": Syntax.JSON_LD,
    "rdfxml": Syntax.RDF_XML,
}


def text_of(query: str, values: Mapping[str, Sequence[str]]) -> str:
    """The SPARQL of a query that is named.

    Args:
        query: SPARQL, the path of a file that ends in .rq, or the name of an example query.
        values: for the parameters of an example query.

    Raises:
        UnreadableInputError: the file cannot be read.
        UnknownNameError: there is no such example or parameter.
    """
    if any(sign in query for sign in "{ \n"):
        return _without(values, query)
    if not query.endswith(".rq"):
        return example(query).with_values(values)
    try:
        return _without(values, Path(query).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInputError(f"{query} cannot be read: {error}", hint="check the name") from error


def defaults_of(query: str, values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The parameters of an example query that were given no value, with what is asked for instead.

    Args:
        query: as for `text_of`; what is no name of an example has no parameters.
        values: that were given.
    """
    known = examples().get(query)
    if known is None:
        return {}
    return {
        parameter.name: ", ".join(term.value for term in parameter.defaults)
        for parameter in known.parameters
        if not values.get(parameter.name)
    }


def _without(values: Mapping[str, Sequence[str]], text: str) -> str:
    if values:
        raise UnknownNameError("only example queries have parameters", hint="write the values into the query")
    return text


def ask(store: Store, text: str, form: str) -> bytes:
    """Ask a store.

    Args:
        store: that is asked.
        text: SPARQL.
        form: a word of `FORMATS`; empty: CSV, or Turtle for a graph.

    Raises:
        QueryRefusedError: the format does not fit, or the query is one that is not answered.
        QuerySyntaxError: the text is no query.
        QueryFailedError: the engine could not finish.
    """
    if form and form not in FORMATS:
        raise QueryRefusedError(f"there is no format {form!r}", hint=f"it can be table, {', '.join(FORMATS)}")
    usual = Syntax.TURTLE if inspect(text).form.gives_graph else Syntax.CSV
    return store.answer(Question(text, FORMATS[form] if form else usual))
