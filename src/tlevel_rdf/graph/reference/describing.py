"""The whole reference data as quads."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.entailment import Entailment
from tlevel_rdf.graph.reference.areas import describe_areas
from tlevel_rdf.graph.reference.links import describe_links
from tlevel_rdf.graph.reference.occupational_map import describe_map
from tlevel_rdf.graph.reference.standards import describe_standards
from tlevel_rdf.graph.reference.subject_pages import describe_subject_pages
from tlevel_rdf.graph.reference.t_levels import describe_t_levels
from tlevel_rdf.graph.reference.writer import Writer, english
from tlevel_rdf.graph.vocabulary import describe_vocabulary, rules

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from tlevel_rdf.graph.identifiers import Identifiers
    from tlevel_rdf.reference.model import Reference, Source, Update


def share(reference: Reference, ids: Identifiers) -> tuple[Quad, ...]:
    """Describe the vocabulary and the reference data, with what follows from them."""
    known = describe_reference(reference, ids)
    inferred = Entailment(rules(), ids.graph("inferred")).infer(known)
    return describe_vocabulary(ids.graph("vocabulary")) + known + inferred


def describe_reference(reference: Reference, ids: Identifiers) -> tuple[Quad, ...]:
    """Describe the reference data.

    Returns:
        Quads in `graph/reference`; for each source, in `graph/reference/{source}`; and for each page about a T Level,
        in `graph/subject-page/{t-level}`; for each set of links, in `graph/links/{set}`. Each quad is there once.
    """
    writer = Writer(ids, {source.key: source.dated or dt.date.min for source in reference.sources})
    for source in reference.sources:
        _describe_source(source, writer)
    for update in reference.updates:
        _describe_update(update, writer)
    describe_areas(reference, writer)
    describe_t_levels(reference, writer)
    describe_standards(reference, writer)
    describe_map(reference, writer)
    describe_subject_pages(reference, writer)
    describe_links(reference, writer)
    return writer.finish()


def _describe_source(source: Source, writer: Writer) -> None:
    node, graph = writer.ids.source(source.key), writer.ids.reference_graph(source.key)
    writer.add(node, terms.TYPE, terms.DOCUMENT)
    writer.add(node, terms.TITLE, source.title)
    writer.add(node, terms.PAGE, source.page and NamedNode(source.page))
    writer.date(node, terms.ISSUED, source.dated)
    writer.add(node, terms.LICENCE, source.licence and NamedNode(source.licence))
    writer.add(node, terms.BIBLIOGRAPHIC_CITATION, source.attribution and english(source.attribution))
    writer.add(graph, terms.TYPE, terms.ENTITY)
    writer.add(graph, terms.WAS_DERIVED_FROM, node)
    writer.date(graph, terms.CREATED, source.gathered)


def _describe_update(update: Update, writer: Writer) -> None:
    """Note the files from which the graph of a source comes, with the reason for accepting unusual changes."""
    files = ", ".join(f"{name} (SHA-256 {sum_})" for name, sum_ in zip(update.files, update.sha_256, strict=False))
    counts = f"{update.new} new, {update.changed} changed, {update.completed} completed, {update.gone} gone"
    reason = f" Accepted because: {update.reason}" if update.reason else ""
    note = f"Updated on {update.date} from {files}: {counts}.{reason}"
    writer.add(writer.ids.reference_graph(update.source), terms.HISTORY_NOTE, english(note))
