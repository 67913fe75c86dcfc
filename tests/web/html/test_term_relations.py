"""The rows of the diagram of a term."""

from __future__ import annotations

from pyoxigraph import RdfFormat, Triple, parse

from tlevel_rdf.web.html.term_relations import Relation, TermRelations

TEXT = """
@prefix e: <https://e.org/#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
e:Course a owl:Class ; rdfs:subClassOf e:Thing , [ a owl:Restriction ] .
e:Job a owl:Class .
e:leadsTo a owl:ObjectProperty ; rdfs:domain e:Course ; rdfs:range [ owl:unionOf ( e:Job e:Course ) ] .
e:code a owl:DatatypeProperty ; rdfs:range xsd:string .
e:opened a owl:DatatypeProperty ; rdfs:domain e:Course ; rdfs:range xsd:gYearMonth .
"""
RELATIONS = TermRelations(
    [Triple(one.subject, one.predicate, one.object) for one in parse(TEXT, format=RdfFormat.TURTLE)],
    lambda iri: iri.rpartition("#")[2],
)


def of(name: str) -> list[Relation]:
    return RELATIONS.of(f"https://e.org/#{name}")


def test_a_property_relates_its_domain_to_each_class_of_its_range() -> None:
    assert of("leadsTo") == [("Course", "leadsTo", "Job"), ("Course", "leadsTo", "Course")]


def test_an_end_that_is_not_stated_is_anything_and_types_of_text_are_text() -> None:
    assert of("code") == [("anything", "code", "text")]


def test_a_class_has_its_kind_and_the_properties_at_both_ends() -> None:
    assert of("Course") == [
        ("Course", "is a kind of", "Thing"),
        ("Course", "leadsTo", "Job"),
        ("Course", "leadsTo", "Course"),
        ("Course", "opened", "g year month"),
    ]
    assert of("Job") == [("Course", "leadsTo", "Job")]


def test_other_terms_have_no_diagram() -> None:
    assert of("Other") == []
