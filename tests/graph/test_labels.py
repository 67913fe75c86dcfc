"""Labels that the data and the vocabulary state, and their order."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.labels import best_labels, natural_key, vocabulary_labels

THING = NamedNode("https://data.example.org/id/a")
RDFS_LABEL = NamedNode(f"{terms.RDFS}label")


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([(terms.PREF_LABEL, Literal("a")), (RDFS_LABEL, Literal("b"))], "a"),
        ([(RDFS_LABEL, Literal("x", language="fr")), (RDFS_LABEL, Literal("y"))], "y"),
        ([(RDFS_LABEL, Literal("x")), (RDFS_LABEL, Literal("y", language="en"))], "y"),
        ([(RDFS_LABEL, Literal("x", language="en")), (RDFS_LABEL, Literal("y", language="en-GB"))], "y"),
        ([(RDFS_LABEL, Literal("b")), (RDFS_LABEL, Literal("a"))], "a"),
        ([(terms.NOTE, Literal("x")), (RDFS_LABEL, NamedNode("http://e.org/x"))], None),
    ],
)
def test_the_best_label_is_chosen_by_property_then_by_language(
    labels: list[tuple[NamedNode, Literal | NamedNode]], expected: str | None
) -> None:
    triples = [Triple(THING, predicate, value) for predicate, value in labels]
    assert best_labels(triples).get(THING.value) == best_labels(reversed(triples)).get(THING.value) == expected


def test_the_vocabulary_has_labels_for_its_terms() -> None:
    assert vocabulary_labels()[terms.OCCUPATION.value] == "Occupation"


def test_natural_order_compares_numbers_by_size_and_ignores_case() -> None:
    assert sorted(["b10", "B9", "a", "9", "10", ""], key=natural_key) == ["", "9", "10", "a", "B9", "b10"]
