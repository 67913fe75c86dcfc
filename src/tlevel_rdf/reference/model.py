"""The data model of the reference data: the rows of its tables, and the file of T Levels.

A row is what one source states about one thing, so a thing has a row for each source. An empty cell says nothing.
`data/reference/README.md` describes the tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BeforeValidator, ConfigDict, Field, StrictStr

from tlevel_rdf.profiles.model import Address, Day, Key, StrictModel, Text, Title
from tlevel_rdf.reference.statuses import STATUSES

if TYPE_CHECKING:
    from tlevel_rdf.reference.links import MappingSet

#: The keys of sources in `sources.csv`.
Sources = Annotated[tuple[Key, ...], Field(min_length=1)]


def _to_number(cell: object) -> object:
    return int(cell) if isinstance(cell, str) and cell.isascii() and cell.isdigit() and len(cell) < 10 else cell


def _split(cell: object) -> object:
    return tuple(part.strip() for part in cell.split("|")) if isinstance(cell, str) else cell


Level = Annotated[int, BeforeValidator(_to_number), Field(strict=True, ge=1, le=8)]
Number = Annotated[int, BeforeValidator(_to_number), Field(strict=True, ge=1)]
Count = Annotated[int, BeforeValidator(_to_number), Field(strict=True, ge=0)]
#: Several values in a cell, separated by `|`.
Titles = Annotated[tuple[Text, ...], BeforeValidator(_split)]
Keys = Annotated[tuple[Key, ...], BeforeValidator(_split)]
#: The reference of a standard, a foundation apprenticeship or an apprenticeship unit.
StandardReference = Annotated[StrictStr, Field(pattern=r"^(?:ST|FA|AU)[0-9]{4}$")]
#: The reference of an occupation, or of one option within it, on the occupational map.
OccupationReference = Annotated[StrictStr, Field(pattern=r"^OCC[0-9]{4}[A-Z]?$")]
#: The last part of an address on the National Careers Service. Two have brackets or an apostrophe.
CareersSlug = Annotated[StrictStr, Field(pattern=r"^[a-z0-9()'-]{1,120}$")]
ProductCode = Annotated[StrictStr, Field(pattern=r"^[A-Za-z0-9]{1,20}$")]
VersionNumber = Annotated[StrictStr, Field(pattern=r"^[0-9]{1,3}\.[0-9]{1,3}$")]


def _check_status(cell: object) -> object:
    if cell not in STATUSES:
        raise ValueError(cell)
    return cell


Status = Annotated[StrictStr, BeforeValidator(_check_status)]


class Row(StrictModel):
    """A row of a table. The names of its columns have spaces where those of its fields have underscores."""

    model_config = ConfigDict(alias_generator=lambda name: name.replace("_", " "))


class Stated(Row):
    """A row with its source."""

    source: Key


class Source(Row):
    """A page or file that states facts (`sources.csv`).

    Attributes:
        dated: the date that the source gives for itself.
        gathered: the date on which the facts were copied from it.
    """

    key: Key
    title: Text
    page: Address | None = None
    dated: Day | None = None
    gathered: Day
    licence: Annotated[StrictStr, Field(pattern=r"^https?://[!-~]+$")] | None = None
    attribution: Text | None = None


class Area(Stated):
    """A route, pathway or cluster of the occupational map, with a title that a source prints (`areas.csv`)."""

    kind: Annotated[StrictStr, Field(pattern="^(?:route|pathway|cluster)$")]
    key: Key
    title: Text
    within: Key | None = None


#: The kind of area that areas of a kind are within.
WIDER_AREAS: Final = {"pathway": "route", "cluster": "pathway"}


class Standard(Stated):
    """An occupational standard, as one source describes it (`standards.csv`)."""

    reference: StandardReference
    title: Text | None = None
    kind: Annotated[StrictStr, Field(pattern="^(?:apprenticeship|foundation apprenticeship|apprenticeship unit)$")]
    level: Level | None = None
    route: Keys = ()
    version: VersionNumber | None = None
    status: Status | None = None
    approved: Day | None = None
    retired: Day | None = None
    withdrawn: Day | None = None
    lars_code: Text | None = None
    revised_from: Day | None = None
    revised_from_text: Text | None = None


class StandardVersion(Stated):
    """A version of a standard (`standard-versions.csv`)."""

    reference: StandardReference
    version: VersionNumber
    title: Text | None = None
    status: Status | None = None
    approved: Day | None = None
    retired: Day | None = None
    withdrawn: Day | None = None
    lars_code: Text | None = None
    level: Level | None = None


class StandardTitle(Stated):
    """Another title of a standard, such as a former one (`standard-titles.csv`)."""

    reference: StandardReference
    title: Text


class Occupation(Stated):
    """An occupation of the occupational map (`occupations.csv`)."""

    reference: OccupationReference
    title: Text
    level: Level | None = None
    route: Key | None = None
    pathway: Key | None = None
    cluster: Key | None = None
    soc_2020: Text | None = None
    status: Status | None = None
    version: VersionNumber | None = None
    updated: Day | None = None
    typical_job_titles: Titles = ()


class Product(Stated):
    """A qualification that the occupational map lists (`products.csv`)."""

    code: ProductCode
    title: Text
    kind: Annotated[StrictStr, Field(pattern="^(?:higher technical qualification|technical qualification|t level)$")]
    level: Level | None = None
    note: Text | None = None


class OccupationProduct(Stated):
    """A standard or product that the map lists under an occupation (`occupation-products.csv`)."""

    occupation: OccupationReference
    product: ProductCode


class TLevelProduct(Stated):
    """The T Level, and the specialism if it is one, of a product of the map (`t-level-products.csv`)."""

    product: ProductCode
    t_level: Title
    specialism: Title | None = None


class MapEdge(Stated):
    """A directed step of the official progression map (`map-edges.csv`)."""

    from_: Annotated[OccupationReference, Field(alias="from")]
    to: OccupationReference


class ShownTogether(Stated):
    """An occupation that the progression map shows beside another, without direction (`shown-together.csv`)."""

    occupation: OccupationReference
    shown_with: OccupationReference


class OccupationGroup(Stated):
    """A unit group of SOC 2020 (`soc-2020.csv`)."""

    code: Annotated[StrictStr, Field(pattern="^[1-9][0-9]{3}$")]
    title: Text


class JobRole(Stated):
    """A job that the department's page about a T Level names (`job-roles.csv`).

    Attributes:
        careers_slug: the last part of the address of the job on the National Careers Service.
        line: the line of the page's source, from 1.
    """

    t_level: Title
    title: Text
    careers_slug: CareersSlug
    line: Number


class Update(Stated):
    """An update of the tables from official downloads (`updates.csv`).

    Attributes:
        files: the names of the downloads.
        sha_256: the SHA-256 of each file.
        new: the number of rows about new things; the others likewise.
        reason: the reason that a person gave for accepting an unusual number of changes.
    """

    date: Day
    files: Titles
    sha_256: Titles
    new: Count
    changed: Count
    completed: Count
    gone: Count
    reason: Text | None = None


class Cited(StrictModel):
    """A fact of `t-levels.yaml` with its sources."""

    sources: Sources


class CitedCode(Cited):
    """A code of a register."""

    code: Text


class CitedTitle(Cited):
    """A title of a thing."""

    title: Title


class CitedNote(Cited):
    """A note about a change, such as the closure of a qualification."""

    note: Text


class CitedMonth(Cited):
    """A month, for a date without a day."""

    month: Annotated[StrictStr, Field(pattern="^20[0-9]{2}-(?:0[1-9]|1[0-2])$")]


class LearningAim(CitedCode):
    """A learning aim of a specialism.

    Attributes:
        qualification: the number of the technical qualification that it belongs to.
    """

    qualification: Text | None = None


class AwardingOrganisation(Cited):
    """An organisation that awards qualifications."""

    title: Title
    ukprn: Annotated[StrictStr, Field(pattern=r"^[0-9]{8}$")] = Field(description="The UK provider number.")


class TechnicalQualification(Cited):
    """A technical qualification of a T Level, by its number on Ofqual's register. A T Level may have had several."""

    number: Text
    learning_aim: Text = Field(alias="learning aim")
    first_teaching: Day = Field(alias="first teaching")
    last_enrolment: CitedMonth | None = Field(None, alias="last enrolment")
    framework_code: CitedCode | None = Field(None, alias="framework code")
    awarding_organisation: AwardingOrganisation = Field(alias="awarding organisation")
    notes: tuple[CitedNote, ...] = ()


class ReferenceSpecialism(Cited):
    """A specialism in the registers."""

    title: Title
    learning_aims: tuple[LearningAim, ...] = Field((), alias="learning aims")


class ReferenceTLevel(Cited):
    """A T Level in the registers."""

    title: Title
    route: Key
    qualifications: tuple[TechnicalQualification, ...] = ()
    specialisms: tuple[ReferenceSpecialism, ...] = ()
    replaced_by: Title | None = Field(None, alias="replaced by")
    partly_replaced_by: tuple[CitedTitle, ...] = Field((), alias="partly replaced by")
    notes: tuple[CitedNote, ...] = ()


class TLevelList(StrictModel):
    """`t-levels.yaml`."""

    t_levels: tuple[ReferenceTLevel, ...] = Field(alias="t levels")


@dataclass(frozen=True)
class Reference:
    """The reference data: the rows of each table, and the T Levels."""

    sources: tuple[Source, ...] = ()
    areas: tuple[Area, ...] = ()
    t_levels: tuple[ReferenceTLevel, ...] = ()
    standards: tuple[Standard, ...] = ()
    standard_versions: tuple[StandardVersion, ...] = ()
    standard_titles: tuple[StandardTitle, ...] = ()
    occupation_groups: tuple[OccupationGroup, ...] = ()
    occupations: tuple[Occupation, ...] = ()
    products: tuple[Product, ...] = ()
    occupation_products: tuple[OccupationProduct, ...] = ()
    t_level_products: tuple[TLevelProduct, ...] = ()
    map_edges: tuple[MapEdge, ...] = ()
    shown_together: tuple[ShownTogether, ...] = ()
    job_roles: tuple[JobRole, ...] = ()
    updates: tuple[Update, ...] = ()
    links: tuple[MappingSet, ...] = ()
