"""Labels of things in a store."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad

from tlevel_rdf.graph import terms
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.store.labels import labels_and_types

THING = NamedNode("https://data.example.org/id/a")
RDFS_LABEL = NamedNode(f"{terms.RDFS}label")


def test_the_store_gives_labels_and_types_and_nothing_else() -> None:
    store = EmbeddedStore.of(
        [
            Quad(THING, terms.TYPE, NamedNode("x:C")),
            Quad(THING, RDFS_LABEL, Literal("A")),
            Quad(THING, NamedNode("x:p"), Literal("B")),
        ]
    )
    found = labels_and_types(store, [THING.value, "http://e.org/none"])
    assert {(triple.subject, triple.predicate) for triple in found} == {(THING, terms.TYPE), (THING, RDFS_LABEL)}
