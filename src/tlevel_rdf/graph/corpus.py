"""Profiles and reference data as one knowledge graph, described profile by profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from tlevel_rdf.findings import Finding, sort_findings, violations
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.collisions import find_collisions
from tlevel_rdf.graph.description import describe
from tlevel_rdf.graph.entailment import Entailment
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.graph.reference.describing import describe_reference
from tlevel_rdf.graph.vocabulary import describe_vocabulary, rules
from tlevel_rdf.profiles.loading import data_folder, read_profiles
from tlevel_rdf.profiles.model import Kind
from tlevel_rdf.reference.index import index
from tlevel_rdf.reference.loading import read_reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tlevel_rdf.graph.description import Description
    from tlevel_rdf.profiles.model import Profile
    from tlevel_rdf.profiles.validation import Loaded
    from tlevel_rdf.reference.index import ReferenceIndex
    from tlevel_rdf.reference.model import Reference
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
        reference: the names of the reference data.
        ids: mints the IRIs.
        shared: the vocabulary, the reference data and what follows from them.
    """

    def __init__(
        self,
        profiles: Sequence[Loaded[Profile]],
        reference: ReferenceIndex,
        ids: Identifiers,
        shared: Sequence[Quad],
    ) -> None:
        self.profiles = profiles
        self.reference = reference
        self.ids = ids
        self.shared = shared
        self._occupations = {
            ids.standard(standard): tuple(self._for_occupation(standard, keys))
            for standard, keys in reference.occupations.items()
        }
        known = [quad for quads in self._occupations.values() for quad in quads]
        self._entailment = Entailment(rules(), ids.graph("inferred")).with_background(known)

    def _for_occupation(self, standard: str, keys: Iterable[str]) -> Iterator[Quad]:
        for key in keys:
            occupation = self.ids.destination(Kind.OCCUPATION, None, key)
            yield Quad(self.ids.standard(standard), terms.FOR_OCCUPATION, occupation, self.ids.graph("reference"))

    def describe_profiles(self) -> Iterator[DescribedProfile]:
        """Describe each profile in turn, so that memory holds one description at a time."""
        for loaded in self.profiles:
            description = describe(loaded, self.reference, self.ids)
            context = tuple(self._context(description))
            yield DescribedProfile(description, self._entailment.infer(description.quads), context)

    def _context(self, description: Description) -> Iterator[Quad]:
        for quad in description.quads:
            if quad.predicate == terms.BASED_ON:
                yield from self._occupations.get(quad.object, ())
        yield from description.known_labels

    def quads(self) -> Iterator[Quad]:
        """Describe everything. A quad that follows from two profiles comes twice."""
        yield from self.shared
        for profile in self.describe_profiles():
            yield from profile.quads


def share(reference: Reference, ids: Identifiers) -> tuple[Quad, ...]:
    """Describe the vocabulary and the reference data, with what follows from them."""
    known = describe_reference(reference, ids)
    inferred = Entailment(rules(), ids.graph("inferred")).infer(known)
    return describe_vocabulary(ids.graph("vocabulary")) + known + inferred


def read_corpus(paths: Sequence[Path], settings: Settings) -> tuple[Corpus | None, list[Finding]]:
    """Read profiles and the reference data.

    Args:
        paths: YAML files and folders; none: the project's profiles.
        settings: the base.

    Returns:
        The corpus, or None if a violation prevents describing it; and all findings.
    """
    reference, reference_findings = read_reference(data_folder("reference"))
    names = index(reference)
    ids = Identifiers(settings.base)
    profiles = read_profiles(paths or [data_folder("profiles")])
    findings = [*reference_findings, *profiles.findings]
    if not violations(reference_findings):
        findings += find_collisions(profiles.loaded, names)
    if violations(findings):
        return None, sort_findings(findings)
    return Corpus(profiles.loaded, names, ids, share(reference, ids)), sort_findings(findings)
