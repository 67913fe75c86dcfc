"""The bounded description of a thing: its own statements, the statements that refer to it, and labels for both.

The description includes fragments of the thing: those that it links to, those that link to it, and those with a common
fragment. So one document has the lines and the checksum of a source. It includes blank nodes to any depth, but at most
`MAX_INCOMING_STATEMENTS` statements that refer to the thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_INCOMING_STATEMENTS, MAX_SEARCHED_LINKS
from tlevel_rdf.store.labels import LABELS_AND_TYPE, labels_and_types
from tlevel_rdf.store.select import select_rows, values_blocks
from tlevel_rdf.web.data.hash_iris import find_hash_iris

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tlevel_rdf.store.base import Store


@dataclass(frozen=True)
class Description:
    """The description of a thing.

    Attributes:
        iri: of the thing.
        statements: each with the IRIs of the named graphs that contain it.
        labels: labels and types of everything that the statements name.
        incoming_count: the number of statements that refer to the thing or its fragments.
        omitted_count: how many of these the description omits.
    """

    iri: str
    statements: Mapping[Triple, frozenset[str]]
    labels: tuple[Triple, ...]
    incoming_count: int = 0
    omitted_count: int = 0

    @property
    def triples(self) -> tuple[Triple, ...]:
        """The description as one graph."""
        return tuple(dict.fromkeys((*self.statements, *self.labels)))

    @cached_property
    def properties(self) -> list[tuple[NamedNode, NamedNode | BlankNode | Literal | Triple]]:
        """The properties of the thing itself with their values."""
        node = NamedNode(self.iri)
        return [(t.predicate, t.object) for t in self.statements if t.subject == node]

    @cached_property
    def types(self) -> frozenset[str]:
        """The IRIs of the classes of the thing."""
        return frozenset(o.value for p, o in self.properties if p == terms.TYPE and isinstance(o, NamedNode))


def is_known(store: Store, iri: str) -> bool:
    """Return True if a thing is the subject or the object of a statement."""
    return bool(select_rows(store, f"SELECT * {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?p <{iri}> }} }} LIMIT 1"))


def describe(store: Store, iri: str, fragments: Iterable[str] = ()) -> Description:
    """Describe a thing.

    Args:
        store: with the data.
        iri: absolute and well formed.
        fragments: to look for, besides those that the thing links to or that link to it.

    Returns:
        The description; empty if the data has no statement about the thing.
    """
    statements: dict[Triple, frozenset[str]] = {}
    described = {iri, *_linked_fragments(store, iri), *find_hash_iris(store, iri, fragments)}
    blocks = list(values_blocks(described))
    for triple, graph in (
        *store.describe(sorted(described)),
        *(found for values in blocks for found in _incoming(store, values)),
    ):
        statements[triple] = statements.get(triple, frozenset()) | ({graph} if graph else frozenset())
    incoming_count = sum(_count_incoming(store, values) for values in blocks)
    included = sum(isinstance(triple.object, NamedNode) and triple.object.value in described for triple in statements)
    return Description(
        iri, statements, _labels(store, statements, described), incoming_count, incoming_count - included
    )


def _linked_fragments(store: Store, iri: str) -> list[str]:
    start = Literal(f"{iri}#")
    rows = select_rows(
        store,
        f"SELECT DISTINCT ?f {{ {{ SELECT ?f {{ <{iri}> ?p ?f }} LIMIT {MAX_SEARCHED_LINKS} }}"
        f" UNION {{ SELECT ?f {{ ?f ?p <{iri}> }} LIMIT {MAX_SEARCHED_LINKS} }}"
        f" FILTER(isIRI(?f) && STRSTARTS(STR(?f), {start})) }}",
    )
    return [node.value for row in rows if isinstance(node := row["f"], NamedNode)]


def _incoming(store: Store, values: str) -> Iterator[tuple[Triple, str]]:
    # Statements outside all named graphs have no ?g. The query takes the first statements that the store finds, which
    # are the same each time; sorting 100,000 of them would take 4 s. Those about a described thing are known already;
    # Virtuoso has no MINUS with VALUES, and gives them all the same.
    query = f"""SELECT ?s ?p ?o ?g {{
        {{ SELECT ?s ?p ?o {{ VALUES ?o {{ {values} }} ?s ?p ?o }} LIMIT {MAX_INCOMING_STATEMENTS} }}
        FILTER(?s NOT IN ({values.replace(" ", ", ")}))
        OPTIONAL {{ GRAPH ?g {{ ?s ?p ?o }} }}
    }}"""
    for row in select_rows(store, query):
        graph = row["g"]
        name = graph.value if isinstance(graph, NamedNode) else ""
        yield Triple(row["s"], row["p"], row["o"]), name  # type: ignore[arg-type]


def _count_incoming(store: Store, values: str) -> int:
    number = select_rows(store, f"SELECT (COUNT(*) AS ?n) {{ VALUES ?o {{ {values} }} ?s ?p ?o }}")[0]["n"]
    return int(number.value) if isinstance(number, Literal) else 0


def _labels(store: Store, statements: Iterable[Triple], described: set[str]) -> tuple[Triple, ...]:
    """Return the labels and types of all named things; those of the described things are among the statements."""
    named = {
        node.value for triple in statements for node in (triple.subject, triple.object) if isinstance(node, NamedNode)
    }
    nodes = {*map(NamedNode, described)}
    own = (triple for triple in statements if triple.predicate in LABELS_AND_TYPE and triple.subject in nodes)
    return (*own, *labels_and_types(store, named - described))
