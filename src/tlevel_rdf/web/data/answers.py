"""Answers to four things that people ask, as rows: from the example queries, with the IRIs behind their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, Literal, TypeVar

from pyoxigraph import NamedNode

from tlevel_rdf.errors import SettingError
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.labels import natural_key
from tlevel_rdf.limits import MAX_NEAR_VALUES, MAX_PARAMETER_VALUES
from tlevel_rdf.profiles.kinds import Flag
from tlevel_rdf.store.example_queries import example_query
from tlevel_rdf.store.known_values import UnknownValue, resolve_values
from tlevel_rdf.store.select import select_rows
from tlevel_rdf.web.data.facts import first, flagged_specialisms, level_of, options_after, properties_of, t_levels_of
from tlevel_rdf.web.data.things import Thing, Things
from tlevel_rdf.web.http.problems import bad_request

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tlevel_rdf.store.example_queries import ExampleQuery
    from tlevel_rdf.web.data.facts import OptionFacts
    from tlevel_rdf.web.data.site import Site

Row = TypeVar("Row")

_PROJECTION: Final = re.compile(r"^SELECT DISTINCT ", re.MULTILINE)
_OCCUPATION: Final = "Occupation"


@dataclass(frozen=True)
class JobWay:
    """A way to a job.

    Attributes:
        job: the job or occupation.
        reference: the reference of the occupation on the occupational map; None if it has none.
        t_level: the T Level that leads to it.
        specialism: the specialism that leads to it; None if the whole T Level does.
        how: "stated" if a profile or a page about the T Level names the job; "by an apprenticeship" if a profile names
            an apprenticeship that trains for it; "mapped" if the occupational map lists the specialism under it.
        named_as: the job that the profile or page names, if it is another one, linked to this occupation.
        apprenticeship: the apprenticeship that trains for it.
        level: the level of the apprenticeship.
        source: the place that states the option; None for "mapped".
    """

    job: Thing
    reference: str | None
    t_level: Thing
    specialism: Thing | None
    how: Literal["stated", "by an apprenticeship", "mapped"]
    named_as: Thing | None
    apprenticeship: Thing | None
    level: int | None
    source: Thing | None


@dataclass(frozen=True)
class ComparedStep:
    """A next step after one of two specialisms, and after which of them a profile names it."""

    step: Thing
    kind: str
    level: int | None
    after_first: bool
    after_second: bool


@dataclass(frozen=True)
class ShortStep:
    """A step that a learner may bypass or shorten, as the profile prints.

    Attributes:
        step: the apprenticeship or other step.
        kind: what it is.
        level: its level.
        t_level: the T Level.
        specialism: the specialism after which the profile names the step.
        effect: "bypass" if the profile prints that the step is not applicable; "shorten" if it prints accelerated.
        mapping_document: the address of the document that shows what the learner has still to learn.
        source: the place that states it.
    """

    step: Thing
    kind: str
    level: int | None
    t_level: Thing
    specialism: Thing
    effect: Literal["bypass", "shorten"]
    mapping_document: str | None
    source: Thing | None


@dataclass(frozen=True)
class OpenTLevel:
    """A T Level with the dates that registers state of its technical qualifications."""

    t_level: Thing
    route: Thing | None
    first_teaching: str
    last_enrolment: str | None


@dataclass(frozen=True)
class Difference:
    """A register that differs from the profiles about an apprenticeship.

    Attributes:
        step: the apprenticeship.
        printed_level: its level in the profiles.
        standard: the standard of the register for the same job.
        reference: the reference of the standard.
        level: the level of the standard.
        status: the status of the standard in the register.
    """

    step: Thing
    printed_level: int
    standard: Thing
    reference: str
    level: int
    status: str


@dataclass(frozen=True)
class Answer(Generic[Row]):
    """The rows of an answer, and the values that the data does not have."""

    rows: list[Row]
    unknown: list[UnknownValue]


def ways_to_job(site: Site, job: str) -> Answer[JobWay]:
    """Return the ways to jobs: by words of a title, a typical title, a careers service address or a SOC code.

    Raises:
        ProblemError: 400.
    """
    query, values = example_query("t-levels-for-job"), {"job": [job]}
    rows = _rows(site, _text(query, values), "from", "occupation", "option")
    # The value is a part of names, as it is. A search for those costs as much as the query, so it waits until needed.
    unknown = [] if rows else resolve_values(site.store, query, values)[1]
    index = site.search_index
    found = index.find(job)
    similar = index.narrow(found.things, {"kind": [_OCCUPATION]})[:MAX_PARAMETER_VALUES]
    titles = {row["found"] for row in rows} | {index.entry(one).name for one in similar if not found.read_as}
    trained: list[dict[str, str]] = []
    if titles:
        occupations = sorted(titles)[:MAX_PARAMETER_VALUES]
        # The titles are those of the data, so none needs another spelling.
        text = _text(example_query("what-leads-to-occupation"), {"occupation": occupations})
        more = _rows(site, text, "from", "job", "step")
        trained = [row for row in more if row["step"]]
    options = properties_of(
        site, {row["option"] for row in rows} - {""}, (terms.WAS_QUOTED_FROM, terms.LEADS_TO, terms.BYPASSES)
    )
    specialisms = properties_of(site, {row["from"] for row in (*rows, *trained)}, (terms.SPECIALISM_OF,))
    stated_steps = options_after(site, {row["from"] for row in trained})
    sources = {
        (origin, option.destination): option.source for origin, group in stated_steps.items() for option in group
    }
    levels = properties_of(site, {row["step"] for row in trained}, (terms.LEVEL_PROPERTY,))
    found_jobs = {row.get("occupation") or row["job"] for row in (*rows, *trained)}
    references = properties_of(site, found_jobs, (terms.OCCUPATION_REFERENCE,))
    places = {*sources.values(), *(first(facts, terms.WAS_QUOTED_FROM) for facts in options.values())}
    named_as = {option: first(facts, terms.LEADS_TO, terms.BYPASSES) for option, facts in options.items()}
    things = Things(
        site,
        *(row[name] for row in (*rows, *trained) for name in ("from", "occupation", "job", "step") if name in row),
        *(one for facts in specialisms.values() for one in facts[terms.SPECIALISM_OF.value]),
        *(place.partition("#")[0] for place in places),
        *named_as.values(),
    )

    def of_row(row: Mapping[str, str]) -> Iterator[JobWay]:
        occupation, origin, step = row.get("occupation") or row["job"], row["from"], row.get("step", "")
        option = row.get("option", "")
        named = named_as.get(option, "")
        place = sources.get((origin, step), "") if step else first(options[option], terms.WAS_QUOTED_FROM)
        t_levels = specialisms[origin][terms.SPECIALISM_OF.value]
        for t_level in sorted(t_levels) or [origin]:
            yield JobWay(
                things.of(occupation),
                first(references[occupation], terms.OCCUPATION_REFERENCE) or None,
                things.of(t_level),
                things.of(origin) if t_levels else None,
                "by an apprenticeship" if step else "stated" if row["way"] == "stated" else "mapped",
                things.of(named) if named and named != occupation else None,
                things.of(step) if step else None,
                level_of(levels[step]) if step else None,
                things.place(place),
            )

    ways = [way for row in (*rows, *trained) for way in of_row(row)]
    order = ("stated", "by an apprenticeship", "mapped")
    ways.sort(key=lambda way: (natural_key(way.job.name), way.job.iri, order.index(way.how), way.t_level.name))
    if not ways and similar:
        near = dict.fromkeys(index.entry(one).name for one in similar)
        unknown = [UnknownValue("job", job, tuple(near)[:MAX_NEAR_VALUES])] if found.read_as else []
    return Answer(list(dict.fromkeys(ways)), unknown)


def compare_specialisms(site: Site, first_name: str, second_name: str) -> Answer[ComparedStep]:
    """Return the next steps after one of two specialisms, by level.

    Raises:
        ProblemError: 400.
    """
    values = {"first": [first_name], "second": [second_name]}
    rows, unknown = _query(site, "compare-specialisms", values, "to")
    things = Things(site, *(row["to"] for row in rows))
    steps = [
        ComparedStep(
            things.of(row["to"]),
            row["kind"],
            int(row["level"]) if row["level"] else None,
            row["after_first"] == "true",
            row["after_second"] == "true",
        )
        for row in rows
    ]
    return Answer(steps, unknown)


def steps_to_bypass_or_shorten(site: Site, t_level: str = "") -> Answer[ShortStep]:
    """Return the steps that a learner may bypass or shorten after any T Level, or after one of a name.

    Raises:
        ProblemError: 400.
    """
    unknown: list[UnknownValue] = []
    chosen = t_level
    if t_level:
        resolved, unknown = resolve_values(site.store, example_query("covered-apprenticeships"), {"t_level": [t_level]})
        chosen = resolved["t_level"][0]
    by_specialism = options_after(site, flagged_specialisms(site))
    t_levels = {specialism: t_levels_of(site, specialism) for specialism in by_specialism}
    found = [
        (option, effect, specialism, course)
        for specialism, options in by_specialism.items()
        for option in options
        if (effect := _effect(option))
        for course in t_levels[specialism]
    ]
    mappings = properties_of(site, {option.iri for option, *_ in found}, (terms.MAPPING_DOCUMENT,))
    things = Things(
        site, *(iri for option, _, *iris in found for iri in (option.destination, option.kind, option.document, *iris))
    )
    steps = [
        ShortStep(
            things.of(option.destination),
            things.of(option.kind).name if option.kind else "",
            option.level,
            things.of(course),
            things.of(specialism),
            effect,
            first(mappings[option.iri], terms.MAPPING_DOCUMENT) or None,
            things.place(option.source),
        )
        for option, effect, specialism, course in found
        if not t_level or things.of(course).name == chosen
    ]
    steps.sort(key=lambda one: (natural_key(one.t_level.name), natural_key(one.specialism.name), one.step.name))
    return Answer(steps, unknown)


def _effect(option: OptionFacts) -> Literal["bypass", "shorten", ""]:
    if option.is_bypassed:
        return "bypass"
    return "shorten" if terms.STATUS_OF[Flag.ACCELERATED].value in option.flags else ""


def open_t_levels(site: Site, year: int) -> Answer[OpenTLevel]:
    """Return the T Levels on which learners can enrol in a year, by the dates that registers state.

    Raises:
        ProblemError: 400.
    """
    rows, unknown = _query(site, "t-levels-open-in-a-year", {"year": [str(year)]}, "course")
    routes = properties_of(site, {row["course"] for row in rows}, (terms.IN_ROUTE,))
    route_of = {row["course"]: first(routes[row["course"]], terms.IN_ROUTE) for row in rows}
    things = Things(site, *route_of, *filter(None, route_of.values()))
    found = {
        row["course"]: OpenTLevel(
            things.of(row["course"]),
            things.of(route_of[row["course"]]) if route_of[row["course"]] else None,
            row["first_teaching"],
            row["last_enrolment"] or None,
        )
        for row in rows
    }
    return Answer(list(found.values()), unknown)


def differences(site: Site, iri: str) -> list[Difference]:
    """Return the standards of the register that differ from what profiles print about an apprenticeship."""
    text = example_query("where-sources-disagree").text.replace("WHERE {", f"WHERE {{ VALUES ?to {{ <{iri}> }}", 1)
    rows = _rows(site, text, "to", "described")
    things = Things(site, *(row[name] for row in rows for name in ("to", "described")))
    return [
        Difference(
            things.of(row["to"]),
            int(row["printed_level"]),
            things.of(row["described"]),
            row["reference"],
            int(row["level"]),
            row["status"],
        )
        for row in rows
    ]


def _query(
    site: Site, name: str, values: Mapping[str, Sequence[str]], *variables: str
) -> tuple[list[dict[str, str]], list[UnknownValue]]:
    """Return the rows of an example query with further variables, as texts; empty where a variable is unbound."""
    query = example_query(name)
    _text(query, values)
    resolved, unknown = resolve_values(site.store, query, values)
    return _rows(site, _text(query, resolved), *variables), unknown


def _text(query: ExampleQuery, values: Mapping[str, Sequence[str]]) -> str:
    """Return the text of an example query with values.

    Raises:
        ProblemError: 400, a value is not valid.
    """
    try:
        return query.with_values(values)
    except SettingError as error:
        raise bad_request(error.message, error.hint) from error


def _rows(site: Site, text: str, *variables: str) -> list[dict[str, str]]:
    """Return the rows of an example query with further variables, which are IRIs or unbound, as texts."""
    projection = "SELECT DISTINCT " + "".join(f"?{variable} " for variable in variables)
    rows = select_rows(site.store, _PROJECTION.sub(projection, text, count=1))
    texts = [{name: str(getattr(term, "value", "")) for name, term in row.items()} for row in rows]
    return [row for row, terms_of in zip(texts, rows, strict=True) if _has_iris(terms_of, variables)]


def _has_iris(row: Mapping[str, object], variables: Iterable[str]) -> bool:
    return all(row[name] is None or isinstance(row[name], NamedNode) for name in variables)
