"""Graphs of any data in each syntax: what a syntax can hold comes through, and what it cannot is said."""

from __future__ import annotations

import pyoxigraph
import pytest
from pyoxigraph import BaseDirection, Literal, NamedNode, RdfFormat, Triple

from tlevel_rdf.errors import UnwritableError
from tlevel_rdf.graph.serialization import serialize_graph

A, P = NamedNode("http://e.org/a"), NamedNode("http://e.org/p")
FORMATS = (RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML, RdfFormat.JSON_LD)
VALUES: dict[str, Literal | Triple] = {
    "a direction": Literal("x", language="ar", direction=BaseDirection.RTL),
    "a triple": Triple(A, P, Literal("x", language="ar", direction=BaseDirection.RTL)),
}


@pytest.mark.parametrize("syntax", FORMATS)
@pytest.mark.parametrize("name", VALUES)
def test_what_rdf_1_2_adds_comes_through_or_is_refused(name: str, syntax: RdfFormat) -> None:
    triple = Triple(A, P, VALUES[name])
    if name == "a triple" and syntax == RdfFormat.JSON_LD:
        with pytest.raises(UnwritableError, match="JSON-LD cannot express a quoted triple"):
            serialize_graph([triple], syntax)
        return
    read = pyoxigraph.parse(serialize_graph([triple], syntax), format=syntax)
    assert [quad.triple for quad in read] == [triple]


@pytest.mark.parametrize("inner", [Triple(A, NamedNode("http://e.org/1"), A), Triple(A, P, Literal("\x01"))])
def test_xml_is_checked_within_triples(inner: Triple) -> None:
    with pytest.raises(UnwritableError, match="RDF/XML cannot express"):
        serialize_graph([Triple(A, P, inner)], RdfFormat.RDF_XML)
