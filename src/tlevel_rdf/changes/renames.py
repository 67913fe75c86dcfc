"""Things that have another identifier in the newer version, found by a code that both versions state.

A register that gives a thing another title gives it another identifier, if the identifier is made of the title. The
code of the thing stays. So a thing that is only in the older version and one that is only in the newer are the same if
they have a code and a class in common, and neither has them in common with a third.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.changes.limits import MAX_CODE_CHARACTERS, MAX_COMPARED_THINGS
from tlevel_rdf.graph import terms
from tlevel_rdf.store.select import select_rows, values_blocks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tlevel_rdf.store.base import Store

_CODES: Final = (
    terms.STANDARD_REFERENCE,
    terms.REFERENCE_CODE,
    terms.NOTATION,
    terms.QUALIFICATION_NUMBER,
    NamedNode(f"{terms.DCT}identifier"),
)
#: A T Level has no code of its own, but its qualification has.
_OF_CODED: Final = terms.QUALIFICATION_OF


def find_renames(things: Collection[str], own: Store, other: Store) -> dict[str, str]:
    """Return the things of the other version that some things have become, by their IRIs.

    Args:
        things: of which those are left out that the other version describes.
        own: the store of the version that describes them.
        other: the store of the other version.
    """
    things = {*things} - _classes(other, things).keys()
    found = {thing: others for thing, others in _related(things, own, other).items() if len(others) == 1}
    back = _related({one for others in found.values() for one in others}, other, own)
    pairs = ((thing, *others) for thing, others in found.items())
    return {thing: one for thing, one in pairs if back[one] == {thing}}


def _related(things: Collection[str], own: Store, other: Store) -> dict[str, set[str]]:
    """Return the things that share a code and a class with each of some things, and that only the other version has."""
    related: dict[str, set[str]] = defaultdict(set)
    by_code = _codes_of(things, own)
    candidates: dict[tuple[str, Any], set[str]] = defaultdict(set)
    rest = iter(by_code)
    while some := [*islice(rest, MAX_COMPARED_THINGS)]:
        codes = " ".join(f"(<{predicate}> {code})" for predicate, code in some)
        patterns = f"{{ ?s ?p ?code }} UNION {{ ?code ?p ?s FILTER(?p = {_OF_CODED}) }}"
        for row in select_rows(other, f"SELECT ?s ?p ?code {{ VALUES (?p ?code) {{ {codes} }} {patterns} }}"):
            if isinstance(row["s"], NamedNode):
                candidates[row["p"].value, row["code"]].add(row["s"].value)  # type: ignore[union-attr]  # an IRI
    named = {one for some in candidates.values() for one in some}
    kept = _classes(own, named)
    classes = {**_classes(own, things), **{one: of for one, of in _classes(other, named).items() if one not in kept}}
    for code, ones in candidates.items():
        for thing in by_code.get(code, ()):
            related[thing] |= {
                one for one in ones if one not in kept and classes.get(thing, set()) & classes.get(one, set())
            }
    return related


def _codes_of(things: Iterable[str], store: Store) -> dict[tuple[str, Any], set[str]]:
    """Return things by their codes, each with the property that states it."""
    found: dict[tuple[str, Any], set[str]] = defaultdict(set)
    predicates = " ".join(map(str, _CODES))
    for block in values_blocks(things):
        patterns = f"{{ VALUES ?p {{ {predicates} }} ?s ?p ?code }} UNION {{ ?code ?p ?s FILTER(?p = {_OF_CODED}) }}"
        for row in select_rows(store, f"SELECT ?s ?p ?code {{ VALUES ?s {{ {block} }} {patterns} }}"):
            code: Any = row["code"]
            if isinstance(code, NamedNode | Literal) and len(code.value) <= MAX_CODE_CHARACTERS:
                found[row["p"].value, code].add(row["s"].value)  # type: ignore[union-attr]  # both are IRIs
    return found


def _classes(store: Store, things: Iterable[str]) -> dict[str, set[str]]:
    """Return the classes of those of some things that a version describes; a tombstone describes nothing."""
    found: dict[str, set[str]] = defaultdict(set)
    for block in values_blocks(things):
        query = f"SELECT ?s ?class {{ VALUES ?s {{ {block} }} ?s a ?class"
        for row in select_rows(store, f"{query} FILTER NOT EXISTS {{ ?s {terms.INVALIDATED_AT_TIME} ?moment }} }}"):
            if row["class"] not in terms.GENERAL_CLASSES:
                found[row["s"].value].add(row["class"].value)  # type: ignore[union-attr]  # both are IRIs
    return found
