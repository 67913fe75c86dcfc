"""Results as a SHACL validation report (SHACL, section 3.6): its form, and the same bytes for the same results."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph
import pyshacl
import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat
from rdflib.namespace import SH

from tests.validation.running import by_pyshacl, queries_parsed_once
from tests.validation.samples import random_corpus
from tlevel_rdf.findings import Severity
from tlevel_rdf.graph.terms import SHAPES
from tlevel_rdf.validation.rdflib_store import graph_of
from tlevel_rdf.validation.report import report_quads
from tlevel_rdf.validation.result import ValidationResult
from tlevel_rdf.validation.shapes import shipped_shapes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.graph.compiled import CompiledReference


REPORT = "https://w3id.org/tlevel/data/progression-profiles/2026-11-22/report"
RESULT = ValidationResult(
    shape=f"{SHAPES}R12-htq",
    severity=Severity.VIOLATION,
    message="R12: A Higher Technical Qualification is at level 4 or 5. Correct the level.",
    focus_node=NamedNode("https://w3id.org/tlevel/id/htq/level-6/optics"),
    path="https://w3id.org/tlevel/def/progression#level",
    value_node=NamedNode("https://w3id.org/tlevel/def/level#6"),
    component=str(SH.InConstraintComponent),
)


def turtle(results: Iterable[ValidationResult]) -> bytes:
    triples = (quad.triple for quad in report_quads(results, REPORT))
    return pyoxigraph.serialize(triples, format=RdfFormat.TURTLE, prefixes={"sh": str(SH)}) or b""


def parsed(results: Iterable[ValidationResult]) -> rdflib.Graph:
    return rdflib.Graph().parse(data=turtle(results), format="turtle")


def results_of(report: rdflib.Graph) -> set[tuple[str, ...]]:
    """Return the properties of each result, without its IRI and the language of its message, which pySHACL drops."""
    predicates = (SH.focusNode, SH.value, SH.resultSeverity, SH.sourceShape, SH.sourceConstraintComponent)
    return {
        (
            *(node.n3() for predicate in predicates for node in report.objects(result, predicate)),
            *map(str, report.objects(result, SH.resultMessage)),
        )
        for result in report.objects(None, SH.result)
    }


def test_a_report_in_turtle() -> None:
    assert (
        turtle([RESULT]).decode()
        == f"""\
@prefix sh: <http://www.w3.org/ns/shacl#> .
<{REPORT}> a sh:ValidationReport ;
\tsh:conforms false ;
\tsh:result <{REPORT}#result-1> .
<{REPORT}#result-1> a sh:ValidationResult ;
\tsh:focusNode <https://w3id.org/tlevel/id/htq/level-6/optics> ;
\tsh:resultPath <https://w3id.org/tlevel/def/progression#level> ;
\tsh:value <https://w3id.org/tlevel/def/level#6> ;
\tsh:resultSeverity sh:Violation ;
\tsh:resultMessage "R12: A Higher Technical Qualification is at level 4 or 5. Correct the level."@en ;
\tsh:sourceShape <https://w3id.org/tlevel/def/shapes#R12-htq> ;
\tsh:sourceConstraintComponent sh:InConstraintComponent .
"""
    )


def test_a_graph_without_results_conforms() -> None:
    report = parsed([])
    assert set(report.objects(rdflib.URIRef(REPORT), SH.conforms)) == {rdflib.Literal(lexical_or_value=True)}
    assert set(report.objects(None, SH.result)) == set()


@pytest.mark.parametrize("severity", Severity)
def test_a_graph_with_a_result_of_any_severity_does_not_conform(severity: Severity) -> None:
    report = parsed([replace(RESULT, severity=severity)])
    assert set(report.objects(None, SH.conforms)) == {rdflib.Literal(lexical_or_value=False)}
    assert set(report.objects(None, SH.resultSeverity)) == {SH[severity]}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (NamedNode("https://example.org/"), "<https://example.org/>"),
        (Literal("https://example.org/"), '"https://example.org/"'),
        (Literal("Opteg", language="cy"), '"Opteg"@cy'),
        (Literal("2024-02-30", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date")), '"2024-02-30"^^'),
        (BlankNode("x1"), f"<{REPORT}#blank-x1>"),
        (None, ""),
    ],
    ids=str,
)
def test_a_value_keeps_its_term(value: NamedNode | Literal | BlankNode | None, written: str) -> None:
    report = turtle([replace(RESULT, value_node=value)]).decode()
    assert ("sh:value" in report) == (value is not None)
    assert f"sh:value {written}" in report if written else True


def test_only_a_single_property_is_a_path() -> None:
    assert set(parsed([replace(RESULT, path=None)]).objects(None, SH.resultPath)) == set()


def test_the_most_severe_results_come_first_and_each_once() -> None:
    grave = [replace(RESULT, severity=severity) for severity in (Severity.INFO, Severity.VIOLATION, Severity.WARNING)]
    report = parsed([*grave, *grave])
    order = [report.value(rdflib.URIRef(f"{REPORT}#result-{i}"), SH.resultSeverity) for i in (1, 2, 3)]
    assert order == [SH.Violation, SH.Warning, SH.Info]
    assert len(set(report.objects(None, SH.result))) == 3


def test_the_same_results_give_the_same_bytes(empty: CompiledReference) -> None:
    results = sorted(by_pyshacl(random_corpus(1, 3, empty).quads()), key=str)
    assert len(results) > 20
    shuffled = random.Random(1).sample(results, len(results))  # noqa: S311 - any other order
    assert turtle(shuffled) == turtle(results)


def test_the_report_has_the_results_of_the_report_of_pyshacl(empty: CompiledReference) -> None:
    """Except for the IRIs of results, and for paths of more than one property."""
    quads = list(random_corpus(2, 3, empty).quads())
    with queries_parsed_once():
        _, theirs, _ = pyshacl.validate(graph_of(quads), shacl_graph=shipped_shapes().graph)
    assert isinstance(theirs, rdflib.Graph)
    ours = parsed(by_pyshacl(quads))
    assert results_of(ours) == results_of(theirs)
    assert {node for node in theirs.objects(None, SH.resultPath) if isinstance(node, rdflib.URIRef)} == set(
        ours.objects(None, SH.resultPath)
    )
    assert not any(isinstance(node, rdflib.BNode) for triple in ours for node in triple)


def test_the_report_conforms_to_the_shapes_of_reports() -> None:
    """The properties that a report must have, and their number (SHACL, section 3.6)."""
    form = rdflib.Graph().parse(
        format="turtle",
        data="""
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix : <https://example.org/> .
        :Report a sh:NodeShape ; sh:targetClass sh:ValidationReport ;
            sh:property [ sh:path sh:conforms ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:boolean ] ,
                [ sh:path sh:result ; sh:class sh:ValidationResult ; sh:nodeKind sh:IRI ] .
        :Result a sh:NodeShape ; sh:targetClass sh:ValidationResult ;
            sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] ,
                [ sh:path sh:resultPath ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
                [ sh:path sh:value ; sh:maxCount 1 ] ,
                [ sh:path sh:sourceShape ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
                [ sh:path sh:sourceConstraintComponent ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
                [ sh:path sh:resultMessage ; sh:uniqueLang true ] ,
                [ sh:path sh:resultSeverity ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] .
        """,
    )
    report = parsed([RESULT, replace(RESULT, path=None, value_node=None)])
    conforms, _, text = pyshacl.validate(report, shacl_graph=form)
    assert conforms, text
