"""The jobs that the Department for Education's pages name for whole T Levels, each page in a graph of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.reference.writer import english
from tlevel_rdf.profiles.kinds import Kind
from tlevel_rdf.profiles.model import Placed
from tlevel_rdf.profiles.titles import slug

if TYPE_CHECKING:
    from tlevel_rdf.graph.reference.writer import Writer
    from tlevel_rdf.reference.model import JobRole, Reference


def describe_subject_pages(reference: Reference, writer: Writer) -> None:
    """Describe each page and the options that it names."""
    for role in reference.job_roles:
        _describe_role(role, writer)


def _describe_role(role: JobRole, writer: Writer) -> None:
    key, job_key, ids = slug(role.t_level), slug(role.title), writer.ids
    graph, source = ids.subject_page_graph(key), ids.source(role.source)
    page, t_level, job = ids.subject_page(key), ids.t_level(key), ids.destination(Kind.OCCUPATION, None, job_key)
    option = ids.t_level_option(key, Kind.OCCUPATION, None, job_key)
    line = ids.place(source, Placed(line=role.line))
    writer.add(graph, terms.TYPE, terms.ENTITY)
    writer.add(graph, terms.WAS_DERIVED_FROM, source)
    label = english(f"{role.t_level}: work as {role.title}")
    for subject, predicate, value in (
        (page, terms.TYPE, terms.SUBJECT_PAGE),
        (page, terms.PREF_LABEL, english(f"Page about the T Level in {role.t_level}")),
        (page, terms.DESCRIBES, t_level),
        (page, terms.WAS_DERIVED_FROM, source),
        (option, terms.TYPE, terms.PROGRESSION_OPTION),
        (option, terms.PREF_LABEL, label),
        (option, terms.IS_PART_OF, page),
        (option, terms.OPTION_FOR, t_level),
        (option, terms.LEADS_TO, job),
        (option, terms.MODE_PROPERTY, terms.mode("work")),
        (option, terms.WAS_QUOTED_FROM, line),
        (line, terms.TYPE, terms.ENTITY),
        (line, terms.IS_PART_OF, source),
        (job, terms.TYPE, terms.OCCUPATION),
        (job, terms.CAREERS_SERVICE_SLUG, Literal(role.careers_slug)),
    ):
        writer.add_to(graph, subject, predicate, value)
    writer.title_in(graph, job, role.title, writer.dates[role.source])
