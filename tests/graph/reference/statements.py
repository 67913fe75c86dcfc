"""Quads of reference data in a short form: IRIs without the base, and texts without their language."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Quad

BASE = "https://w3id.org/tlevel/"


def short(term: object) -> str:
    """Return an IRI without the base, or the text of a literal."""
    assert isinstance(term, NamedNode | Literal)
    return term.value.removeprefix(f"{BASE}id/").removeprefix(f"{BASE}graph/").removeprefix(BASE)


class Statements:
    """Quads, found by subject and property."""

    def __init__(self, quads: Sequence[Quad]) -> None:
        self.quads = quads
        self._about: dict[tuple[object, object], set[tuple[str, str]]] = defaultdict(set)
        for quad in quads:
            self._about[quad.subject, quad.predicate].add((short(quad.object), short(quad.graph_name)))

    def about(self, thing: str, prop: NamedNode) -> set[tuple[str, str]]:
        """Return each value of a property of a thing, with the graph that states it."""
        subject = NamedNode(f"{BASE}{thing if thing.startswith(('def/', 'graph/')) else f'id/{thing}'}")
        return self._about[subject, prop]

    def values(self, thing: str, prop: NamedNode) -> set[str]:
        """Return each value of a property of a thing."""
        return {value for value, _ in self.about(thing, prop)}

    def classes(self, thing: str) -> set[str]:
        """Return the local names of the classes of a thing."""
        return {value.rpartition("#")[2] for value in self.values(thing, terms.TYPE)}
