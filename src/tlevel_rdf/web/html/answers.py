"""The pages that answer what people ask: a form, and the answer in tables whose cells are links."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlencode, urlsplit

from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_PAGE_ROWS
from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.web.data.facts import specialisms_of, t_levels
from tlevel_rdf.web.data.labels import Labels
from tlevel_rdf.web.html.query_in_browser import browser_data
from tlevel_rdf.web.html.rendering import readable_day, render, tables_of
from tlevel_rdf.web.html.view_models import TermView

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from tlevel_rdf.store.known_values import UnknownValue
    from tlevel_rdf.web.data.answers import Answer, ComparedStep, JobWay, OpenTLevel, ShortStep
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.data.things import Thing
    from tlevel_rdf.web.http.problems import Problem

    #: The parts of a cell of a table, in their order.
    Cell = Sequence[TermView]


class Question(NamedTuple):
    """A question that a page answers.

    Attributes:
        path: the path of the page.
        title: the question, in plain English.
        lead: what the page does.
        notes: what the answer does not say.
        query: the name of the example query about the same.
    """

    path: str
    title: str
    lead: str
    notes: tuple[str, ...]
    query: str


WAYS_TO_JOB: Final = Question(
    "/questions/ways-to-a-job",
    "Which T Levels lead to a job?",
    "Give a job title, or a part of one. You can also give the last part of the address of a National Careers Service"
    " job profile, or a code of SOC 2020.",
    (
        "A profile gives examples of next steps, not a complete list.",
        "The occupational map lists specialisms under occupations. It does not say that a specialism leads to a job.",
    ),
    "t-levels-for-job",
)
COMPARE: Final = Question(
    "/questions/compare-specialisms",
    "How do two specialisms compare?",
    "Choose two specialisms to see which next steps the profiles name after each.",
    (
        "A profile gives examples of next steps, not a complete list: a step that is not named may still be open.",
        "Steps that may be bypassed are left out, as the learner has covered their content.",
    ),
    "compare-specialisms",
)
SHORTEN: Final = Question(
    "/questions/steps-to-bypass-or-shorten",
    "Which steps can I bypass or shorten?",
    "A profile prints “not applicable” beside an apprenticeship whose content the learner has covered and may bypass,"
    " and “accelerated” beside one that may be shortened, because prior learning is recognised.",
    ("This is what the profiles print. Ask the training provider about your own case.",),
    "shortened-steps",
)
OPEN: Final = Question(
    "/questions/open-t-levels",
    "Which T Levels can I still enrol on?",
    "Give the year in which you want to start.",
    (
        "A T Level is listed from the year in which it is first taught to the year of its last enrolment.",
        "A T Level that another one had replaced by then is left out.",
        "The dates are those that registers state. They do not say which colleges and schools have places.",
    ),
    "t-levels-open-in-a-year",
)
QUESTIONS: Final = (WAYS_TO_JOB, COMPARE, SHORTEN, OPEN)
#: The year of `/api/questions/open-t-levels` without a year.
DEFAULT_YEAR: Final = 2026
_CHOOSE: Final = "Choose a specialism"
#: The questions about a thing: its class, the question, the words of the link, and the parameter that takes its name.
_ABOUT: Final = (
    (terms.T_LEVEL, SHORTEN, "Which steps after this T Level can I bypass or shorten?", "t-level"),
    (terms.OCCUPATIONAL_SPECIALISM, COMPARE, "How does this specialism compare with another?", "first"),
    (terms.OCCUPATION, WAYS_TO_JOB, "Which T Levels lead to this job, and to those with similar titles?", "job"),
)


def questions_about(types: Collection[str], name: str, *, has_options: bool) -> list[TermView]:
    """Return links to the questions about a thing.

    Args:
        types: the IRIs of its classes.
        name: of the thing.
        has_options: True if a profile lists next steps after it. Without, there is nothing to compare or to bypass.
    """
    return [
        TermView(words, f"{question.path}?{urlencode({parameter: name})}")
        for class_, question, words, parameter in _ABOUT
        if class_.value in types and (has_options or question is WAYS_TO_JOB)
    ]


@dataclass(frozen=True)
class Field:
    """A field of the form.

    Attributes:
        name: of the parameter.
        label: its words.
        hint: an example of a value; empty if a list has all values.
        value: that the client sent.
        groups: the values of a list, under the heading of each group; empty for a text field.
        empty: what an empty value of a list means.
        suggestions: the path of suggestions for a text field; empty if there are none.
    """

    name: str
    label: str
    value: str
    hint: str = ""
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    empty: str = ""
    suggestions: str = ""


class Table(NamedTuple):
    """A table of an answer: its heading, the names of its columns, and its rows."""

    heading: TermView
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


@dataclass(frozen=True)
class AnswerView:
    """An answer on its page.

    Attributes:
        summary: the answer in a sentence; empty before the client asked.
        tables: the answer.
        to_try: what may help if there is no answer.
    """

    summary: str = ""
    tables: tuple[Table, ...] = ()
    to_try: tuple[Cell, ...] = ()


def answer_page(
    site: Site, question: Question, fields: Sequence[Field], view: AnswerView, *, problem: Problem | None = None
) -> bytes:
    """Return the page of a question.

    Args:
        site: the site.
        question: the question.
        fields: of the form.
        view: the answer.
        problem: the problem with a value.
    """
    values = {field.name: field.value for field in fields if field.value not in {"", str(DEFAULT_YEAR)}}
    parameters = f"?{urlencode(values)}" if values else ""
    return render(
        site,
        "answer.html",
        question.title,
        question=question,
        fields=fields,
        view=view,
        problem=problem,
        runs_queries=browser_data(site) is not None,
        others=[TermView(one.title, one.path) for one in QUESTIONS if one is not question],
        data=tables_of(f"/api{question.path}", parameters) if view.summary else (),
    )


def job_fields(job: str) -> tuple[Field, ...]:
    """Return the form for a job."""
    hint = "For example: optician, software developer, 3211"
    return (Field("job", "Job title or code", job, hint, suggestions="/api/suggestions?kind=Occupation"),)


def view_job(job: str, answer: Answer[JobWay]) -> AnswerView:
    """Return the ways to each job."""
    shown = answer.rows[:MAX_PAGE_ROWS]
    tables = tuple(
        Table(
            TermView(f"{of.name} ({reference})" if reference else of.name, of.page),
            ("T Level", "Specialism", "How", "Source"),
            [([_link(way.t_level)], _links(way.specialism), _how(way), _links(way.source)) for way in ways],
        )
        for (of, reference), ways in groupby(shown, key=lambda way: (way.job, way.reference))
    )
    if not tables:
        try_these = [_again(WAYS_TO_JOB, answer.unknown, job=job), [TermView("Try fewer or other words.")]]
        search = [TermView("Or "), TermView(f"search all things for “{job}”", f"/search?{urlencode({'q': job})}")]
        summary = f"No T Level in this data leads to a job with “{job}” in its title."
        return AnswerView(summary, to_try=(*filter(None, try_these), search))
    number = len({way.job for way in answer.rows})
    return AnswerView(f"{number} job{'s' * (number > 1)} found for “{job}”.", tables)


def _how(way: JobWay) -> Cell:
    if way.how == "mapped":
        return [TermView("listed under this occupation by the occupational map")]
    if way.apprenticeship:
        link = TermView(f"{way.apprenticeship.name}{_at_level(way.level)}", way.apprenticeship.page)
        return [TermView("by the apprenticeship "), link]
    if way.named_as:
        return [TermView("named as "), _link(way.named_as), TermView(", which is linked to this occupation")]
    return [TermView("named directly")]


def compare_fields(site: Site, first: str, second: str) -> tuple[Field, ...]:
    """Return the form for two specialisms."""
    groups = _specialisms(site)
    return (
        Field("first", "First specialism", _as_listed(first, groups), "", groups, _CHOOSE),
        Field("second", "Second specialism", _as_listed(second, groups), "", groups, _CHOOSE),
    )


def _as_listed(value: str, groups: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Return a value as a list has it, whatever its case; unchanged if the list does not have it."""
    same = (one for _, values in groups for one in values if one.casefold() == value.casefold())
    return next(same, value)


def _specialisms(site: Site) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = {t_level: specialisms_of(site, t_level) for t_level in t_levels(site)}
    labels = Labels(
        site.base, labels_and_types(site.store, {*found, *(one for each in found.values() for one in each)})
    )
    return tuple((labels.of(iri), tuple(sorted(map(labels.of, each)))) for iri, each in found.items() if each)


def view_comparison(first: str, second: str, answer: Answer[ComparedStep]) -> AnswerView:
    """Return the steps after two specialisms."""
    rows = [
        (
            [_link(step.step)],
            [TermView(step.kind)],
            [TermView(_level(step.level))],
            [TermView("named" if step.after_first else "not named")],
            [TermView("named" if step.after_second else "not named")],
        )
        for step in answer.rows
    ]
    columns = ("Next step", "Kind", "Level", f"After {first}", f"After {second}")
    if answer.unknown:
        return AnswerView(
            "The data does not have both specialisms.",
            to_try=tuple(_again(COMPARE, [one], first=first, second=second) for one in answer.unknown),
        )
    if not rows:
        summary = f"No profile here lists next steps after {first} or {second}."
        return AnswerView(summary, to_try=([TermView("Try specialisms of another T Level.")],))
    both = sum(step.after_first and step.after_second for step in answer.rows)
    summary = f"{_count(len(rows), 'next step')}, {both or 'none'} of them after both."
    for name, has_steps in (
        (first, any(step.after_first for step in answer.rows)),
        (second, any(step.after_second for step in answer.rows)),
    ):
        summary += "" if has_steps else f" No profile here lists next steps after {name}."
    return AnswerView(summary, (Table(TermView("Next steps"), columns, rows),))


def t_level_fields(site: Site, t_level: str) -> tuple[Field, ...]:
    """Return the form for a T Level, or for all of them."""
    iris = t_levels(site)
    labels = Labels(site.base, labels_and_types(site.store, iris))
    groups = (("", tuple(map(labels.of, iris))),)
    return (Field("t-level", "T Level", _as_listed(t_level, groups), "", groups, "All T Levels"),)


#: What a profile prints beside a step that a learner may bypass or shorten.
_EFFECTS: Final = {
    "bypass": "may be bypassed (printed as not applicable)",
    "shorten": "may be shortened (printed as accelerated)",
}


def view_short_steps(t_level: str, answer: Answer[ShortStep]) -> AnswerView:
    """Return the steps that a learner may bypass or shorten."""
    rows = [
        (
            [TermView(f"{step.step.name}, {step.kind.lower()}{_at_level(step.level)}", step.step.page)],
            [TermView(_EFFECTS[step.effect]), *_document(step.mapping_document)],
            [_link(step.t_level)],
            [_link(step.specialism)],
            _links(step.source),
        )
        for step in answer.rows
    ]
    if answer.unknown:
        try_these = tuple(_again(SHORTEN, [one], **{"t-level": t_level}) for one in answer.unknown)
        return AnswerView(f"The data has no T Level “{t_level}”.", to_try=try_these)
    after = f" after the T Level in {t_level}" if t_level else ""
    if not rows:
        every = [TermView("See the steps "), TermView("after all T Levels", f"{SHORTEN.path}?t-level=")]
        return AnswerView(f"No profile here says that a step{after} may be bypassed or shortened.", to_try=(every,))
    columns = ("Step", "What the profile says", "T Level", "Specialism", "Source")
    return AnswerView(f"{_count(len(rows), 'step')}{after}.", (Table(TermView("Steps"), columns, rows),))


def year_fields(year: str) -> tuple[Field, ...]:
    """Return the form for a year."""
    return (Field("year", "Year", year, "For example: 2026"),)


def view_open(year: int, answer: Answer[OpenTLevel]) -> AnswerView:
    """Return the T Levels that are open in a year."""
    rows = [
        (
            [_link(one.t_level)],
            _links(one.route),
            [TermView(readable_day(one.first_teaching))],
            [TermView(readable_day(one.last_enrolment))],
        )
        for one in answer.rows
    ]
    if not rows:
        summary = f"The registers name no T Level that is open in {year}."
        return AnswerView(summary, to_try=([TermView("Try a later year.")],))
    columns = ("T Level", "Route", "First taught", "Last enrolment")
    return AnswerView(f"{_count(len(rows), 'T Level')} in {year}.", (Table(TermView("T Levels"), columns, rows),))


def _again(question: Question, unknown: Iterable[UnknownValue], **values: str) -> Cell:
    """Return links that ask again with each of the nearest values."""
    cell: list[TermView] = []
    for one in unknown:
        name = one.parameter.replace("_", "-")
        near = [TermView(f"“{value}”", f"{question.path}?{urlencode(values | {name: value})}") for value in one.near]
        cell.append(TermView(f"“{one.value}” is not in the data."))
        if near:
            cell[-1] = TermView(f"“{one.value}” is not in the data. Did you mean ")
            cell += [each for link in near for each in (link, TermView(" or "))][:-1]
            cell.append(TermView("?"))
    return cell


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'s' if number != 1 else ''}"


def _level(level: int | None) -> str:
    return "not stated" if level is None else str(level)


def _at_level(level: int | None) -> str:
    return "" if level is None else f" at level {level}"


def _link(thing: Thing) -> TermView:
    return TermView(thing.name, thing.page)


def _links(thing: Thing | None) -> Cell:
    return [_link(thing)] if thing else []


def _document(address: str | None) -> Cell:
    if not address:
        return []
    return [TermView(". "), TermView(f"Mapping document ({urlsplit(address).netloc or address})", address)]
