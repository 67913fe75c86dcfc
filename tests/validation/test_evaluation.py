"""Shapes run on quads, by pySHACL and as queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from tests.validation.running import by_pyshacl, codes, in_two_parts, store_of
from tlevel_rdf.errors import ShapesError
from tlevel_rdf.findings import Severity
from tlevel_rdf.graph import terms
from tlevel_rdf.validation.evaluation import validate_core, validate_sparql
from tlevel_rdf.validation.result import ValidationResult
from tlevel_rdf.validation.shapes import read_shapes, shipped_shapes

if TYPE_CHECKING:
    from pathlib import Path


A = NamedNode("https://example.org/a")


HEADER = """
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix shape: <https://example.org/shapes#> .
    @prefix : <https://example.org/> .
"""


def test_an_empty_graph_has_nothing_wrong() -> None:
    assert by_pyshacl([]) == in_two_parts([]) == set()


def test_blank_nodes_are_judged_like_anything_else() -> None:
    node = BlankNode("b")
    quads = [Quad(node, terms.TYPE, terms.DEGREE), Quad(node, terms.PREF_LABEL, Literal("B", language="en"))]
    results = by_pyshacl(quads)
    assert codes(results) == {("R22", "Warning"), ("R24", "Violation")}
    assert in_two_parts(quads) == results
    assert node in {result.value_node for result in results}


def test_quoted_triples_are_refused() -> None:
    quad = Quad(A, terms.NOTE, Triple(A, terms.NOTE, Literal("x")))
    with pytest.raises(ShapesError, match="cannot be validated"):
        validate_core([quad], shipped_shapes().core)


@pytest.mark.parametrize(
    "turtle",
    [
        "sh:path :p , :q ; sh:minCount 1",
        'sh:path :p ; sh:minCount "many"',
        'sh:path :p ; sh:pattern "("',
        "sh:path [ :p :q ] ; sh:minCount 1",
        "sh:path ( :p ) ; sh:minCount 1",
        "sh:path :p ; sh:or :q",
    ],
)
def test_shapes_that_cannot_be_run(turtle: str, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(f"{HEADER} shape:A a sh:PropertyShape ; sh:targetSubjectsOf :p ; {turtle} .")
    with pytest.raises(ShapesError, match="cannot be run"):
        validate_core([Quad(A, NamedNode("https://example.org/p"), A)], read_shapes(tmp_path).core)


TARGETS: dict[str, set[str]] = {
    "sh:targetNode :a , :z": {"a", "z"},
    "sh:targetClass :C": {"a", "b"},
    "sh:targetSubjectsOf :p": {"a"},
    "sh:targetObjectsOf :p": {"b"},
    "sh:targetObjectsOf :p ; sh:targetSubjectsOf :p": {"a", "b"},
}


@pytest.mark.parametrize("target", TARGETS)
def test_a_query_has_the_focus_nodes_that_pyshacl_has(target: str, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(f"""{HEADER}
        shape:A a sh:NodeShape ; {target} ; sh:message "A: No." ;
            sh:sparql [ sh:select "SELECT $this WHERE {{ FILTER(true) }}" ] .""")
    data = """@prefix : <https://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :a a :C ; :p :b . :b a :D . :D rdfs:subClassOf :C . :e a :E ."""
    quads = list(pyoxigraph.parse(data.encode(), pyoxigraph.RdfFormat.TURTLE))
    shapes = read_shapes(tmp_path)
    found = set(validate_sparql(store_of(quads), shapes))
    assert {result.focus.removeprefix("https://example.org/") for result in found} == TARGETS[target]
    assert found == set(validate_core(quads, shapes.graph))


def test_a_query_can_name_the_property(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(f"""{HEADER}
        shape:A a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:message "A: No." ; sh:severity sh:Info ;
            sh:sparql [ sh:select "SELECT $this ?path ?value WHERE {{ $this ?path ?value }}" ] .""")
    quads = [Quad(A, NamedNode("https://example.org/p"), Literal("x"))]
    shapes = read_shapes(tmp_path)
    (found,) = validate_sparql(store_of(quads), shapes)
    assert found == ValidationResult(
        "https://example.org/shapes#A",
        Severity.INFO,
        "A: No.",
        A,
        path="https://example.org/p",
        value_node=Literal("x"),
    )
    assert [found] == validate_core(quads, shapes.graph)
