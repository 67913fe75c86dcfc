"""The state of T Levels, standards and their versions on a day, by the dates that registers state."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_SECTION_ITEMS
from tlevel_rdf.store.readable import readable
from tlevel_rdf.store.select import select_rows, values_blocks
from tlevel_rdf.web.data.description import describe
from tlevel_rdf.web.http.problems import bad_request

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tlevel_rdf.store.base import Term
    from tlevel_rdf.web.data.description import Description
    from tlevel_rdf.web.data.site import Site

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ENDS: Final = ((terms.RETIRED_ON, "retired"), (terms.WITHDRAWN_ON, "withdrawn"))
_IN_REGISTER: Final = frozenset({terms.OCCUPATIONAL_STANDARD.value, terms.STANDARD_VERSION.value})


class State(NamedTuple):
    """The state of a thing on a day.

    Attributes:
        text: the state in words.
        in_force: True if learners can enrol on the T Level, or if the standard is approved for delivery; None if the
            data does not say.
    """

    text: str
    in_force: bool | None


def read_days(given: Sequence[str]) -> dt.date | None:
    """Return the day that a request names with the parameter `on`, or None.

    Raises:
        ProblemError: 400, it is no day, or there are two.
    """
    if len(given) > 1:
        raise bad_request("The address may name one day only.")
    return read_day(given[0]) if given else None


def read_day(text: str) -> dt.date:
    """Return a day.

    Raises:
        ProblemError: 400, the text is no day.
    """
    try:
        if _DAY.fullmatch(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise bad_request("The parameter on must be a day such as 2027-09-01.")


def state_on(site: Site, description: Description, day: dt.date) -> State:
    """Return the state of a thing on a day.

    Raises:
        ProblemError: 400, the thing is of another kind.
    """
    types = description.types
    if terms.T_LEVEL.value in types:
        return states_of_t_levels(site, [description.iri], day)[description.iri]
    if _IN_REGISTER & types:
        return _of_register(description, day.isoformat())
    raise bad_request("The parameter on is for T Levels, standards and versions of standards.")


def states_of_things(site: Site, iris: Sequence[str], day: dt.date) -> dict[str, State]:
    """Return the states of those of some things that have one.

    Raises:
        ProblemError: 400, all are of other kinds.
    """
    descriptions = {iri: describe(site.store, iri, site.fragments) for iri in iris}
    having = {iri: one for iri, one in descriptions.items() if (_IN_REGISTER | {terms.T_LEVEL.value}) & one.types}
    return {iri: state_on(site, one, day) for iri, one in (having or descriptions).items()}


def with_day(path: str, day: dt.date | None) -> str:
    """Return a path with the parameter `on`, if there is a day.

    >>> with_day("/doc/x", None), with_day("/doc/x?version=1", dt.date(2027, 9, 1))
    ('/doc/x', '/doc/x?version=1&on=2027-09-01')
    """
    return f"{path}{'&' if '?' in path else '?'}on={day}" if day else path


def revisions_after(description: Description, day: dt.date | None) -> list[str]:
    """Return the days after a day from which a revised version of a standard applies."""
    return [each for each in _days(description, terms.REVISED_FROM) if day and each > day.isoformat()]


def _of_register(description: Description, day: str) -> State:
    ended = sorted((each, word) for prop, word in _ENDS for each in _days(description, prop)[:1])
    approved = _days(description, terms.APPROVED_ON)
    past = [(each, word) for each, word in ended if each <= day]
    if past:
        return State(f"{past[0][1]} on {in_words(past[0][0])}", in_force=False)
    until = f", until {in_words(ended[0][0])}" if ended else ""
    if not approved:
        return State(f"the data states no day of approval{until}", in_force=None)
    if approved[0] > day:
        return State(f"not approved until {in_words(approved[0])}", in_force=False)
    revised = [each for each in _days(description, terms.REVISED_FROM) if each <= day]
    announced = f"; a revised version was announced from {in_words(revised[-1])} on" if revised else ""
    return State(f"approved for delivery since {in_words(approved[0])}{until}{announced}", in_force=True)


def states_of_t_levels(site: Site, iris: Collection[str], day: dt.date) -> dict[str, State]:
    """Return the state of each of some T Levels on a day, by their IRIs."""
    rows: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for block in values_blocks(iris):
        query = (
            f"SELECT ?of ?t ?first ?last {{ VALUES ?t {{ {block} }} ?of {terms.QUALIFICATION_OF} ?t ;"
            f" {terms.FIRST_TEACHING} ?first OPTIONAL {{ ?of {terms.LAST_ENROLMENT} ?last }} }}"
        )
        for row in select_rows(site.store, f"{query} LIMIT {MAX_SECTION_ITEMS * len(iris)}"):
            rows[_text(row["t"])].append((_text(row["first"]), _text(row["last"])))
    successors = _successors(site, iris, day.isoformat())
    return {iri: _of_t_level(rows[iri], successors[iri], day.isoformat()) for iri in iris}


def _of_t_level(rows: Sequence[tuple[str, str]], successors: Sequence[str], day: str) -> State:
    """Return the state of a T Level.

    Args:
        rows: the first teaching of each qualification, and its last enrolment if there is one.
        successors: the titles of the T Levels that replace it and are taught on that day.
        day: the day.
    """
    if not rows:
        return State("the data states no day of first teaching", in_force=None)
    first = min(first for first, _ in rows)
    if first > day:
        return State(f"not taught until {in_words(first)}", in_force=False)
    if successors:
        return State(f"replaced by {' and '.join(successors)}", in_force=False)
    last = max(last for _, last in rows)
    # A month has no day: the whole month counts.
    if all(last for _, last in rows) and last < day[: len(last)]:
        return State(f"closed to new learners; the last enrolment was in {in_words(last)}", in_force=False)
    return State("open to new learners", in_force=True)


def _successors(site: Site, iris: Collection[str], day: str) -> dict[str, list[str]]:
    """Return the titles of the T Levels that replace others and are taught on a day, by the IRIs of the others."""
    found: dict[str, list[str]] = defaultdict(list)
    for block in values_blocks(iris):
        query = (
            f"SELECT DISTINCT ?t ?title {{ VALUES ?t {{ {block} }} ?t {terms.IS_REPLACED_BY} ?next ."
            f" ?next {terms.PREF_LABEL} ?title . ?of {terms.QUALIFICATION_OF} ?next ; {terms.FIRST_TEACHING} ?first"
            f' FILTER(STR(?first) <= "{day}") }} ORDER BY ?title LIMIT {MAX_SECTION_ITEMS * len(iris)}'
        )
        for row in select_rows(site.store, query):
            found[_text(row["t"])].append(_text(row["title"]))
    return found


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _days(description: Description, prop: NamedNode) -> list[str]:
    """Return the days that the data states for a property, the first one first."""
    values = (
        value.value for predicate, value in description.properties if predicate == prop and isinstance(value, Literal)
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
