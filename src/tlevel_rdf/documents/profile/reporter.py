"""Collect the findings about a document, each at its place in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Finding, Severity

if TYPE_CHECKING:
    from tlevel_rdf.documents.grammar.segmentation import Sentence, Spot
    from tlevel_rdf.documents.grammar.statement import Doubt

_SEVERITIES: Final = {Code.LEFT_OUT: Severity.INFO, Code.NO_PROFILE: Severity.VIOLATION}


@dataclass
class Reporter:
    """The findings about a document or one of its profiles.

    Attributes:
        file: the document, as the caller named it.
        placed: the findings, with their page, line and column.
    """

    file: str
    placed: list[tuple[tuple[int, int, int], Finding]] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """The findings in the order of the document."""
        return [finding for _, finding in sorted(self.placed, key=lambda it: it[0])]

    def report(self, sentence: Sentence, doubt: Doubt) -> str:
        """Add the finding of a doubt; return its message without the place."""
        self.add(sentence.spot(doubt.start), doubt.code, doubt.message, doubt.hint)
        return doubt.message

    def add(self, spot: Spot, code: Code, message: str, hint: str) -> None:
        """Add a finding at a place."""
        where = spot.where
        line = where.line or where.paragraph
        page = f"On page {where.page}: " if where.page else ""
        place = page or (f"In paragraph {where.paragraph}: " if where.paragraph else "")
        severity = _SEVERITIES.get(code, Severity.WARNING)
        finding = Finding(code, severity, place + message, self.file, line, spot.column, hint=hint)
        self.placed.append(((where.page or 0, line or 0, spot.column), finding))
