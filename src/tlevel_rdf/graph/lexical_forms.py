"""Lexical forms of literals (RDF 1.1 Concepts, section 3.3) that the engine does not keep.

Oxigraph stores values: `"1.50"^^xsd:decimal` becomes 1.5, and any kind of integer becomes an xsd:integer. A database
beside the store keeps each form that the engine would change, so that descriptions show literals as published.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from tlevel_rdf.errors import OutputError, ReleaseError
from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_CACHED_LITERALS, MAX_FORM_ROWS_PER_WRITE, MAX_LEXICAL_FORMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    Value = NamedNode | BlankNode | Literal | Triple
    #: The key of the statement that the engine keeps, the graph, the form and the datatype.
    Row = tuple[bytes, str, str, str]

_TABLE: Final = "CREATE TABLE IF NOT EXISTS forms (statement BLOB, graph TEXT, form TEXT, datatype TEXT)"
_INDEX: Final = "CREATE INDEX IF NOT EXISTS by_statement ON forms (statement, graph)"
_INSERT: Final = "INSERT INTO forms VALUES (?, ?, ?, ?)"
_SELECT: Final = "SELECT DISTINCT form, datatype FROM forms WHERE statement = ? LIMIT ?"
_SELECT_IN_GRAPH: Final = "SELECT DISTINCT form, datatype FROM forms WHERE statement = ? AND graph = ? LIMIT ?"
#: Datatypes whose forms the engine keeps. All other literals are tried.
_KEPT_DATATYPES: Final = frozenset({f"{terms.XSD}string", f"{terms.RDF}langString"})
_ANY_NODE: Final = NamedNode("urn:x-any")


def lexical_forms_file(store: Path) -> Path:
    """Return the path of the database for a store's folder. It exists only if the engine changed a form."""
    return store.with_name(f"{store.name}-forms.sqlite")


def record_lexical_forms(quads: Iterable[Quad], file: Path) -> Iterator[Quad]:
    """Yield the same quads, and write the forms that the engine will change to a file.

    Args:
        quads: on their way into a store.
        file: a path where no file exists; it is created if there is anything to record.

    Raises:
        OutputError: the file cannot be written.
    """
    rows: list[Row] = []
    run: list[Quad] = []
    for quad in quads:
        if isinstance(quad.object, Literal) and quad.object.datatype.value not in _KEPT_DATATYPES:
            if not run or len(run) == MAX_FORM_ROWS_PER_WRITE or not _differ_in_value_only(run[-1], quad):
                rows += _changed_forms(run)
                run.clear()
            run.append(quad)
            if len(rows) >= MAX_FORM_ROWS_PER_WRITE:
                _write(rows, file)
        yield quad
    rows += _changed_forms(run)
    if rows or file.exists():
        _write(rows, file, _INDEX)


def _differ_in_value_only(one: Quad, other: Quad) -> bool:
    return (one.subject, one.predicate, one.graph_name) == (other.subject, other.predicate, other.graph_name)


def _changed_forms(run: Sequence[Quad]) -> Iterator[Row]:
    """Yield the forms of the values that the engine changes, and of those that it cannot tell from them."""
    kept = [_as_kept(quad.object) for quad in run]
    changed = {value for value, quad in zip(kept, run, strict=True) if value != quad.object}
    for value, quad in zip(kept, run, strict=True):
        if value in changed and isinstance(quad.object, Literal):
            statement = _key(Triple(quad.subject, quad.predicate, value))
            yield statement, _graph_name(quad.graph_name), quad.object.value, quad.object.datatype.value


class LexicalForms:
    """The recorded forms of a store; none if the file does not exist."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._database = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True) if file.exists() else None

    def of(self, triple: Triple, graphs: Sequence[str] = ()) -> Sequence[Triple]:
        """Return a statement of the engine as it was published: one triple for each form of its value.

        If a value has several forms and the engine keeps one of them, that one is missing unless it came directly
        before or after the others. Literals within a quoted triple are left as they are.

        Args:
            triple: as the engine gave it.
            graphs: the graphs to search, '' for the default graph; none: all graphs.

        Raises:
            ReleaseError: the file is damaged.
        """
        is_kept = not isinstance(triple.object, Literal) or triple.object.datatype.value in _KEPT_DATATYPES
        if self._database is None or is_kept:
            return (triple,)
        key = _key(triple)
        queries: list[tuple[str, tuple[bytes | str | int, ...]]] = [
            (_SELECT_IN_GRAPH, (key, graph, MAX_LEXICAL_FORMS)) for graph in graphs
        ]
        queries = queries or [(_SELECT, (key, MAX_LEXICAL_FORMS))]
        try:
            forms = dict.fromkeys(form for query in queries for form in self._database.execute(*query))
        except sqlite3.Error as error:
            raise ReleaseError(f"{self._file}: {error}", hint="open the data again") from error
        literals = [Literal(form, datatype=NamedNode(datatype)) for form, datatype in forms]
        return [Triple(triple.subject, triple.predicate, literal) for literal in literals] or (triple,)

    def close(self) -> None:
        """Close the file."""
        if self._database is not None:
            self._database.close()


@lru_cache(maxsize=MAX_CACHED_LITERALS)
def _as_kept(literal: Value) -> Value:
    """Return a literal as the engine gives it back."""
    store = pyoxigraph.Store()
    store.add(Quad(_ANY_NODE, _ANY_NODE, literal))
    kept: Value = next(iter(store)).object
    return kept


def _key(triple: Triple) -> bytes:
    return hashlib.sha256(str(triple).encode()).digest()[:16]


def _graph_name(graph: NamedNode | BlankNode | DefaultGraph) -> str:
    return graph.value if isinstance(graph, NamedNode) else ""


def _write(rows: list[Row], file: Path, *last: str) -> None:
    try:
        with closing(sqlite3.connect(file)) as database, database:
            for statement in (_TABLE, *last):
                database.execute(statement)
            database.executemany(_INSERT, rows)
    except sqlite3.Error as error:
        raise OutputError(f"{file} cannot be written: {error}", hint="free some disk space") from error
    rows.clear()
