"""The JSON objects of the API, for programs that do not use RDF.

The OpenAPI document publishes these models: their fields, their docstrings and the descriptions of their fields.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, SerializationInfo


def _add_root_path(path: str, info: SerializationInfo) -> str:
    """Return a path of the site as a client sees it, where the site is mounted under another path."""
    return f"{(info.context or {}).get('root_path', '')}{path}"


#: A path on this site, which holds at any address of the site.
SitePath = Annotated[
    str, PlainSerializer(_add_root_path, when_used="json"), Field(json_schema_extra={"format": "uri-reference"})
]
#: An IRI, which identifies a thing on any site.
Iri = Annotated[str, Field(json_schema_extra={"format": "iri"})]


class ApiModel(BaseModel):
    """An immutable JSON object, with its keys in the order of the fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ThingResource(ApiModel):
    """A thing that the data describes."""

    name: str = Field(description="Name of the thing.")
    iri: Iri = Field(description="IRI that identifies the thing.")
    page: SitePath = Field(description="Path of the page about the thing, also available as RDF.")


class StateResource(ApiModel):
    """The state of a thing on a day, by the dates that registers state."""

    in_force: bool | None = Field(
        description="True if learners can enrol on the T Level, or if the standard is approved for delivery; null if"
        " the data does not say."
    )
    text: str = Field(description="The state in words.")


class StateOfThing(StateResource, ThingResource):
    """A thing that has a code, with its state on a day."""


#: The day of a response.
_Day = Annotated[str | None, Field(description="Day that the parameter on names; null without it.")]
_State = Annotated[StateResource | None, Field(description="State on that day; null without the parameter on.")]


class SpecialismResource(ThingResource):
    """An occupational specialism of a T Level."""

    options: SitePath | None = Field(description="Path of its options in this API; null if there is none.")


class TLevelListItem(ThingResource):
    """A T Level in the list of all T Levels."""

    link: SitePath | None = Field(
        serialization_alias="self", description="Path of the T Level in this API; null if there is none."
    )
    options: int = Field(description="Number of options in its profile; 0 if there is no profile yet.")
    state: _State


class QualificationResource(ThingResource):
    """A technical qualification, which is part of a T Level."""

    number: str = Field(description="Number on Ofqual's register of qualifications.")
    awarded_by: list[ThingResource] = Field(description="Awarding organisations.")
    first_taught: str | None = Field(description="Date of first teaching; null if it is not known.")


class TLevelResource(ThingResource):
    """A T Level."""

    link: SitePath = Field(serialization_alias="self", description="Path of this object.")
    level: int | None = Field(
        description="Level in the Regulated Qualifications Framework; null if the data states none."
    )
    routes: list[ThingResource] = Field(description="Routes that include the T Level.")
    specialisms: list[SpecialismResource] = Field(description="Occupational specialisms, sorted by name.")
    qualifications: list[QualificationResource] = Field(description="Technical qualifications, sorted by number.")
    on: _Day
    state: _State


class SourceLocation(ApiModel):
    """The place in a document that states an option."""

    document: str = Field(description="Title of the document.")
    line: int | None = Field(description="Line, counted from 1; within the page if the document has pages.")
    page: int | None = Field(description="Page, counted from 1.")
    paragraph: int | None = Field(description="Paragraph, counted from 1.")
    iri: Iri = Field(description="IRI that identifies this place.")
    described_at: SitePath = Field(description="Path of the page about this place.")


class RegisterCode(ApiModel):
    """A code in a public register for the occupational standard behind an option."""

    scheme: Literal["standard", "occupation", "lars"] = Field(
        description="standard: ST and four digits. occupation: OCC and four digits. lars: LARS standard code."
    )
    value: str = Field(description="The code.")


class OptionResource(ApiModel):
    """A next step that a profile names. Profiles give examples, not a complete list."""

    kind: str = Field(description="Apprenticeship, Higher Technical Qualification, degree or occupation.")
    title: str = Field(description="Name of the next step.")
    level: int | None = Field(description="Level as printed; null for degrees and jobs, which have none in profiles.")
    heading: str = Field(description="Heading of the profile that lists the option: technical, education or work.")
    step: Literal["open", "bypassed"] = Field(
        description="open: the learner can take this step."
        " bypassed: the learner has covered its content and may bypass it."
    )
    flags: list[str] = Field(description="Flags as printed.")
    source: SourceLocation | None = Field(description="Place that states the option; null if the data names none.")
    links: list[str] = Field(description="Web pages that the document links to.")
    identifiers: list[RegisterCode] = Field(description="Codes of the occupational standard behind the option.")
    destination: ThingResource = Field(description="The next step as a thing of its own.")
    iri: Iri = Field(description="IRI that identifies the option.")
    page: SitePath = Field(description="Path of the page about the option.")


class OptionList(ApiModel):
    """The options after a specialism, in the order of the document."""

    link: SitePath = Field(serialization_alias="self", description="Path of this object.")
    specialism: ThingResource = Field(description="The specialism.")
    t_levels: list[ThingResource] = Field(description="T Levels that include the specialism.")
    options: list[OptionResource] = Field(description="Options in the order of the document.")


class ListPart(ApiModel):
    """A part of a list."""

    link: SitePath = Field(serialization_alias="self", description="Path of this part of the list.")
    limit: int = Field(description="Maximum number of entries in this part.")
    offset: int = Field(description="Number of entries before this part.")
    next: SitePath | None = Field(description="Path of the next part; null if this is the last.")


class TLevelList(ListPart):
    """T Levels, sorted by name."""

    on: _Day
    t_levels: list[TLevelListItem] = Field(description="T Levels, sorted by name.")


class Pathway(ApiModel):
    """A way from a specialism to an occupation."""

    t_level: ThingResource = Field(description="T Level that includes the specialism.")
    specialism: SpecialismResource = Field(description="The specialism.")
    how: Literal["directly", "by an apprenticeship"] = Field(
        description="directly: the profile names the occupation. by an apprenticeship: the profile names an"
        " apprenticeship that trains for it."
    )
    apprenticeship: ThingResource | None = Field(description="The apprenticeship; null if the way is direct.")
    level: int | None = Field(description="Level of the apprenticeship; null if the way is direct.")


class PathwayList(ListPart):
    """The ways to an occupation."""

    occupation: ThingResource = Field(description="The occupation.")
    ways: list[Pathway] = Field(description="Ways to the occupation.")


class Suggestion(ThingResource):
    """A thing that a search finds."""

    kind: str | None = Field(description="Name of its most telling class; null if it has none.")
    level: int | None = Field(description="Its level; null if the data states none.")


class SuggestionList(ApiModel):
    """The best results of a search that is still being written."""

    q: str = Field(description="The search text.")
    read_as: str | None = Field(description="Words searched for in place of those sent; null if there are none.")
    suggestions: list[Suggestion] = Field(description="The things, the best match first.")


class SearchResult(Suggestion):
    """A result of a search."""

    kinds: list[str] = Field(description="Names of its classes, the most telling first.")
    codes: list[str] = Field(description="Its codes in public registers.")
    other_names: list[str] = Field(description="Its former and other names.")
    t_levels: list[ThingResource] = Field(description="T Levels that it belongs to or follows from.")
    more: SitePath | None = Field(description="Path of the thing in this API; null if there is none.")


class SearchResultList(ListPart):
    """Results of the search of the site: by names old and new and by codes, also with typing errors."""

    q: str = Field(description="The search text.")
    read_as: str | None = Field(description="Words searched for in place of those sent; null if there are none.")
    total: int = Field(description="Number of all results.")
    results: list[SearchResult] = Field(description="Results, the best match first.")


class StatementResource(ApiModel):
    """A statement of the data, with names for its IRIs."""

    thing: str = Field(description="Name of the thing.")
    thing_iri: Iri = Field(description="IRI of the thing.")
    property: str = Field(description="Name of the property.")
    property_iri: Iri = Field(description="IRI of the property.")
    value: str = Field(description="The value as people read it, or the name of the thing that is the value.")
    value_iri: Iri | None = Field(description="IRI of the thing that is the value; null for a text, number or date.")
    language: str | None = Field(description="Language of a text; null if none is stated.")
    stated_in: list[str] = Field(description="Names of the named graphs that hold the statement.")


class StatementList(ApiModel):
    """The statements about a thing, then those that refer to it."""

    thing: ThingResource = Field(description="The thing.")
    omitted: int = Field(description="Number of statements that refer to the thing and are left out here.")
    statements: list[StatementResource] = Field(description="The statements.")


class CodeStatement(ApiModel):
    """A thing that has a code, as a source states it."""

    thing: ThingResource = Field(description="The thing.")
    source: ThingResource = Field(description="The source.")
    valid_from: str | None = Field(description="Date of its approval or first teaching, or null.")
    valid_until: str | None = Field(description="Date on which it ended, or of the last enrolment, or null.")
    replaced_by: ThingResource | None = Field(description="The thing that replaces it; null if there is none.")


class CodeResource(ApiModel):
    """A code of a public register."""

    scheme: str = Field(description="Key of the scheme.")
    scheme_title: str = Field(description="Name of the scheme.")
    code: str = Field(description="The code.")
    statements: list[CodeStatement] = Field(description="What has the code, by source.")
    others: list[tuple[str, str, SitePath]] = Field(
        description="Further codes of the same things: the name of the scheme, the code, and the path of its page."
    )
    occupations: list[ThingResource] = Field(description="Occupations of a unit group of SOC 2020; else empty.")
    on: _Day
    states: list[StateOfThing] = Field(
        description="State of each thing that has the code on that day; empty without the parameter on."
    )


class UnknownValue(ApiModel):
    """A value of a parameter that the data does not have."""

    parameter: str = Field(description="Name of the parameter.")
    value: str = Field(description="The value.")
    near: list[str] = Field(description="Nearest values of the data, the best first.")


class JobWay(ApiModel):
    """A way from a T Level to a job."""

    job: ThingResource = Field(description="The job or occupation.")
    reference: str | None = Field(description="Its reference on the occupational map; null if it has none.")
    t_level: ThingResource = Field(description="The T Level.")
    specialism: ThingResource | None = Field(description="The specialism; null if the whole T Level leads to the job.")
    how: Literal["stated", "by an apprenticeship", "mapped"] = Field(
        description="stated: a profile, or a page about the T Level, names the job. by an apprenticeship: the profile"
        " names an apprenticeship that trains for it. mapped: the occupational map lists the specialism under it."
    )
    named_as: ThingResource | None = Field(
        description="The job that the source names, if it is another one, linked to this occupation; else null."
    )
    apprenticeship: ThingResource | None = Field(description="The apprenticeship; null if there is none on the way.")
    level: int | None = Field(description="Level of the apprenticeship; null if there is none.")
    source: ThingResource | None = Field(description="Place that states the option; null for mapped.")


class JobWayList(ApiModel):
    """The T Levels that lead to jobs."""

    job: str = Field(description="The words or the code.")
    unknown: list[UnknownValue] = Field(description="Values that the data does not have.")
    ways: list[JobWay] = Field(description="The ways, by job.")


class ComparedStep(ApiModel):
    """A next step after one of two specialisms."""

    step: ThingResource = Field(description="The next step.")
    kind: str = Field(description="Apprenticeship, Higher Technical Qualification, degree or occupation.")
    level: int | None = Field(description="Its level; null if the profile prints none.")
    after_first: bool = Field(description="True if the profile names it after the first specialism.")
    after_second: bool = Field(description="True if the profile names it after the second specialism.")


class Comparison(ApiModel):
    """The next steps after two specialisms."""

    first: str = Field(description="Name of the first specialism.")
    second: str = Field(description="Name of the second specialism.")
    unknown: list[UnknownValue] = Field(description="Values that the data does not have.")
    steps: list[ComparedStep] = Field(description="The steps, by level.")


class ShortStep(ApiModel):
    """A step that a learner may bypass or shorten, as a profile prints."""

    step: ThingResource = Field(description="The step.")
    kind: str = Field(description="Apprenticeship, Higher Technical Qualification, degree or occupation.")
    level: int | None = Field(description="Its level; null if the profile prints none.")
    t_level: ThingResource = Field(description="The T Level.")
    specialism: ThingResource = Field(description="The specialism.")
    effect: Literal["bypass", "shorten"] = Field(
        description="bypass: printed as not applicable. shorten: printed as accelerated."
    )
    mapping_document: str | None = Field(description="Address of the document about what is left to learn, or null.")
    source: ThingResource | None = Field(description="Place that states the step; null if the data names none.")


class ShortStepList(ApiModel):
    """The steps that a learner may bypass or shorten."""

    t_level: str | None = Field(description="Name of the only T Level; null for all.")
    unknown: list[UnknownValue] = Field(description="Values that the data does not have.")
    steps: list[ShortStep] = Field(description="The steps, by T Level and specialism.")


class OpenTLevel(ApiModel):
    """A T Level with the dates that registers state."""

    t_level: ThingResource = Field(description="The T Level.")
    route: ThingResource | None = Field(description="Its route; null if it has none.")
    first_teaching: str = Field(description="Date of the first teaching of a technical qualification.")
    last_enrolment: str | None = Field(description="Date of the last enrolment; null if the registers state none.")


class OpenTLevelList(ApiModel):
    """The T Levels on which learners can enrol in a year."""

    year: int = Field(description="The year.")
    unknown: list[UnknownValue] = Field(description="Values that the data does not have.")
    t_levels: list[OpenTLevel] = Field(description="The T Levels, by name.")


class Prefix(ApiModel):
    """A prefix that shortens IRIs in queries."""

    prefix: str = Field(description="The prefix, without the colon.")
    iri: Iri = Field(description="The beginning of the IRIs.")


class TermResource(ApiModel):
    """A class or a property of the data."""

    name: str = Field(description="Name of the term.")
    iri: Iri = Field(description="IRI that identifies the term.")
    kind: Literal["class", "property"] = Field(
        description="class: a type of things. property: a predicate of statements."
    )
    term: str = Field(description="The term as a query has it: with a prefix, or as an IRI in angle brackets.")
    uses: int = Field(description="Number of things of the class, or of statements with the property.")


class TermList(ListPart):
    """The classes and properties of the data."""

    prefixes: list[Prefix] = Field(description="The prefixes of the terms.")
    terms: list[TermResource] = Field(description="Classes and properties, those with most uses first.")


class ApiIndex(ApiModel):
    """The entry points of the API."""

    link: SitePath = Field(serialization_alias="self", description="Path of this object.")
    title: str = Field(description="Title of the data set.")
    t_levels: SitePath = Field(description="Path of the list of T Levels.")
    search: SitePath = Field(description="Path of the search, which needs the parameter `q`: the text to search for.")
    suggestions: SitePath = Field(description="Path of suggestions for an unfinished `q`.")
    queries: SitePath = Field(description="Path of the example queries, which take values as parameters.")
    openapi: SitePath = Field(description="Path of the OpenAPI document.")
    catalogue: SitePath = Field(description="Path of the catalogue: the data set, its files and its services.")
    terms: SitePath = Field(description="Path of the list of classes and properties, for writing queries.")
