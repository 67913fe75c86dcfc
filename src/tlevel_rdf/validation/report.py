"""Results of validation as a SHACL validation report (SHACL, section 3.6), without blank nodes.

Every node has an IRI under that of the report, numbered in a fixed order, so the same results give the same quads
in the same order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from tlevel_rdf.findings import Severity
from tlevel_rdf.graph.terms import SH, TYPE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tlevel_rdf.validation.gate import ValidationResult

_ORDER: Final = {severity: number for number, severity in enumerate(Severity)}
_BOOLEAN: Final = NamedNode(f"{XSD}boolean")


def report_quads(results: Iterable[ValidationResult], report: str) -> Iterator[Quad]:
    """A validation report.

    A graph conforms if there is no result at all, of whatever severity (section 3.6.1.1). A result whose path is not
    a single property has no sh:resultPath, since a longer path can be written only with blank nodes; its shape
    has it. Blank nodes of the data are named `#blank-…` by their labels.

    Args:
        results: of the gate; one that comes twice is reported once.
        report: the IRI of the report, with no fragment.

    Returns:
        Quads in the default graph: the report, then its results from the gravest on.
    """
    ordered = sorted(set(results), key=_key)
    this = NamedNode(report)
    yield Quad(this, TYPE, _sh("ValidationReport"))
    yield Quad(this, _sh("conforms"), Literal("false" if ordered else "true", datatype=_BOOLEAN))
    for number, result in enumerate(ordered, 1):
        node = NamedNode(f"{report}#result-{number}")
        yield Quad(this, _sh("result"), node)
        yield Quad(node, TYPE, _sh("ValidationResult"))
        for predicate, value in _said(result):
            named = NamedNode(f"{report}#blank-{value.value}") if isinstance(value, BlankNode) else value
            yield Quad(node, _sh(predicate), named)


def _said(result: ValidationResult) -> Iterator[tuple[str, NamedNode | BlankNode | Literal]]:
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
    """A shape without an IRI is known by the label of its blank node."""
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
