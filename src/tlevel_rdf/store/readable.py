"""Values as people read them: yes and no, days and times of the calendar."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from tlevel_rdf.graph.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import Literal

_ZONE: Final = re.compile(r"(Z|[+-]\d\d:\d\d)\Z")
_UTC: Final = frozenset({"Z", "+00:00", "-00:00"})


def readable(literal: Literal) -> str:
    """Return a literal as people read it; a form that its datatype does not have stays as it is.

    >>> from pyoxigraph import Literal, NamedNode
    >>> readable(Literal("2026-11-30", datatype=NamedNode(f"{XSD}date"))), readable(Literal(True))
    ('30 November 2026', 'yes')
    """
    form = _FORMS.get(literal.datatype.value)
    try:
        return form(literal.value) if form else literal.value
    except (KeyError, ValueError):
        return literal.value


def is_time(literal: Literal) -> bool:
    """Return True for a day or time, the lexical form of which HTML's `time` takes."""
    return literal.datatype.value in _TIMES and readable(literal) != literal.value


def has_readable_form(datatype: str) -> bool:
    """Return True for a datatype of which the text alone shows what a value means."""
    return datatype in _FORMS


def _boolean(text: str) -> str:
    return {"true": "yes", "1": "yes", "false": "no", "0": "no"}[text.strip()]


def _date(text: str) -> str:
    day, zone = _without_zone(text)
    return f"{_day(dt.date.fromisoformat(day))}{zone}"


def _date_time(text: str) -> str:
    moment, zone = _without_zone(text)
    read = dt.datetime.fromisoformat(moment)
    time = read.isoformat(timespec="auto").partition("T")[2]
    return f"{_day(read.date())}, {time.removesuffix(':00')}{zone}"


def _month(text: str) -> str:
    month, zone = _without_zone(text)
    read = dt.date.fromisoformat(f"{month}-01")
    return f"{read:%B} {read.year}{zone}"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _without_zone(text: str) -> tuple[str, str]:
    found = _ZONE.search(text[10:]) if len(text) > 10 else None
    if not found:
        return text, ""
    return text[: -len(found[1])], " UTC" if found[1] in _UTC else f" (UTC{found[1]})"


#: How each datatype is written for people.
_FORMS: Final[dict[str, Callable[[str], str]]] = {
    f"{XSD}boolean": _boolean,
    f"{XSD}date": _date,
    f"{XSD}dateTime": _date_time,
    f"{XSD}dateTimeStamp": _date_time,
    f"{XSD}gYearMonth": _month,
    f"{XSD}anyURI": str.strip,
    f"{XSD}gYear": str,
    f"{XSD}integer": str,
    f"{XSD}string": str,
}
_TIMES: Final = frozenset(f"{XSD}{name}" for name in ("date", "dateTime", "dateTimeStamp", "gYearMonth"))
