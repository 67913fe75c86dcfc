"""The shapes, read once and sorted by how they are run.

Core shapes look at one focus node and its neighbours, so they run on the graph of a few profiles at a time.
SPARQL constraints compare things across all profiles, so each runs once, as one query, on everything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph
import rdflib
from pyoxigraph import QuerySolutions, RdfFormat
from rdflib.namespace import RDF, RDFS, SH

from tlevel_rdf.errors import RdfSyntaxError, ShapesError, UnreadableInputError
from tlevel_rdf.findings import Severity
from tlevel_rdf.graph.terms import SHAPES
from tlevel_rdf.shipped import shipped
from tlevel_rdf.validation.rdflib_store import Triples, graph_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pyoxigraph import Quad
    from rdflib.term import Node

_GROUP: Final = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
#: SHACL 5.2.1 forbids these where variables are bound beforehand; SERVICE would also fetch what a stranger names.
_FORBIDDEN: Final = re.compile(r"\b(MINUS|SERVICE|VALUES)\b", re.IGNORECASE)
_SEVERITIES: Final[Mapping[Node | None, Severity]] = {SH[severity]: severity for severity in Severity}
_TARGETS: Final = {
    SH.targetClass: f"?this <{RDF.type}>/<{RDFS.subClassOf}>* <{{}}>",
    SH.targetNode: "BIND(<{}> AS ?this)",
    SH.targetSubjectsOf: "?this <{}> []",
    SH.targetObjectsOf: "[] <{}> ?this",
}


@dataclass(frozen=True)
class SparqlConstraint:
    """A SPARQL constraint as one query over everything.

    Attributes:
        shape: the IRI of its shape.
        severity: of its results.
        message: in English.
        query: a SELECT of ?this and, where the constraint has them, ?value and ?path.
    """

    shape: str
    severity: Severity
    message: str
    query: str


@dataclass(frozen=True)
class Shapes:
    """A set of shapes.

    Attributes:
        graph: all of them.
        core: the same without SPARQL constraints.
        sparql: the SPARQL constraints.
    """

    graph: rdflib.Graph
    core: rdflib.Graph
    sparql: tuple[SparqlConstraint, ...]


@cache
def shipped_shapes() -> Shapes:
    """The rules of this package."""
    return read_shapes(shipped("shapes"))


def read_shapes(folder: Path) -> Shapes:
    """Read every Turtle file of a folder as shapes.

    Raises:
        UnreadableInputError: there is no such folder, or no Turtle file in it.
        RdfSyntaxError: a file is not Turtle.
        ShapesError: a constraint is not one that can be run.
    """
    files = sorted(folder.glob("*.ttl"))
    if not files:
        said = f"{folder} has no shapes"
        raise UnreadableInputError(said, hint="give a folder of Turtle files with SHACL shapes")
    graph = graph_of(quad for file in files for quad in _quads(file))
    core = rdflib.Graph(Triples(), bind_namespaces="none")
    only_queries = {shape for shape in graph.subjects(SH.sparql) if not _has_core_constraints(graph, shape)}
    for s, p, o in graph:
        if p != SH.sparql and s not in only_queries:
            core.add((s, p, o))
    return Shapes(graph, core, tuple(sorted(_sparql_constraints(graph), key=lambda rule: (rule.shape, rule.query))))


def _quads(file: Path) -> Iterator[Quad]:
    try:
        yield from pyoxigraph.parse(path=file, format=RdfFormat.TURTLE, base_iri=file.absolute().as_uri())
    except SyntaxError as error:
        said = f"{file}:{error.lineno}:{error.offset}: {error.msg}"
        raise RdfSyntaxError(said, hint="mend the Turtle") from error


def rule_code(shape: str) -> str:
    """The id of the rule that a shape belongs to: `R12` for `…def/shapes#R12-htq`, else the shape's own name."""
    name = shape.removeprefix(SHAPES)
    return name.split("-")[0] if shape.startswith(SHAPES) else re.split(r"[#/]", shape)[-1]


def severity_of(term: Node | None) -> Severity:
    """The severity that a shape or result names: Violation if it names none of the three (SHACL, section 2.1.4)."""
    return _SEVERITIES.get(term, Severity.VIOLATION)


def _has_core_constraints(graph: rdflib.Graph, shape: Node) -> bool:
    about = {RDF.type, SH.sparql, SH.severity, SH.message, SH.name, SH.description, *_TARGETS}
    return any(predicate not in about for predicate in graph.predicates(shape))


def _sparql_constraints(graph: rdflib.Graph) -> Iterator[SparqlConstraint]:
    for shape, constraint in graph.subject_objects(SH.sparql):
        if _is_deactivated(graph, shape) or _is_deactivated(graph, constraint):
            continue
        messages = {*graph.objects(constraint, SH.message), *graph.objects(shape, SH.message)}
        yield SparqlConstraint(
            str(shape),
            severity_of(graph.value(shape, SH.severity)),
            " ".join(sorted(map(str, messages))) or str(shape),
            _query(graph, shape, constraint),
        )


def _is_deactivated(graph: rdflib.Graph, node: Node) -> bool:
    return rdflib.Literal(lexical_or_value=True) in graph.objects(node, SH.deactivated)


def _query(graph: rdflib.Graph, shape: Node, constraint: Node) -> str:
    query = "".join(_prefixes(graph, constraint)) + _with_targets(graph, shape, _select(graph, shape, constraint))
    try:
        rows = pyoxigraph.Store().query(query)
    except SyntaxError as error:
        said = f"{shape} is not SPARQL: {error}"
        raise ShapesError(said, hint="mend its sh:select") from error
    if not isinstance(rows, QuerySolutions) or "this" not in {variable.value for variable in rows.variables}:
        said = f"{shape} does not select $this"
        raise ShapesError(said, hint="begin its sh:select with SELECT $this")
    return query


def _select(graph: rdflib.Graph, shape: Node, constraint: Node) -> str:
    select = str(graph.value(constraint, SH.select) or "")
    if not _GROUP.search(select):
        said = f"{shape} has a constraint without sh:select"
        raise ShapesError(said, hint="give it a SELECT with WHERE { … }")
    if forbidden := _FORBIDDEN.search(select):
        said = f"{shape} has {forbidden[0].upper()} in its sh:select"
        raise ShapesError(said, hint="say it with FILTER, UNION or NOT EXISTS (SHACL, section 5.2.1)")
    if (shape, SH.path, None) in graph:
        said = f"{shape} is a property shape with a SPARQL constraint"
        raise ShapesError(said, hint="make it a node shape, and name the property in the query")
    return select


def _prefixes(graph: rdflib.Graph, constraint: Node) -> Iterator[str]:
    for declaring in graph.objects(constraint, SH.prefixes):
        for declaration in graph.objects(declaring, SH.declare):
            yield f"PREFIX {graph.value(declaration, SH.prefix)}: <{graph.value(declaration, SH.namespace)}>\n"


def _with_targets(graph: rdflib.Graph, shape: Node, select: str) -> str:
    """The query for all focus nodes at once.

    Pre-binding $this (SHACL 5.3.1) for each focus node in turn gives the same rows as binding it to all focus nodes
    at once, at a fraction of the cost, where $this stands in the outermost group.
    """
    found = [pattern.format(node) for kind, pattern in _TARGETS.items() for node in graph.objects(shape, kind)]
    if not found:
        said = f"{shape} has a SPARQL constraint and no target"
        raise ShapesError(said, hint="give it a target")
    targets = " UNION ".join(f"{{ {one} }}" for one in sorted(found))
    where = _GROUP.search(select)
    end = where.end() if where else 0
    return f"{select[:end]} {{ SELECT DISTINCT ?this WHERE {{ {targets} }} }} {select[end:]}"
