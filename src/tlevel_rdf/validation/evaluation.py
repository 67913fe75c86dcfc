"""Shapes run on quads: Core constraints by pySHACL, and SPARQL constraints as queries by Oxigraph."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import pyshacl
import rdflib
from pyoxigraph import NamedNode
from pyshacl.errors import ReportableRuntimeError
from rdflib.namespace import RDF, SH

from tlevel_rdf.errors import ShapesError
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.vocabulary import ontology
from tlevel_rdf.validation.rdflib_store import graph_of, term_of
from tlevel_rdf.validation.result import ValidationResult
from tlevel_rdf.validation.shapes import severity_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad, QuerySolutions, Store

    from tlevel_rdf.validation.shapes import Shapes


def validate_core(quads: Iterable[Quad], shapes: rdflib.Graph) -> list[ValidationResult]:
    """Run pySHACL on the union of quads.

    Args:
        quads: one data graph; their graph names are ignored.
        shapes: a shapes graph.

    Raises:
        ShapesError: pySHACL cannot run these shapes, or the quads contain terms that RDF 1.1 does not have.
    """
    data = graph_of(chain(quads, _class_tree()))
    try:
        _, report, text = pyshacl.validate(data, shacl_graph=shapes)
    except (ReportableRuntimeError, re.error) as error:
        raise ShapesError(f"the shapes cannot be run: {error}", hint="correct the shapes") from error
    if not isinstance(report, rdflib.Graph):
        raise ShapesError(f"the shapes cannot be run: {text}", hint="correct the shapes")
    return list(_read_report(report))


def validate_sparql(store: Store, shapes: Shapes) -> Iterator[ValidationResult]:
    """Run each SPARQL constraint as one query on the whole data set.

    Args:
        store: its default graph has each triple once (`graph/union.py`).
        shapes: the rules.
    """
    for constraint in shapes.sparql:
        rows: QuerySolutions = store.query(constraint.query)  # type: ignore[assignment]  # read_shapes takes only SELECT
        names = {variable.value for variable in rows.variables} & {"this", "value", "path"}
        for row in rows:
            bound = {name: term_of(row[name]) for name in names if row[name] is not None}
            if "value" in names and "value" not in bound:
                continue  # an aggregate over nothing gives one empty row
            focus, path = bound["this"], bound.get("path")
            # A constraint of a node shape without ?value reports its focus node (SHACL, section 5.3.2).
            yield ValidationResult(
                constraint.shape,
                constraint.severity,
                constraint.message,
                focus,
                path=path and path.value,
                value_node=bound.get("value", focus),
            )


@cache
def _class_tree() -> tuple[Quad, ...]:
    """Return the subclass statements: sh:class (SHACL, section 4.1.1) looks for them in the data graph."""
    return tuple(
        quad for quad in ontology() if quad.predicate == terms.SUB_CLASS_OF and isinstance(quad.object, NamedNode)
    )


def _read_report(report: rdflib.Graph) -> Iterator[ValidationResult]:
    for node in report.subjects(RDF.type, SH.ValidationResult):
        values = {p: o for p, o in report.predicate_objects(node) if p != SH.resultMessage}
        messages = sorted(str(message) for message in report.objects(node, SH.resultMessage))
        path, value = values.get(SH.resultPath), values.get(SH.value)
        yield ValidationResult(
            shape=str(values[SH.sourceShape]),
            severity=severity_of(values[SH.resultSeverity]),
            message=" ".join(messages),
            focus_node=term_of(values[SH.focusNode]),
            path=str(path) if isinstance(path, rdflib.URIRef) else None,
            value_node=None if value is None else term_of(value),
            component=str(values[SH.sourceConstraintComponent]),
        )
