"""The state of T Levels, standards and their versions on a day, by the dates that registers state."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_SECTION_ITEMS
from tlevel_rdf.store.readable import readable
from tlevel_rdf.store.select import select_rows
from tlevel_rdf.web.http.problems import bad_request

if TYPE_CHECKING:
    from tlevel_rdf.web.data.description import Description
    from tlevel_rdf.web.data.site import Site

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ENDS: Final = ((terms.RETIRED_ON, "retired"), (terms.WITHDRAWN_ON, "withdrawn"))
_IN_REGISTER: Final = frozenset({terms.OCCUPATIONAL_STANDARD.value, terms.STANDARD_VERSION.value})


def read_day(text: str) -> dt.date:
    """Return the day that a request names.

    Raises:
        ProblemError: 400, the text is no day.
    """
    try:
        if _DAY.fullmatch(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise bad_request("The parameter on must be a day such as 2027-09-01.")


def state_on(site: Site, description: Description, day: dt.date) -> str:
    """Return the state of a thing on a day, in words.

    Raises:
        ProblemError: 400, the thing is of another kind.
    """
    types = description.types()
    if terms.T_LEVEL.value in types:
        return _of_t_level(site, description.iri, day.isoformat())
    if _IN_REGISTER & types:
        return _of_register(description, day.isoformat())
    raise bad_request("The parameter on is for T Levels, standards and versions of standards.")


def revisions_after(description: Description, day: dt.date | None) -> list[str]:
    """Return the days after a day from which a revised version of a standard applies."""
    return [each for each in _days(description, terms.REVISED_FROM) if day and each > day.isoformat()]


def _of_register(description: Description, day: str) -> str:
    ended = sorted((each, word) for prop, word in _ENDS for each in _days(description, prop)[:1])
    approved = _days(description, terms.APPROVED_ON)
    past = [(each, word) for each, word in ended if each <= day]
    if past:
        return f"{past[0][1]} on {in_words(past[0][0])}"
    until = f", until {in_words(ended[0][0])}" if ended else ""
    if not approved:
        return f"the data states no day of approval{until}"
    if approved[0] > day:
        return f"not approved until {in_words(approved[0])}"
    revised = [each for each in _days(description, terms.REVISED_FROM) if each <= day]
    announced = f"; a revised version was announced from {in_words(revised[-1])} on" if revised else ""
    return f"approved for delivery since {in_words(approved[0])}{until}{announced}"


def _of_t_level(site: Site, iri: str, day: str) -> str:
    query = (
        f"SELECT ?first ?last {{ ?of {terms.QUALIFICATION_OF} {NamedNode(iri)} ; {terms.FIRST_TEACHING} ?first"
        f" OPTIONAL {{ ?of {terms.LAST_ENROLMENT} ?last }} }} LIMIT {MAX_SECTION_ITEMS}"
    )
    rows = select_rows(site.store, query)
    firsts, lasts = (
        sorted(one.value for row in rows if isinstance(one := row[name], Literal)) for name in ("first", "last")
    )
    if not firsts:
        return "the data states no day of first teaching"
    if firsts[0] > day:
        return f"not taught until {in_words(firsts[0])}"
    if successors := _successors(site, iri, day):
        return f"replaced by {' and '.join(successors)}"
    # A month has no day: the whole month counts.
    if len(lasts) == len(rows) and lasts[-1] < day[: len(lasts[-1])]:
        return f"closed to new learners; the last enrolment was in {in_words(lasts[-1])}"
    return "open to new learners"


def _successors(site: Site, iri: str, day: str) -> list[str]:
    """Return the titles of the T Levels that replace another and are taught on a day."""
    query = (
        f"SELECT DISTINCT ?title {{ {NamedNode(iri)} {terms.IS_REPLACED_BY} ?next . ?next {terms.PREF_LABEL} ?title ."
        f' ?of {terms.QUALIFICATION_OF} ?next ; {terms.FIRST_TEACHING} ?first FILTER(STR(?first) <= "{day}") }}'
        f" ORDER BY ?title LIMIT {MAX_SECTION_ITEMS}"
    )
    return [one.value for row in select_rows(site.store, query) if isinstance(one := row["title"], Literal)]


def _days(description: Description, prop: NamedNode) -> list[str]:
    """Return the days that the data states for a property, the first one first."""
    values = (
        value.value for predicate, value in description.properties() if predicate == prop and isinstance(value, Literal)
    )
    return sorted({value for value in values if _DAY.fullmatch(value)})


def in_words(day: str) -> str:
    """Return a day, or a month, as people write it.

    >>> in_words("2027-09-01"), in_words("2025-09")
    ('1 September 2027', 'September 2025')
    """
    if _DAY.fullmatch(day):
        return readable(Literal(day, datatype=terms.DATE))
    try:
        return f"{dt.date.fromisoformat(f'{day}-01'):%B %Y}"
    except ValueError:
        return day
