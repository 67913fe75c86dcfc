"""What the data says of T Levels, as the plain values of the API. Each function asks a few queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pyoxigraph import Literal

from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_OFFSET
from tlevel_rdf.store.select import select_rows, values_blocks
from tlevel_rdf.web.api import schema
from tlevel_rdf.web.api.names import Names, more_of
from tlevel_rdf.web.data.facts import column, facts_of, first, known, level_of, text
from tlevel_rdf.web.data.labels import LABELS, natural_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tlevel_rdf.web.data.site import Site

    Values = Mapping[str, Any]


def index(site: Site, _values: Values) -> schema.Index:
    """What there is."""
    return schema.Index(
        link="/api/",
        title=site.about.title,
        t_levels="/api/t-levels",
        search="/api/search",
        queries="/queries/",
        openapi="/api/openapi.json",
        catalogue="/catalogue",
    )


def t_levels(site: Site, values: Values) -> schema.TLevels:
    """The T Levels by name."""
    query = f"SELECT ?t (MIN(STR(?l)) AS ?name) {{ ?t a {terms.T_LEVEL} OPTIONAL {{ ?t {terms.PREF_LABEL} ?l }}"
    rows = select_rows(
        site.store, f"{query} FILTER(isIRI(?t)) }} GROUP BY ?t ORDER BY LCASE(?name) ?t {_slice(values)}"
    )
    iris = [text(row["t"]) for row in rows][: values["limit"]]
    names = Names(site, iris)
    counted = dict.fromkeys(iris, 0)
    for chunk in values_blocks(iris):
        of_each = f"?s {terms.SPECIALISM_OF} ?t . ?option {terms.OPTION_FOR} ?s"
        numbers = f"SELECT ?t (COUNT(DISTINCT ?option) AS ?n) {{ VALUES ?t {{ {chunk} }} {of_each} }} GROUP BY ?t"
        counted |= {text(row["t"]): int(text(row["n"])) for row in select_rows(site.store, numbers)}
    listed = [
        schema.Listed(**names.thing(iri).model_dump(), link=more_of(iri, site.base, "t-level"), options=counted[iri])
        for iri in iris
    ]
    return schema.TLevels(**_part("/api/t-levels", values, len(rows)), t_levels=listed)


def t_level(site: Site, values: Values) -> schema.TLevel:
    """A T Level.

    Raises:
        ProblemError: 404.
    """
    iri = known(site, f"t-level/{values['key']}", terms.T_LEVEL)
    own = facts_of(site, [iri], (terms.LEVEL_PROPERTY, terms.IN_ROUTE))[iri]
    specialisms = column(site, f"SELECT DISTINCT ?s {{ ?s {terms.SPECIALISM_OF} <{iri}> FILTER(isIRI(?s)) }}")
    parts = column(site, f"SELECT DISTINCT ?q {{ ?q {terms.IS_PART_OF} <{iri}> ; {terms.QUALIFICATION_NUMBER} ?n }}")
    awarded = facts_of(site, parts, (terms.QUALIFICATION_NUMBER, terms.PUBLISHER, terms.AVAILABLE))
    bodies = {body for one in awarded.values() for body in one[terms.PUBLISHER.value]}
    names = Names(site, {iri, *own[terms.IN_ROUTE.value], *specialisms, *parts, *bodies})
    qualifications = [
        schema.Qualification(
            **names.thing(part).model_dump(),
            number=first(awarded[part], terms.QUALIFICATION_NUMBER),
            awarded_by=names.things(awarded[part][terms.PUBLISHER.value]),
            first_taught=first(awarded[part], terms.AVAILABLE) or None,
        )
        for part in parts
    ]
    return schema.TLevel(
        **names.thing(iri).model_dump(),
        link=f"/api/t-levels/{values['key']}",
        level=level_of(own),
        routes=names.things(own[terms.IN_ROUTE.value]),
        specialisms=sorted(map(names.specialism, specialisms), key=lambda one: (natural_key(one.name), one.iri)),
        qualifications=sorted(qualifications, key=lambda one: (natural_key(one.number), one.iri)),
    )


def reached_from(site: Site, values: Values) -> schema.ReachedFrom:
    """What leads to an occupation, directly or by an apprenticeship that trains for it.

    Raises:
        ProblemError: 404.
    """
    iri = known(site, f"occupation/{values['key']}", terms.OCCUPATION)
    rows = select_rows(
        site.store,
        f"SELECT DISTINCT ?t ?s ?step {{ {{ ?s {terms.PROGRESSES_TO} <{iri}> }} UNION {{"
        f" ?s {terms.PROGRESSES_TO} ?step . ?step a {terms.APPRENTICESHIP} ; {terms.TRAINS_FOR} <{iri}> }}"
        f" ?s {terms.SPECIALISM_OF} ?t }}"
        f" ORDER BY ?t ?s BOUND(?step) ?step {_slice(values)}",
    )
    found = [(text(row["t"]), text(row["s"]), text(row["step"])) for row in rows][: values["limit"]]
    steps = facts_of(site, {step for _, _, step in found if step}, (terms.LEVEL_PROPERTY,))
    names = Names(site, {iri, *(one for way in found for one in way if one)})
    ways = [
        schema.Way(
            t_level=names.thing(t_level),
            specialism=names.specialism(specialism),
            how="by an apprenticeship" if step else "directly",
            apprenticeship=names.thing(step) if step else None,
            level=level_of(steps[step]) if step else None,
        )
        for t_level, specialism, step in found
    ]
    part = _part(f"/api/occupations/{values['key']}/reached-from", values, len(rows))
    return schema.ReachedFrom(**part, occupation=names.thing(iri), ways=ways)


def search(site: Site, values: Values) -> schema.Search:
    """Things by a part of their names, whatever its case: those that begin with it first."""
    sought = Literal(values["q"].strip().lower())
    labels = ", ".join(map(str, LABELS))
    rows = select_rows(
        site.store,
        f"SELECT ?thing (MIN(?name) AS ?label) {{ ?thing ?p ?l FILTER(?p IN ({labels}) && isIRI(?thing))"
        f" BIND(LCASE(STR(?l)) AS ?name) FILTER(CONTAINS(?name, {sought})) }} GROUP BY ?thing"
        f" ORDER BY DESC(STRSTARTS(?label, {sought})) ?label ?thing {_slice(values)}",
    )
    iris = [text(row["thing"]) for row in rows][: values["limit"]]
    names = Names(site, iris)
    results = [
        schema.Found(**names.thing(iri).model_dump(), kinds=names.kinds(iri), more=_more(iri, site.base))
        for iri in iris
    ]
    return schema.Search(**_part("/api/search", values, len(rows)), q=values["q"], results=results)


def _more(iri: str, base: str) -> str | None:
    return next((path for kind in ("t-level", "specialism", "occupation") if (path := more_of(iri, base, kind))), None)


def _slice(values: Values) -> str:
    # One more than is asked for tells whether there are others after them.
    return f"LIMIT {values['limit'] + 1} OFFSET {values['offset']}"


def _part(path: str, values: Values, found: int) -> dict[str, Any]:
    limit, offset = values["limit"], values["offset"]
    sought = {"q": values["q"]} if "q" in values else {}
    following = urlencode({**sought, "limit": limit, "offset": offset + limit})
    return {
        "link": f"{path}?{urlencode({**sought, 'limit': limit, 'offset': offset})}",
        "limit": limit,
        "offset": offset,
        "next": f"{path}?{following}" if found > limit and offset + limit <= MAX_OFFSET else None,
    }
