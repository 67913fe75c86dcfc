"""Things that are gone, or that another has taken the place of, as any data can say (decision 0011).

Only a tombstone counts: a thing of which nothing is said but what it was called, and that and why it is gone. What
the data still describes is answered as ever, whatever has replaced it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.store.select import select_rows
from tlevel_rdf.web.data.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.store.base import Store

    Node = NamedNode | BlankNode | Literal | Triple | None

_INVALIDATED: Final = frozenset(
    {NamedNode(f"{terms.PROV}invalidatedAtTime"), NamedNode(f"{terms.PROV}wasInvalidatedBy")}
)
_DEPRECATED: Final = NamedNode(f"{terms.OWL}deprecated")
_TRUE: Final = frozenset({"true", "1"})
#: What a tombstone may say beside its marks: a name, a code, a word about it, its dates, and what came after.
_ON_A_TOMBSTONE: Final = frozenset(
    {
        *_INVALIDATED,
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
class Retirement:
    """What a tombstone says.

    Attributes:
        is_gone: it was invalidated (PROV-O), so it is answered with 410; else it is deprecated (OWL 2) only.
        successor: the IRI of the one thing that replaces it (dct:isReplacedBy); empty if there is none, or several.
    """

    is_gone: bool
    successor: str


def retirement(said: Iterable[tuple[Node, Node]]) -> Retirement | None:
    """What a thing's own statements, as predicates and objects, say of its end; None if it is no tombstone."""
    statements = set(said)
    predicates = {predicate for predicate, _ in statements}
    if not predicates <= _ON_A_TOMBSTONE:
        return None
    is_gone = bool(predicates & _INVALIDATED)
    if not is_gone and not any(p == _DEPRECATED and isinstance(o, Literal) and o.value in _TRUE for p, o in statements):
        return None
    successors = [o.value for p, o in statements if p == terms.IS_REPLACED_BY and isinstance(o, NamedNode)]
    return Retirement(is_gone, successors[0] if len(successors) == 1 else "")


def retirement_of(store: Store, iri: str) -> Retirement | None:
    """The retirement of a thing; None if it is in use, or not known."""
    marks = " ".join(map(str, (*sorted(_INVALIDATED, key=str), _DEPRECATED)))
    rows = select_rows(store, f"SELECT ?p ?o {{ VALUES ?mark {{ {marks} }} <{iri}> ?mark ?any ; ?p ?o }}")
    return retirement((row["p"], row["o"]) for row in rows) if rows else None
