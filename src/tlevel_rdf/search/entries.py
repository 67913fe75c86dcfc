"""The things that a search can find: their names old and new, codes, kinds and T Levels, collected from a store."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.code_schemes import SCHEMES
from tlevel_rdf.graph.labels import LABELS, best_labels, vocabulary_labels
from tlevel_rdf.limits import MAX_SEARCH_THINGS
from tlevel_rdf.store.select import select_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tlevel_rdf.store.base import Store

_LEVEL: Final = re.compile(r"\d+\Z")
#: Classes whose members are parts of other things, with names made from those.
_PARTS: Final = (terms.PROGRESSION_OPTION, terms.NOTE_CLASS, terms.STANDARD_VERSION, terms.PROGRESSION_PROFILE)
#: The things that a specialism leads to or is based on.
_LED_TO: Final = "|".join(
    str(each)
    for each in (
        *(terms.PROGRESSES_TO, terms.COVERS_CONTENT_OF, terms.BASED_ON, terms.TRAINS_FOR, terms.MAPPED_OCCUPATION),
        *(terms.RELEVANT_APPRENTICESHIP, terms.RELEVANT_OCCUPATION),
    )
)


@dataclass
class Entry:
    """A thing that a search can find.

    Attributes:
        iri: its IRI.
        name: its name.
        kinds: the names of its classes, the most telling first.
        level: its level; None if it has none.
        codes: its codes in public registers.
        others: its other names.
        t_levels: the IRIs of the T Levels that it belongs to or follows from.
        routes: the IRIs of the routes that include it or one of its T Levels.
        flags: the IRIs of the flags of options that lead to it.
    """

    iri: str
    name: str
    kinds: list[str] = field(default_factory=list)
    level: int | None = None
    codes: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    t_levels: set[str] = field(default_factory=set)
    routes: set[str] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """The name of its class; empty if it has none."""
        return self.kinds[0] if self.kinds else ""

    @property
    def kind_and_level(self) -> str:
        """Its kind with its level, such as "Apprenticeship at level 6"."""
        return f"{self.kind} at level {self.level}" if self.kind and self.level is not None else self.kind


def collect_entries(store: Store, base: str) -> list[Entry]:
    """Return the things of a store that have a name and an IRI under a base; all that have a name, if none is under it.

    Raises:
        QueryFailedError: the store cannot answer.
    """
    return _collect(store, base, f"FILTER(STRSTARTS(STR(?thing), {Literal(base)}))") or _collect(store, base, "")


def _collect(store: Store, base: str, within: str) -> list[Entry]:
    """Return the named things that a filter of `?thing` leaves."""
    names = [
        Triple(NamedNode(iri), label, value)
        for label in LABELS
        if label != terms.VALUE
        for iri, value in _pairs(store, f"?thing {label} ?value . {within}")
    ]
    entries = {iri: Entry(iri, name) for iri, name in best_labels(names).items()}
    for iri, _ in _pairs(store, f"VALUES ?value {{ {' '.join(map(str, _PARTS))} }} ?thing a ?value"):
        entries.pop(iri, None)
    for pattern, add in _STEPS:
        for iri, value in _pairs(store, f"{pattern} {within}"):
            if entry := entries.get(iri):
                add(entry, str(getattr(value, "value", "")))
    for entry in entries.values():
        entry.kinds = entry.kinds or [_kind_by_address(entry.iri, base)]
        if entry.kind == vocabulary_labels()[terms.T_LEVEL.value]:
            entry.t_levels.add(entry.iri)
    for entry in entries.values():
        entry.routes |= {route for iri in entry.t_levels if iri in entries for route in entries[iri].routes}
    return list(entries.values())


def _add_class(entry: Entry, iri: str) -> None:
    if name := vocabulary_labels().get(iri):
        entry.kinds.insert(len(entry.kinds) if NamedNode(iri) in terms.GENERAL_CLASSES else 0, name)


def _add_level(entry: Entry, iri: str) -> None:
    if number := _LEVEL.search(iri):
        entry.level = int(number[0])


def _add_code(entry: Entry, code: str) -> None:
    if code not in entry.codes:
        entry.codes.append(code)


#: Patterns that bind a value of a thing, and what adds it to the entry of the thing.
_STEPS: Final[tuple[tuple[str, Callable[[Entry, str], None]], ...]] = (
    ("?thing a ?value .", _add_class),
    (f"?thing {terms.LEVEL_PROPERTY} ?value .", _add_level),
    *((f"{scheme.pattern} BIND(STR(?code) AS ?value)", _add_code) for scheme in SCHEMES.values()),
    (f"?thing {terms.ALT_LABEL} ?value .", lambda entry, name: entry.others.append(name)),
    (f"?thing {terms.SPECIALISM_OF} ?value .", lambda entry, iri: entry.t_levels.add(iri)),
    (f"?of {terms.SPECIALISM_OF} ?value . ?of {_LED_TO} ?thing .", lambda entry, iri: entry.t_levels.add(iri)),
    (
        f"?of {terms.SPECIALISM_OF} ?value . ?of {_LED_TO} ?step . ?step {terms.BASED_ON}|{terms.TRAINS_FOR} ?thing .",
        lambda entry, iri: entry.t_levels.add(iri),
    ),
    (f"?thing {terms.IN_ROUTE} ?value .", lambda entry, iri: entry.routes.add(iri)),
    (
        f"?option {terms.STATUS_PROPERTY} ?value ; {terms.TARGET} ?thing .",
        lambda entry, iri: entry.flags.add(iri),
    ),
)


def _kind_by_address(iri: str, base: str) -> str:
    """Return the kind of a thing whose classes have no name, by the address that it has."""
    if iri.startswith(f"{terms.SOC2020}#"):
        return SCHEMES["soc-2020"].title
    if not iri.startswith(f"{base}id/"):
        return ""
    kind, is_thing, _ = iri.removeprefix(f"{base}id/").partition("/")
    return kind.replace("-", " ").capitalize() if is_thing else ""


def _pairs(store: Store, pattern: str) -> Iterator[tuple[str, Any]]:
    """Yield each thing of a pattern, by its IRI, with the term that is its value."""
    rows = select_rows(store, f"SELECT DISTINCT ?thing ?value {{ {pattern} }} LIMIT {MAX_SEARCH_THINGS}")
    return ((row["thing"].value, row["value"]) for row in rows if isinstance(row["thing"], NamedNode))
