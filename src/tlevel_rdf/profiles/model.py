"""The data model of a progression profile: the contents of the YAML files that people write.

The model holds titles and plain words, and knows no RDF. It refuses only what cannot be read. The rules about what
may be published are SHACL shapes. The descriptions of the fields appear in editors, through the JSON Schema.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Annotated, ClassVar, Final

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

from tlevel_rdf.limits import (
    MAX_ADDRESS_CHARACTERS,
    MAX_LINE_CHARACTERS,
    MAX_NOTE_CHARACTERS,
    MAX_QUOTED_TEXT_CHARACTERS,
    MAX_SLUG_CHARACTERS,
)
from tlevel_rdf.profiles.kinds import MODES, Flag, Kind, Readiness, Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

# The patterns mean the same in pydantic (Rust), in editors (JavaScript) and in Python.
#: Invisible characters, as part of a character class: controls, line ends, soft hyphens, zero-width spaces and joiners,
#: direction marks, variation selectors, byte order marks and non-characters.
UNSEEN: Final = (
    r"\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff"
)
_URL_CHARACTER: Final = r"(?:[!$&'()*+,;=:@/?~._A-Za-z0-9\u00a1-\u167f-]|%[0-9A-Fa-f]{2})"
_TEXT_PATTERN: Final = rf"^[^\s{UNSEEN}](?:[^{UNSEEN}]*[^\s{UNSEEN}])?$"

#: One line of text, without spaces at its ends.
Text = Annotated[StrictStr, Field(min_length=1, max_length=MAX_LINE_CHARACTERS, pattern=_TEXT_PATTERN)]
#: A sentence of a document.
Sentence = Annotated[
    StrictStr,
    Field(
        min_length=1,
        max_length=MAX_NOTE_CHARACTERS,
        pattern=_TEXT_PATTERN,
        description="The sentence, exactly as printed in the document.",
    ),
]
#: The words of a place in a document, which can be a whole paragraph.
QuotedText = Annotated[
    StrictStr,
    Field(
        min_length=1,
        max_length=MAX_QUOTED_TEXT_CHARACTERS,
        pattern=_TEXT_PATTERN,
        description="The words, as a reader sees them.",
    ),
]
#: The title of a thing.
Title = Annotated[Text, Field(description="The title, exactly as printed in the document.")]
#: The last part of an identifier, which stays the same if the title changes.
Key = Annotated[
    StrictStr,
    Field(
        max_length=MAX_SLUG_CHARACTERS,
        pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
        description=(
            "The last part of the identifier: lower-case words joined by hyphens. Give a key to keep an identifier "
            "when a title changes, or to tell apart two things whose titles would give the same identifier."
        ),
    ),
]
#: The title of a thing before it was renamed.
FormerTitle = Annotated[
    Text,
    Field(
        description=(
            "The title before a rename. The identifier stays that of the former title, unless there is a key, and the "
            "former title stays as another name."
        ),
    ),
]
#: A level of the Regulated Qualifications Framework.
LevelNumber = Annotated[StrictInt, Field(ge=1, le=8, description="The level, from 1 to 8.")]
Line = Annotated[
    StrictInt, Field(ge=1, description="The line in the source document, or on the page of a PDF, counted from 1.")
]
Paragraph = Annotated[StrictInt, Field(ge=1, description="The paragraph in a DOCX document, counted from 1.")]
PdfPage = Annotated[StrictInt, Field(ge=1, description="The page of a PDF, counted from 1.")]
#: A URL that is an IRI (RFC 3987), without a user name and without an IPv6 host.
Address = Annotated[
    StrictStr,
    Field(
        max_length=MAX_ADDRESS_CHARACTERS,
        pattern=(
            r"^https://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?"
            rf"(?:[/?]{_URL_CHARACTER}*)?(?:#{_URL_CHARACTER}*)?$"
        ),
        description="An address that begins with https://.",
    ),
]

_DAY: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def _check_day(value: object) -> object:
    """Refuse everything but days; pydantic would read a number as the seconds since 1970."""
    if isinstance(value, str) and re.fullmatch(_DAY, value):
        return value
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    raise PydanticCustomError("date_type", "not a day")


Day = Annotated[
    dt.date,
    BeforeValidator(_check_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": _DAY}),
    Field(description="A date as year-month-day, such as 2026-11-22."),
]


class StrictModel(BaseModel):
    """A part of a YAML file, which cannot be changed and has no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", loc_by_alias=True)


class Placed(StrictModel):
    """A part of a profile that has a place in the source document, counted in the units of its format."""

    line: Line | None = None
    paragraph: Paragraph | None = None
    pdf_page: PdfPage | None = Field(None, alias="pdf page")


class Option(Placed):
    """A next step that a specialism opens, shortens or makes unnecessary."""

    kind: ClassVar[Kind]
    title: str
    flags: tuple[Flag, ...] = Field((), description="The flags printed on the option, if any.")
    wording: Wording | None = Field(
        None,
        description=(
            "How strongly the document speaks of the option: stated, or an example of what a list may or could include."
        ),
    )
    readiness: Readiness | None = Field(
        None, description="When the document says that a learner can take the step, if it says so of this option."
    )
    page: Address | None = Field(None, description="The page that the title links to in the document.")
    mapping: Address | None = Field(
        None, description="The address of the document that shows what remains to be learned."
    )
    key: Key | None = None
    formerly: FormerTitle | None = None
    printed: Title | None = Field(
        None, description="The title as the document prints it, where a reviewer has corrected the title."
    )

    @property
    def level_number(self) -> int | None:
        """The printed level; None for the kinds that have none in profiles."""
        return None

    @property
    def is_relevant(self) -> bool:
        """True if the profile calls this the relevant occupation of the specialism."""
        return False


class LevelledOption(Option):
    """An option with a printed level."""

    level: LevelNumber

    @property
    def level_number(self) -> int | None:
        """The printed level."""
        return self.level


class ApprenticeshipOption(LevelledOption):
    """An apprenticeship to take, shorten or skip."""

    kind = Kind.APPRENTICESHIP
    title: Title = Field(alias=Kind.APPRENTICESHIP.value)
    relevant: StrictBool = Field(
        default=False, description="true if the document calls this the relevant occupation of the specialism."
    )

    @property
    def is_relevant(self) -> bool:
        """True if the profile calls this the relevant occupation of the specialism."""
        return self.relevant


class HtqOption(LevelledOption):
    """A Higher Technical Qualification to take."""

    kind = Kind.HTQ
    title: Title = Field(alias=Kind.HTQ.value)


class DegreeOption(Option):
    """A degree to study for."""

    kind = Kind.DEGREE
    title: Title = Field(alias=Kind.DEGREE.value)


class OccupationOption(Option):
    """A job to do."""

    kind = Kind.OCCUPATION
    title: Title = Field(alias=Kind.OCCUPATION.value)


#: The names by which pydantic reports an error in one of the two kinds of technical option.
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
    """An occupational specialism with its options, under the three headings of a profile."""

    title: Title
    key: Key | None = None
    formerly: FormerTitle | None = None
    printed: Title | None = Field(
        None, description="The title as the document prints it, where a reviewer has corrected the title."
    )
    technical: tuple[TechnicalOption, ...] = Field(
        (), description="Apprenticeships and Higher Technical Qualifications, in the order of the document."
    )
    education: tuple[DegreeOption, ...] = Field((), description="Degrees, in the order of the document.")
    work: tuple[OccupationOption, ...] = Field((), description="Jobs, in the order of the document.")

    def options(self) -> Iterator[tuple[str, int, Option]]:
        """Yield each option with its mode and its index under that heading."""
        for mode in MODES:
            for number, option in enumerate(getattr(self, mode)):
                yield mode, number, option


class Source(StrictModel):
    """The document that a profile was taken from."""

    document: Text = Field(description="The name of the document.")
    sha256: Annotated[
        StrictStr,
        Field(
            pattern=r"^[0-9a-f]{64}$", description="The SHA-256 of the document: 64 characters, as sha256sum prints."
        ),
    ]
    media_type: Annotated[StrictStr, Field(pattern=r"^[a-z]+/[a-z0-9.+-]+$")] = Field(
        "text/plain", alias="media type", description="The media type of the document, such as application/pdf."
    )
    section: Text | None = Field(None, description="The part of the document that contains the profile.")
    issued: Day | None = Field(None, description="The date of publication, if the document gives one.")
    licence: Address | None = Field(None, description="The address of the licence, if the document gives one.")
    page: Address | None = Field(None, description="The address of the document, or of the page that links to it.")
    key: Key | None = None


class Note(Placed):
    """A sentence of the document that describes no option."""

    note: Sentence


class QuotedLine(Placed):
    """The words of a line of the document, or of another place in it, that an entry of the file names."""

    text: QuotedText


class Profile(StrictModel):
    """A progression profile: one T Level, its occupational specialisms, and the options after each of them."""

    t_level: Title = Field(alias="t level", description="The title of the T Level, without the words 'T Level in'.")
    key: Key | None = None
    source: Source
    specialisms: tuple[Specialism, ...] = Field(
        min_length=1, description="The occupational specialisms, in the order of the document."
    )
    notes: tuple[Note, ...] = Field(
        (), description="Other sentences of the document, exactly as printed and in the order of the document."
    )
    lines: tuple[QuotedLine, ...] = Field(
        (), description="The words of each line that an entry above names. The import writes them; do not edit them."
    )
