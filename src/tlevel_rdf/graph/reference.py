"""The reference data as quads, with a graph for each source.

A fact that two sources state is in the graphs of both. So the graph shows the source of a fact, even where sources
disagree. Statements of our own, such as the type of a thing and the concept schemes, are in `graph/reference`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from tlevel_rdf.graph import terms
from tlevel_rdf.profiles.model import Kind
from tlevel_rdf.profiles.titles import slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.graph.identifiers import Identifiers
    from tlevel_rdf.profiles.reference import (
        OccupationGroup,
        Reference,
        ReferenceSource,
        ReferenceSpecialism,
        ReferenceTLevel,
        Route,
        Standard,
        TechnicalQualification,
    )


def describe_reference(reference: Reference, ids: Identifiers) -> tuple[Quad, ...]:
    """Describe the reference data.

    Returns:
        Quads in `graph/reference` and, for each source, in `graph/reference/{source}`; each once.
    """
    describer = _ReferenceDescriber(reference, ids)
    describer.describe()
    return tuple(describer.quads)


def standard_iri(standard: Standard, ids: Identifiers) -> NamedNode:
    """Return the IRI of a standard."""
    return ids.standard(standard.level.level, slug(standard.title.title))


class _ReferenceDescriber:
    def __init__(self, reference: Reference, ids: Identifiers) -> None:
        self.reference = reference
        self.ids = ids
        self.graph = ids.graph("reference")
        self.standards = {s.standard_reference.code: standard_iri(s, ids) for s in reference.standards}
        self.quads: dict[Quad, None] = {}

    def describe(self) -> None:
        for source in self.reference.sources:
            self._source(source)
        self._schemes()
        for route in self.reference.routes:
            self._route(route)
        for group in self.reference.occupation_groups:
            self._occupation_group(group)
        for t_level in self.reference.t_levels:
            self._t_level(t_level)
        for standard in self.reference.standards:
            self._standard(standard)

    def _add(
        self,
        subject: NamedNode,
        predicate: NamedNode,
        value: NamedNode | Literal,
        sources: Iterable[str] = (),
    ) -> None:
        graphs = [self.ids.reference_graph(source) for source in sources] or [self.graph]
        for graph in graphs:
            self.quads[Quad(subject, predicate, value, graph)] = None

    def _source(self, source: ReferenceSource) -> None:
        node = self.ids.source(source.key)
        graph = self.ids.reference_graph(source.key)
        self._add(node, terms.TYPE, terms.DOCUMENT)
        self._add(node, terms.TITLE, Literal(source.title, language="en"))
        if source.page:
            self._add(node, terms.PAGE, NamedNode(source.page))
        if source.dated:
            self._add(node, terms.ISSUED, Literal(source.dated.isoformat(), datatype=terms.DATE))
        self._add(graph, terms.TYPE, terms.ENTITY)
        self._add(graph, terms.WAS_DERIVED_FROM, node)

    def _schemes(self) -> None:
        for scheme, label, concepts in (
            (terms.ROUTE_SCHEME, "Routes", self.reference.routes),
            (
                terms.SOC2020_SCHEME,
                "Standard Occupational Classification 2020",
                self.reference.occupation_groups,
            ),
        ):
            if concepts:
                self._add(scheme, terms.TYPE, terms.CONCEPT_SCHEME)
                self._add(scheme, terms.PREF_LABEL, Literal(label, language="en"))

    def _route(self, route: Route) -> None:
        node = self.ids.route(slug(route.title))
        self._add(node, terms.TYPE, terms.ROUTE)
        self._add(node, terms.TYPE, terms.CONCEPT)
        self._add(node, terms.IN_SCHEME, terms.ROUTE_SCHEME)
        self._add(node, terms.PREF_LABEL, _english(route.title), route.sources)
        for other in route.other_titles:
            self._add(node, terms.ALT_LABEL, _english(other), route.sources)

    def _occupation_group(self, group: OccupationGroup) -> None:
        node = self.ids.occupation_group(group.code)
        self._add(node, terms.TYPE, terms.CONCEPT)
        self._add(node, terms.IN_SCHEME, terms.SOC2020_SCHEME)
        self._add(node, terms.NOTATION, Literal(group.code), group.sources)
        self._add(node, terms.PREF_LABEL, _english(group.title), group.sources)

    def _t_level(self, t_level: ReferenceTLevel) -> None:
        key = slug(t_level.title)
        node = self.ids.t_level(key)
        self._add(node, terms.TYPE, terms.T_LEVEL)
        self._add(node, terms.PREF_LABEL, _english(t_level.title), t_level.sources)
        self._add(node, terms.IN_ROUTE, self.ids.route(slug(t_level.route)), t_level.sources)
        if t_level.replaced_by:
            self._add(node, terms.IS_REPLACED_BY, self.ids.t_level(slug(t_level.replaced_by)), t_level.sources)
        for note in t_level.notes:
            self._add(node, terms.HISTORY_NOTE, _english(note.note), note.sources)
        for qualification in t_level.qualifications:
            self._qualification(qualification, node)
        for specialism in t_level.specialisms:
            self._specialism(specialism, node, key)

    def _qualification(self, qualification: TechnicalQualification, of: NamedNode) -> None:
        node = self.ids.qualification(qualification.number)
        sources = qualification.sources
        self._add(node, terms.TYPE, terms.QUALIFICATION)
        self._add(node, terms.IS_PART_OF, of, sources)
        self._add(node, terms.PREF_LABEL, _english(f"Technical qualification {qualification.number}"))
        self._add(node, terms.QUALIFICATION_NUMBER, Literal(qualification.number), sources)
        self._add(node, terms.LEARNING_AIM_REFERENCE, Literal(qualification.learning_aim), sources)
        first = Literal(qualification.first_teaching.isoformat(), datatype=terms.DATE)
        self._add(node, terms.AVAILABLE, first, sources)
        awarding = qualification.awarding_organisation
        organisation = self.ids.organisation(slug(awarding.title))
        self._add(organisation, terms.TYPE, terms.AGENT)
        self._add(organisation, terms.PREF_LABEL, _english(awarding.title), awarding.sources)
        self._add(organisation, terms.IDENTIFIER, Literal(awarding.ukprn), awarding.sources)
        self._add(node, terms.PUBLISHER, organisation, awarding.sources)
        for note in qualification.notes:
            self._add(node, terms.HISTORY_NOTE, _english(note.note), note.sources)

    def _specialism(self, specialism: ReferenceSpecialism, of: NamedNode, t_level: str) -> None:
        node = self.ids.specialism(t_level, slug(specialism.title))
        self._add(node, terms.TYPE, terms.OCCUPATIONAL_SPECIALISM)
        self._add(node, terms.PREF_LABEL, _english(specialism.title), specialism.sources)
        self._add(node, terms.SPECIALISM_OF, of, specialism.sources)
        for aim in specialism.learning_aims:
            self._add(node, terms.LEARNING_AIM_REFERENCE, Literal(aim.code), aim.sources)
        if specialism.standard:
            standard = self.standards[specialism.standard.code]
            self._add(node, terms.BASED_ON, standard, specialism.standard.sources)

    def _standard(self, standard: Standard) -> None:
        node = self.standards[standard.standard_reference.code]
        occupation = self.ids.destination(Kind.OCCUPATION, None, slug(standard.occupation))
        self._add(node, terms.TYPE, terms.OCCUPATIONAL_STANDARD)
        self._add(node, terms.PREF_LABEL, _english(standard.title.title), standard.title.sources)
        self._add(node, terms.LEVEL_PROPERTY, terms.level(standard.level.level), standard.level.sources)
        for other in standard.other_titles:
            self._add(node, terms.ALT_LABEL, _english(other.title), other.sources)
        self._add(node, terms.FOR_OCCUPATION, occupation)
        self._add(occupation, terms.TYPE, terms.OCCUPATION)
        self._add(occupation, terms.PREF_LABEL, _english(standard.occupation))
        reference = standard.standard_reference
        self._add(node, terms.STANDARD_REFERENCE, Literal(reference.code), reference.sources)
        for code in standard.occupation_references:
            self._add(node, terms.OCCUPATION_REFERENCE, Literal(code.code), code.sources)
        if lars := standard.lars_standard_code:
            self._add(node, terms.LARS_STANDARD_CODE, Literal(lars.code), lars.sources)
        if standard.route:
            route = self.ids.route(slug(standard.route.route))
            self._add(node, terms.IN_ROUTE, route, standard.route.sources)
        if group := standard.occupation_group:
            self._add(occupation, terms.OCCUPATION_GROUP, self.ids.occupation_group(group.code), group.sources)
        if replaced := standard.replaced_by:
            self._add(node, terms.IS_REPLACED_BY, self.standards[replaced.code], replaced.sources)


def _english(text: str) -> Literal:
    return Literal(text, language="en")
