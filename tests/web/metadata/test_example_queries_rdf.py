"""The example queries in RDF, as SPARQL executables with parameters."""

from __future__ import annotations

import pytest
import rdflib
from pyoxigraph import Literal, RdfFormat, serialize
from rdflib import RDF, URIRef

from tests.web.conftest import BASE
from tlevel_rdf.store.example_queries import example_queries
from tlevel_rdf.web.metadata.example_queries_rdf import describe_queries

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


@pytest.fixture(scope="module")
def described() -> rdflib.Graph:
    triples = describe_queries(BASE, example_queries().values())
    return rdflib.Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES) or b"", format="nt")


@pytest.mark.parametrize("name", sorted(example_queries()))
def test_each_query_has_its_text_parameters_and_endpoint(described: rdflib.Graph, name: str) -> None:
    query, iri = example_queries()[name], URIRef(f"{BASE}queries/{name}")
    kind, text = ("Construct", SH.construct) if query.returns_graph else ("Select", SH.select)
    assert {SH.SPARQLExecutable, SH[f"SPARQL{kind}Executable"]} == set(described.objects(iri, RDF.type))
    assert [*map(str, described.objects(iri, text))] == [query.text]
    assert described.value(iri, URIRef("https://schema.org/target")) == URIRef(f"{BASE}sparql")
    ordered = sorted(described.objects(iri, SH.parameter), key=lambda one: str(described.value(one, SH.order)))
    assert [str(described.value(one, SH.name)) for one in ordered] == [one.name for one in query.parameters]
    for node, parameter in zip(ordered, query.parameters, strict=True):
        is_single = len(parameter.defaults) == 1
        assert ((node, SH.defaultValue, None) in described) == is_single
        assert ((node, SH.datatype, None) in described) == isinstance(parameter.defaults[0], Literal)


def test_each_prefix_of_the_queries_is_declared_once(described: rdflib.Graph) -> None:
    declarations = list(described.objects(URIRef(f"{BASE}queries/"), SH.declare))
    prefixes = [str(described.value(one, SH.prefix)) for one in declarations]
    assert len(set(prefixes)) == len(prefixes)
    assert {"skos", "tlp"} <= set(prefixes)
