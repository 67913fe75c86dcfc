"""The YAML values that the nodes of a corpus come from, and the findings that point at them."""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.description import YAML_KEYS
from tlevel_rdf.profiles.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from tlevel_rdf.findings import Finding
    from tlevel_rdf.graph.description import Description
    from tlevel_rdf.profiles.model import Profile
    from tlevel_rdf.profiles.validation import Loaded
    from tlevel_rdf.profiles.yaml_reader import Loc, Position, YamlDocument

#: The YAML keys that a finding points at: those of its property, or else of its rule.
_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    **{path: (key,) for path, key in YAML_KEYS.items()},
    terms.PREF_LABEL.value: ("title", *Kind),
    **dict.fromkeys(("R07", "R08", "R09"), ("flags",)),
    **dict.fromkeys(("R14", "R15", "R28"), ("title", *Kind)),
    "R13": ("level",),
    "R20": ("line",),
    "R27": ("issued",),
}


class Origins:
    """The profile and the YAML value that each node comes from, in 16 bytes a node.

    A node is held as the 64-bit hash of its IRI, so that 10,000 profiles take 10 MB and not 200. With a million nodes,
    the probability that two have the same hash, and a finding names the wrong line, is about one in 40 million.
    """

    def __init__(self) -> None:
        self._hashes = array("q")
        self._profiles = array("I")
        self._locs = array("I")
        self._numbers: dict[Loc, int] = {}

    def add(self, profile: int, description: Description) -> None:
        """Record the nodes of the profile with that number."""
        for iri, loc in description.origins.items():
            self._hashes.append(hash(iri))
            self._profiles.append(profile)
            self._locs.append(self._numbers.setdefault(loc, len(self._numbers)))

    def find(self, iris: Collection[str]) -> dict[str, tuple[int, Loc]]:
        """Return, for each IRI that comes from a profile, the number of the first such profile and the value in it."""
        wanted = {hash(iri): iri for iri in iris}
        locs = list(self._numbers)
        found: dict[str, tuple[int, Loc]] = {}
        for index, hashed in enumerate(self._hashes):
            if hashed in wanted:
                found.setdefault(wanted[hashed], (self._profiles[index], locs[self._locs[index]]))
        return found


def locate(findings: Iterable[Finding], origins: Origins, profiles: Sequence[Loaded[Profile]]) -> Iterator[Finding]:
    """Add to each finding the file, line and column of the YAML value that it is about.

    A finding about a node that comes from no profile is left as it is. The positions of a file are read again, once,
    and only if there are findings about it.
    """
    by_focus: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_focus[finding.focus or ""].append(finding)
    by_profile: dict[int, list[tuple[Loc, Finding]]] = defaultdict(list)
    for focus, (number, loc) in origins.find(by_focus).items():
        by_profile[number] += [(loc, finding) for finding in by_focus.pop(focus)]
    for number, located in by_profile.items():
        loaded = profiles[number]
        for loc, finding in located:
            line, column = _position(loaded.document, loc, finding)
            yield replace(finding, file=loaded.file, line=line, column=column)
    for rest in by_focus.values():
        yield from rest


def _position(document: YamlDocument, loc: Loc, finding: Finding) -> Position:
    keys = _KEYS.get(finding.path or "") or _KEYS.get(finding.code, ())
    written = [(*loc, key) for key in keys if (*loc, key) in document.positions]
    return document.position(written[0] if written else loc)
