"""T Levels, their technical qualifications, specialisms and learning aims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.reference.writer import english
from tlevel_rdf.profiles.titles import slug

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from tlevel_rdf.graph.reference.writer import Writer
    from tlevel_rdf.reference.model import Reference, ReferenceSpecialism, ReferenceTLevel, TechnicalQualification


def describe_t_levels(reference: Reference, writer: Writer) -> None:
    """Describe each T Level with its parts."""
    for t_level in reference.t_levels:
        _describe_t_level(t_level, writer)


def _describe_t_level(t_level: ReferenceTLevel, writer: Writer) -> None:
    key = slug(t_level.title)
    node = writer.ids.t_level(key)
    writer.add(node, terms.TYPE, terms.T_LEVEL)
    writer.title(node, t_level.title, t_level.sources)
    writer.add(node, terms.IN_ROUTE, writer.ids.route(t_level.route), *t_level.sources)
    if t_level.replaced_by:
        writer.add(node, terms.IS_REPLACED_BY, writer.ids.t_level(slug(t_level.replaced_by)), *t_level.sources)
    for part in t_level.partly_replaced_by:
        writer.add(node, terms.PARTLY_REPLACED_BY, writer.ids.t_level(slug(part.title)), *part.sources)
    for note in t_level.notes:
        writer.add(node, terms.HISTORY_NOTE, english(note.note), *note.sources)
    for qualification in t_level.qualifications:
        _describe_qualification(qualification, node, writer)
    for specialism in t_level.specialisms:
        _describe_specialism(specialism, node, key, writer)


def _describe_qualification(qualification: TechnicalQualification, of: NamedNode, writer: Writer) -> None:
    node, sources = writer.ids.qualification(qualification.number), qualification.sources
    writer.add(node, terms.TYPE, terms.QUALIFICATION)
    writer.add(node, terms.PREF_LABEL, english(f"Technical qualification {qualification.number}"))
    writer.add(node, terms.QUALIFICATION_OF, of, *sources)
    writer.add(node, terms.QUALIFICATION_NUMBER, qualification.number, *sources)
    writer.add(node, terms.LEARNING_AIM_REFERENCE, qualification.learning_aim, *sources)
    writer.date(node, terms.FIRST_TEACHING, qualification.first_teaching, *sources)
    if last := qualification.last_enrolment:
        writer.add(node, terms.LAST_ENROLMENT, Literal(last.month, datatype=terms.YEAR_MONTH), *last.sources)
    if code := qualification.framework_code:
        writer.add(node, terms.FRAMEWORK_CODE, code.code, *code.sources)
    awarding = qualification.awarding_organisation
    organisation = writer.ids.organisation(slug(awarding.title))
    writer.add(organisation, terms.TYPE, terms.AGENT)
    writer.title(organisation, awarding.title, awarding.sources)
    writer.add(organisation, terms.UKPRN, awarding.ukprn, *awarding.sources)
    writer.add(node, terms.AWARDING_ORGANISATION, organisation, *awarding.sources)
    for note in qualification.notes:
        writer.add(node, terms.HISTORY_NOTE, english(note.note), *note.sources)


def _describe_specialism(specialism: ReferenceSpecialism, of: NamedNode, t_level: str, writer: Writer) -> None:
    node = writer.ids.specialism(t_level, slug(specialism.title))
    writer.add(node, terms.TYPE, terms.OCCUPATIONAL_SPECIALISM)
    writer.title(node, specialism.title, specialism.sources)
    writer.add(node, terms.SPECIALISM_OF, of, *specialism.sources)
    for aim in specialism.learning_aims:
        writer.add(node, terms.LEARNING_AIM_REFERENCE, aim.code, *aim.sources)
        aim_node = writer.ids.learning_aim(aim.code)
        writer.add(aim_node, terms.TYPE, terms.LEARNING_AIM)
        writer.add(aim_node, terms.PREF_LABEL, english(f"Learning aim {aim.code}"))
        writer.add(aim_node, terms.LEARNING_AIM_REFERENCE, aim.code, *aim.sources)
        writer.add(aim_node, terms.AIM_OF, node, *aim.sources)
        if aim.qualification:
            qualification = writer.ids.qualification(aim.qualification)
            writer.add(aim_node, terms.AIM_OF_QUALIFICATION, qualification, *aim.sources)
