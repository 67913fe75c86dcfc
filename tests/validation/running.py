"""Two ways to run the rules on quads, which must agree."""

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
    """Run all rules with pySHACL alone, the engine of record."""
    return set(validate_core(quads, shipped_shapes().graph))


def in_two_parts(quads: Iterable[Quad]) -> set[ValidationResult]:
    """Run Core constraints with pySHACL and SPARQL constraints as queries, as the gate does."""
    quads = list(quads)
    shapes = shipped_shapes()
    return {*validate_core(quads, shapes.core), *validate_sparql(store_of(quads), shapes)}


def store_of(quads: Iterable[Quad]) -> pyoxigraph.Store:
    """Return a store with each triple once, in the default graph."""
    store = pyoxigraph.Store()
    store.extend({Quad(*quad.triple) for quad in quads})
    return store


def codes(results: Iterable[ValidationResult]) -> set[tuple[str, str]]:
    """Return the rules and severities of results."""
    return {(result.finding.code, str(result.severity)) for result in results}
