"""The JSON-LD context against the ontology, and the compact JSON-LD that is written with it."""

from __future__ import annotations

import json

import pyoxigraph
import pytest
from pyoxigraph import NamedNode

from tlevel_rdf.graph import jsonld, terms
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
