"""The bounded description of a thing: what it says, what points at it, and what is needed to read both.

A fragment of the thing that the thing links to, or that links to the thing, or that is usual in the data, belongs to
its description: the lines and the checksum of a source document are read in one go. Blank nodes are followed to where
they end. Of what points at it there is a part only, where very much does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.store.select import select_rows, values_blocks
from tlevel_rdf.web.data.hash_iris import fragments_of
from tlevel_rdf.web.data.labels import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tlevel_rdf.store.base import Store

#: Statements that point at what is described; beyond that nobody reads a page, and the rest is a matter for a query.
MOST_POINTING: Final = 1_000
#: Links to and from a thing that are looked through for its fragments, which takes 0.02 s.
_MOST_LOOKED_THROUGH: Final = 10_000


@dataclass(frozen=True)
class Description:
    """What the data knows of a thing.

    Attributes:
        iri: of the thing.
        statements: each with the IRIs of the named graphs that hold it.
        names: labels and types of everything that the statements name.
        left_out: how many statements that point at the thing or its fragments are not here.
        pointing: how many of those there are in all.
    """

    iri: str
    statements: Mapping[Triple, frozenset[str]]
    names: tuple[Triple, ...]
    left_out: int = 0
    pointing: int = 0

    @property
    def triples(self) -> tuple[Triple, ...]:
        """All of it as a graph."""
        return tuple(dict.fromkeys((*self.statements, *self.names)))

    def said(self) -> list[tuple[NamedNode, NamedNode | BlankNode | Literal | Triple]]:
        """What the thing itself says: predicates and objects."""
        node = NamedNode(self.iri)
        return [(t.predicate, t.object) for t in self.statements if t.subject == node]

    def types(self) -> frozenset[str]:
        """The IRIs of the classes that the thing is in."""
        return frozenset(o.value for p, o in self.said() if p == terms.TYPE and isinstance(o, NamedNode))


def is_known(store: Store, iri: str) -> bool:
    """Whether something is said of a thing, or something points at it."""
    return bool(select_rows(store, f"SELECT * {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?p <{iri}> }} }} LIMIT 1"))


def describe(store: Store, iri: str, fragments: Iterable[str] = ()) -> Description:
    """Describe a thing.

    Args:
        store: knows the thing, or not.
        iri: absolute and well formed.
        fragments: that are looked up behind the IRI, beside those that the thing has links to or from.

    Returns:
        The description; empty if nothing is said of the thing and nothing points at it.
    """
    statements: dict[Triple, frozenset[str]] = {}
    described = {iri, *_fragments(store, iri), *fragments_of(store, iri, fragments)}
    chunks = list(values_blocks(described))
    for triple, graph in (
        *store.describe(sorted(described)),
        *(one for values in chunks for one in _pointing(store, values)),
    ):
        statements[triple] = statements.get(triple, frozenset()) | ({graph} if graph else frozenset())
    pointing = sum(_number_pointing(store, values) for values in chunks)
    here = sum(isinstance(triple.object, NamedNode) and triple.object.value in described for triple in statements)
    return Description(iri, statements, names_of(store, _named(statements)), pointing - here, pointing)


def _fragments(store: Store, iri: str) -> list[str]:
    start = Literal(f"{iri}#")
    rows = select_rows(
        store,
        f"SELECT DISTINCT ?f {{ {{ SELECT ?f {{ <{iri}> ?p ?f }} LIMIT {_MOST_LOOKED_THROUGH} }}"
        f" UNION {{ SELECT ?f {{ ?f ?p <{iri}> }} LIMIT {_MOST_LOOKED_THROUGH} }}"
        f" FILTER(isIRI(?f) && STRSTARTS(STR(?f), {start})) }}",
    )
    return [node.value for row in rows if isinstance(node := row["f"], NamedNode)]


def _pointing(store: Store, values: str) -> Iterator[tuple[Triple, str]]:
    # Data outside all named graphs has no ?g, so each pattern is asked twice: of the union, and of each graph.
    # The part is the first that the store finds, which is the same each time; to sort all takes 4 s for 100,000.
    part = f"{{ SELECT ?s ?p ?o {{ VALUES ?o {{ {values} }} ?s ?p ?o }} LIMIT {MOST_POINTING} }}"
    for row in select_rows(store, f"SELECT ?s ?p ?o ?g {{ {{ {part} }} UNION {{ {part} GRAPH ?g {{ ?s ?p ?o }} }} }}"):
        graph = row["g"]
        name = graph.value if isinstance(graph, NamedNode) else ""
        yield Triple(row["s"], row["p"], row["o"]), name  # type: ignore[arg-type]


def _number_pointing(store: Store, values: str) -> int:
    number = select_rows(store, f"SELECT (COUNT(*) AS ?n) {{ VALUES ?o {{ {values} }} ?s ?p ?o }}")[0]["n"]
    return int(number.value) if isinstance(number, Literal) else 0


def _named(statements: Iterable[Triple]) -> set[str]:
    return {
        node.value for triple in statements for node in (triple.subject, triple.object) if isinstance(node, NamedNode)
    }
