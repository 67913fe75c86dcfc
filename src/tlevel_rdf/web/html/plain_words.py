"""A thing in plain words: what it is, its codes and other names, what belongs to it, and its pages elsewhere.

`plain_kinds` has the sections of each kind. One query answers all sections of a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlencode, urlsplit

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.labels import natural_key
from tlevel_rdf.limits import MAX_SECTION_ITEMS
from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.store.readable import readable
from tlevel_rdf.store.select import select_rows
from tlevel_rdf.web.data.codes import code_path, plain_path
from tlevel_rdf.web.data.facts import level_of, properties_of
from tlevel_rdf.web.data.iris import is_linkable, is_own_iri
from tlevel_rdf.web.data.labels import Labels
from tlevel_rdf.web.html.plain_kinds import KINDS, facet_of, kind_of
from tlevel_rdf.web.html.view_models import TermView

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from tlevel_rdf.web.data.description import Description
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.html.plain_kinds import Kind


class Section(NamedTuple):
    """A section of a page: its heading, the first items with what each is, and the number of further ones."""

    heading: str
    items: list[tuple[TermView, str]]
    more: int


class PlainWords(NamedTuple):
    """A thing in plain words.

    Attributes:
        title: its name with its kind.
        facts: its codes and other names, each with a heading.
        crumbs: the way from the home page to it.
        sections: the things that belong to it.
        elsewhere: its pages on other sites, and the names of those.
    """

    title: str
    facts: list[tuple[str, list[TermView]]]
    crumbs: list[TermView]
    sections: list[Section]
    elsewhere: list[TermView]


#: The scheme of each property that states a code; empty if a code of it has no page.
_CODES: Final = {
    terms.STANDARD_REFERENCE: "standard",
    terms.OCCUPATION_REFERENCE: "occupation",
    terms.LARS_STANDARD_CODE: "lars",
    terms.QUALIFICATION_NUMBER: "qualification",
    terms.PRODUCT_CODE: "product",
    terms.LEARNING_AIM_REFERENCE: "",
    terms.CAREERS_SERVICE_SLUG: "careers-service",
}
#: Properties whose values are shown with a heading.
_FACTS: Final = {
    terms.ALT_LABEL: "Also called",
    terms.APPROVED_ON: "Approved",
    terms.RETIRED_ON: "Retired",
    terms.WITHDRAWN_ON: "Withdrawn",
    terms.FIRST_TEACHING: "First taught",
    terms.LAST_ENROLMENT: "Last enrolment",
    terms.HISTORY_NOTE: "History",
}
#: The names of sites, by their hosts.
_SITES: Final = {
    "data.europa.eu": "ESCO, the European classification of occupations",
    "findapprenticeshiptraining.apprenticeships.education.gov.uk": "Find apprenticeship training",
    "nationalcareers.service.gov.uk": "National Careers Service",
    "occupational-maps.skillsengland.education.gov.uk": "Occupational maps of Skills England",
    "skillsengland.education.gov.uk": "Skills England",
    "tlevels.gov.uk": "T Levels, for students",
}
_PAGES: Final = frozenset(
    {terms.PAGE, terms.CLOSE_MATCH, NamedNode(f"{terms.SKOS}exactMatch"), NamedNode(f"{terms.RDFS}seeAlso")}
)


def in_plain_words(site: Site, description: Description, name: str) -> PlainWords | None:
    """Return a thing in plain words; None for a kind of thing that the table does not have.

    Args:
        site: the site.
        description: the statements about the thing.
        name: its name.
    """
    kind = kind_of(description.types, description.iri)
    if kind is None:
        return None
    level = level_of(properties_of(site, [description.iri], (terms.LEVEL_PROPERTY,))[description.iri])
    title = f"T Level in {name}" if kind is KINDS[terms.T_LEVEL] else f"{name}, {_words(kind, level)}"
    groups = _items(site, description.iri, [*(pattern for _, pattern in kind.sections), *kind.parents])
    sections = [
        Section(heading, items[:MAX_SECTION_ITEMS], max(0, len(items) - MAX_SECTION_ITEMS))
        for (heading, _), items in zip(kind.sections, groups, strict=False)
        if items
    ]
    crumbs = [items[0][0] for items in groups[len(kind.sections) :] if items] or _listing(kind)
    facts = [*_facts(description), *(_enrolment(site, description.iri) if kind is KINDS[terms.T_LEVEL] else ())]
    return PlainWords(title, facts, crumbs, sections, _elsewhere(site, description))


def _listing(kind: Kind) -> list[TermView]:
    """Return a link to the list of all things of a kind; empty if there is none."""
    path = f"/search?{urlencode({'kind': facet_of(kind)})}" if kind.listing else ""
    return [TermView(kind.listing, path)] if path else []


def _words(kind: Kind | None, level: int | None) -> str:
    """Return what a thing is, such as "apprenticeship at level 6"."""
    if kind is None or kind is KINDS[terms.T_LEVEL]:
        return kind.name if kind else ""
    return f"{kind.name} at level {level}" if level is not None else kind.name


def _facts(description: Description) -> list[tuple[str, list[TermView]]]:
    values = [(prop, value) for prop, value in description.properties if isinstance(value, Literal)]
    codes = {(value.value, _CODES[prop]) for prop, value in values if prop in _CODES}
    links = [
        TermView(code, code_path(scheme, code) if scheme else "")
        for code, scheme in sorted(codes, key=lambda one: (natural_key(one[0]), one))
    ]
    found = [("Codes", links)]
    for of, heading in _FACTS.items():
        texts = sorted({readable(value) for prop, value in values if prop == of}, key=natural_key)
        found.append((heading, [TermView(text) for text in texts[:MAX_SECTION_ITEMS]]))
    return [(heading, views) for heading, views in found if views]


def _enrolment(site: Site, t_level: str) -> list[tuple[str, list[TermView]]]:
    """Return the dates of a T Level: those of its technical qualifications.

    It is open until the last enrolment of the last of them, and the registers may state no date for one.
    """
    query = (
        f"SELECT ?first ?last ?note {{ ?of {terms.QUALIFICATION_OF} {NamedNode(t_level)}"
        f" OPTIONAL {{ ?of {terms.FIRST_TEACHING} ?first }} OPTIONAL {{ ?of {terms.LAST_ENROLMENT} ?last }}"
        f" OPTIONAL {{ ?of {terms.HISTORY_NOTE} ?note }} }} LIMIT {MAX_SECTION_ITEMS}"
    )
    rows = list(select_rows(site.store, query))
    firsts, lasts, notes = (
        [one for row in rows if isinstance(one := row[name], Literal)] for name in ("first", "last", "note")
    )
    found = (
        ("First taught", sorted(firsts, key=lambda one: one.value)[:1]),
        ("Last enrolment", sorted(lasts, key=lambda one: one.value)[-1:] if len(lasts) == len(rows) else []),
        ("History", sorted({*notes}, key=lambda one: one.value)),
    )
    return [(heading, [TermView(readable(one)) for one in values]) for heading, values in found if values]


def _items(site: Site, iri: str, patterns: Sequence[str]) -> list[list[tuple[TermView, str]]]:
    """Return the things of each pattern, sorted by name, each as a link with what it is."""
    node = NamedNode(iri)
    parts = (
        f"{{ SELECT DISTINCT ?item ({number} AS ?section) {{ {pattern.format(node)} FILTER(isIRI(?item)) }} }}"
        for number, pattern in enumerate(patterns)
    )
    found: dict[int, set[str]] = {}
    for row in select_rows(site.store, f"SELECT ?section ?item {{ {' UNION '.join(parts)} }}"):
        item, number = row["item"], row["section"]
        if isinstance(item, NamedNode) and isinstance(number, Literal):
            found.setdefault(int(number.value), set()).add(item.value)
    links = _links(site, {iri for items in found.values() for iri in items})
    return [
        sorted((links[iri] for iri in sorted(found.get(at, ()))), key=lambda one: (natural_key(one[0].text), one[1]))
        for at in range(len(patterns))
    ]


def _links(site: Site, iris: Collection[str]) -> dict[str, tuple[TermView, str]]:
    """Return a link to each thing, and what it is."""
    named = labels_and_types(site.store, iris)
    labels, levels = Labels(site.base, named), properties_of(site, iris, (terms.LEVEL_PROPERTY,))
    types: dict[str, set[str]] = {}
    for triple in named:
        if triple.predicate == terms.TYPE and isinstance(triple.object, NamedNode):
            types.setdefault(triple.subject.value, set()).add(triple.object.value)  # type: ignore[union-attr]
    return {
        iri: (
            TermView(labels.of(iri), plain_path(iri, site.base)),
            _words(kind_of(types.get(iri, ()), iri), level_of(levels[iri])),
        )
        for iri in iris
    }


def _elsewhere(site: Site, description: Description) -> list[TermView]:
    """Return the pages of other sites about the thing, each with the name of its site."""
    pages: Iterable[str] = {
        value.value
        for prop, value in description.properties
        if prop in _PAGES and isinstance(value, NamedNode) and not is_own_iri(value.value, site.base)
    }
    hosts = ((urlsplit(page).netloc.removeprefix("www."), page) for page in sorted(pages) if is_linkable(page))
    return [TermView(f"{_SITES[host]} ({host})" if host in _SITES else host, page) for host, page in hosts]
