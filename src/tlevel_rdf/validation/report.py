"""Validation results as a SHACL validation report (SHACL, section 3.6), without blank nodes.

The IRI of each node extends that of the report with a number. The order of results is fixed, so the same results give
the same quads in the same order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from tlevel_rdf.findings import Severity
from tlevel_rdf.graph.terms import SH, TYPE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tlevel_rdf.validation.result import ValidationResult

_ORDER: Final = {severity: number for number, severity in enumerate(Severity)}
_BOOLEAN: Final = NamedNode(f"{XSD}boolean")


def report_quads(results: Iterable[ValidationResult], report: str) -> Iterator[Quad]:
    """Describe a validation report.

    A graph conforms if it has no result of any severity (section 3.6.1.1). sh:resultPath is given only for a single
    property, since longer paths need blank nodes; they can be found in the shape. A blank node of the data becomes
    `#blank-…` with its label.

    Args:
        results: of the gate; a repeated result is reported once.
        report: the IRI of the report, without a fragment.

    Yields:
        Quads in the default graph: the report, then its results, the most severe first.
    """
    ordered = sorted(set(results), key=_key)
    this = NamedNode(report)
    yield Quad(this, TYPE, _sh("ValidationReport"))
    yield Quad(this, _sh("conforms"), Literal("false" if ordered else "true", datatype=_BOOLEAN))
    for number, result in enumerate(ordered, 1):
        node = NamedNode(f"{report}#result-{number}")
        yield Quad(this, _sh("result"), node)
        yield Quad(node, TYPE, _sh("ValidationResult"))
        for predicate, value in _properties(result):
            named = NamedNode(f"{report}#blank-{value.value}") if isinstance(value, BlankNode) else value
            yield Quad(node, _sh(predicate), named)


def _properties(result: ValidationResult) -> Iterator[tuple[str, NamedNode | BlankNode | Literal]]:
    yield "focusNode", result.focus_node
    if result.path:
        yield "resultPath", NamedNode(result.path)
    if result.value_node is not None:
        yield "value", result.value_node
    yield "resultSeverity", _sh(result.severity)
    yield "resultMessage", Literal(result.message, language="en")
    yield "sourceShape", _shape(result.shape)
    yield "sourceConstraintComponent", NamedNode(result.component)


def _shape(shape: str) -> NamedNode | BlankNode:
    """Return the shape's IRI or, if it has none, its blank node."""
    return NamedNode(shape) if ":" in shape else BlankNode(shape)


def _key(result: ValidationResult) -> tuple[int, str, str, str, str, str, str]:
    return (
        _ORDER[result.severity],
        result.shape,
        str(result.focus_node),
        result.path or "",
        str(result.value_node or ""),
        result.component,
        result.message,
    )


def _sh(name: str) -> NamedNode:
    return NamedNode(SH + name)
