"""What other registers say: T Levels, routes, standards and their codes, each fact with its sources.

The files of `data/reference/` in the shape that people write them. Every fact names the sources that state
it by their keys in `sources.yaml`; what no official source confirms is not here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, StrictStr

from tlevel_rdf.profiles.model import Address, Day, Key, LevelNumber, StrictModel, Text, Title
from tlevel_rdf.profiles.titles import normalise_title

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The keys of the sources that state a fact.
Sources = Annotated[tuple[Key, ...], Field(min_length=1)]


class Cited(StrictModel):
    """Something that sources state."""

    sources: Sources


class ReferenceSource(StrictModel):
    """A page or file that states facts."""

    key: Key
    title: Text
    page: Address | None = Field(None, description="Where it is; left out where no address is known.")
    dated: Day | None = Field(None, description="The day that the source itself gives, if it gives one.")


class SourceList(StrictModel):
    """`sources.yaml`."""

    gathered: Day = Field(description="The day on which the facts were gathered from these sources.")
    sources: tuple[ReferenceSource, ...]


class Route(Cited):
    """One of the fifteen routes."""

    title: Title
    other_titles: tuple[Title, ...] = Field((), alias="other titles")


class RouteList(StrictModel):
    """`routes.yaml`."""

    routes: tuple[Route, ...]


class Code(Cited):
    """A code of a register."""

    code: Text


class Note(Cited):
    """A sentence about what happened to a thing."""

    note: Text


class AwardingOrganisation(Cited):
    """Who awards a qualification."""

    title: Title
    ukprn: Annotated[StrictStr, Field(pattern=r"^[0-9]{8}$")] = Field(description="The UK provider number.")


class TechnicalQualification(Cited):
    """A numbered technical qualification within a T Level; of one name there may have been several."""

    number: Text
    learning_aim: Text = Field(alias="learning aim")
    first_teaching: Day = Field(alias="first teaching")
    awarding_organisation: AwardingOrganisation = Field(alias="awarding organisation")
    notes: tuple[Note, ...] = ()


class ReferenceSpecialism(Cited):
    """A specialism as the registers list it."""

    title: Title
    learning_aims: tuple[Code, ...] = Field((), alias="learning aims")
    standard: Code | None = Field(None, description="The standard reference of its relevant occupation.")


class ReferenceTLevel(Cited):
    """A T Level as the registers list it."""

    title: Title
    route: Title
    qualifications: tuple[TechnicalQualification, ...] = ()
    specialisms: tuple[ReferenceSpecialism, ...] = ()
    replaced_by: Title | None = Field(None, alias="replaced by")
    notes: tuple[Note, ...] = ()


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
    """A title that sources give."""

    title: Title


class CitedLevel(Cited):
    """A level that sources give."""

    level: LevelNumber


class CitedRoute(Cited):
    """A route that sources give."""

    route: Title


class Standard(StrictModel):
    """An occupational standard."""

    title: CitedTitle
    level: CitedLevel
    occupation: Title = Field(description="Its occupation, named as profiles name it.")
    standard_reference: Code = Field(alias="standard reference")
    other_titles: tuple[CitedTitle, ...] = Field((), alias="other titles")
    route: CitedRoute | None = None
    occupation_references: tuple[Code, ...] = Field((), alias="occupation references")
    lars_standard_code: Code | None = Field(None, alias="lars standard code")
    occupation_group: Code | None = Field(None, alias="occupation group")
    replaced_by: Code | None = Field(None, alias="replaced by")

    @property
    def names(self) -> Iterator[str]:
        """Every title by which a profile may name an apprenticeship or HTQ to this standard."""
        yield self.title.title
        yield self.occupation
        yield from (other.title for other in self.other_titles)


class StandardList(StrictModel):
    """`standards.yaml`."""

    standards: tuple[Standard, ...]


@dataclass(frozen=True)
class Reference:
    """The reference data, read and joined.

    Attributes:
        gathered: the day on which the facts were gathered; None if there are none.
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
        """The standard of that title, present, former or of its occupation, at that level."""
        return self._standards.get((normalise_title(title), level))

    def t_level(self, title: str) -> ReferenceTLevel | None:
        """The T Level of that title, whatever its capitals."""
        return self._t_levels.get(normalise_title(title))
