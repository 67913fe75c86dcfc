"""The state of the last import, kept beside the reviewed files: each profile and the findings about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.places import LEAD
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.profiles import validation
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.yaml_reader import YamlError
from tlevel_rdf.profiles.yaml_writer import UNWRITABLE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

#: The folder of the bases, beside the reviewed files.
BASES: Final = ".imported"
#: The beginning of a comment with a finding that was reported.
_REPORTED: Final = "# reported: "


@dataclass
class LastImport:
    """A profile at its last import.

    Attributes:
        profile: as the document stated it.
        reported: the findings about it, and how often each was reported.
    """

    profile: Profile
    reported: Counter[str] = field(default_factory=Counter)

    def is_same(self, profile: Profile) -> bool:
        """Return True if a profile comes from the same document and states the same."""
        mine = self.profile.source
        source = profile.source.model_copy(update={"document": mine.document, "media_type": mine.media_type})
        return self.profile == profile.model_copy(update={"source": source})


def read_base(path: Path) -> LastImport | None:
    """Read a file that holds a `base_text`; return None if it does not exist or is damaged."""
    try:
        data = path.read_bytes()
        profile = validation.parse(data, str(path), Profile).value
    except (OSError, YamlError):
        return None
    lines = data.decode().split("\n")
    return LastImport(profile, Counter(line.removeprefix(_REPORTED) for line in lines if line.startswith(_REPORTED)))


def base_text(profile: str, findings: Iterable[Finding]) -> str:
    """Return a profile in YAML with the findings about it as comments."""
    return profile + "".join(f"{_REPORTED}{_without_place(finding)}\n" for finding in findings)


def unreported(findings: Iterable[Finding], reported: Counter[str]) -> Iterator[Finding]:
    """Yield the findings that were not reported before, and every violation."""
    rest = reported.copy()
    for finding in findings:
        words = _without_place(finding)
        if finding.severity is Severity.VIOLATION or rest[words] < 1:
            yield finding
        rest[words] -= 1


def _without_place(finding: Finding) -> str:
    """Return the code and the message without its place, which changes when text is added elsewhere."""
    return " ".join(UNWRITABLE.sub(" ", f"{finding.code} {LEAD.sub('', finding.message, count=1)}").split())


def missing_profiles(
    out: Path, document: str, names: Collection[str], checksums: Collection[str]
) -> Iterator[tuple[Path, Profile]]:
    """Yield the reviewed files whose profiles a document held at an earlier import and no longer holds.

    Args:
        out: the folder of the reviewed files.
        document: the name of the document.
        names: of the files of all profiles found in this import.
        checksums: of the document at the last imports of the profiles that it holds now; empty if all are new.
    """
    for base in sorted((out / BASES).glob("*")):
        path = out / f"{base.name}.yaml"
        if base.name in names or not path.exists() or not (last := read_base(base)):
            continue
        source = last.profile.source
        if source.document == document and (not checksums or source.sha256 in checksums):
            yield path, last.profile


def missing_finding(path: Path, base: Path, profile: Profile, file: str) -> Finding:
    """Return the finding about a reviewed file whose document no longer holds its profile."""
    message = f"{file} no longer holds the profile of {profile.t_level}, from which {path} was made."
    hint = f"Remove {path} and {base} if it is gone; to keep the profile, remove only {base}."
    return Finding(Code.DROPPED, Severity.WARNING, message, str(path), 1, 1, hint=hint)
