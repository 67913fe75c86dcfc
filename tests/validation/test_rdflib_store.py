"""The store finds what rdflib's own store finds, and terms are converted without loss."""

from __future__ import annotations

from itertools import product

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import BlankNode, NamedNode, Quad, Triple
from rdflib import BNode, Literal, URIRef, Variable

from tlevel_rdf.errors import ShapesError
from tlevel_rdf.validation.rdflib_store import TripleStore, graph_of, term_of

A, B, P, Q = (URIRef(f"https://example.org/{name}") for name in "abpq")
TRIPLES = [(A, P, B), (A, P, Literal("b")), (A, Q, B), (B, P, A), (BNode("x"), Q, Literal("b", lang="en")), (A, P, B)]


def graph(store: TripleStore | str) -> rdflib.Graph:
    made = rdflib.Graph(store, bind_namespaces="none")
    for triple in TRIPLES:
        made.add(triple)
    return made


@pytest.mark.parametrize("pattern", list(product((None, A, B), (None, P, Q), (None, B, Literal("b"), Literal("c")))))
def test_each_pattern_finds_what_the_store_of_rdflib_finds(
    pattern: tuple[URIRef | None, URIRef | None, URIRef | Literal | None],
) -> None:
    found = list(graph(TripleStore()).triples(pattern))
    assert len(found) == len(set(found))
    assert set(found) == set(graph("default").triples(pattern))


def test_a_triple_counts_once() -> None:
    assert len(graph(TripleStore())) == 5


def test_queries_run_on_it() -> None:
    rows = graph(TripleStore()).query("SELECT ?s WHERE { ?s <https://example.org/p>/<https://example.org/p> ?s }")
    assert {str(binding[Variable("s")]) for binding in rows.bindings} == {str(A), str(B)}


TERMS = [
    NamedNode("https://example.org/a"),
    BlankNode("b1"),
    pyoxigraph.Literal("text"),
    pyoxigraph.Literal("testun", language="cy"),
    pyoxigraph.Literal("01.50", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
    pyoxigraph.Literal("2024-02-30", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date")),
]


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_a_term_comes_back_as_it_was(term: NamedNode | BlankNode | pyoxigraph.Literal) -> None:
    (triple,) = graph_of([Quad(NamedNode("https://example.org/s"), NamedNode("https://example.org/p"), term)])
    assert term_of(triple[2]) == term
    assert term_of(term) == term


def test_a_triple_in_a_triple_is_refused() -> None:
    inner = Triple(NamedNode("https://example.org/a"), NamedNode("https://example.org/p"), pyoxigraph.Literal("x"))
    with pytest.raises(ShapesError, match="cannot be validated"):
        graph_of([Quad(NamedNode("https://example.org/s"), NamedNode("https://example.org/p"), inner)])
