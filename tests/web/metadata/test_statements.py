"""Statements and their conversion to triples."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from tlevel_rdf.web.metadata.statements import english, namespace, to_triples, w3c_format

PREDICATE = namespace("http://e.org/terms#")("name")


def test_a_statement_is_a_triple_with_the_iri_of_its_subject() -> None:
    statements = [("http://e.org/a", PREDICATE, english("Name"))]
    assert list(to_triples(statements)) == [
        Triple(NamedNode("http://e.org/a"), NamedNode("http://e.org/terms#name"), Literal("Name", language="en"))
    ]


def test_formats_have_iris_of_the_w3c() -> None:
    assert w3c_format("Turtle").value == "http://www.w3.org/ns/formats/Turtle"
