"""View models of T Levels: the list on the home page, and the options after each specialism."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.identifiers import place_in_words
from tlevel_rdf.graph.labels import natural_key, vocabulary_labels
from tlevel_rdf.graph.vocabulary import ontology
from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.web.data.facts import count_options, first, options_after, properties_of, t_levels
from tlevel_rdf.web.data.iris import local_path
from tlevel_rdf.web.data.labels import Labels
from tlevel_rdf.web.html.rendering import tables_of
from tlevel_rdf.web.html.view_models import TermView

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tlevel_rdf.web.data.facts import OptionFacts
    from tlevel_rdf.web.data.site import Site

_DEFINITION: Final = NamedNode(f"{terms.SKOS}definition")


@dataclass(frozen=True)
class TLevelSummary:
    """A T Level in the list of all T Levels, with the number of its options and the name of its route."""

    name: TermView
    options: int
    route: TermView | None


@dataclass(frozen=True)
class OptionRow:
    """A row of a table of options.

    Attributes:
        title: the name of the next step, with a link to its page.
        kind: apprenticeship, degree and so on; empty if the data states none.
        level: the level as printed; None if the document prints none.
        flags: the flags as printed.
        is_bypassed: True if the learner may bypass this step.
        source: the line that states the option.
        href: the page about the option itself.
    """

    title: TermView
    kind: str
    level: int | None
    flags: tuple[TermView, ...]
    is_bypassed: bool
    source: TermView | None
    href: str


@dataclass(frozen=True)
class SpecialismView:
    """A specialism with its options in the order of the document."""

    name: TermView
    options: tuple[OptionRow, ...]

    @property
    def tables(self) -> tuple[TermView, ...]:
        """Links to its options in CSV and as a spreadsheet; empty if the API does not have them."""
        key = self.name.href.removeprefix("/doc/specialism/")
        return () if key == self.name.href else tables_of(f"/api/specialisms/{key}/options")[1:]


def list_t_levels(site: Site) -> list[TLevelSummary]:
    """Return all T Levels, sorted by route and by name; those without a route last."""
    iris = t_levels(site)
    counts, facts = count_options(site, iris), properties_of(site, iris, (terms.IN_ROUTE,))
    routes = {iri: first(facts[iri], terms.IN_ROUTE) for iri in iris}
    labels = Labels(site.base, labels_and_types(site.store, {*iris, *filter(None, routes.values())}))

    def link(iri: str) -> TermView:
        return TermView(labels.of(iri), local_path(iri, site.base))

    summaries = [TLevelSummary(link(iri), counts[iri], link(routes[iri]) if routes[iri] else None) for iri in iris]
    return sorted(summaries, key=_by_route)


def _by_route(one: TLevelSummary) -> tuple[object, ...]:
    route = natural_key(one.route.text) if one.route else ()
    return one.route is None, route, natural_key(one.name.text), one.name.href


def view_specialisms(site: Site, specialisms: Iterable[str]) -> list[SpecialismView]:
    """Return specialisms sorted by name, each with its options."""
    options = options_after(site, specialisms)
    named = {*options, *(iri for group in options.values() for o in group for iri in (o.destination, *o.flags))}
    labels = Labels(site.base, labels_and_types(site.store, named))

    def order(option: OptionFacts) -> tuple[object, ...]:
        return option.document_order, option.level or 0, natural_key(labels.of(option.destination))

    views = [
        SpecialismView(
            TermView(labels.of(iri), local_path(iri, site.base)),
            tuple(_row(option, labels, site.base) for option in sorted(group, key=order)),
        )
        for iri, group in options.items()
    ]
    return sorted(views, key=lambda one: (natural_key(one.name.text), one.name.href))


def _row(option: OptionFacts, labels: Labels, base: str) -> OptionRow:
    source = TermView(place_in_words(option.source) or "document", local_path(option.source, base))
    return OptionRow(
        title=TermView(labels.of(option.destination), local_path(option.destination, base)),
        kind=labels.stated(option.kind),
        level=option.level,
        flags=tuple(TermView(labels.of(flag), local_path(flag, base)) for flag in sorted(option.flags)),
        is_bypassed=option.is_bypassed,
        source=source if option.source else None,
        href=local_path(option.iri, base),
    )


def flag_meanings(specialisms: Iterable[SpecialismView]) -> list[tuple[str, str]]:
    """Return the flags of these options, each with its definition."""
    used = {flag.text for specialism in specialisms for option in specialism.options for flag in option.flags}
    return [(flag, meaning) for flag, meaning in _definitions().items() if flag in used]


@cache
def _definitions() -> Mapping[str, str]:
    return {
        vocabulary_labels()[q.subject.value]: q.object.value
        for q in ontology()
        if q.predicate == _DEFINITION
        and isinstance(q.subject, NamedNode)
        and isinstance(q.object, Literal)
        and q.subject in terms.STATUS_OF.values()
    }
