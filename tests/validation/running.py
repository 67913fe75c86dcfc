"""Running the rules on quads, in the two ways that must agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import Quad

from tlevel_rdf.validation.evaluation import validate_core, validate_sparql
from tlevel_rdf.validation.shapes import shipped_shapes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.validation.result import ValidationResult


def by_pyshacl(quads: Iterable[Quad]) -> set[ValidationResult]:
    """All rules, Core and SPARQL, by pySHACL alone: the gate of record."""
    return set(validate_core(quads, shipped_shapes().graph))


def in_two_parts(quads: Iterable[Quad]) -> set[ValidationResult]:
    """Core by pySHACL, and the SPARQL constraints as queries on everything, as the gate does."""
    quads = list(quads)
    shapes = shipped_shapes()
    return {*validate_core(quads, shapes.core), *validate_sparql(store_of(quads), shapes)}


def store_of(quads: Iterable[Quad]) -> pyoxigraph.Store:
    """Every triple once, in the default graph."""
    store = pyoxigraph.Store()
    store.extend({Quad(*quad.triple) for quad in quads})
    return store


def codes(results: Iterable[ValidationResult]) -> set[tuple[str, str]]:
    """The rules and severities of results."""
    return {(result.finding.code, str(result.severity)) for result in results}
