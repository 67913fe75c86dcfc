"""Tombstones: things that the data marks as gone or replaced (decision 0011).

A tombstone states only the former name of a thing, and that and why it is gone. The site serves a thing that the data
still describes as usual, even if another thing replaces it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.labels import LABELS
from tlevel_rdf.store.select import select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.store.base import Store

    Node = NamedNode | BlankNode | Literal | Triple | None

_INVALIDATION: Final = frozenset({terms.INVALIDATED_AT_TIME, NamedNode(f"{terms.PROV}wasInvalidatedBy")})
_DEPRECATED: Final = NamedNode(f"{terms.OWL}deprecated")
_TRUE: Final = frozenset({"true", "1"})
#: The properties of a tombstone: its marks, labels, codes, notes, dates and successors.
_TOMBSTONE_PROPERTIES: Final = frozenset(
    {
        *_INVALIDATION,
        _DEPRECATED,
        *LABELS,
        terms.TYPE,
        terms.ALT_LABEL,
        terms.NOTATION,
        terms.NOTE,
        terms.HISTORY_NOTE,
        terms.DESCRIPTION,
        terms.IDENTIFIER,
        terms.ISSUED,
        terms.MODIFIED,
        terms.IS_REPLACED_BY,
        terms.IS_PART_OF,
        NamedNode(f"{terms.RDFS}comment"),
        NamedNode(f"{terms.SKOS}changeNote"),
        NamedNode(f"{terms.DCT}valid"),
    }
)


@dataclass(frozen=True, slots=True)
class Tombstone:
    """The end of a thing.

    Attributes:
        is_gone: True if the thing is invalidated (PROV-O), so that its status is 410; False if it is only deprecated
            (OWL 2).
        successor: the IRI of the one thing that replaces it (dct:isReplacedBy); empty if none or several do.
    """

    is_gone: bool
    successor: str


def read_tombstone(properties: Iterable[tuple[Node, Node]]) -> Tombstone | None:
    """Return the tombstone that the properties and values of a thing make up, or None."""
    statements = set(properties)
    predicates = {predicate for predicate, _ in statements}
    if not predicates <= _TOMBSTONE_PROPERTIES:
        return None
    is_gone = bool(predicates & _INVALIDATION)
    if not is_gone and not any(p == _DEPRECATED and isinstance(o, Literal) and o.value in _TRUE for p, o in statements):
        return None
    successors = [o.value for p, o in statements if p == terms.IS_REPLACED_BY and isinstance(o, NamedNode)]
    return Tombstone(is_gone, successors[0] if len(successors) == 1 else "")


def find_tombstone(store: Store, iri: str) -> Tombstone | None:
    """Return the tombstone of a thing, or None if the thing is in use or unknown."""
    marks = " ".join(map(str, (*sorted(_INVALIDATION, key=str), _DEPRECATED)))
    rows = select_rows(store, f"SELECT ?p ?o {{ VALUES ?mark {{ {marks} }} <{iri}> ?mark ?any ; ?p ?o }}")
    return read_tombstone((row["p"], row["o"]) for row in rows) if rows else None
