"""Profiles and reference data as one knowledge graph, described profile by profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.description import describe
from tlevel_rdf.graph.entailment import Entailment
from tlevel_rdf.graph.vocabulary import rules
from tlevel_rdf.profiles.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tlevel_rdf.graph.compiled import CompiledReference
    from tlevel_rdf.graph.description import Description
    from tlevel_rdf.graph.identifiers import Identifiers
    from tlevel_rdf.profiles.model import Profile
    from tlevel_rdf.profiles.validation import Loaded


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
        compiled: the reference data.
        ids: mints the IRIs.

    Attributes:
        reference: the names of the reference data.
    """

    def __init__(self, profiles: Sequence[Loaded[Profile]], compiled: CompiledReference, ids: Identifiers) -> None:
        self.profiles = profiles
        self.compiled = compiled
        self.reference = compiled.index
        self.ids = ids
        self._occupations = {
            ids.standard(standard): tuple(self._for_occupation(standard, keys))
            for standard, keys in self.reference.occupations.items()
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
            if quad.predicate == terms.BASED_ON and isinstance(quad.object, NamedNode):
                yield from self._occupations.get(quad.object, ())
        yield from description.known_labels

    def quads(self) -> Iterator[Quad]:
        """Describe everything. A quad that follows from two profiles comes twice."""
        yield from self.compiled.quads
        for profile in self.describe_profiles():
            yield from profile.quads
