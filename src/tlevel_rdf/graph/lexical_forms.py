"""The lexical forms of literals (RDF 1.1 Concepts, section 3.3), of which the engine keeps no more than the values.

Oxigraph keeps `"1.50"^^xsd:decimal` as 1.5, and an integer of any type as one of xsd:integer. Whatever it would change
is kept in a database beside its store, so that a statement of the data can be told as it was published.
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

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    Value = NamedNode | BlankNode | Literal | Triple
    #: The statement that the engine keeps, the graph, the form and the datatype.
    Row = tuple[bytes, str, str, str]

#: A statement is found by one value, made from its terms as the engine keeps them.
_TABLE: Final = "CREATE TABLE IF NOT EXISTS forms (statement BLOB, graph TEXT, form TEXT, datatype TEXT)"
_INDEX: Final = "CREATE INDEX by_statement ON forms (statement, graph)"
_INSERT: Final = "INSERT INTO forms VALUES (?, ?, ?, ?)"
#: A value is written in few ways; more than that are a matter of hostile data.
_IN_ANY: Final = "SELECT DISTINCT form, datatype FROM forms WHERE statement = ? LIMIT 100"
_IN_ONE: Final = "SELECT DISTINCT form, datatype FROM forms WHERE statement = ? AND graph = ? LIMIT 100"
_ROWS_AT_ONCE: Final = 10_000
#: Literals of these types are kept as they are; every other is tried.
_KEPT: Final = frozenset({f"{terms.XSD}string", f"{terms.RDF}langString"})
_ANYTHING: Final = NamedNode("urn:x-anything")


def lexical_forms_file(store: Path) -> Path:
    """The file with the forms for a store's folder; it is not there if the engine has changed nothing."""
    return store.with_name(f"{store.name}-forms.sqlite")


def record_lexical_forms(quads: Iterable[Quad], file: Path) -> Iterator[Quad]:
    """The same quads, as they come; once all have come, the forms that the engine changes are in a file.

    Args:
        quads: on their way into a store.
        file: that is not there yet, and is made if there is anything to keep.

    Raises:
        OutputError: it cannot be written.
    """
    rows: list[Row] = []
    run: list[Quad] = []
    for quad in quads:
        if isinstance(quad.object, Literal) and quad.object.datatype.value not in _KEPT:
            if not run or len(run) == _ROWS_AT_ONCE or not _are_of_one_run(run[-1], quad):
                rows += _changed(run)
                run.clear()
            run.append(quad)
            if len(rows) >= _ROWS_AT_ONCE:
                _write(rows, file)
        yield quad
    rows += _changed(run)
    if rows or file.exists():
        _write(rows, file, _INDEX)


def _are_of_one_run(one: Quad, other: Quad) -> bool:
    return (one.subject, one.predicate, one.graph_name) == (other.subject, other.predicate, other.graph_name)


def _changed(run: Sequence[Quad]) -> Iterator[Row]:
    """The forms of those values of a property that the engine changes, and of those that it takes for the same."""
    kept = [_as_kept(quad.object) for quad in run]
    changed = {value for value, quad in zip(kept, run, strict=True) if value != quad.object}
    for value, quad in zip(kept, run, strict=True):
        if value in changed and isinstance(quad.object, Literal):
            statement = _key(Triple(quad.subject, quad.predicate, value))
            yield statement, _name(quad.graph_name), quad.object.value, quad.object.datatype.value


class LexicalForms:
    """The forms that are kept for a store; none if there is no file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._database = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True) if file.exists() else None

    def of(self, triple: Triple, graphs: Sequence[str] = ()) -> Sequence[Triple]:
        """A statement that the engine gave as it is written in the data: in as many ways as there are.

        Of several, one that the engine keeps as it is is left out if it was not read next to the others. Literals
        inside a triple that is a value are left as they are.

        Args:
            triple: as the engine gave it.
            graphs: where it stands, '' for the default graph; none: in any.

        Raises:
            ReleaseError: the file is damaged.
        """
        if self._database is None or not isinstance(triple.object, Literal) or triple.object.datatype.value in _KEPT:
            return (triple,)
        key = _key(triple)
        questions: list[tuple[str, tuple[bytes | str, ...]]] = [(_IN_ONE, (key, graph)) for graph in graphs]
        try:
            forms = dict.fromkeys(
                form for question in questions or [(_IN_ANY, (key,))] for form in self._database.execute(*question)
            )
        except sqlite3.Error as error:
            raise ReleaseError(f"{self._file}: {error}", hint="open the data again") from error
        written = [Literal(form, datatype=NamedNode(datatype)) for form, datatype in forms]
        return [Triple(triple.subject, triple.predicate, one) for one in written] or (triple,)

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()


@lru_cache(maxsize=10_000)
def _as_kept(literal: Value) -> Value:
    """A literal as it comes back from the engine."""
    store = pyoxigraph.Store()
    store.add(Quad(_ANYTHING, _ANYTHING, literal))
    kept: Value = next(iter(store)).object
    return kept


def _key(triple: Triple) -> bytes:
    return hashlib.sha256(str(triple).encode()).digest()[:16]


def _name(graph: NamedNode | BlankNode | DefaultGraph) -> str:
    return graph.value if isinstance(graph, NamedNode) else ""


def _write(rows: list[Row], file: Path, *last: str) -> None:
    try:
        with closing(sqlite3.connect(file)) as database, database:
            for statement in (_TABLE, *last):
                database.execute(statement)
            database.executemany(_INSERT, rows)
    except sqlite3.Error as error:
        raise OutputError(f"{file} cannot be written: {error}", hint="make room on the disk") from error
    rows.clear()
