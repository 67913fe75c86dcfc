"""Questions that the program itself puts to a store, with the rows of the answer as RDF terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import QueryResultsFormat, QuerySolutions

from tlevel_rdf.store.base import Question, Syntax

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import BlankNode, Literal, NamedNode

    from tlevel_rdf.store.base import Store

    Row = dict[str, NamedNode | BlankNode | Literal | None]
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tlevel_rdf.store.base import Store

#: So many IRIs to one query keep it well under the limits on its length and its tokens.
_CHUNK_CHARACTERS: Final = 30_000
_CHUNK_IRIS: Final = 500


def ask_rows(store: Store, query: str) -> list[Row]:
    """The rows of a SELECT query, by variable; None where a variable has no value."""
    results = pyoxigraph.parse_query_results(store.answer(Question(query, Syntax.JSON)), QueryResultsFormat.JSON)
    if not isinstance(results, QuerySolutions):
        return []
    names = [variable.value for variable in results.variables]
    return [{name: row[name] for name in names} for row in results]


def values_in_chunks(iris: Iterable[str]) -> Iterator[str]:
    """IRIs as the blocks of VALUES, each short enough for one query; every IRI once, sorted."""
    chunk: list[str] = []
    length = 0
    for iri in sorted(set(iris)):
        if chunk and (length + len(iri) > _CHUNK_CHARACTERS or len(chunk) == _CHUNK_IRIS):
            yield " ".join(chunk)
            chunk, length = [], 0
        chunk.append(f"<{iri}>")
        length += len(iri) + 3
    if chunk:
        yield " ".join(chunk)


def rows(store: Store, text: str) -> tuple[list[str], list[dict[str, str]]]:
    """The names of the columns of a SELECT, and its rows, with no entry where nothing is bound.

    An ASK has one column, `answer`, and one row.

    Raises:
        QueryRefusedError: it gives a graph, or is one that is not answered.
        QuerySyntaxError: the text is no query.
        QueryFailedError: the engine could not finish.
    """
    answer = json.loads(store.answer(Question(text, Syntax.JSON)))
    if "boolean" in answer:
        return ["answer"], [{"answer": "yes" if answer["boolean"] else "no"}]
    bindings = answer["results"]["bindings"]
    return answer["head"]["vars"], [{name: term["value"] for name, term in row.items()} for row in bindings]
