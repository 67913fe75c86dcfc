"""The data model of the reference data: T Levels, routes, standards and their codes, from official registers.

The classes mirror the files of `data/reference/`. Every fact cites the official sources that state it, by their keys in
`sources.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, StrictStr

from tlevel_rdf.profiles.model import Address, Day, Key, LevelNumber, StrictModel, Text, Title
from tlevel_rdf.profiles.titles import normalise_title

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The keys of sources in `sources.yaml`.
Sources = Annotated[tuple[Key, ...], Field(min_length=1)]


class Cited(StrictModel):
    """A fact with its sources."""

    sources: Sources


class ReferenceSource(StrictModel):
    """A page or file that states facts."""

    key: Key
    title: Text
    page: Address | None = Field(None, description="The address of the source, if known.")
    dated: Day | None = Field(None, description="The date that the source gives for itself, if any.")


class SourceList(StrictModel):
    """`sources.yaml`."""

    gathered: Day = Field(description="The date on which the facts were collected from the sources.")
    sources: tuple[ReferenceSource, ...]


class Route(Cited):
    """One of the fifteen routes."""

    title: Title
    other_titles: tuple[Title, ...] = Field((), alias="other titles")


class RouteList(StrictModel):
    """`routes.yaml`."""

    routes: tuple[Route, ...]


class CitedCode(Cited):
    """A code of a register."""

    code: Text


class CitedNote(Cited):
    """A note about a change, such as the closure of a qualification."""

    note: Text


class AwardingOrganisation(Cited):
    """An organisation that awards qualifications."""

    title: Title
    ukprn: Annotated[StrictStr, Field(pattern=r"^[0-9]{8}$")] = Field(description="The UK provider number.")


class TechnicalQualification(Cited):
    """A technical qualification of a T Level, by its number on Ofqual's register. A T Level may have had several."""

    number: Text
    learning_aim: Text = Field(alias="learning aim")
    first_teaching: Day = Field(alias="first teaching")
    awarding_organisation: AwardingOrganisation = Field(alias="awarding organisation")
    notes: tuple[CitedNote, ...] = ()


class ReferenceSpecialism(Cited):
    """A specialism in the registers."""

    title: Title
    learning_aims: tuple[CitedCode, ...] = Field((), alias="learning aims")
    standard: CitedCode | None = Field(None, description="The reference of the standard of its relevant occupation.")


class ReferenceTLevel(Cited):
    """A T Level in the registers."""

    title: Title
    route: Title
    qualifications: tuple[TechnicalQualification, ...] = ()
    specialisms: tuple[ReferenceSpecialism, ...] = ()
    replaced_by: Title | None = Field(None, alias="replaced by")
    notes: tuple[CitedNote, ...] = ()


class TLevelList(StrictModel):
    """`t-levels.yaml`."""

    t_levels: tuple[ReferenceTLevel, ...] = Field(alias="t levels")


class OccupationGroup(Cited):
    """A unit group of SOC 2020."""

    code: Text
    title: Title


class GroupList(StrictModel):
    """`occupation-groups.yaml`."""

    occupation_groups: tuple[OccupationGroup, ...] = Field(alias="occupation groups")


class CitedTitle(Cited):
    """A title with its sources."""

    title: Title


class CitedLevel(Cited):
    """A level with its sources."""

    level: LevelNumber


class CitedRoute(Cited):
    """A route with its sources."""

    route: Title


class Standard(StrictModel):
    """An occupational standard."""

    title: CitedTitle
    level: CitedLevel
    occupation: Title = Field(description="The occupation of the standard, with the title that profiles use.")
    standard_reference: CitedCode = Field(alias="standard reference")
    other_titles: tuple[CitedTitle, ...] = Field((), alias="other titles")
    route: CitedRoute | None = None
    occupation_references: tuple[CitedCode, ...] = Field((), alias="occupation references")
    lars_standard_code: CitedCode | None = Field(None, alias="lars standard code")
    occupation_group: CitedCode | None = Field(None, alias="occupation group")
    replaced_by: CitedCode | None = Field(None, alias="replaced by")

    @property
    def names(self) -> Iterator[str]:
        """All titles under which a profile may list an apprenticeship or HTQ of this standard."""
        yield self.title.title
        yield self.occupation
        yield from (other.title for other in self.other_titles)


class StandardList(StrictModel):
    """`standards.yaml`."""

    standards: tuple[Standard, ...]


@dataclass(frozen=True)
class Reference:
    """The reference data of all files.

    Attributes:
        gathered: the date on which the facts were collected; None if there is no reference data.
    """

    sources: tuple[ReferenceSource, ...] = ()
    routes: tuple[Route, ...] = ()
    t_levels: tuple[ReferenceTLevel, ...] = ()
    standards: tuple[Standard, ...] = ()
    occupation_groups: tuple[OccupationGroup, ...] = ()
    gathered: Day | None = None
    _standards: dict[tuple[str, int], Standard] = field(init=False, repr=False, compare=False)
    _t_levels: dict[str, ReferenceTLevel] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        standards = {(normalise_title(name), s.level.level): s for s in self.standards for name in s.names}
        object.__setattr__(self, "_standards", standards)
        object.__setattr__(self, "_t_levels", {normalise_title(t_level.title): t_level for t_level in self.t_levels})

    def standard_for(self, title: str, level: int) -> Standard | None:
        """Return the standard at a level with that current or former title, or with an occupation of that title."""
        return self._standards.get((normalise_title(title), level))

    def t_level(self, title: str) -> ReferenceTLevel | None:
        """Return the T Level with that title, in upper or lower case."""
        return self._t_levels.get(normalise_title(title))
