"""A store for rdflib that holds one graph and answers the lookups that pySHACL makes, and no more.

rdflib's own store keeps books about named graphs for every triple, which costs more than half of a validation.
pySHACL asks to read by subject, by property, or by both ends of a property; nothing is ever removed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rdflib.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.graph import Graph
    from rdflib.term import Node

    Triple = tuple[Node, Node, Node]
    Found = tuple[Triple, tuple[()]]

_NO_CONTEXTS: tuple[()] = ()


class Triples(Store):
    """The triples of one graph, each once, by subject and by property."""

    context_aware = True  # pySHACL takes no store that says otherwise
    graph_aware = True

    def __init__(self) -> None:
        super().__init__()
        self._objects: dict[Node, dict[Node, dict[Node, None]]] = {}
        self._subjects: dict[Node, dict[Node, list[Node]]] = {}
        self._size = 0

    def __len__(self, context: Graph | None = None) -> int:
        return self._size

    def add(self, triple: Triple, context: Graph | None = None, quoted: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - rdflib's signature
        """Add a triple."""
        s, p, o = triple
        objects = self._objects.setdefault(s, {}).setdefault(p, {})
        if o not in objects:
            objects[o] = None
            self._subjects.setdefault(p, {}).setdefault(o, []).append(s)
            self._size += 1

    def add_graph(self, graph: Graph) -> None:
        """There is one graph, whatever it is called."""

    def triples(self, triple_pattern: Any, context: Graph | None = None) -> Iterator[Found]:  # type: ignore[override]  # noqa: ARG002 - rdflib's signature
        """The triples that fit a pattern, in which None stands for anything."""
        s, p, o = triple_pattern
        if s is not None:
            return self._of_subject(s, p, o)
        if p is not None:
            return self._of_property(p, o)
        return iter([found for subject in self._objects for found in self._of_subject(subject, None, o)])

    def _of_subject(self, s: Node, p: Node | None, o: Node | None) -> Iterator[Found]:
        properties = self._objects.get(s, {})
        if p is None:
            return iter([found for q in properties for found in self._of_subject(s, q, o)])
        objects = properties.get(p, {})
        if o is None:
            return iter([((s, p, value), _NO_CONTEXTS) for value in objects])
        return iter([((s, p, o), _NO_CONTEXTS)] if o in objects else ())

    def _of_property(self, p: Node, o: Node | None) -> Iterator[Found]:
        subjects = self._subjects.get(p, {})
        if o is None:
            return iter([((s, p, value), _NO_CONTEXTS) for value, some in subjects.items() for s in some])
        return iter([((s, p, o), _NO_CONTEXTS) for s in subjects.get(o, ())])
