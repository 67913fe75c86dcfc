"""The shapes: Core constraints apart from SPARQL constraints, since they run differently.

Core constraints look at a focus node and its neighbours, and run on the graph of a few profiles at a time. SPARQL
constraints compare nodes of all profiles, and each runs once, as one query, on the whole data set.
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

from tlevel_rdf.errors import ShapesError, UnreadableInputError
from tlevel_rdf.findings import Severity
from tlevel_rdf.graph.reading.opened_file import open_rdf_file
from tlevel_rdf.graph.reading.turtle import parse_turtle
from tlevel_rdf.graph.terms import SHAPES
from tlevel_rdf.shipped import shipped
from tlevel_rdf.validation.rdflib_store import TripleStore, graph_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pyoxigraph import Quad
    from rdflib.term import Node

_GROUP: Final = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
#: SHACL, section 5.2.1, forbids these in pre-bound queries. SERVICE would also send requests to any server.
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
    """A SPARQL constraint as one query on the whole data set.

    Attributes:
        shape: the IRI of its shape.
        severity: the severity of its results.
        message: the message of its results, in English.
        query: a SELECT with ?this and, if the constraint has them, ?value and ?path.
    """

    shape: str
    severity: Severity
    message: str
    query: str


@dataclass(frozen=True)
class Shapes:
    """A set of shapes.

    Attributes:
        graph: all shapes.
        core: the shapes without SPARQL constraints.
        sparql: the SPARQL constraints.
    """

    graph: rdflib.Graph
    core: rdflib.Graph
    sparql: tuple[SparqlConstraint, ...]


@cache
def shipped_shapes() -> Shapes:
    """Return the rules of this package."""
    return read_shapes(shipped("shapes"))


def read_shapes(folder: Path) -> Shapes:
    """Read the Turtle files of a folder as shapes.

    Raises:
        UnreadableInputError: the folder does not exist or has no Turtle files.
        RdfSyntaxError: a file is not well-formed Turtle.
        ShapesError: a SPARQL constraint cannot be run.
    """
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise UnreadableInputError(f"{folder} has no shapes", hint="give a folder of Turtle files with SHACL shapes")
    graph = graph_of(quad for file in files for quad in _quads(file))
    core = rdflib.Graph(TripleStore(), bind_namespaces="none")
    only_queries = {shape for shape in graph.subjects(SH.sparql) if not _has_core_constraints(graph, shape)}
    for s, p, o in graph:
        if p != SH.sparql and s not in only_queries:
            core.add((s, p, o))
    return Shapes(graph, core, tuple(sorted(_sparql_constraints(graph), key=lambda rule: (rule.shape, rule.query))))


def _quads(file: Path) -> Iterator[Quad]:
    with open_rdf_file(file) as opened:
        yield from parse_turtle(opened, str(file), file.absolute().as_uri(), RdfFormat.TURTLE)


def rule_code(shape: str) -> str:
    """Return the rule of a shape: `R12` for `…def/shapes#R12-htq`, and for other shapes the local name."""
    name = shape.removeprefix(SHAPES)
    return name.split("-")[0] if shape.startswith(SHAPES) else re.split(r"[#/]", shape)[-1]


def severity_of(term: Node | None) -> Severity:
    """Return a severity of SHACL (section 2.1.4); Violation for any other term."""
    return _SEVERITIES.get(term, Severity.VIOLATION)


def _has_core_constraints(graph: rdflib.Graph, shape: Node) -> bool:
    other = {RDF.type, SH.sparql, SH.severity, SH.message, SH.name, SH.description, *_TARGETS}
    return any(predicate not in other for predicate in graph.predicates(shape))


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
        raise ShapesError(f"{shape} is not valid SPARQL: {error}", hint="correct its sh:select") from error
    if not isinstance(rows, QuerySolutions) or "this" not in {variable.value for variable in rows.variables}:
        raise ShapesError(f"{shape} does not select $this", hint="begin its sh:select with SELECT $this")
    return query


def _select(graph: rdflib.Graph, shape: Node, constraint: Node) -> str:
    select = str(graph.value(constraint, SH.select) or "")
    if not _GROUP.search(select):
        raise ShapesError(f"{shape} has a constraint without sh:select", hint="add a SELECT with WHERE { … }")
    if forbidden := _FORBIDDEN.search(select):
        message = f"{shape} has {forbidden[0].upper()} in its sh:select"
        raise ShapesError(message, hint="use FILTER, UNION or NOT EXISTS (SHACL, section 5.2.1)")
    if (shape, SH.path, None) in graph:
        message = f"{shape} is a property shape with a SPARQL constraint"
        raise ShapesError(message, hint="make it a node shape, and name the property in the query")
    return select


def _prefixes(graph: rdflib.Graph, constraint: Node) -> Iterator[str]:
    for declaring in graph.objects(constraint, SH.prefixes):
        for declaration in graph.objects(declaring, SH.declare):
            yield f"PREFIX {graph.value(declaration, SH.prefix)}: <{graph.value(declaration, SH.namespace)}>\n"


def _with_targets(graph: rdflib.Graph, shape: Node, select: str) -> str:
    """Bind $this to all focus nodes at once.

    If $this is in the outermost group, the rows are the same as with pre-binding each focus node in turn (SHACL,
    section 5.3.1), at a fraction of the cost.
    """
    patterns = [pattern.format(node) for kind, pattern in _TARGETS.items() for node in graph.objects(shape, kind)]
    if not patterns:
        raise ShapesError(f"{shape} has a SPARQL constraint and no target", hint="add a target")
    targets = " UNION ".join(f"{{ {one} }}" for one in sorted(patterns))
    where = _GROUP.search(select)
    end = where.end() if where else 0
    return f"{select[:end]} {{ SELECT DISTINCT ?this WHERE {{ {targets} }} }} {select[end:]}"
