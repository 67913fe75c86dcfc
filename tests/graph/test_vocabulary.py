"""The vocabulary as published."""

from __future__ import annotations

from pyoxigraph import NamedNode

from tlevel_rdf.graph.vocabulary import describe_vocabulary


def test_the_vocabulary_is_published_without_blank_nodes() -> None:
    quads = describe_vocabulary(NamedNode("https://example.org/graph/vocabulary"))

    assert quads
    assert not [quad for quad in quads if str(quad.subject).startswith("_:") or str(quad.object).startswith("_:")]
    assert {str(quad.graph_name) for quad in quads} == {"<https://example.org/graph/vocabulary>"}
