"""The properties and classes that the patterns of a query name, and those of them that the data does not have.

A query with a misspelt property has no rows, and no error either. This module walks over the tokens of a query and
keeps its place in the triples (SPARQL 1.1 Query, productions 52 to 98). It skips what is no pattern: expressions, data
after VALUES, the template of CONSTRUCT and the names of graphs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_CHECKED_TERMS
from tlevel_rdf.store.lexer import Kind
from tlevel_rdf.store.select import select_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from tlevel_rdf.store.base import Store
    from tlevel_rdf.store.lexer import Token


@dataclass(frozen=True, slots=True)
class PatternTerms:
    """The terms of the patterns of a query, by their IRIs.

    Attributes:
        properties: in the place of a predicate, also within a path.
        classes: the objects of rdf:type.
    """

    properties: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()


def unknown_terms(store: Store, named: PatternTerms, known: Container[str] = ()) -> tuple[str, ...]:
    """Return the IRIs of the properties and classes that no statement of the data uses, sorted.

    Args:
        store: the data.
        named: the terms of a query. If there are very many, only some are looked up.
        known: IRIs of properties and classes that the data is known to have.
    """
    patterns = {iri: f"?s <{iri}> ?o" for iri in named.properties}
    patterns |= {iri: f"?s {terms.TYPE} <{iri}>" for iri in named.classes}
    looked_up = sorted(iri for iri in patterns if iri not in known)[:MAX_CHECKED_TERMS]
    return tuple(iri for iri in looked_up if not select_rows(store, f"SELECT * {{ {patterns[iri]} }} LIMIT 1"))


class _Mode(Enum):
    """The contents of a pair of brackets."""

    CLAUSES = auto()
    TRIPLES = auto()
    PATH = auto()
    ITEMS = auto()
    OTHER = auto()


class _Role(Enum):
    """The place of the next term in a triple."""

    SUBJECT = auto()
    PREDICATE = auto()
    OBJECT = auto()
    NONE = auto()


_ROLE_AFTER: Final = {
    ".": _Role.SUBJECT,
    ";": _Role.PREDICATE,
    ",": _Role.OBJECT,
    "/": _Role.PREDICATE,
    "|": _Role.PREDICATE,
}
#: Words after which brackets hold no triples.
_EXPRESSIONS: Final = frozenset({"FILTER", "BIND", "VALUES"})
_IRIS: Final = frozenset({Kind.IRI, Kind.NAME})
#: Kinds of tokens that are no terms.
_NO_TERMS: Final = frozenset({Kind.SIGN, Kind.LANGUAGE})


@dataclass(slots=True)
class _Place:
    """The place within a pair of brackets.

    Attributes:
        mode: the contents of the brackets.
        role: the place of the next term in a triple.
        is_type: True if the predicate is rdf:type.
        pending: the word that decides about the next bracket or term; empty for none.
    """

    mode: _Mode
    role: _Role = _Role.SUBJECT
    is_type: bool = False
    pending: str = ""


@dataclass(slots=True)
class PatternWalk:
    """A walk over the tokens of a query after its prologue.

    Args:
        expanded: returns the IRI of a token.
    """

    expanded: Callable[[Token], str]
    _properties: set[str] = field(default_factory=set)
    _classes: set[str] = field(default_factory=set)
    _places: list[_Place] = field(default_factory=lambda: [_Place(_Mode.CLAUSES)])
    _before: str = ""

    def found(self) -> PatternTerms:
        """Return the terms of the tokens taken so far."""
        return PatternTerms(frozenset(self._properties), frozenset(self._classes))

    def take(self, token: Token) -> None:
        """Take the next token, of a text whose brackets match."""
        place, word = self._places[-1], token.word
        if word in {"{", "(", "["}:
            self._places.append(_Place(*self._opened(word, place)))
        elif word in {"}", ")", "]"}:
            self._close(word)
        elif place.mode is _Mode.PATH:
            self._predicate(token)
        elif place.mode is _Mode.TRIPLES:
            self._in_triples(token, place)
        elif word == "VALUES":
            place.pending = word
        self._before = word

    def _opened(self, word: str, place: _Place) -> tuple[_Mode, _Role]:
        """Return the mode and the first role of a bracket that opens."""
        pending = place.pending
        if pending != "VALUES" or word == "{":
            place.pending = ""
        if self._before == "EXISTS":
            return _Mode.TRIPLES, _Role.SUBJECT
        if place.mode is _Mode.OTHER or pending in _EXPRESSIONS or (word == "{" and self._before == "CONSTRUCT"):
            return _Mode.OTHER, _Role.NONE
        if word == "{":
            return _Mode.TRIPLES, _Role.SUBJECT
        if place.mode is _Mode.CLAUSES:
            return _Mode.OTHER, _Role.NONE
        if word == "[":
            return _Mode.TRIPLES, _Role.PREDICATE
        is_path = place.mode is _Mode.PATH or (place.mode is _Mode.TRIPLES and place.role is _Role.PREDICATE)
        return (_Mode.PATH, _Role.PREDICATE) if is_path else (_Mode.ITEMS, _Role.NONE)

    def _close(self, word: str) -> None:
        closed = self._places.pop()
        if not self._places:
            self._places.append(_Place(_Mode.CLAUSES))
        around = self._places[-1]
        if around.mode is not _Mode.TRIPLES or (closed.mode is _Mode.OTHER and word != "}"):
            return
        if closed.mode is _Mode.PATH:
            around.role = _Role.OBJECT
        elif word == "}":
            around.role = _Role.SUBJECT
        else:
            self._advance(around)

    def _in_triples(self, token: Token, place: _Place) -> None:
        word = token.word
        if word in _ROLE_AFTER:
            place.role = _ROLE_AFTER[word]
            place.is_type = place.is_type and word in {",", "/", "|"}
        elif word == "SELECT":
            place.mode = _Mode.CLAUSES
        elif word in _EXPRESSIONS or word == "GRAPH":
            place.pending, place.role = word, _Role.SUBJECT
        elif token.kind in _NO_TERMS or (token.kind is Kind.WORD and word not in {"A", "TRUE", "FALSE"}):
            if word in {"OPTIONAL", "MINUS", "UNION"}:
                place.role = _Role.SUBJECT
        elif place.pending:
            place.pending = "" if place.pending == "GRAPH" else place.pending
        elif place.role is _Role.PREDICATE:
            place.is_type = self._predicate(token) or place.is_type
            place.role = _Role.OBJECT
        else:
            if place.role is _Role.OBJECT and place.is_type and token.kind in _IRIS:
                self._classes.add(self.expanded(token))
            self._advance(place)

    def _predicate(self, token: Token) -> bool:
        """Note a property, and return True if it is rdf:type."""
        iri = self.expanded(token) if token.kind in _IRIS else ""
        if iri and iri != terms.TYPE.value:
            self._properties.add(iri)
        return token.word == "A" or iri == terms.TYPE.value

    @staticmethod
    def _advance(place: _Place) -> None:
        place.role = _Role.PREDICATE if place.role is _Role.SUBJECT else _Role.NONE
