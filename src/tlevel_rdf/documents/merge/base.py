"""What was said at the last import: the profile, and the doubts about it, in a folder beside the reviewed files."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar.lexicon import UNSEEN
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.profiles import validation
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.yaml_reader import YamlFault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

BASES: Final = ".imported"
#: What begins a comment with a doubt that was told.
_TOLD: Final = "# told: "
#: Places that a message begins with, which change where its sentence does not.
_PLACE: Final = re.compile(r"(?:On page \d+|In paragraph \d+): ")


@dataclass
class Last:
    """What was imported last.

    Attributes:
        profile: as the document said it.
        told: the doubts about it, and how often each.
    """

    profile: Profile
    told: Counter[str] = field(default_factory=Counter)

    def is_same(self, profile: Profile) -> bool:
        """Whether the document is the same, and says the same."""
        same = profile.source.model_copy(
            update={"document": self.profile.source.document, "media_type": self.profile.source.media_type}
        )
        return self.profile == profile.model_copy(update={"source": same})


def last_of(base: Path) -> Last | None:
    """What a file says that `written` made; None if it is not there or damaged."""
    try:
        data = base.read_bytes()
        profile = validation.parse(data, str(base), Profile).value
    except (OSError, YamlFault):
        return None
    lines = data.decode().split("\n")
    return Last(profile, Counter(line.removeprefix(_TOLD) for line in lines if line.startswith(_TOLD)))


def written(profile: str, told: Iterable[Finding]) -> str:
    """A profile, as YAML, with the doubts about it, to be remembered."""
    return profile + "".join(f"{_TOLD}{_bare(finding)}\n" for finding in told)


def untold(findings: Iterable[Finding], told: Counter[str]) -> Iterator[Finding]:
    """Those findings that were not told at the last import, and those that stop something."""
    rest = told.copy()
    for finding in findings:
        words = _bare(finding)
        if finding.severity is Severity.VIOLATION or rest[words] < 1:
            yield finding
        rest[words] -= 1


def _bare(finding: Finding) -> str:
    return " ".join(UNSEEN.sub(" ", f"{finding.code} {_PLACE.sub('', finding.message, count=1)}").split())


def gone(out: Path, document: str, found: Collection[str], before: Collection[str]) -> Iterator[tuple[Path, Profile]]:
    """The reviewed files whose profiles a document held at an import before, and does not hold now.

    Args:
        out: the folder of the reviewed files.
        document: the name of the document.
        found: the names of the files of all profiles that were found now.
        before: the checksums that the document had when what is found in it now was imported last; none if all is new.
    """
    for base in sorted((out / BASES).glob("*")):
        place = out / f"{base.name}.yaml"
        if base.name in found or not place.exists() or not (last := last_of(base)):
            continue
        source = last.profile.source
        if source.document == document and (not before or source.sha256 in before):
            yield place, last.profile


def about_gone(place: Path, base: Path, profile: Profile, file: str) -> Finding:
    """The finding about such a file."""
    said = f"{file} does not hold the profile of {profile.t_level} any more, which {place} was made of."
    hint = f"Remove {place} and {base} if it is gone; to keep the profile, remove only {base}."
    return Finding(Code.DROPPED, Severity.WARNING, said, str(place), 1, 1, hint=hint)
