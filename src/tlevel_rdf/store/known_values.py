"""The values that the data has for the parameters of example queries.

A query compares titles as RDF terms, so case counts. People write titles in any case, so a value becomes the title that
the data has; a value that the data does not have is reported with the nearest ones.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal

from tlevel_rdf.errors import SettingError
from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_COMPARED_VALUES, MAX_NEAR_VALUES, MAX_SUGGESTIONS
from tlevel_rdf.store.select import select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tlevel_rdf.store.base import Store
    from tlevel_rdf.store.example_queries import ExampleQuery

_NAMED: Final = f"?thing a {{}} ; {terms.PREF_LABEL} ?value"
_NAME: Final = f"{terms.PREF_LABEL}|<{terms.SKOS}altLabel>|{terms.CAREERS_SERVICE_SLUG}"
#: Patterns of the values that a parameter can have, by the name of the parameter.
_VALUES: Final = {
    "specialism": _NAMED.format(terms.OCCUPATIONAL_SPECIALISM),
    "first": _NAMED.format(terms.OCCUPATIONAL_SPECIALISM),
    "second": _NAMED.format(terms.OCCUPATIONAL_SPECIALISM),
    "t_level": _NAMED.format(terms.T_LEVEL),
    "occupation": _NAMED.format(terms.OCCUPATION),
    "code": f"?thing {terms.STANDARD_REFERENCE}|{terms.REFERENCE_CODE}|<{terms.DCT}identifier>|{terms.NOTATION} ?value",
    "old": "GRAPH ?graph {} BIND(STR(?graph) AS ?value)",
    "new": "GRAPH ?graph {} BIND(STR(?graph) AS ?value)",
    "job": f"?thing a {terms.OCCUPATION} ; {_NAME}|<{terms.TLP}occupationGroup>/{terms.NOTATION} ?value",
}
#: Parameters whose value is the title of a thing.
_TITLED: Final = frozenset({"specialism", "first", "second", "t_level", "occupation"})
#: Parameters of which a value need only be a part of a value in the data.
_PARTS: Final = frozenset({"job", "old", "new"})
#: Parameters that name the two versions that a query compares. Without one of them, everything in the other would seem
#: to be new or gone. Their defaults need not be in the data: a graph whose statements all stand in others is left out.
_VERSIONS: Final = frozenset({"old", "new"})


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """A value of a parameter that the data does not have.

    Attributes:
        parameter: the name of the parameter.
        value: the value.
        near: the nearest values of the data, the best first.
    """

    parameter: str
    value: str
    near: tuple[str, ...]

    def __str__(self) -> str:
        """Return a sentence for people."""
        hint = f" Did you mean {' or '.join(f'“{one}”' for one in self.near)}?" if self.near else ""
        return f"“{self.value}” is not in the data.{hint}"


def suggestions(store: Store, parameter: str) -> tuple[str, ...]:
    """Return the values in the data for a parameter of an example query.

    Returns:
        The values, sorted; empty for another parameter and if the data has more than `MAX_SUGGESTIONS`.
    """
    values = _values(store, parameter, MAX_SUGGESTIONS + 1) if parameter in _VALUES else ()
    return values if len(values) <= MAX_SUGGESTIONS else ()


def resolve_values(
    store: Store, query: ExampleQuery, given: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Sequence[str]], list[UnknownValue]]:
    """Return values as the data writes them, and those that it does not have.

    Args:
        store: the data.
        query: the example query.
        given: values by the name of their parameter; a parameter without a value has its default.

    Returns:
        The values by the name of their parameter, and the unknown ones. A value is unknown only if the data has others.

    Raises:
        SettingError: a query compares two versions, and the data does not have one of them.
    """
    resolved: dict[str, Sequence[str]] = dict(given)
    unknown: list[UnknownValue] = []
    for parameter in query.parameters:
        if parameter.name not in _VALUES:
            continue
        found: list[str] = []
        defaults = [term.value for term in parameter.defaults]
        for value in given.get(parameter.name) or defaults:
            if parameter.name in _VERSIONS and value in defaults:
                found.append(value)
                continue
            spellings = _spellings(store, parameter.name, value)
            found += spellings or [value]
            if not spellings and (near := _near(store, parameter.name, value)) is not None:
                unknown.append(UnknownValue(parameter.name, value, near))
                if parameter.name in _VERSIONS:
                    raise SettingError(f"{parameter.name}: {unknown[-1]}", hint=f"give {parameter.description}")
        if given.get(parameter.name):
            resolved[parameter.name] = tuple(dict.fromkeys(found))
    return resolved, unknown


def _spellings(store: Store, parameter: str, value: str) -> list[str]:
    """Return the spellings of a value in the data.

    Returns:
        The value if it is there, else those that differ in case or spaces, else the titles of things with that name.
    """
    sought = Literal(" ".join(value.split()))
    if parameter in _PARTS:
        has_part = f"FILTER(isLiteral(?value) && CONTAINS(LCASE(STR(?value)), LCASE({sought})))"
        return [value] if _select(store, f"{_VALUES[parameter]} {has_part}", 1) else []
    same = f"FILTER(isLiteral(?written) && LCASE(STR(?written)) = LCASE({sought}))"
    found = _select(store, f"{_VALUES[parameter]} BIND(?value AS ?written) {same}", MAX_NEAR_VALUES)
    if not found and parameter in _TITLED:
        # A thing that was renamed keeps its old title as another name.
        other = f"?thing {terms.ALT_LABEL} ?written {same}"
        found = _select(store, f"{_VALUES[parameter]} . {other}", MAX_NEAR_VALUES)
    return [value] if value in found else found


def _near(store: Store, parameter: str, value: str) -> tuple[str, ...] | None:
    """Return the nearest values in the data; None if the data has no values for the parameter."""
    values = _values(store, parameter, MAX_COMPARED_VALUES)
    if not values:
        return None
    by_letters = {one.casefold(): one for one in values}
    sought = " ".join(value.casefold().split())
    containing = [one for one in by_letters if sought and sought in one][:MAX_NEAR_VALUES]
    near = difflib.get_close_matches(sought, by_letters, n=MAX_NEAR_VALUES, cutoff=0.6)
    return tuple(by_letters[one] for one in dict.fromkeys([*near, *containing]))[:MAX_NEAR_VALUES]


def _values(store: Store, parameter: str, limit: int) -> tuple[str, ...]:
    return tuple(_select(store, f"{_VALUES[parameter]} FILTER(isLiteral(?value))", limit))


def _select(store: Store, pattern: str, limit: int) -> list[str]:
    rows = select_rows(store, f"SELECT DISTINCT ?value {{ {pattern} }} ORDER BY ?value LIMIT {limit}")
    return [term.value for term in _literals(row["value"] for row in rows)]


def _literals(found: Iterable[object]) -> Iterable[Literal]:
    return (term for term in found if isinstance(term, Literal))
