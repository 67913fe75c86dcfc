"""The JSON-LD context against the ontology, and the compact JSON-LD that is written with it."""

from __future__ import annotations

import json

import pyld
import pyoxigraph
import pytest
from pyoxigraph import NamedNode

from tlevel_rdf.graph import jsonld, terms
from tlevel_rdf.graph.serialization import sort_for_reading
from tlevel_rdf.graph.vocabulary import ontology

PROPERTIES = {
    quad.subject.value: quad.object.value
    for quad in ontology()
    if quad.predicate == terms.TYPE
    and isinstance(quad.subject, NamedNode)
    and isinstance(quad.object, NamedNode)
    and quad.subject.value.startswith(terms.TLP)
    and quad.object.value in {f"{terms.OWL}ObjectProperty", f"{terms.OWL}DatatypeProperty"}
}


def test_every_property_has_a_term_of_its_own_name() -> None:
    names = {iri: term for (iri, _), term in jsonld.context().names.items() if iri.startswith(terms.TLP)}
    assert names == {iri: iri.removeprefix(terms.TLP) for iri in PROPERTIES}


@pytest.mark.parametrize("iri", PROPERTIES, ids=lambda iri: iri.removeprefix(terms.TLP))
def test_links_are_links_in_json(iri: str) -> None:
    is_link = (iri, "@id") in jsonld.context().names
    assert is_link == (PROPERTIES[iri] == f"{terms.OWL}ObjectProperty")


def test_prefixes_are_those_of_the_other_syntaxes() -> None:
    prefixes = jsonld.context().prefixes
    assert prefixes == {name: iri for name, iri in terms.PREFIXES.items() if name in prefixes}


def test_values_that_fit_no_term_are_written_in_full() -> None:
    label = pyoxigraph.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    quads = [
        pyoxigraph.Quad(pyoxigraph.NamedNode("https://e.org/a"), label, pyoxigraph.Literal(text, language=language))
        for text, language in (("a", "en"), ("ā", "cy"), ("b", "en"))
    ]
    document = json.loads("".join(jsonld.to_json_ld(quads)))
    assert document["@graph"][0]["prefLabel"] == ["a", "b"]
    assert document["@graph"][0]["skos:prefLabel"] == {"@language": "cy", "@value": "ā"}
    assert set(pyoxigraph.parse(json.dumps(document), format=pyoxigraph.RdfFormat.JSON_LD)) == set(quads)


A, P, Q = (NamedNode(f"https://e.org/{name}") for name in "apq")
B, C, D = (NamedNode(f"https://e.org/{name}") for name in "bcd")
GRAPHS = {
    "a chain": [(A, P, B), (B, P, C), (C, P, D)],
    "a circle": [(A, P, B), (B, P, C), (C, P, A)],
    "a thing that two refer to": [(A, P, B), (A, P, C), (B, Q, D), (C, Q, D), (D, P, A)],
    "things that nothing refers to": [(A, P, B), (C, P, A), (D, P, C)],
    "itself": [(A, P, A)],
    "a term of the context": [(A, terms.HAS_SPECIALISM, B), (B, terms.SPECIALISM_OF, A), (A, terms.TYPE, C), (C, P, D)],
}


@pytest.mark.parametrize("name", GRAPHS)
def test_a_framed_thing_is_the_same_graph_with_each_thing_once(name: str) -> None:
    triples = [pyoxigraph.Triple(*triple) for triple in GRAPHS[name]]
    labels = [pyoxigraph.Triple(t.subject, terms.PREF_LABEL, pyoxigraph.Literal("x", language="en")) for t in triples]
    text = jsonld.to_framed_json_ld(sort_for_reading([*triples, *labels], A.value), A.value)
    document = json.loads(text)
    assert document["@context"] == jsonld.CONTEXT_ADDRESS
    assert document["@id"] == A.value
    inline = json.dumps({**document, "@context": jsonld.context().document})
    read = pyoxigraph.parse(inline, format=pyoxigraph.RdfFormat.JSON_LD)
    assert {quad.triple for quad in read} == {*triples, *labels}
    assert text.count('"prefLabel"') == len(set(labels))
    expanded = pyld.jsonld.to_rdf(json.loads(inline), {})
    assert len(expanded["@default"]) == len({*triples, *labels})


def test_a_thing_is_inside_the_first_that_refers_to_it() -> None:
    triples = [pyoxigraph.Triple(*triple) for triple in GRAPHS["things that nothing refers to"]]
    document = json.loads(jsonld.to_framed_json_ld(triples, A.value))
    assert document[P.value] == {"@id": B.value}
    assert [node["@id"] for node in document["@included"]] == [C.value, D.value]
