"""Queries about T Levels, specialisms, options and occupations, shared by the pages and the API."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.identifiers import place_in_words
from tlevel_rdf.profiles.kinds import MODES
from tlevel_rdf.store.select import select_rows, values_blocks
from tlevel_rdf.web.data.iris import iris_of_uri
from tlevel_rdf.web.http.problems import not_found

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tlevel_rdf.store.base import Row
    from tlevel_rdf.web.data.site import Site

    #: The values of each property of one thing, by the IRI of the property; an empty set for any other property.
    Facts = Mapping[str, set[str]]

_DESTINATION_CLASSES: Final = frozenset(iri.value for iri in terms.CLASS_OF.values())
#: Properties that lead from an option to its destination.
_STEPS: Final = (terms.LEADS_TO, terms.BYPASSES)
_PLACE_NUMBER: Final = re.compile(r"(line|page|paragraph) (\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class OptionFacts:
    """An option after a specialism.

    Attributes:
        iri: the IRI of the option.
        destination: the IRI of the next step.
        kind: the IRI of the destination's class: apprenticeship, degree and so on; empty if the data states none.
        level: the level of the destination; None if the data states none.
        standards: the IRIs of the occupational standards behind the destination, sorted.
        mode: the heading of the profile: technical, education or work.
        flags: the IRIs of the option's flags.
        is_bypassed: True if the learner may bypass the destination.
        source: the IRI of the line that states the option; empty if the data names none.
        links: addresses that the document links to.
    """

    iri: str
    destination: str
    kind: str
    level: int | None
    standards: tuple[str, ...]
    mode: str
    flags: frozenset[str]
    is_bypassed: bool
    source: str
    links: frozenset[str]

    @property
    def document(self) -> str:
        """The IRI of the source document; empty if the data names none."""
        return self.source.partition("#")[0]

    @property
    def place(self) -> dict[str, int]:
        """The numbers of the page, the paragraph and the line, as far as the source has them."""
        return {unit: int(number) for unit, number in _PLACE_NUMBER.findall(place_in_words(self.source))}

    @property
    def document_order(self) -> tuple[int, list[int]]:
        """A key that sorts options as the document lists them; options of one line are equal."""
        place = self.place
        heading = MODES.index(self.mode) if self.mode in MODES else len(MODES)
        return heading, [place.get(unit, 0) for unit in ("page", "paragraph", "line")]


def find_thing(site: Site, path: str, rdf_class: NamedNode) -> str:
    """Return the IRI of a thing of a class.

    Args:
        site: the site to query.
        path: the path of the IRI under `{base}id/`, percent-encoded as the client sent it.
        rdf_class: the class that the thing must have.

    Raises:
        ProblemError: 404, no such thing exists.
    """
    for iri in iris_of_uri(f"{site.base}id/{path}"):
        if select_rows(site.store, f"SELECT ?class {{ <{iri}> a ?class FILTER(?class = {rdf_class}) }} LIMIT 1"):
            return iri
    detail = f"The data has no <{site.base}id/{path}> of this class."
    raise not_found(detail)


def properties_of(site: Site, iris: Iterable[str], properties: Iterable[NamedNode]) -> Mapping[str, Facts]:
    """Return the values of some properties of things, by the IRI of the thing."""
    wanted = ", ".join(map(str, properties))
    query = "SELECT DISTINCT ?thing ?p ?v {{ VALUES ?thing {{ {} }} ?thing ?p ?v FILTER(?p IN ({})) }}"
    return _by_subject(
        row for values in values_blocks(iris) for row in select_rows(site.store, query.format(values, wanted))
    )


def first(facts: Facts, *properties: NamedNode) -> str:
    """Return the first value, in alphabetical order, of any of these properties; empty if none has a value."""
    return min((value for one in properties for value in facts[one.value]), default="")


def level_of(facts: Facts) -> int | None:
    """Return the number of a thing's level; None if the data states no level of the vocabulary."""
    number = first(facts, terms.LEVEL_PROPERTY).removeprefix(terms.LEVEL)
    return int(number) if number.isascii() and number.isdigit() and len(number) < 3 else None


def t_levels(site: Site, limit: int | None = None, offset: int = 0) -> list[str]:
    """Return the IRIs of T Levels, sorted by name."""
    part = f"LIMIT {limit} OFFSET {offset}" if limit is not None else ""
    return _column(
        site,
        # Not every engine orders groups by a function of an aggregate.
        f"SELECT ?t ?name {{ {{ SELECT ?t (MIN(STR(?label)) AS ?name) {{ ?t a {terms.T_LEVEL}"
        f" OPTIONAL {{ ?t {terms.PREF_LABEL} ?label }} FILTER(isIRI(?t)) }} GROUP BY ?t }} }}"
        f" ORDER BY LCASE(?name) ?t {part}",
    )


def count_options(site: Site, t_levels: Iterable[str]) -> dict[str, int]:
    """Return the number of options of each T Level."""
    iris = list(t_levels)
    counts = dict.fromkeys(iris, 0)
    for values in values_blocks(iris):
        query = (
            f"SELECT ?t (COUNT(DISTINCT ?option) AS ?n) {{ VALUES ?t {{ {values} }}"
            f" ?s {terms.SPECIALISM_OF} ?t . ?option {terms.OPTION_FOR} ?s }} GROUP BY ?t"
        )
        counts |= {_text(row["t"]): int(_text(row["n"])) for row in select_rows(site.store, query)}
    return counts


def specialisms_of(site: Site, t_level: str) -> list[str]:
    """Return the IRIs of a T Level's specialisms."""
    return _column(site, f"SELECT DISTINCT ?s {{ ?s {terms.SPECIALISM_OF} <{t_level}> FILTER(isIRI(?s)) }}")


def t_levels_of(site: Site, specialism: str) -> list[str]:
    """Return the IRIs of the T Levels that include a specialism."""
    return _column(site, f"SELECT DISTINCT ?t {{ <{specialism}> {terms.SPECIALISM_OF} ?t FILTER(isIRI(?t)) }}")


def flagged_specialisms(site: Site) -> list[str]:
    """Return the IRIs of specialisms after which an option has a flag or may be bypassed."""
    return _column(
        site,
        f"SELECT DISTINCT ?s {{ ?option {terms.STATUS_PROPERTY}|{terms.BYPASSES} ?any ; {terms.OPTION_FOR} ?s ."
        f" ?s {terms.SPECIALISM_OF} ?t FILTER(isIRI(?s)) }} ORDER BY ?s",
    )


def qualifications_of(site: Site, t_level: str) -> Mapping[str, Facts]:
    """Return the numbers, awarding bodies and dates of a T Level's technical qualifications, by IRI."""
    parts = _column(
        site,
        f"SELECT DISTINCT ?q {{ ?q {terms.QUALIFICATION_OF} <{t_level}> ; {terms.QUALIFICATION_NUMBER} ?number }}",
    )
    return properties_of(site, parts, (terms.QUALIFICATION_NUMBER, terms.AWARDING_ORGANISATION, terms.FIRST_TEACHING))


def options_after(site: Site, specialisms: Iterable[str]) -> dict[str, list[OptionFacts]]:
    """Return the options after each specialism, in the order of the document, then by IRI."""
    found: dict[str, list[OptionFacts]] = {iri: [] for iri in specialisms}
    options = _by_subject(
        row
        for values in values_blocks(found)
        for row in select_rows(
            site.store,
            f"SELECT DISTINCT ?thing ?p ?v {{ VALUES ?specialism {{ {values} }}"
            f" ?thing {terms.OPTION_FOR} ?specialism ; ?p ?v FILTER(isIRI(?thing)) }}",
        )
    )
    destinations = properties_of(
        site,
        filter(None, (first(facts, *_STEPS) for facts in options.values())),
        (terms.TYPE, terms.LEVEL_PROPERTY, terms.BASED_ON),
    )
    for iri, facts in options.items():
        if destination := first(facts, *_STEPS):
            option = _option(iri, facts, destination, destinations[destination])
            for specialism in found.keys() & facts[terms.OPTION_FOR.value]:
                found[specialism].append(option)
    for group in found.values():
        group.sort(key=lambda option: (option.document_order, option.iri))
    return found


def _option(iri: str, facts: Facts, destination: str, of_destination: Facts) -> OptionFacts:
    return OptionFacts(
        iri,
        destination,
        kind=min(of_destination[terms.TYPE.value] & _DESTINATION_CLASSES, default=""),
        level=level_of(of_destination),
        standards=tuple(sorted(of_destination[terms.BASED_ON.value])),
        mode=first(facts, terms.MODE_PROPERTY).removeprefix(terms.MODE),
        flags=frozenset(facts[terms.STATUS_PROPERTY.value]),
        is_bypassed=bool(facts[terms.BYPASSES.value]),
        source=first(facts, terms.WAS_QUOTED_FROM),
        links=frozenset(facts[terms.PAGE.value]),
    )


def pathways_to(site: Site, occupation: str, limit: int, offset: int) -> list[tuple[str, str, str]]:
    """Return what leads to an occupation: a T Level, a specialism and an apprenticeship, as IRIs.

    The IRI of the apprenticeship is empty if the specialism leads to the occupation directly.
    """
    rows = select_rows(
        site.store,
        f"SELECT DISTINCT ?t ?s ?step {{ {{ ?s {terms.PROGRESSES_TO} <{occupation}> }} UNION"
        f" {{ ?s {terms.PROGRESSES_TO} ?step . ?step a {terms.APPRENTICESHIP} ; {terms.TRAINS_FOR} <{occupation}> }}"
        f" ?s {terms.SPECIALISM_OF} ?t }} ORDER BY ?t ?s BOUND(?step) ?step LIMIT {limit} OFFSET {offset}",
    )
    return [(_text(row["t"]), _text(row["s"]), _text(row["step"])) for row in rows]


def _by_subject(rows: Iterable[Row]) -> Mapping[str, Facts]:
    """Group rows of ?thing, ?p and ?v. A thing without rows has no values."""
    found: dict[str, Facts] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        found[_text(row["thing"])][_text(row["p"])].add(_text(row["v"]))
    return found


def _column(site: Site, query: str) -> list[str]:
    """Return the values of the first variable."""
    return [_text(next(iter(row.values()))) for row in select_rows(site.store, query)]


def _text(term: object) -> str:
    """Return the IRI or the lexical form of a term; empty for a blank node and for no value."""
    return term.value if isinstance(term, NamedNode | Literal) else ""
