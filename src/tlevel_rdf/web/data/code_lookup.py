"""Codes of public registers as names for things: `/id/apprenticeship/ST0530`, `/id/occupation/OCC1377A`.

Codes are data and never identity (decision 0003), so an alias only leads to the thing, and only if it leads to one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.store.select import select_rows

if TYPE_CHECKING:
    from tlevel_rdf.store.base import Store

#: The codes of an occupational standard also stand for its apprenticeship, and for its occupation.
_CODED: Final = f"""
    VALUES ?code {{ %s }}
    ?coded {terms.REFERENCE_CODE}|{terms.IDENTIFIER}|{terms.NOTATION} ?code .
    OPTIONAL {{ {{ ?near {terms.BASED_ON} ?coded }} UNION {{ ?coded {terms.FOR_OCCUPATION} ?near }} }}
"""
#: The kinds that share the codes of standards.
_SHARING: Final = frozenset({"apprenticeship", "occupation"})
#: No register has longer codes.
_LONGEST: Final = 40


def thing_of_code(store: Store, base: str, path: str) -> str | None:
    """The IRI of the one thing that a path below `/id/` names by its kind and a code.

    Args:
        store: with the codes as tlp:referenceCode, dct:identifier or skos:notation.
        base: of the data.
        path: decoded: the first segment is the kind, what follows the code, in the letters in which it is published.

    Returns:
        The thing of that kind; if a standard with the code has no apprenticeship or occupation, the standard. None if
        the data has nothing, or more than one thing, of that kind and code.
    """
    kind, _, code = path.partition("/")
    # What looks like an escape in a query is refused by stores, and no code has one.
    if not kind or not 0 < len(code) <= _LONGEST or "\\" in code:
        return None
    rows = select_rows(store, f"SELECT DISTINCT ?coded ?near {{ {_CODED % Literal(code)} }} LIMIT 1000")
    coded, near = (
        {node.value for row in rows if isinstance(node := row[name], NamedNode)} for name in ("coded", "near")
    )
    start = f"{base}id/{kind}/"
    for found in ({iri for iri in (*coded, *near) if iri.startswith(start)}, coded if kind in _SHARING else set()):
        if found:
            return found.pop() if len(found) == 1 else None
    return None
