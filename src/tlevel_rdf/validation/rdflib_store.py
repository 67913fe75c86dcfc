"""Conversion of quads and terms from pyoxigraph to rdflib, which pySHACL needs, and back.

rdflib's own store records the named graphs of every triple, which takes almost half the time of a validation. The store
here holds one graph, and supports only the lookups that pySHACL makes.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib.store import Store

from tlevel_rdf.errors import ShapesError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad
    from rdflib.graph import Graph
    from rdflib.term import Node

    Triple = tuple[Node, Node, Node]
    Found = tuple[Triple, tuple[()]]
    #: A term of RDF 1.1 in pyoxigraph.
    Term = NamedNode | BlankNode | Literal

_NO_CONTEXTS: tuple[()] = ()


# The rules report a literal whose text does not fit its datatype; rdflib would also log a traceback for each.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


def graph_of(quads: Iterable[Quad]) -> rdflib.Graph:
    """Make one rdflib graph of quads, without their graph names and with literals as written.

    Raises:
        ShapesError: a quad contains a quoted triple.
    """
    store = TripleStore()
    nodes: dict[object, Node] = {}

    def node(term: object) -> Node:
        known = nodes.get(term)
        if known is None:
            known = nodes[term] = _node(term)
        return known

    for quad in quads:
        store.add((node(quad.subject), node(quad.predicate), node(quad.object)))
    return rdflib.Graph(store, bind_namespaces="none")


def _node(term: object) -> Node:
    match term:
        case NamedNode():
            return rdflib.URIRef(term.value)
        case BlankNode():
            return rdflib.BNode(term.value)
        case Literal() if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        case Literal():
            return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
        case _:
            raise ShapesError(f"{term} cannot be validated", hint="publish RDF 1.1, which has no quoted triples")


def term_of(node: object) -> Term:
    """Convert a term of rdflib to pyoxigraph. A term of pyoxigraph is returned as it is."""
    match node:
        case NamedNode() | BlankNode() | Literal():
            return node
        case rdflib.URIRef():
            return NamedNode(str(node))
        case rdflib.BNode():
            return BlankNode(str(node))
        case rdflib.Literal(language=str(language)):
            return Literal(str(node), language=language)
        case rdflib.Literal(datatype=rdflib.URIRef() as datatype):
            return Literal(str(node), datatype=NamedNode(str(datatype)))
        case _:
            return Literal(str(node))


class TripleStore(Store):
    """The triples of one graph, each once, indexed by subject and by property."""

    context_aware = True  # pySHACL requires it
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
        """Do nothing: the store has one graph, under any name."""

    def triples(self, triple_pattern: Any, context: Graph | None = None) -> Iterator[Found]:  # type: ignore[override]  # noqa: ARG002 - rdflib's signature
        """Return the triples that match a pattern. None matches any term."""
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
