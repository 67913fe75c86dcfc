"""Relations of a term of a vocabulary: rows of a subject, a property and an object, for the diagram of the term."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import BlankNode, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.web.data.labels import short_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyoxigraph import Triple

_DOMAIN: Final = NamedNode(f"{terms.RDFS}domain")
_RANGE: Final = NamedNode(f"{terms.RDFS}range")
_UNION: Final = NamedNode(f"{terms.OWL}unionOf")
_FIRST: Final = NamedNode(f"{terms.RDF}first")
_REST: Final = NamedNode(f"{terms.RDF}rest")
_PROPERTIES: Final = {f"{terms.OWL}ObjectProperty", f"{terms.OWL}DatatypeProperty", f"{terms.RDF}Property"}
_CLASSES: Final = {f"{terms.OWL}Class", f"{terms.RDFS}Class"}
_TEXTS: Final = {f"{terms.RDF}langString", f"{terms.XSD}string"}
_ANYTHING: Final = "anything"
#: The rows of a diagram, at most; the statements of the term list all.
_MAX_ROWS: Final = 10


class Relation(NamedTuple):
    """A row of a diagram: the labels of a subject, of a property and of an object."""

    subject: str
    relation: str
    object: str


class TermRelations:
    """The relations of the terms of one document.

    Args:
        triples: of the document.
        label: returns the label of a term.
    """

    def __init__(self, triples: Iterable[Triple], label: Callable[[str], str]) -> None:
        self._label = label
        self._values: dict[tuple[object, NamedNode], list[object]] = defaultdict(list)
        properties: dict[str, None] = {}
        self._classes: set[str] = set()
        for triple in triples:
            self._values[triple.subject, triple.predicate].append(triple.object)
            if triple.predicate == terms.TYPE and isinstance(triple.subject, NamedNode):
                kind = getattr(triple.object, "value", "")
                if kind in _PROPERTIES:
                    properties[triple.subject.value] = None
                elif kind in _CLASSES:
                    self._classes.add(triple.subject.value)
        self._ends = {iri: (self._members(iri, _DOMAIN), self._members(iri, _RANGE)) for iri in sorted(properties)}

    def of(self, iri: str) -> list[Relation]:
        """Return the relations of a class or a property; none for any other term."""
        if iri in self._ends:
            return self._rows(iri, *self._ends[iri])[:_MAX_ROWS]
        if iri not in self._classes:
            return []
        rows = [
            Relation(self._label(iri), "is a kind of", self._label(parent.value))
            for parent in self._values[NamedNode(iri), terms.SUB_CLASS_OF]
            if isinstance(parent, NamedNode)
        ]
        for prop, (domains, ranges) in self._ends.items():
            if iri in domains:
                rows += self._rows(prop, [iri], ranges)
            elif iri in ranges:
                rows += self._rows(prop, domains, [iri])
        return rows[:_MAX_ROWS]

    def _rows(self, prop: str, domains: list[str], ranges: list[str]) -> list[Relation]:
        ends = product(domains or [""], ranges or [""])
        return [Relation(self._name(one), self._label(prop), self._name(other)) for one, other in ends]

    def _name(self, iri: str) -> str:
        if not iri:
            return _ANYTHING
        if iri in _TEXTS:
            return "text"
        return short_name(iri) if iri.startswith(terms.XSD) else self._label(iri)

    def _members(self, iri: str, end: NamedNode) -> list[str]:
        """Return the classes of one end of a property, those of a union one by one."""
        found: list[str] = []
        for value in self._values[NamedNode(iri), end]:
            if isinstance(value, NamedNode):
                found.append(value.value)
            for head in self._values[value, _UNION]:
                node, seen = head, set[object]()
                while isinstance(node, BlankNode | NamedNode) and node not in seen:
                    seen.add(node)
                    found += [one.value for one in self._values[node, _FIRST] if isinstance(one, NamedNode)]
                    node = next(iter(self._values[node, _REST]), None)
        return found
