"""The whole knowledge graph: what is shared by all profiles, and then profile by profile.

Units are made one at a time, so ten thousand profiles need no more memory than their YAML and one unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.description import describe
from tlevel_rdf.graph.entailment import Entailment
from tlevel_rdf.graph.reference import describe_reference
from tlevel_rdf.graph.vocabulary import describe_vocabulary, rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import Quad

    from tlevel_rdf.graph.description import Description
    from tlevel_rdf.graph.identifiers import Identifiers
    from tlevel_rdf.profiles.model import Profile
    from tlevel_rdf.profiles.reference import Reference
    from tlevel_rdf.profiles.validation import Loaded
    from tlevel_rdf.settings import Settings
from typing import TYPE_CHECKING

from tlevel_rdf.findings import Finding, sort_findings, violations
from tlevel_rdf.graph.collisions import collisions
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.profiles.loading import data_folder, read_profiles, read_reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pyoxigraph import Quad


@dataclass(frozen=True)
class Unit:
    """One profile: what it says, what follows from that, and what is said elsewhere of the standards it touches.

    Together these are complete enough to be checked alone.
    """

    description: Description
    inferred: tuple[Quad, ...]
    context: tuple[Quad, ...]

    @property
    def quads(self) -> tuple[Quad, ...]:
        """What this profile adds to the data set."""
        return self.description.quads + self.inferred


class Corpus:
    """Profiles and reference data as one data set.

    Args:
        profiles: free of collisions (`collisions.py`).
        reference: what other registers say.
        ids: mints the IRIs.

    Attributes:
        shared: the vocabulary, the reference data and what follows from them.
    """

    def __init__(self, profiles: Sequence[Loaded[Profile]], reference: Reference, ids: Identifiers) -> None:
        self.profiles = profiles
        self.reference = reference
        self.ids = ids
        known = describe_reference(reference, ids)
        entailment = Entailment(rules(), ids.graph("inferred"))
        self._entailment = entailment.with_background(known)
        self.shared = describe_vocabulary(ids.graph("vocabulary")) + known + entailment.of(known)
        self._occupations = {str(quad.subject): quad for quad in known if quad.predicate == terms.FOR_OCCUPATION}
        self._labels = {str(quad.subject): quad for quad in known if quad.predicate == terms.PREF_LABEL}

    def units(self) -> Iterator[Unit]:
        """The profiles in their order."""
        for loaded in self.profiles:
            description = describe(loaded, self.reference, self.ids, self._labels)
            yield Unit(description, self._entailment.of(description.quads), tuple(self._context(description)))

    def _context(self, description: Description) -> Iterator[Quad]:
        for quad in description.quads:
            if quad.predicate == terms.BASED_ON:
                yield self._occupations[str(quad.object)]
            elif quad.predicate == terms.ALT_LABEL:
                yield self._labels[str(quad.subject)]

    def quads(self) -> Iterator[Quad]:
        """All quads; those that follow from two profiles come twice."""
        yield from self.shared
        for unit in self.units():
            yield from unit.quads


def read_corpus(paths: Sequence[Path], settings: Settings) -> tuple[Corpus | None, list[Finding]]:
    """Read profiles and the reference data.

    Args:
        paths: YAML files and folders; none: the project's profiles.
        settings: the base.

    Returns:
        The corpus, None if something keeps it from being described; and everything that was found on the way.
    """
    reference, found = read_reference(data_folder("reference"))
    reading = read_profiles(paths or [data_folder("profiles")])
    findings = [*found, *reading.findings]
    if not violations(found):
        findings += collisions(reading.loaded, reference)
    if violations(findings):
        return None, sort_findings(findings)
    return Corpus(reading.loaded, reference, Identifiers(settings.base)), sort_findings(findings)
