"""Routes that are lost or gained between two versions: the options of specialisms, with the reason for each."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.changes.change import Kind
from tlevel_rdf.changes.formats import counted, to_text
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.labels import best_labels, natural_key
from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.store.select import select_rows, values_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tlevel_rdf.changes.change import Change
    from tlevel_rdf.changes.edits import Edits
    from tlevel_rdf.store.base import Store

_EFFECTS: Final = {Kind.REMOVED: "lost", Kind.ADDED: "gained"}
_COLUMNS: Final = ("effect", "t_level", "specialism", "route", "is_bypassed", "reasons", "option")


@dataclass(frozen=True)
class Route:
    """A route from a specialism that is lost or gained.

    Attributes:
        effect: lost or gained.
        t_level: the title of the T Level.
        specialism: the title of the specialism.
        route: the next step, such as "Dispensing Optician apprenticeship, level 6".
        is_bypassed: True if learners may bypass this step.
        reasons: the edits that cause it, in words.
        option: the IRI of the option.
        t_level_iri: the IRI of the T Level.
    """

    effect: str
    t_level: str
    specialism: str
    route: str
    is_bypassed: bool
    reasons: tuple[str, ...]
    option: str
    t_level_iri: str = ""

    @property
    def text(self) -> str:
        """The route in words.

        >>> Route("lost", "Health", "Optics", "Optician, level 6", False, ("ST1 is withdrawn",), "x").text
        'Health, Optics: Optician, level 6, because ST1 is withdrawn'
        """
        bypassed = " (bypassed)" if self.is_bypassed else ""
        because = f", because {' and '.join(self.reasons)}" if self.reasons else ""
        return f"{self.t_level}, {self.specialism}: {self.route}{bypassed}{because}"


def find_routes(old: Store, new: Store, changes: Iterable[Change], edits: Edits) -> list[Route]:
    """Return the routes that are lost or gained, by T Level, specialism and title.

    Args:
        old: the data before.
        new: the data after.
        changes: the changes between the two.
        edits: the edits that cause them.
    """
    options = {each.thing: each for each in changes if each.whole and not each.predicate}
    routes = [
        _route(options[iri], around, edits)
        for kind, store in ((Kind.REMOVED, old), (Kind.ADDED, new))
        for iri, around in _around(store, [iri for iri, change in options.items() if change.kind is kind]).items()
    ]
    return sorted(
        routes, key=lambda one: (*map(natural_key, (one.t_level, one.specialism, one.route)), one.effect, one.option)
    )


class _Around(NamedTuple):
    """The T Level of an option (title and IRI), True if it is bypassed, and the references of its standards."""

    t_level: str
    t_level_iri: str
    is_bypassed: bool
    references: set[str]


def _route(change: Change, around: _Around, edits: Edits) -> Route:
    reasons = edits.reasons(around.t_level, around.references)
    effect, whole, title, option = _EFFECTS[change.kind], change.whole, change.title, change.thing
    return Route(effect, around.t_level, whole, title, around.is_bypassed, reasons, option, around.t_level_iri)


def _around(store: Store, options: Sequence[str]) -> dict[str, _Around]:
    rows = [
        row
        for block in values_blocks(options)
        for row in select_rows(
            store,
            f"SELECT ?option ?t ?step ?reference {{ VALUES ?option {{ {block} }}"
            f" ?option {terms.OPTION_FOR}/{terms.SPECIALISM_OF} ?t ; ?step ?next"
            f" FILTER(?step IN ({terms.LEADS_TO}, {terms.BYPASSES}))"
            f" OPTIONAL {{ ?next {terms.BASED_ON}/{terms.STANDARD_REFERENCE} ?reference }} }}",
        )
    ]
    titles = best_labels(labels_and_types(store, {_text(row["t"]) for row in rows}))
    found: dict[str, _Around] = {}
    for row in rows:
        t_level = _text(row["t"])
        entry = _Around(titles.get(t_level, t_level), t_level, row["step"] == terms.BYPASSES, set())
        found.setdefault(_text(row["option"]), entry).references.update(filter(None, [_text(row["reference"])]))
    return found


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""


def routes_to_text(routes: Sequence[Route], changes: Iterable[Change]) -> Iterator[str]:
    """Yield lines for people: the routes that are lost, those that are gained, and all changes."""
    for effect in _EFFECTS.values():
        some = [route for route in routes if route.effect == effect]
        yield f"{counted(len(some), 'route')} {effect}{':' if some else '.'}\n"
        yield from (f"  {route.text}\n" for route in some)
    yield "\nAll changes:\n"
    yield from to_text(changes)


def routes_to_csv(routes: Iterable[Route], _: Iterable[Change]) -> Iterator[str]:
    """Yield the rows of a CSV file (RFC 4180), a route each."""
    rows: list[dict[str, Any]] = [dict(zip(_COLUMNS, _COLUMNS, strict=True)), *map(_cells, routes)]
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([row[name] for name in _COLUMNS])
        yield line.getvalue()


def routes_to_json(routes: Iterable[Route], changes: Iterable[Change]) -> Iterator[str]:
    """Yield a JSON object with the routes and all changes."""
    value = {
        "routes": [{**asdict(route), "text": route.text} for route in routes],
        "changes": [change.to_json() for change in changes],
    }
    yield f"{json.dumps(value, ensure_ascii=False, indent=1)}\n"


def _cells(route: Route) -> dict[str, Any]:
    is_bypassed = "true" if route.is_bypassed else "false"
    return {**asdict(route), "is_bypassed": is_bypassed, "reasons": "; ".join(route.reasons)}
