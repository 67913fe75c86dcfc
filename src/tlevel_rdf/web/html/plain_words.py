"""A thing in plain words: what it is, its codes and other names, what belongs to it, and its pages elsewhere.

The sections of each kind stand in one table. A section is a pattern of SPARQL, so a page says nothing that the data
does not, and one query answers all sections of a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.labels import natural_key
from tlevel_rdf.limits import MAX_SECTION_ITEMS
from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.store.select import select_rows
from tlevel_rdf.web.data.facts import level_of, properties_of
from tlevel_rdf.web.data.iris import is_linkable, is_own_iri, local_path
from tlevel_rdf.web.data.labels import Labels
from tlevel_rdf.web.html.view_models import TermView

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tlevel_rdf.web.data.description import Description
    from tlevel_rdf.web.data.site import Site


class _Kind(NamedTuple):
    """A kind of thing: its name within a sentence, and its sections: a heading and a pattern that binds ?item."""

    name: str
    sections: tuple[tuple[str, str], ...]


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
        sections: the things that belong to it.
        elsewhere: its pages on other sites, and the names of those.
    """

    title: str
    facts: list[tuple[str, str]]
    sections: list[Section]
    elsewhere: list[TermView]


_ROUTE: Final = ("Route", f"{{0}} {terms.IN_ROUTE} ?item")
_LEADING: Final = (
    ("T Levels and specialisms that lead here", f"?item {terms.PROGRESSES_TO} {{0}}"),
    ("Specialisms that cover its content", f"?item {terms.COVERS_CONTENT_OF} {{0}}"),
)
_BEHIND: Final = (
    ("The occupational standard that it is based on", f"{{0}} {terms.BASED_ON} ?item"),
    ("Occupations that it trains for", f"{{0}} {terms.TRAINS_FOR} ?item"),
)
_BY_APPRENTICESHIP: Final = (
    f"?specialism {terms.PROGRESSES_TO} ?step ; {terms.SPECIALISM_OF} ?item ."
    f" ?step a {terms.APPRENTICESHIP} ; {terms.TRAINS_FOR} {{0}}"
)
#: The kinds, the most telling first: a thing with several classes is of the first of them.
_KINDS: Final = {
    terms.T_LEVEL: _Kind(
        "T Level",
        (
            ("Jobs named on the government's page about it", f"{{0}} {terms.PROGRESSES_TO} ?item"),
            _ROUTE,
            ("Technical qualification", f"?item {terms.QUALIFICATION_OF} {{0}}"),
        ),
    ),
    terms.OCCUPATIONAL_SPECIALISM: _Kind(
        "specialism",
        (
            ("T Level", f"{{0}} {terms.SPECIALISM_OF} ?item"),
            ("Apprenticeship whose content it covers", f"{{0}} {terms.COVERS_CONTENT_OF} ?item"),
            ("The occupational standard that it is based on", f"{{0}} {terms.BASED_ON} ?item"),
            ("Occupations that the occupational maps show with it", f"{{0}} {terms.MAPPED_OCCUPATION} ?item"),
        ),
    ),
    terms.APPRENTICESHIP: _Kind("apprenticeship", (*_LEADING, *_BEHIND)),
    terms.HTQ: _Kind("Higher Technical Qualification", (*_LEADING, *_BEHIND)),
    terms.DEGREE: _Kind("degree", _LEADING),
    terms.OCCUPATIONAL_STANDARD: _Kind(
        "occupational standard",
        (
            ("Apprenticeships and qualifications based on it", f"?item {terms.BASED_ON} {{0}} ; a {terms.DESTINATION}"),
            ("Specialisms based on it", f"?item {terms.BASED_ON} {{0}} ; a {terms.OCCUPATIONAL_SPECIALISM}"),
            ("Occupations", f"{{0}} {terms.FOR_OCCUPATION} ?item"),
            _ROUTE,
            ("Versions", f"?item {terms.VERSION_OF} {{0}}"),
        ),
    ),
    terms.OCCUPATION: _Kind(
        "occupation",
        (
            *_LEADING,
            ("T Levels that lead here by an apprenticeship", _BY_APPRENTICESHIP),
            ("Apprenticeships that train for it", f"?item {terms.TRAINS_FOR} {{0}} ; a {terms.APPRENTICESHIP}"),
            ("Occupational standards", f"?item {terms.FOR_OCCUPATION} {{0}}"),
            ("Specialisms that the occupational maps show with it", f"?item {terms.MAPPED_OCCUPATION} {{0}}"),
            ("Occupational group of SOC 2020", f"{{0}} {terms.OCCUPATION_GROUP} ?item"),
            ("Occupations that it leads to, by the occupational maps", f"{{0}} {terms.MAP_PROGRESSES_TO} ?item"),
            ("Occupations that the occupational maps show together with it", f"{{0}} {terms.SHOWN_WITH} ?item"),
            _ROUTE,
        ),
    ),
    terms.ROUTE: _Kind(
        "route",
        (
            ("T Levels", f"?item {terms.IN_ROUTE} {{0}} ; a {terms.T_LEVEL}"),
            ("Occupations", f"?item {terms.IN_ROUTE} {{0}} ; a {terms.OCCUPATION}"),
            ("Occupational standards", f"?item {terms.IN_ROUTE} {{0}} ; a {terms.OCCUPATIONAL_STANDARD}"),
        ),
    ),
}
_CODES: Final = frozenset(
    {
        *(terms.STANDARD_REFERENCE, terms.OCCUPATION_REFERENCE, terms.LARS_STANDARD_CODE, terms.QUALIFICATION_NUMBER),
        *(terms.PRODUCT_CODE, terms.LEARNING_AIM_REFERENCE, terms.CAREERS_SERVICE_SLUG),
    }
)
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
    kind = _kind_of(description.types())
    if kind is None:
        return None
    level = level_of(properties_of(site, [description.iri], (terms.LEVEL_PROPERTY,))[description.iri])
    title = f"T Level in {name}" if kind is _KINDS[terms.T_LEVEL] else f"{name}, {_words(kind, level)}"
    return PlainWords(title, _facts(description), _sections(site, description.iri, kind), _elsewhere(site, description))


def _kind_of(types: Collection[str]) -> _Kind | None:
    return next((kind for class_, kind in _KINDS.items() if class_.value in types), None)


def _words(kind: _Kind | None, level: int | None) -> str:
    """Return what a thing is, such as "apprenticeship at level 6"."""
    if kind is None or kind is _KINDS[terms.T_LEVEL]:
        return kind.name if kind else ""
    return f"{kind.name} at level {level}" if level is not None else kind.name


def _facts(description: Description) -> list[tuple[str, str]]:
    values = [(prop, value.value) for prop, value in description.properties() if isinstance(value, Literal)]
    codes = sorted({value for prop, value in values if prop in _CODES}, key=natural_key)
    others = sorted({value for prop, value in values if prop == terms.ALT_LABEL}, key=natural_key)
    found = [("Codes", ", ".join(codes)), ("Also called", "; ".join(others[:MAX_SECTION_ITEMS]))]
    return [(heading, words) for heading, words in found if words]


def _sections(site: Site, iri: str, kind: _Kind) -> list[Section]:
    node = NamedNode(iri)
    parts = (
        f"{{ SELECT DISTINCT ?item ({number} AS ?section) {{ {pattern.format(node)} FILTER(isIRI(?item)) }} }}"
        for number, (_, pattern) in enumerate(kind.sections)
    )
    found: dict[int, set[str]] = {}
    for row in select_rows(site.store, f"SELECT ?section ?item {{ {' UNION '.join(parts)} }}"):
        item, number = row["item"], row["section"]
        if isinstance(item, NamedNode) and isinstance(number, Literal):
            found.setdefault(int(number.value), set()).add(item.value)
    links = _links(site, {iri for items in found.values() for iri in items})
    sections = []
    for at, (heading, _) in enumerate(kind.sections):
        items = [links[iri] for iri in sorted(found.get(at, ()))]
        items.sort(key=lambda one: (natural_key(one[0].text), one[1]))
        if items:
            sections.append(Section(heading, items[:MAX_SECTION_ITEMS], max(0, len(items) - MAX_SECTION_ITEMS)))
    return sections


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
            TermView(labels.of(iri), local_path(iri, site.base)),
            _words(_kind_of(types.get(iri, ())), level_of(levels[iri])),
        )
        for iri in iris
    }


def _elsewhere(site: Site, description: Description) -> list[TermView]:
    """Return the pages of other sites about the thing, each with the name of its site."""
    pages: Iterable[str] = {
        value.value
        for prop, value in description.properties()
        if prop in _PAGES and isinstance(value, NamedNode) and not is_own_iri(value.value, site.base)
    }
    hosts = ((urlsplit(page).netloc.removeprefix("www."), page) for page in sorted(pages) if is_linkable(page))
    return [TermView(f"{_SITES[host]} ({host})" if host in _SITES else host, page) for host, page in hosts]
