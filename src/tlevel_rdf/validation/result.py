"""A result of validation (SHACL, section 3.6.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib.namespace import SH

from tlevel_rdf.findings import Finding
from tlevel_rdf.namespaces import DEFINITIONS
from tlevel_rdf.validation.shapes import rule_code

if TYPE_CHECKING:
    from tlevel_rdf.findings import Severity
    from tlevel_rdf.validation.rdflib_store import Term

#: The focus node of rules about the whole data set. Their results name the node that is wrong as the value.
DATA_SET: Final = f"{DEFINITIONS}progression"


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """A result of validation.

    Attributes:
        shape: the IRI of the shape.
        severity: Violation, Warning or Info.
        message: in English; begins with the id of the rule.
        focus_node: the node that is wrong.
        path: the property that is wrong, if it is a single property.
        value_node: the value that is wrong, if it is a single value.
        component: the IRI of the constraint component.
    """

    shape: str
    severity: Severity
    message: str
    focus_node: Term
    path: str | None = None
    value_node: Term | None = None
    component: str = str(SH.SPARQLConstraintComponent)

    @property
    def focus(self) -> str:
        """The node that is wrong, as text."""
        return self.focus_node.value

    @property
    def value(self) -> str | None:
        """The value that is wrong, as text."""
        return self.value_node and self.value_node.value

    @property
    def finding(self) -> Finding:
        """The result as a finding without a file."""
        code = rule_code(self.shape)
        focus = self.value if self.focus == DATA_SET and self.value else self.focus
        message, _, hint = self.message.removeprefix(f"{code}: ").partition(". ")
        return Finding(code, self.severity, f"{message.rstrip('.')}.", focus=focus, path=self.path, hint=hint or None)
