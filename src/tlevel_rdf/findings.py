"""Findings: single facts about a document or a graph that a person should know, and their output formats."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import quote

from tlevel_rdf.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Format = Literal["text", "json", "sarif", "github"]


class Severity(StrEnum):
    """The severity of a finding, by the names of SHACL (section 2.1.4); text for people calls Info a note."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


#: The severities, worst first, with their names in text for people.
_NAMES: Final = {Severity.VIOLATION: "violation", Severity.WARNING: "warning", Severity.INFO: "note"}
_RANKS: Final = {severity: rank for rank, severity in enumerate(_NAMES)}


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding.

    Attributes:
        code: its kind: `TLR…` from a reader, `R01` to `R48` from a rule.
        severity: only a violation stops a release.
        message: what is wrong, in plain English.
        file: the file, as the caller named it.
        line: the line in that file, from 1.
        column: the column in that line, in characters from 1.
        focus: the IRI of the resource, if the finding is about a graph.
        path: the property, if the finding is about one.
        hint: what to do.
    """

    code: str
    severity: Severity
    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    focus: str | None = None
    path: str | None = None
    hint: str | None = None

    @property
    def place(self) -> str:
        """The place of the finding, as `file:line:column`; without a file, its focus."""
        parts = [str(part) for part in (self.file, self.line, self.column) if part is not None]
        return ":".join(parts) or self.focus or ""

    def __str__(self) -> str:
        lead = f"{self.place}: " if self.place else ""
        hint = f"\n    hint: {self.hint}" if self.hint else ""
        return f"{lead}{_NAMES[self.severity]} {self.code}: {self.message}{hint}"


class BlockedError(InputError):
    """Profiles with violations, which cannot be published; `findings` holds all their findings."""

    code = "TLR013"

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(f"the profiles have {summary(findings)}", hint="fix the violations")
        self.findings = findings


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return the distinct findings by file, line and column, then by severity, code and message."""
    return sorted(
        set(findings),
        key=lambda f: (
            f.file or "",
            f.line or 0,
            f.column or 0,
            _RANKS[f.severity],
            f.code,
            f.focus or "",
            f.message,
            f.path or "",
            f.hint or "",
        ),
    )


def violations(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that stop a release."""
    return [finding for finding in findings if finding.severity is Severity.VIOLATION]


def summary(findings: Sequence[Finding]) -> str:
    """Return the number of findings of each severity, in words.

    >>> summary([])
    'no findings'
    >>> summary([Finding("R19", Severity.INFO, "no page")])
    '1 note'
    """
    counts = Counter(finding.severity for finding in findings)
    parts = [f"{n} {name}{'s' if n > 1 else ''}" for severity, name in _NAMES.items() if (n := counts[severity])]
    return ", ".join(parts) or "no findings"


def render(findings: Sequence[Finding], form: Format) -> str:
    """Return findings as text for people, JSON, SARIF 2.1.0 or GitHub workflow commands.

    Returns:
        The output, without a line break at its end; empty for text and github if there are no findings.
    """
    return _RENDERERS[form](findings)


def _text(findings: Sequence[Finding]) -> str:
    return "\n".join(map(str, findings))


def _json(findings: Sequence[Finding]) -> str:
    return json.dumps([asdict(finding) for finding in findings], indent=2, ensure_ascii=False)


def _sarif(findings: Sequence[Finding]) -> str:
    levels = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

    def location(finding: Finding) -> list[dict[str, object]]:
        place: dict[str, object] = {}
        if finding.file:
            physical: dict[str, object] = {"artifactLocation": {"uri": _uri(finding.file)}}
            if finding.line:
                physical["region"] = {"startLine": finding.line, "startColumn": finding.column or 1}
            place["physicalLocation"] = physical
        if finding.focus:
            place["logicalLocations"] = [{"fullyQualifiedName": finding.focus, "kind": "resource"}]
        return [place] if place else []

    run = {
        "tool": {
            "driver": {
                "name": "tlevel-rdf",
                "rules": [{"id": code} for code in sorted({finding.code for finding in findings})],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            {
                "ruleId": finding.code,
                "level": levels[finding.severity],
                "message": {"text": " ".join(filter(None, (finding.message, finding.hint)))},
                "locations": location(finding),
            }
            for finding in findings
        ],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False)


def _uri(file: str) -> str:
    """Return a file name as a URI or relative reference (RFC 3986, section 4.1)."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _github(findings: Sequence[Finding]) -> str:
    kinds = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

    def value(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def prop(text: str) -> str:
        return value(text).replace(":", "%3A").replace(",", "%2C")

    def command(finding: Finding) -> str:
        properties = {"file": finding.file, "line": finding.line, "col": finding.column, "title": finding.code}
        parameters = ",".join(f"{name}={prop(str(v))}" for name, v in properties.items() if v is not None)
        where = f"<{finding.focus}>" if finding.focus and not finding.file else ""
        message = " ".join(filter(None, (finding.message, finding.hint, where)))
        return f"::{kinds[finding.severity]} {parameters}::{value(message)}"

    return "\n".join(map(command, findings))


_RENDERERS: Final[dict[Format, Callable[[Sequence[Finding]], str]]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "github": _github,
}
