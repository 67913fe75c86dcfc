"""Labels: the best one that the data states, that of the vocabulary, or one made from the IRI."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.labels import vocabulary_labels
from tlevel_rdf.web.data.labels import Labels, fallback_label, graph_label, short_name

BASE = "https://data.example.org/"
THING = NamedNode(f"{BASE}id/a")
RDFS_LABEL = NamedNode(f"{terms.RDFS}label")


def test_labels_come_from_the_data_then_the_vocabulary_then_the_iri() -> None:
    labels = Labels(BASE, [Triple(THING, RDFS_LABEL, Literal("A")), Triple(terms.T_LEVEL, RDFS_LABEL, Literal("Own"))])
    assert labels.of(THING.value) == "A"
    assert labels.of(terms.T_LEVEL.value) == "Own"
    assert labels.of(terms.OCCUPATION.value) == vocabulary_labels()[terms.OCCUPATION.value] == "Occupation"
    assert labels.of(f"{BASE}id/some-thing") == "some-thing"
    assert labels.of("http://other.org/x/y") == "http://other.org/x/y"
    assert labels.of(f"{BASE}graph/source/a-b") == "Source: a b"
    assert labels.stated("http://other.org/x/y") == ""


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("http://www.w3.org/2004/02/skos/core#prefLabel", "pref label"),
        ("https://example.org/people/ada%20l", "ada l"),
        ("https://example.org/people/", "people"),
        ("https://example.org/source#line=20,21", "line 21"),
        ("urn:isbn:0451450523", "0451450523"),
        ("x:", "x:"),
    ],
)
def test_a_short_name_is_the_last_part_of_an_iri(iri: str, name: str) -> None:
    assert short_name(iri) == name


def test_an_iri_of_an_unknown_namespace_is_its_own_label() -> None:
    assert fallback_label("http://other.org/x/y", BASE) == "http://other.org/x/y"
    assert fallback_label(f"{BASE}x/y", BASE) == "y"
    assert graph_label("http://other.org/graphs/one", BASE) == "one"
