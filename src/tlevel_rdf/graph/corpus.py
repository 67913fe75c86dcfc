"""Profiles and reference data as one knowledge graph, described profile by profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tlevel_rdf.findings import Finding, sort_findings, violations
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.collisions import find_collisions
from tlevel_rdf.graph.description import describe
from tlevel_rdf.graph.entailment import Entailment
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.graph.reference import describe_reference
from tlevel_rdf.graph.vocabulary import describe_vocabulary, rules
from tlevel_rdf.profiles.loading import data_folder, read_profiles, read_reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

    from tlevel_rdf.graph.description import Description
    from tlevel_rdf.profiles.model import Profile
    from tlevel_rdf.profiles.reference import Reference
    from tlevel_rdf.profiles.validation import Loaded
    from tlevel_rdf.settings import Settings


@dataclass(frozen=True, slots=True)
class DescribedProfile:
    """A profile as quads, complete enough for the Core shapes to check it alone.

    Attributes:
        description: what the profile says.
        inferred: what follows from that.
        context: the statements of the reference data about the standards and labels that the profile refers to.
    """

    description: Description
    inferred: tuple[Quad, ...]
    context: tuple[Quad, ...]

    @property
    def quads(self) -> tuple[Quad, ...]:
        """The quads that this profile adds to the data set."""
        return self.description.quads + self.inferred


class Corpus:
    """Profiles and reference data as one data set.

    Args:
        profiles: without collisions (`collisions.py`).
        reference: the reference data.
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
        self.shared = describe_vocabulary(ids.graph("vocabulary")) + known + entailment.infer(known)
        self._occupations = {str(quad.subject): quad for quad in known if quad.predicate == terms.FOR_OCCUPATION}
        self._labels = {str(quad.subject): quad for quad in known if quad.predicate == terms.PREF_LABEL}

    def describe_profiles(self) -> Iterator[DescribedProfile]:
        """Describe each profile in turn, so that memory holds one description at a time."""
        for loaded in self.profiles:
            description = describe(loaded, self.reference, self.ids, self._labels)
            context = tuple(self._context(description))
            yield DescribedProfile(description, self._entailment.infer(description.quads), context)

    def _context(self, description: Description) -> Iterator[Quad]:
        for quad in description.quads:
            if quad.predicate == terms.BASED_ON:
                yield self._occupations[str(quad.object)]
            elif quad.predicate == terms.ALT_LABEL:
                yield self._labels[str(quad.subject)]

    def quads(self) -> Iterator[Quad]:
        """Describe everything. A quad that follows from two profiles comes twice."""
        yield from self.shared
        for profile in self.describe_profiles():
            yield from profile.quads


def read_corpus(paths: Sequence[Path], settings: Settings) -> tuple[Corpus | None, list[Finding]]:
    """Read profiles and the reference data.

    Args:
        paths: YAML files and folders; none: the project's profiles.
        settings: the base.

    Returns:
        The corpus, or None if a violation prevents describing it; and all findings.
    """
    reference, reference_findings = read_reference(data_folder("reference"))
    profiles = read_profiles(paths or [data_folder("profiles")])
    findings = [*reference_findings, *profiles.findings]
    if not violations(reference_findings):
        findings += find_collisions(profiles.loaded, reference)
    if violations(findings):
        return None, sort_findings(findings)
    return Corpus(profiles.loaded, reference, Identifiers(settings.base)), sort_findings(findings)
