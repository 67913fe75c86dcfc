"""The shipped shapes are complete and well formed, and shapes that cannot be run are refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyshacl
import pytest
import rdflib
from pyoxigraph import NamedNode
from rdflib.namespace import OWL, RDF, SH

from tests.validation.rules import SEVERITY
from tlevel_rdf.errors import RdfSyntaxError, ShapesError, UnreadableInputError
from tlevel_rdf.findings import Severity
from tlevel_rdf.graph.terms import PREFIXES, SHAPES, TLP
from tlevel_rdf.graph.vocabulary import ontology
from tlevel_rdf.namespaces import DEFINITIONS
from tlevel_rdf.validation.shapes import read_shapes, rule_code, shipped_shapes

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib.term import Node

GRAPH = shipped_shapes().graph
ALL = {*GRAPH.subjects(RDF.type, SH.NodeShape), *GRAPH.subjects(RDF.type, SH.PropertyShape)}
#: Shapes that only pass nodes on to another shape.
HANDING_ON = sorted(GRAPH.subjects(SH.property), key=str)
SHAPE_NODES = sorted(ALL - set(HANDING_ON), key=str)
QUERIES = sorted(GRAPH.subject_objects(SH.select))
OWL_CLASS = NamedNode(str(OWL.Class))

HEADER = """
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix tlp: <https://w3id.org/tlevel/def/progression#> .
    @prefix shape: <https://example.org/shapes#> .
"""


def local(node: Node) -> str:
    return str(node).removeprefix(SHAPES)


def messages(shape: Node) -> list[str]:
    constraint = GRAPH.value(shape, SH.sparql)
    return [str(m) for node in (shape, constraint) if node for m in GRAPH.objects(node, SH.message)]


def written(folder: Path, turtle: str) -> Path:
    (folder / "some.ttl").write_text(HEADER + turtle, encoding="utf-8")
    return folder


def test_there_is_a_shape_for_every_rule() -> None:
    assert {rule_code(str(shape)) for shape in SHAPE_NODES} == set(SEVERITY)


@pytest.mark.parametrize("shape", SHAPE_NODES, ids=local)
def test_a_shape_has_a_name_a_description_and_the_severity_of_its_rule(shape: Node) -> None:
    assert str(shape).startswith(SHAPES)
    assert GRAPH.value(shape, SH.severity) == SH[SEVERITY[rule_code(str(shape))]]
    for predicate in (SH.name, SH.description):
        (text,) = GRAPH.objects(shape, predicate)
        assert isinstance(text, rdflib.Literal)
        assert text.language == "en"


@pytest.mark.parametrize("shape", SHAPE_NODES, ids=local)
def test_a_message_begins_with_the_id_and_is_a_sentence(shape: Node) -> None:
    (message,) = messages(shape)
    assert re.fullmatch(rf"{rule_code(str(shape))}: [A-Z].*\.", message)


@pytest.mark.parametrize("shape", HANDING_ON, ids=local)
def test_a_shape_that_hands_on_does_nothing_else(shape: Node) -> None:
    assert set(GRAPH.predicates(shape)) == {RDF.type, SH.targetNode, SH.path, SH.property}
    assert {rule_code(str(to)) for to in GRAPH.objects(shape, SH.property)} == {rule_code(str(shape))}


@pytest.mark.parametrize(("constraint", "select"), QUERIES, ids=lambda node: local(node) if "#" in node else "")
def test_a_query_has_nothing_that_pre_binding_forbids(constraint: Node, select: Node) -> None:
    assert not re.search(r"\b(VALUES|MINUS|SERVICE)\b", str(select))
    assert GRAPH.value(constraint, SH.prefixes) == rdflib.URIRef(SHAPES.removesuffix("#"))


def test_the_shapes_are_shapes_by_the_shapes_of_shacl() -> None:
    copy = rdflib.Graph()
    copy += GRAPH
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=copy, meta_shacl=True)
    assert conforms, text


def test_every_term_of_ours_is_in_the_ontology() -> None:
    known = {getattr(quad.subject, "value", "") for quad in ontology()} | {f"{DEFINITIONS}shapes"}
    nodes = {str(node) for triple in GRAPH for node in triple if isinstance(node, rdflib.URIRef)}
    in_triples = {node for node in nodes if node.startswith(DEFINITIONS)}
    in_queries = {TLP + name for _, select in QUERIES for name in re.findall(r"\btlp:(\w+)", str(select))}
    assert {term for term in in_triples | in_queries if not term.startswith(SHAPES)} <= known


def test_the_known_classes_are_those_of_the_ontology() -> None:
    (select,) = (text for constraint, text in QUERIES if local(constraint) == "R42-select")
    classes = {
        quad.subject.value.removeprefix(TLP)
        for quad in ontology()
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(TLP) and quad.object == OWL_CLASS
    }
    assert set(re.findall(r"\btlp:(\w+)", str(select))) == classes


def test_prefixes_are_those_of_the_data() -> None:
    declared = {
        str(GRAPH.value(node, SH.prefix)): str(GRAPH.value(node, SH.namespace))
        for node in GRAPH.objects(None, SH.declare)
    }
    assert declared.items() <= PREFIXES.items()


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        (f"{SHAPES}R12", "R12"),
        (f"{SHAPES}R12-htq", "R12"),
        (f"{SHAPES}R24-TLevel", "R24"),
        ("https://example.org/shapes#Label-en", "Label-en"),
        ("https://example.org/shapes/label", "label"),
    ],
)
def test_the_code_of_a_shape(shape: str, code: str) -> None:
    assert rule_code(shape) == code


SELECT = "SELECT $this WHERE { $this ?p ?o }"
NODE_SHAPE = "shape:A a sh:NodeShape ; sh:targetSubjectsOf tlp:level ; "


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        ("sh:sparql [ ]", "without sh:select"),
        ('sh:sparql [ sh:select "ASK WHERE { $this ?p ?o }" ]', "does not select $this"),
        ('sh:sparql [ sh:select "SELECT ?o WHERE { $this ?p ?o }" ]', "does not select $this"),
        ('sh:sparql [ sh:select "SELECT $this WHERE { nonsense }" ]', "is not valid SPARQL"),
        ('sh:sparql [ sh:select "SELECT $this WHERE { VALUES ?x { 1 } }" ]', "has VALUES"),
        ('sh:sparql [ sh:select "SELECT $this WHERE { ?x ?p ?o MINUS { $this ?p ?o } }" ]', "has MINUS"),
        ('sh:sparql [ sh:select "SELECT $this WHERE { SERVICE SILENT ?x { $this ?p ?o } }" ]', "has SERVICE"),
        (f'sh:path tlp:level ; sh:sparql [ sh:select "{SELECT}" ]', "property shape"),
    ],
)
def test_a_constraint_that_cannot_be_run_is_refused(turtle: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match=re.escape(message)):
        read_shapes(written(tmp_path, f"{NODE_SHAPE} {turtle} ."))


def test_a_constraint_without_a_target_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match="no target"):
        read_shapes(written(tmp_path, f'shape:A a sh:NodeShape ; sh:sparql [ sh:select "{SELECT}" ] .'))


def test_text_that_is_not_turtle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RdfSyntaxError, match=r"some\.ttl:5:\d+: "):
        read_shapes(written(tmp_path, "shape:A a sh:NodeShape"))


def test_a_folder_without_shapes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="no shapes"):
        read_shapes(tmp_path)


def test_core_constraints_beside_a_query_stay(tmp_path: Path) -> None:
    shapes = read_shapes(
        written(
            tmp_path,
            f"""{NODE_SHAPE} sh:nodeKind sh:IRI ; sh:sparql [ sh:select "{SELECT}" ] .
            shape:B a sh:NodeShape ; sh:targetClass tlp:TLevel ; sh:sparql [ sh:select "{SELECT}" ] .""",
        )
    )
    assert set(shapes.core.subjects(RDF.type)) == {rdflib.URIRef("https://example.org/shapes#A")}
    assert SH.sparql not in set(shapes.core.predicates())
    assert [rule.shape for rule in shapes.sparql] == ["https://example.org/shapes#A", "https://example.org/shapes#B"]


@pytest.mark.parametrize(
    ("about", "severity"),
    [
        ("", Severity.VIOLATION),
        ("sh:severity sh:Info ;", Severity.INFO),
        ("sh:severity shape:Grave ;", Severity.VIOLATION),
    ],
)
def test_severity_is_violation_by_default(about: str, severity: Severity, tmp_path: Path) -> None:
    turtle = f'shape:A a sh:NodeShape ; sh:targetClass tlp:TLevel ; {about} sh:sparql [ sh:select "{SELECT}" ] .'
    (rule,) = read_shapes(written(tmp_path, turtle)).sparql
    assert rule.severity is severity


@pytest.mark.parametrize("where", ["shape", "constraint"])
def test_a_deactivated_constraint_is_not_run(where: str, tmp_path: Path) -> None:
    of_shape, of_constraint = ("sh:deactivated true ;", "") if where == "shape" else ("", "sh:deactivated true ;")
    turtle = f"""shape:A a sh:NodeShape ; sh:targetClass tlp:TLevel ; {of_shape}
        sh:sparql [ {of_constraint} sh:select "{SELECT}" ] ."""
    assert read_shapes(written(tmp_path, turtle)).sparql == ()
