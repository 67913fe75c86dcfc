"""What a progression profile says, as values.

This is the shape of the YAML that people write: titles and plain words. It knows nothing of RDF. Rules about
what may be *published* are SHACL shapes; only what cannot be read at all is refused here.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import Annotated, ClassVar, Final

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    Tag,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

# The patterns are written so that pydantic (Rust), the editors' JavaScript and Python all read them alike.
#: What nobody sees, as part of a character class: controls, what ends a line, soft hyphens, zero-width spaces and
#: joiners, marks of direction, variation selectors, byte order marks and non-characters.
UNSEEN: Final = (
    r"\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff"
)
_URL_CHARACTER: Final = r"(?:[!$&'()*+,;=:@/?~._A-Za-z0-9\u00a1-\u167f-]|%[0-9A-Fa-f]{2})"

#: One line of text that neither begins nor ends with a space.
Text = Annotated[
    StrictStr,
    Field(min_length=1, max_length=300, pattern=rf"^[^\s{UNSEEN}](?:[^{UNSEEN}]*[^\s{UNSEEN}])?$"),
]
#: A sentence of a document.
Sentence = Annotated[
    StrictStr,
    Field(
        min_length=1,
        max_length=2000,
        pattern=rf"^[^\s{UNSEEN}](?:[^{UNSEEN}]*[^\s{UNSEEN}])?$",
        description="The sentence, as the document prints it.",
    ),
]
#: The title of a thing.
Title = Annotated[Text, Field(description="The title, as the document prints it.")]
#: What an identifier ends in; fixes it when a title changes.
Key = Annotated[
    StrictStr,
    Field(
        max_length=120,
        pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
        description="Lower-case words joined by hyphens.",
    ),
]
#: A level of the Regulated Qualifications Framework.
LevelNumber = Annotated[StrictInt, Field(ge=1, le=8, description="A level from 1 to 8.")]
#: A line of the source document, counted from 1.
Line = Annotated[StrictInt, Field(ge=1, description="The line of the source document, counted from 1.")]
#: A paragraph or page of the source document, counted from 1.
Paragraph = Annotated[StrictInt, Field(ge=1, description="The paragraph of a DOCX document, counted from 1.")]
PdfPage = Annotated[
    StrictInt, Field(ge=1, description="The page of a PDF, counted from 1; lines are those of the page.")
]
#: The address of a page: a URL that is an IRI (RFC 3987), with no user name and no IPv6 host.
Address = Annotated[
    StrictStr,
    Field(
        max_length=2000,
        pattern=(
            r"^https://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?"
            rf"(?:[/?]{_URL_CHARACTER}*)?(?:#{_URL_CHARACTER}*)?$"
        ),
        description="An address that begins with https://.",
    ),
]

_DAY: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def _only_a_day(value: object) -> object:
    """Keep pydantic from taking a number for the seconds since 1970."""
    if isinstance(value, str) and re.fullmatch(_DAY, value):
        return value
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    raise PydanticCustomError("date_type", "no day")


#: A day.
Day = Annotated[
    dt.date,
    BeforeValidator(_only_a_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": _DAY}),
    Field(description="A day as year-month-day, such as 2026-11-22."),
]


class Flag(StrEnum):
    """The four flags of a profile's legend."""

    ACCELERATED = "accelerated"
    NOT_APPLICABLE = "not applicable"
    IN_DEVELOPMENT = "in development"
    UNDER_REVISION = "under revision"


class Kind(StrEnum):
    """The four kinds of destination, by the key under which the YAML gives their title."""

    APPRENTICESHIP = "apprenticeship"
    HTQ = "higher technical qualification"
    DEGREE = "degree"
    OCCUPATION = "occupation"


class StrictModel(BaseModel):
    """Anything that a person writes: frozen, with no key that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", loc_by_alias=True)


class Placed(StrictModel):
    """Anything that stands somewhere in the source document, by what its format can be counted in."""

    line: Line | None = None
    paragraph: Paragraph | None = None
    pdf_page: PdfPage | None = Field(None, alias="pdf page")


class Option(Placed):
    """One option of a profile: that a specialism opens, shortens or makes unnecessary a next step."""

    kind: ClassVar[Kind]
    title: str
    flags: tuple[Flag, ...] = Field((), description="The flags printed on the option, if there are any.")
    page: Address | None = Field(None, description="The page that the document links the title to.")
    mapping: Address | None = Field(None, description="The document that maps what is left to learn.")
    key: Key | None = None

    @property
    def level_number(self) -> int | None:
        """The printed level; None where profiles print none."""
        return None

    @property
    def is_relevant(self) -> bool:
        """Whether the profile names this as the specialism's relevant occupation."""
        return False


class LevelledOption(Option):
    """An option whose level is printed."""

    level: LevelNumber

    @property
    def level_number(self) -> int | None:
        """The printed level."""
        return self.level


class ApprenticeshipOption(LevelledOption):
    """An option to take, shorten or pass by an apprenticeship."""

    kind = Kind.APPRENTICESHIP
    title: Title = Field(alias=Kind.APPRENTICESHIP.value)
    relevant: StrictBool = Field(
        default=False,
        description="true where the document calls it the relevant occupation.",
    )

    @property
    def is_relevant(self) -> bool:
        """Whether the profile names this as the specialism's relevant occupation."""
        return self.relevant


class HtqOption(LevelledOption):
    """An option to take a Higher Technical Qualification."""

    kind = Kind.HTQ
    title: Title = Field(alias=Kind.HTQ.value)


class DegreeOption(Option):
    """An option to study for a degree."""

    kind = Kind.DEGREE
    title: Title = Field(alias=Kind.DEGREE.value)


class OccupationOption(Option):
    """An option to do a job."""

    kind = Kind.OCCUPATION
    title: Title = Field(alias=Kind.OCCUPATION.value)


#: How the two kinds under one heading are named where pydantic reports a fault in one of them.
TAGS: Final = {Kind.APPRENTICESHIP: "(apprenticeship)", Kind.HTQ: "(higher technical qualification)"}


def _technical_kind(value: object) -> str | None:
    if isinstance(value, dict):
        kind = Kind.APPRENTICESHIP if Kind.APPRENTICESHIP in value else Kind.HTQ
        return TAGS[kind] if kind in value else None
    return TAGS.get(value.kind) if isinstance(value, Option) else None


TechnicalOption = Annotated[
    Annotated[ApprenticeshipOption, Tag(TAGS[Kind.APPRENTICESHIP])] | Annotated[HtqOption, Tag(TAGS[Kind.HTQ])],
    Discriminator(_technical_kind),
]


class Specialism(Placed):
    """An occupational specialism and its options, under the three headings of a profile."""

    title: Title
    key: Key | None = None
    technical: tuple[TechnicalOption, ...] = Field((), description="Apprenticeships and technical qualifications.")
    education: tuple[DegreeOption, ...] = Field((), description="Degrees.")
    work: tuple[OccupationOption, ...] = Field((), description="Jobs.")


#: The headings of a specialism in the order of a profile: its fields, and the concepts of mode.
MODES: Final = ("technical", "education", "work")


class Source(StrictModel):
    """The document that a profile was taken from."""

    document: Text = Field(description="The name of the document.")
    sha256: Annotated[StrictStr, Field(pattern=r"^[0-9a-f]{64}$", description="Its SHA-256 in hexadecimal.")]
    media_type: Annotated[StrictStr, Field(pattern=r"^[a-z]+/[a-z0-9.+-]+$")] = Field(
        "text/plain", alias="media type", description="Its media type."
    )
    section: Text | None = Field(None, description="Where in the document the profile stands.")
    issued: Day | None = Field(None, description="When the document was published, if it says so.")
    licence: Address | None = Field(None, description="The address of its licence, if it says so.")
    page: Address | None = Field(None, description="Where the document can be had.")
    key: Key | None = None


class Note(Placed):
    """A sentence of the document that is no option."""

    note: Sentence


class Profile(StrictModel):
    """A progression profile: one T Level, its specialisms and where they lead."""

    t_level: Title = Field(alias="t level", description="The T Level, without the words 'T Level in'.")
    key: Key | None = None
    source: Source
    specialisms: tuple[Specialism, ...] = Field(min_length=1)
    notes: tuple[Note, ...] = Field((), description="What the document says besides, in its own words.")
