"""Handlers of the API: each turns the answers to a few queries into one JSON object."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote, urlencode

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.labels import natural_key
from tlevel_rdf.limits import MAX_OFFSET
from tlevel_rdf.search.index_file import FACETS
from tlevel_rdf.web.api import schema
from tlevel_rdf.web.api.names import Names, more_about, state_resource
from tlevel_rdf.web.data import facts
from tlevel_rdf.web.data.codes import describe_code, plain_path
from tlevel_rdf.web.data.facts import find_thing, first, level_of, properties_of
from tlevel_rdf.web.data.iris import local_path
from tlevel_rdf.web.data.on_a_day import states_of_t_levels, states_of_things, with_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from tlevel_rdf.search.entries import Entry as SearchEntry
    from tlevel_rdf.web.data.site import Site

    #: The values of an operation's parameters, by name.
    Values = Mapping[str, Any]
    Entry = TypeVar("Entry")


def index(site: Site, _values: Values) -> schema.ApiIndex:
    """Return the entry points of the API."""
    return schema.ApiIndex(
        link="/api/",
        title=site.about.title,
        t_levels="/api/t-levels",
        search="/api/search",
        suggestions="/api/suggestions",
        queries="/queries/",
        openapi="/api/openapi.json",
        catalogue="/catalogue",
        terms="/api/terms",
    )


def t_levels(site: Site, values: Values) -> schema.TLevelList:
    """Return a part of the list of T Levels."""
    part, iris = part_of_list("/api/t-levels", values, facts.t_levels(site, *_window(values)))
    names, day = Names(site, iris), values["on"]
    counts = facts.count_options(site, iris)
    states = states_of_t_levels(site, iris, day) if day else {}
    listed = [names.t_level(iri, counts[iri], day, states.get(iri)) for iri in iris]
    return schema.TLevelList(**part, on=_iso(day), t_levels=listed)


def t_level(site: Site, values: Values) -> schema.TLevelResource:
    """Return a T Level with its specialisms and qualifications.

    Raises:
        ProblemError: 404.
    """
    iri = find_thing(site, f"t-level/{values['key']}", terms.T_LEVEL)
    own = properties_of(site, [iri], (terms.LEVEL_PROPERTY, terms.IN_ROUTE))[iri]
    routes = own[terms.IN_ROUTE.value]
    specialisms = facts.specialisms_of(site, iri)
    qualifications = facts.qualifications_of(site, iri)
    bodies = {body for one in qualifications.values() for body in one[terms.AWARDING_ORGANISATION.value]}
    names, day = Names(site, {iri, *routes, *specialisms, *qualifications, *bodies}), values["on"]
    state = states_of_t_levels(site, [iri], day)[iri] if day else None
    return schema.TLevelResource(
        **names.thing(iri).model_dump(),
        link=with_day(f"/api/t-levels/{values['key']}", day),
        level=level_of(own),
        routes=names.things(routes),
        specialisms=sorted(map(names.specialism, specialisms), key=lambda one: (natural_key(one.name), one.iri)),
        qualifications=sorted(
            (_qualification(one, of, names) for one, of in qualifications.items()),
            key=lambda one: (natural_key(one.number), one.iri),
        ),
        on=_iso(day),
        state=state_resource(state),
    )


def _qualification(iri: str, of: facts.Facts, names: Names) -> schema.QualificationResource:
    return schema.QualificationResource(
        **names.thing(iri).model_dump(),
        number=first(of, terms.QUALIFICATION_NUMBER),
        awarded_by=names.things(of[terms.AWARDING_ORGANISATION.value]),
        first_taught=first(of, terms.FIRST_TEACHING) or None,
    )


def reached_from(site: Site, values: Values) -> schema.PathwayList:
    """Return the ways to an occupation: direct ones, and those by an apprenticeship that trains for it.

    Raises:
        ProblemError: 404.
    """
    iri = find_thing(site, f"occupation/{values['key']}", terms.OCCUPATION)
    path = f"/api/occupations/{values['key']}/reached-from"
    part, ways = part_of_list(path, values, facts.pathways_to(site, iri, *_window(values)))
    levels = properties_of(site, {step for _, _, step in ways if step}, (terms.LEVEL_PROPERTY,))
    names = Names(site, {iri, *(one for way in ways for one in way)})
    return schema.PathwayList(
        **part,
        occupation=names.thing(iri),
        ways=[
            schema.Pathway(
                t_level=names.thing(t_level),
                specialism=names.specialism(specialism),
                how="by an apprenticeship" if step else "directly",
                apprenticeship=names.thing(step) if step else None,
                level=level_of(levels[step]) if step else None,
            )
            for t_level, specialism, step in ways
        ],
    )


def search(site: Site, values: Values) -> schema.SearchResultList:
    """Return what the search of the site finds, the best match first."""
    index, offset = site.search_index, values["offset"]
    found = index.find(values["q"])
    narrowed = index.narrow(found.things, {name: [values[name]] for name in FACETS if values[name]})
    part, things = part_of_list("/api/search", values, narrowed[offset : offset + values["limit"] + 1])
    return schema.SearchResultList(
        **part,
        q=values["q"],
        read_as=found.read_as or None,
        total=len(narrowed),
        results=[_result(site, index.entry(thing)) for thing in things],
    )


def _result(site: Site, entry: SearchEntry) -> schema.SearchResult:
    t_levels = ((name, iri) for iri, name in site.search_index.t_levels.items() if iri in entry.t_levels)
    return schema.SearchResult(
        **_suggestion(site, entry).model_dump(),
        kinds=entry.kinds,
        codes=entry.codes,
        other_names=entry.others,
        t_levels=[schema.ThingResource(name=name, iri=iri, page=local_path(iri, site.base)) for name, iri in t_levels],
        more=more_about(entry.iri, site.base),
    )


def code(site: Site, values: Values) -> schema.CodeResource:
    """Return what is known of a code.

    Raises:
        ProblemError: 404; 400, there is a day, and the code is that of another kind of thing.
    """
    found, day = describe_code(site, unquote(values["scheme"]), unquote(values["code"])), values["on"]
    things = {one.thing.iri: one.thing for one in found.statements}
    of_day = states_of_things(site, sorted(things), day) if day else {}
    states = [{**asdict(things[iri]), **state._asdict()} for iri, state in of_day.items()]
    return schema.CodeResource.model_validate({**asdict(found), "on": _iso(day), "states": states})


def suggestions(site: Site, values: Values) -> schema.SuggestionList:
    """Return the best results of a search that is still being written."""
    index, kind = site.search_index, values["kind"]
    found = index.suggest(values["q"], values["limit"], {"kind": [kind]} if kind else None)
    return schema.SuggestionList(
        q=values["q"],
        read_as=found.read_as or None,
        suggestions=[_suggestion(site, index.entry(thing)) for thing in found.things],
    )


def _suggestion(site: Site, entry: SearchEntry) -> schema.Suggestion:
    return schema.Suggestion(
        name=entry.name,
        iri=entry.iri,
        page=plain_path(entry.iri, site.base),
        kind=entry.kind or None,
        level=entry.level,
    )


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _window(values: Values) -> tuple[int, int]:
    """Return the limit and offset of the query: one entry more than requested shows if there is a next part."""
    return values["limit"] + 1, values["offset"]


def part_of_list(path: str, values: Values, found: Sequence[Entry]) -> tuple[dict[str, Any], Sequence[Entry]]:
    """Return the keys of a part of a list, and its entries."""
    limit, offset = values["limit"], values["offset"]
    text = {name: values[name] for name in ("q", *FACETS, "on") if values.get(name)}
    has_next = len(found) > limit and offset + limit <= MAX_OFFSET
    keys = {
        "link": f"{path}?{urlencode({**text, 'limit': limit, 'offset': offset})}",
        "limit": limit,
        "offset": offset,
        "next": f"{path}?{urlencode({**text, 'limit': limit, 'offset': offset + limit})}" if has_next else None,
    }
    return keys, found[:limit]
