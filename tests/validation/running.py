"""Two ways to run the rules on quads, which must agree."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pyoxigraph
import rdflib
from pyoxigraph import Quad
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.evaluate import evalQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.processor import SPARQLProcessor

from tlevel_rdf.graph.terms import SHAPES
from tlevel_rdf.validation.evaluation import validate_core, validate_sparql
from tlevel_rdf.validation.shapes import rule_code, shipped_shapes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from rdflib.plugins.sparql.sparql import Query

    from tlevel_rdf.validation.result import ValidationResult


def by_pyshacl(quads: Iterable[Quad], only: Collection[str] = ()) -> set[ValidationResult]:
    """Run all rules, or only some, with pySHACL alone, the engine of record."""
    with queries_parsed_once():
        return set(validate_core(quads, _shapes_of(frozenset(only))))


@contextmanager
def queries_parsed_once() -> Iterator[None]:
    """Let rdflib parse each query only once: parsing takes nine tenths of the time of pySHACL."""
    with patch.object(SPARQLProcessor, "query", _query):
        yield


@cache
def _shapes_of(rules: frozenset[str]) -> rdflib.Graph:
    """Return the shapes of some rules, or all shapes. A rule's shapes lead to no shape of another rule."""
    graph = shipped_shapes().graph
    if not rules:
        return graph
    some = rdflib.Graph()
    for triple in graph:
        subject = str(triple[0])
        if not subject.startswith(SHAPES) or rule_code(subject) in rules:
            some.add(triple)
    return some


def _query(
    processor: SPARQLProcessor,
    text: str,
    bindings: Mapping[str, Any] | None = None,
    namespaces: Mapping[str, Any] | None = None,
    base: str | None = None,
    **_: Any,
) -> Mapping[str, Any]:
    """Evaluate a query as rdflib does, but parse it only once."""
    return evalQuery(processor.graph, _parsed(text, frozenset((namespaces or {}).items()), base), bindings or {}, base)


@cache
def _parsed(text: str, namespaces: frozenset[tuple[str, Any]], base: str | None) -> Query:
    return translateQuery(parseQuery(text), base, dict(namespaces))


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
