"""The shapes, read once and sorted by how they are run.

Core shapes look at one focus node and its neighbours, so they run on the graph of a few profiles at a time.
SPARQL constraints compare things across all profiles, so each runs once, as one query, on everything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import rdflib
from rdflib.namespace import RDF, SH

from tlevel_rdf.errors import RdfSyntaxError, ShapesError, UnreadableInputError
from tlevel_rdf.findings import Severity
from tlevel_rdf.graph.terms import SHAPES
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

_TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_GROUP: Final = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)


@dataclass(frozen=True)
class WholeRule:
    """A SPARQL constraint as one query over everything.

    Attributes:
        shape: the IRI of its shape.
        severity: of its results.
        message: in English.
        query: a SELECT of ?this and, where the constraint has one, ?value.
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
        core: those without SPARQL constraints.
        whole: the SPARQL constraints.
    """

    graph: rdflib.Graph
    core: rdflib.Graph
    whole: tuple[WholeRule, ...]


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
        raise UnreadableInputError(f"{folder} has no shapes", hint="give a folder of Turtle files with SHACL shapes")
    graph = rdflib.Graph()
    for file in files:
        try:
            graph.parse(file, format="turtle")
        except rdflib.exceptions.ParserError as error:
            raise RdfSyntaxError(f"{file}: {error}", hint="mend the Turtle") from error
        except SyntaxError as error:
            raise RdfSyntaxError(f"{file}: {error}", hint="mend the Turtle") from error
    core = rdflib.Graph()
    for prefix, namespace in graph.namespaces():
        core.bind(prefix, namespace)
    by_query = set(graph.subjects(SH.sparql))
    for s, p, o in graph:
        if s not in by_query:
            core.add((s, p, o))
    return Shapes(graph, core, tuple(sorted(_whole_rules(graph), key=lambda rule: rule.shape)))


def rule_code(shape: str) -> str:
    """The id of the rule that a shape belongs to: `R12` for `…def/shapes#R12-htq`, else the shape's own name."""
    name = shape.removeprefix(SHAPES)
    return name.split("-")[0] if shape.startswith(SHAPES) else re.split(r"[#/]", shape)[-1]


def _whole_rules(graph: rdflib.Graph) -> Iterator[WholeRule]:
    for shape, constraint in graph.subject_objects(SH.sparql):
        select = graph.value(constraint, SH.select)
        if select is None or not _GROUP.search(str(select)):
            raise ShapesError(f"{shape} has a constraint without sh:select", hint="give it a SELECT with WHERE { … }")
        severity = graph.value(shape, SH.severity) or SH.Violation
        message = graph.value(constraint, SH.message) or graph.value(shape, SH.message) or shape
        prefixes = "".join(_prefixes(graph, constraint))
        # Pre-binding $this (SHACL 5.3.1) for each focus node in turn gives the same rows as binding it to all
        # focus nodes at once, at a fraction of the cost, where $this stands in the outermost group.
        targeted = _GROUP.sub(lambda match: f"{match[0]} {_targets(graph, shape)}", str(select), count=1)
        yield WholeRule(str(shape), Severity(str(severity).removeprefix(str(SH))), str(message), prefixes + targeted)


def _prefixes(graph: rdflib.Graph, constraint: Node) -> Iterator[str]:
    for declaring in graph.objects(constraint, SH.prefixes):
        for declaration in graph.objects(declaring, SH.declare):
            yield f"PREFIX {graph.value(declaration, SH.prefix)}: <{graph.value(declaration, SH.namespace)}>\n"


def _targets(graph: rdflib.Graph, shape: Node) -> str:
    patterns = {
        SH.targetClass: f"?this <{RDF.type}> <{{}}>",
        SH.targetNode: "BIND(<{}> AS ?this)",
        SH.targetSubjectsOf: "?this <{}> []",
        SH.targetObjectsOf: "[] <{}> ?this",
    }
    found = [patterns[kind].format(target) for kind in _TARGETS for target in graph.objects(shape, kind)]
    return "{ SELECT DISTINCT ?this WHERE { " + " UNION ".join(f"{{ {one} }}" for one in sorted(found)) + " } }"
