"""A validation result as a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode

from tlevel_rdf.findings import Severity
from tlevel_rdf.graph import terms
from tlevel_rdf.validation.result import DATA_SET, ValidationResult

if TYPE_CHECKING:
    from collections.abc import Callable


A = NamedNode("https://example.org/a")
SHAPE = f"{terms.SHAPES}R12-htq"


@pytest.mark.parametrize(
    ("change", "message", "hint", "focus"),
    [
        (lambda r: r, "Level 6 is too high.", "Correct the level.", A.value),
        (lambda r: ValidationResult(SHAPE, r.severity, "R12: One sentence.", A), "One sentence.", None, A.value),
        (
            lambda r: ValidationResult(SHAPE, r.severity, r.message, NamedNode(DATA_SET), value_node=A),
            "Level 6 is too high.",
            "Correct the level.",
            A.value,
        ),
    ],
    ids=["message and hint", "no hint", "the value is what is wrong"],
)
def test_a_result_as_a_finding(
    change: Callable[[ValidationResult], ValidationResult], message: str, hint: str | None, focus: str
) -> None:
    result = ValidationResult(
        SHAPE, Severity.VIOLATION, "R12: Level 6 is too high. Correct the level.", A, path="https://example.org/p"
    )
    finding = change(result).finding
    assert (finding.code, finding.severity, finding.message, finding.hint) == ("R12", Severity.VIOLATION, message, hint)
    assert finding.focus == focus
    assert finding.line is None
