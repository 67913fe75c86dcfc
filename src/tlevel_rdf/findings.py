"""A finding: one thing that a person should know about a document or a graph, and its renderings.

Findings are values. Whoever makes them fills in what it knows; whoever prints them needs nothing else.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import quote

from tlevel_rdf.errors import TlevelError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Format = Literal["text", "json", "sarif", "github"]


class Severity(StrEnum):
    """How grave a finding is, by the names of SHACL (section 2.1.4)."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


_GRAVEST_FIRST: Final = {Severity.VIOLATION: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    Attributes:
        code: what kind of thing: `TLR…` of the reader, `R01` to `R29` of the rules.
        severity: only a violation stops a release.
        message: plain English; says what is wrong.
        file: the file as the caller named it.
        line: line in that file, counted from 1.
        column: column in that line in characters, counted from 1.
        focus: the IRI of the thing that is wrong, where the finding is about a graph.
        path: the property that is wrong, where it is one property.
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
        """Where it is, as `file:line:column`, or the focus node where no file is known."""
        parts = [str(part) for part in (self.file, self.line, self.column) if part is not None]
        return ":".join(parts) or self.focus or ""

    def __str__(self) -> str:
        lead = f"{self.place}: " if self.place else ""
        hint = f"\n    hint: {self.hint}" if self.hint else ""
        return f"{lead}{self.severity.lower()} {self.code}: {self.message}{hint}"


class BlockedError(TlevelError):
    """Profiles that must not be published; carries everything that was found in them."""

    code = "TLR013"

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(f"the profiles cannot be used: {summary(findings)}", hint="mend what is listed")
        self.findings = findings


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once, by file, line and column, then by severity, code and message."""
    return sorted(
        set(findings),
        key=lambda f: (
            f.file or "",
            f.line or 0,
            f.column or 0,
            _GRAVEST_FIRST[f.severity],
            f.code,
            f.focus or "",
            f.message,
            f.path or "",
            f.hint or "",
        ),
    )


def violations(findings: Iterable[Finding]) -> list[Finding]:
    """Those findings that stop a release."""
    return [finding for finding in findings if finding.severity is Severity.VIOLATION]


def summary(findings: Sequence[Finding]) -> str:
    """The counts in words.

    >>> summary([])
    'no findings'
    >>> summary([Finding("R19", Severity.INFO, "no page")])
    '1 info'
    """
    names = {Severity.VIOLATION: "violation", Severity.WARNING: "warning", Severity.INFO: "info"}
    counts = [(sum(f.severity is severity for f in findings), name) for severity, name in names.items()]
    said = [f"{n} {name}{'s' if n > 1 else ''}" for n, name in counts if n]
    return ", ".join(said) or "no findings"


def render(findings: Sequence[Finding], form: Format) -> str:
    """The findings as text for people, JSON, SARIF 2.1.0, or GitHub workflow commands.

    Returns:
        The whole output with no line break at its end; empty for text and github with no findings.
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
    """The name of a file as a URI or relative reference (RFC 3986, section 4.1)."""
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
        said = ",".join(f"{name}={prop(str(v))}" for name, v in properties.items() if v is not None)
        where = f"<{finding.focus}>" if finding.focus and not finding.file else ""
        message = " ".join(filter(None, (finding.message, finding.hint, where)))
        return f"::{kinds[finding.severity]} {said}::{value(message)}"

    return "\n".join(map(command, findings))


_RENDERERS: Final[dict[Format, Callable[[Sequence[Finding]], str]]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "github": _github,
}
