"""Counts of next steps: by kind and level, and how many of each T Level have codes and links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.store.select import select_rows

if TYPE_CHECKING:
    from tlevel_rdf.store.base import Store

_KINDS: Final = " ".join(map(str, (terms.APPRENTICESHIP, terms.HTQ, terms.DEGREE, terms.OCCUPATION)))
_OPTIONS: Final = f"""SELECT ?kind ?level (COUNT(DISTINCT ?option) AS ?number) {{
    VALUES ?kind {{ {_KINDS} }}
    ?from {terms.HAS_OPTION} ?option .
    ?option {terms.LEADS_TO} ?to .
    ?to a ?kind .
    OPTIONAL {{ ?to {terms.LEVEL_PROPERTY}/{terms.NOTATION} ?level }}
}} GROUP BY ?kind ?level"""
_HAS_CODE: Final = f"""
    {{ ?to {terms.REFERENCE_CODE} ?code }}
    UNION {{ ?to {terms.BASED_ON}/{terms.REFERENCE_CODE} ?code }}
    UNION {{ ?to {terms.CLOSE_MATCH}/{terms.REFERENCE_CODE} ?code }}"""
_HAS_LINK: Final = f"?to {terms.CLOSE_MATCH} ?match"


class OptionCount(NamedTuple):
    """The number of options of a kind at a level.

    Attributes:
        kind: the IRI of the class of what the options lead to.
        level: None if it is not stated.
        number: of options.
    """

    kind: str
    level: int | None
    number: int


class Coverage(NamedTuple):
    """The next steps after a T Level and its specialisms.

    Attributes:
        t_level: its IRI.
        steps: the number of next steps.
        codes: how many of them have a code in a public register, or are matched to a thing that has one.
        links: how many are matched to a thing of another list.
    """

    t_level: str
    steps: int
    codes: int
    links: int


def count_options(store: Store) -> list[OptionCount]:
    """Return the number of options of each kind at each level: by level, those without one last.

    Raises:
        QueryFailedError: the store cannot answer.
    """
    found = []
    for row in select_rows(store, _OPTIONS):
        kind, level = row["kind"], row["level"]
        if isinstance(kind, NamedNode):
            found.append(OptionCount(kind.value, _number(level) if level is not None else None, _number(row["number"])))
    return sorted(found, key=lambda one: (one.level is None, one.level or 0, one.kind))


def count_coverage(store: Store) -> list[Coverage]:
    """Return the coverage of each T Level that has next steps.

    Raises:
        QueryFailedError: the store cannot answer.
    """
    steps, codes, links = (_number_of_steps(store, pattern) for pattern in ("", _HAS_CODE, _HAS_LINK))
    return [Coverage(iri, number, codes.get(iri, 0), links.get(iri, 0)) for iri, number in sorted(steps.items())]


def _number_of_steps(store: Store, pattern: str) -> dict[str, int]:
    """Return the number of next steps of which a pattern is true, by the IRI of the T Level.

    Each number has a query of its own, because Virtuoso loses rows of OPTIONAL with UNION and BIND.
    """
    rows = select_rows(
        store,
        f"""SELECT ?t_level (COUNT(DISTINCT ?to) AS ?number) {{
            ?t_level a {terms.T_LEVEL} .
            {{ ?t_level {terms.PROGRESSES_TO} ?to }}
            UNION {{ ?t_level {terms.HAS_SPECIALISM}/{terms.PROGRESSES_TO} ?to }}
            {pattern}
        }} GROUP BY ?t_level""",
    )
    return {node.value: _number(row["number"]) for row in rows if isinstance(node := row["t_level"], NamedNode)}


def _number(term: object) -> int:
    return int(term.value) if isinstance(term, Literal) else 0
