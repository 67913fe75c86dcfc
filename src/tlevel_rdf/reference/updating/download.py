"""Official downloads: their kinds, and the rows that they state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tlevel_rdf.findings import Finding, Severity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from tlevel_rdf.codes import Code

#: The cells of a row without its source: name of the column → text; an empty text says nothing.
Cells = dict[str, str]
#: The values that tell a row from others of the same source, such as a reference and a version.
Key = tuple[str, ...]


class DownloadError(Exception):
    """A download that cannot be used, with its findings."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(map(str, findings)))
        self.findings = findings


def refuse(code: Code, message: str, hint: str, file: str, *place: int | None) -> DownloadError:
    """Make the error of a download with one fault."""
    line, column = place or (None, None)
    return DownloadError([Finding(code, Severity.VIOLATION, message, file, line, column, hint=hint)])


@dataclass(frozen=True)
class DownloadKind:
    """A kind of download.

    Attributes:
        series: the beginning of the keys of its sources. Downloads of one series supersede each other.
        key: the key of a source of this kind, with `{day}`.
        title: the title of a source of this kind, with `{day}`.
        page: the page that offers it.
        attribution: the attribution that its licence requires.
    """

    series: str
    key: str
    title: str
    page: str
    attribution: str


REGISTER_TABLE: Final = DownloadKind(
    "register-",
    "register-{day}",
    "Skills England: download of apprenticeship standards of {day}",
    "https://skillsengland.education.gov.uk/apprenticeships/",
    "Crown copyright",
)
REGISTER_LIST: Final = DownloadKind(
    "register-",
    "register-versions-{day}",
    "Skills England: list of apprenticeship standards and their versions of {day}",
    "https://skillsengland.education.gov.uk/api/apprenticeshipstandards",
    "Crown copyright",
)
OCCUPATIONAL_MAP: Final = DownloadKind(
    "occupational-maps-",
    "occupational-maps-{day}",
    "Skills England: occupational maps, answers of the public API of {day}",
    "https://occupational-maps.skillsengland.education.gov.uk/public-api/",
    "© Skills England 2025, https://occupational-maps.skillsengland.education.gov.uk/public-api/",
)


@dataclass(frozen=True)
class Statement:
    """A row that a download gives for a table.

    Attributes:
        cells: its cells.
        columns: the columns about which the download makes a statement. An empty cell of another column says nothing.
        place: the place of the record, for messages.
    """

    cells: Cells
    columns: frozenset[str]
    place: str


@dataclass
class Download:
    """The statements of one or more files of a kind and day.

    Attributes:
        kind: the kind of the files.
        dated: the day that the files describe.
        is_dated: True if the files give that day themselves.
        files: the name of each file → its SHA-256.
        statements: the name of each table → its rows.
        covered: the names of tables with the groups that the files list completely, such as all occupations of a route.
        findings: the findings about values.
    """

    kind: DownloadKind
    dated: dt.date
    is_dated: bool
    files: dict[str, str] = field(default_factory=dict)
    statements: dict[str, dict[Key, Statement]] = field(default_factory=dict)
    covered: set[tuple[str, str]] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    @property
    def source(self) -> str:
        """The key of the source in `sources.csv`."""
        return self.kind.key.format(day=self.dated.isoformat())

    def state(self, table: str, key: Key, statement: Statement) -> Statement | None:
        """Add a row.

        Returns:
            The earlier row with that key, if there is one. It stays.
        """
        return_value = self.statements.setdefault(table, {}).setdefault(key, statement)
        return None if return_value is statement else return_value


def group_of(table: str, cells: Mapping[str, str]) -> str:
    """Return the group of a row: its part of a table that a download lists whole or not at all."""
    column = _GROUPS.get(table, "")
    return cells.get(column, "")


_GROUPS: Final = {"standards": "kind", "occupations": "route", "occupation_products": "occupation"}
