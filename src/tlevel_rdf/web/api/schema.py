"""Things as plain values, for programs that know JSON and no RDF. The schemas of the API are made from these."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

#: Where something is on this site: a path, so that it holds wherever the site stands.
Path = Annotated[str, Field(json_schema_extra={"format": "uri-reference"})]
#: What identifies something, wherever it is described.
Iri = Annotated[str, Field(json_schema_extra={"format": "iri"})]


class Plain(BaseModel):
    """A value that does not change, with its keys in the order of its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Thing(Plain):
    """Something that the data knows."""

    name: str = Field(description="What it is called.")
    iri: Iri = Field(description="What identifies it.")
    page: Path = Field(description="Where this site describes it, for people and in RDF.")


class Specialism(Thing):
    """An occupational specialism of a T Level."""

    options: Path | None = Field(description="Where its options are; null if this interface cannot address it.")


class Listed(Thing):
    """A T Level in the list of all."""

    link: Path | None = Field(
        serialization_alias="self", description="Where there is more of it; null if this interface cannot address it."
    )
    options: int = Field(description="How many options its profile states; 0 if there is no profile yet.")


class Qualification(Thing):
    """A technical qualification: the part of a T Level that is awarded on its own, under a number."""

    number: str = Field(description="On Ofqual's register.")
    awarded_by: list[Thing] = Field(description="Who awards it.")
    first_taught: str | None = Field(description="A date; null if it is not known.")


class TLevel(Thing):
    """A T Level."""

    link: Path = Field(serialization_alias="self", description="Where this is.")
    level: int | None = Field(description="Of the Regulated Qualifications Framework; null if none is stated.")
    routes: list[Thing] = Field(description="The routes that it belongs to.")
    specialisms: list[Specialism] = Field(description="By name.")
    qualifications: list[Qualification] = Field(description="By number.")


class Source(Plain):
    """Where a document says something."""

    document: str = Field(description="The title of the document.")
    line: int | None = Field(description="The line, from 1; of its page, if it has pages.")
    page: int | None = Field(description="The page, from 1.")
    paragraph: int | None = Field(description="The paragraph, from 1.")
    iri: Iri = Field(description="What identifies that place.")
    described_at: Path = Field(description="Where this site describes it.")


class Identifier(Plain):
    """A code by which a register knows the occupational standard behind an option."""

    scheme: Literal["standard", "occupation", "lars"] = Field(
        description="standard: ST and four digits. occupation: OCC and four digits. lars: the LARS standard code."
    )
    value: str


class Option(Plain):
    """What a profile says may come next. Profiles give examples, and no full list."""

    kind: str = Field(description="Apprenticeship, Higher Technical Qualification, degree or occupation.")
    title: str = Field(description="The name of the next step.")
    level: int | None = Field(description="As printed; profiles print none for degrees and jobs.")
    heading: str = Field(description="Under which the profile has it: technical, education or work.")
    step: Literal["open", "bypassed"] = Field(
        description="bypassed: the learner has covered the content, and may pass the step by."
    )
    flags: list[str] = Field(description="As printed.")
    source: Source | None = Field(description="The line that says so.")
    links: list[str] = Field(description="Pages that the document links to.")
    identifiers: list[Identifier] = Field(description="Of the occupational standard behind it.")
    destination: Thing = Field(description="The next step as a thing of its own.")
    iri: Iri = Field(description="What identifies this statement.")
    page: Path = Field(description="Where this site describes this statement.")


class Options(Plain):
    """The options after a specialism, in the order of the document."""

    link: Path = Field(serialization_alias="self", description="Where this is.")
    specialism: Thing
    t_levels: list[Thing] = Field(description="Of which it is a specialism.")
    options: list[Option]


class Part(Plain):
    """Some of a list."""

    link: Path = Field(serialization_alias="self", description="Where this is.")
    limit: int = Field(description="How many entries were asked for.")
    offset: int = Field(description="How many come before these.")
    next: Path | None = Field(description="Where the next ones are; null after the last.")


class TLevels(Part):
    """T Levels by name."""

    t_levels: list[Listed]


class Way(Plain):
    """A way to an occupation."""

    t_level: Thing
    specialism: Specialism
    how: Literal["directly", "by an apprenticeship"]
    apprenticeship: Thing | None = Field(description="That trains for the occupation.")
    level: int | None = Field(description="Of the apprenticeship.")


class ReachedFrom(Part):
    """What leads to an occupation."""

    occupation: Thing
    ways: list[Way]


class Found(Thing):
    """A thing whose name was searched for."""

    kinds: list[str] = Field(description="What it is.")
    more: Path | None = Field(description="Where this interface tells more of it; null if it does not.")


class Search(Part):
    """Things by name: those that begin with the words first."""

    q: str = Field(description="What was searched for.")
    results: list[Found]


class Index(Plain):
    """What this interface has."""

    link: Path = Field(serialization_alias="self", description="Where this is.")
    title: str = Field(description="Of the data set.")
    t_levels: Path
    search: Path = Field(description="With `q`, the words to look for.")
    queries: Path = Field(description="Questions that can be run with values of one's own.")
    openapi: Path = Field(description="The description of this interface.")
    catalogue: Path = Field(description="The data set, its files and its services.")
