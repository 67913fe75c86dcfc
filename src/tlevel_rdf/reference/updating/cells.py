"""Values of a download as cells of our tables, with a finding for each value that says nothing or cannot be read.

The downloads write "none" in several ways: an empty cell, `TBC`, the code `0`, the level 0 and the first day of the
year 1. Their days are year-month-day or day-month-year, with or without a time.
"""

from __future__ import annotations

import datetime as dt
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.limits import MAX_FINDINGS, MAX_LINE_CHARACTERS, MAX_QUOTED_CHARACTERS
from tlevel_rdf.profiles.model import UNSEEN
from tlevel_rdf.profiles.titles import normalise_title
from tlevel_rdf.reference.statuses import STATUSES

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOTHING: Final = frozenset({"", "tbc", "n/a", "none"})
_UNSEEN: Final = re.compile(f"[{UNSEEN}]")
_ISO_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T[0-9:.]+(?:Z|[+-][0-9:]+)?)?")
_BRITISH_DAY: Final = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})")
#: The year that the downloads write for "no day".
_NO_YEAR: Final = 1
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WRITTEN_DAY: Final = re.compile(
    r"(?:[a-z]+day,? )?([0-9]{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3})[a-z]*,? ([0-9]{4}|[0-9]{2})", re.IGNORECASE
)
_SHORT_DAY: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{2}|[0-9]{4})")


@dataclass
class Findings:
    """Collects the findings of a file, up to a limit for each severity."""

    kept: list[Finding] = field(default_factory=list)
    dropped: int = 0

    def add(self, finding: Finding) -> None:
        """Keep a finding, or count it if there are many."""
        if sum(each.severity is finding.severity for each in self.kept) < MAX_FINDINGS:
            self.kept.append(finding)
        else:
            self.dropped += 1


@dataclass(frozen=True)
class Record(ABC):
    """A record of a download.

    Attributes:
        values: the names of its fields → their values.
        file: the file.
        number: the number of the line, or of the record in JSON, from 1.
        findings: receives the findings.
    """

    values: Mapping[str, object]
    file: str
    number: int
    findings: Findings

    @property
    @abstractmethod
    def place(self) -> str:
        """The place of the record, for messages about another one."""

    @abstractmethod
    def report(
        self, code: Code, message: str, hint: str, name: str = "", severity: Severity = Severity.WARNING
    ) -> None:
        """Report a finding about a field, or about the whole record."""

    def text(self, name: str) -> str:
        """Return a line of text."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, bool | list | dict):
            self._leave_out(name, "Text was expected.")
            return ""
        text = str(value).strip()
        if "\n" in text or "\r" in text:
            self.report(Code.BAD_VALUE, f"{name!r} has a line break.", "It is read as a space.", name)
        seen = _UNSEEN.sub("", " ".join(text.split()))
        if len(seen) < len(" ".join(text.split())):
            self.report(Code.BAD_VALUE, f"{name!r} has invisible characters.", "They are left out.", name)
        if len(seen) > MAX_LINE_CHARACTERS:
            self._leave_out(name, f"At most {MAX_LINE_CHARACTERS} characters are allowed.")
            return ""
        return " ".join(seen.split())

    def code(self, name: str, pattern: str) -> str:
        """Return a code that has a pattern, in capitals; empty if it has another form, which is reported."""
        code = self.text(name).upper()
        if re.fullmatch(pattern, code):
            return code
        message = f"{name!r} cannot be {_quote(code)}."
        self.report(Code.BAD_VALUE, message, "The record is left out. Check that the file is undamaged.", name)
        return ""

    def day(self, name: str) -> str:
        """Return a day as year-month-day."""
        text = self.text(name)
        if text.lower() in _NOTHING:
            return ""
        parts: tuple[str, ...] = ()
        if found := _ISO_DAY.fullmatch(text):
            parts = found.groups()
        elif found := _BRITISH_DAY.fullmatch(text):
            parts = found.groups()[::-1]
        try:
            day = dt.date(*map(int, parts))
        except (ValueError, TypeError):
            self._leave_out(name, "A day is year-month-day or day-month-year.")
            return ""
        return "" if day.year == _NO_YEAR else day.isoformat()

    def level(self, name: str) -> str:
        """Return a level from 1 to 8."""
        text = self.text(name)
        if text.lower() in _NOTHING:
            return ""
        if text in {"1", "2", "3", "4", "5", "6", "7", "8"}:
            return text
        self._leave_out(name, "Levels run from 1 to 8.")
        return ""

    def number_code(self, name: str) -> str:
        """Return a code of digits; 0 stands for none."""
        text = self.text(name)
        if text.lower() in _NOTHING or text == "0":
            return ""
        if text.isascii() and text.isdigit():
            return text
        self._leave_out(name, "A code has digits only.")
        return ""

    def version(self, name: str) -> str:
        """Return the number of a version."""
        text = self.text(name)
        if text.lower() in _NOTHING:
            return ""
        if re.fullmatch(r"[0-9]{1,3}\.[0-9]{1,3}", text):
            return text
        self._leave_out(name, "A version is two numbers with a dot, such as 1.2.")
        return ""

    def status(self, name: str) -> str:
        """Return a status as the registers print it."""
        text = self.text(name)
        if not text or text in STATUSES:
            return text
        self._leave_out(name, f"The statuses are {', '.join(STATUSES)}.")
        return ""

    def routes(self, name: str, keys: Mapping[str, str]) -> str:
        """Return the keys of the routes of which a field has the titles, between semicolons."""
        found = []
        for title in filter(None, (part.strip() for part in self.text(name).split(";"))):
            if key := keys.get(normalise_title(title)):
                found.append(key)
            else:
                message = f"The route {_quote(title)} is unknown."
                hint = "If it is new, add it to areas.csv, with its source. If not, correct the row of the download."
                self.report(Code.UNKNOWN_REFERENCE, message, hint, name, Severity.VIOLATION)
        return "|".join(found)

    def _leave_out(self, name: str, hint: str) -> None:
        message = f"{name!r} cannot be {_quote(self.values.get(name))}; it is left out."
        self.report(Code.BAD_VALUE, message, hint, name)


def written_day(text: str) -> str:
    """Return a day that is written in words, as year-month-day; empty if it is not one day.

    >>> written_day("Wednesday 13th Jan 27"), written_day("14 August 2026"), written_day("Monday 30th November")
    ('2027-01-13', '2026-08-14', '')
    """
    if found := _WRITTEN_DAY.fullmatch(text.strip()):
        day, month, year = found[1], found[2].lower(), found[3]
        number = _MONTHS.index(month) + 1 if month in _MONTHS else 0
    elif found := _SHORT_DAY.fullmatch(text.strip()):
        day, number, year = found[1], int(found[2]), found[3]
    else:
        return ""
    try:
        return dt.date(int(year) + (2000 if len(year) == 2 else 0), number, int(day)).isoformat()
    except ValueError:
        return ""


def _quote(value: object) -> str:
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    return repr(value)[: MAX_QUOTED_CHARACTERS + 2]
