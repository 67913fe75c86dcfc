"""Links as quads: each set of mappings in a graph of its own, with the justification of each mapping.

A mapping is written as SSSOM writes it in RDF: a node that annotates the link with its justification and date.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.reference.writer import english

if TYPE_CHECKING:
    from tlevel_rdf.graph.reference.writer import Writer
    from tlevel_rdf.reference.links import Mapping, MappingSet
    from tlevel_rdf.reference.model import Reference

#: The base of the identifiers in the shipped sets.
_BASE = "https://w3id.org/tlevel/"


def describe_links(reference: Reference, writer: Writer) -> None:
    """Describe each set of mappings."""
    for mapping_set in reference.links:
        graph = writer.ids.links_graph(mapping_set.name)
        writer.add_to(graph, graph, terms.TYPE, terms.MAPPING_SET)
        writer.add_to(graph, graph, terms.TITLE, english(str(mapping_set.metadata["mapping_set_title"])))
        for mapping in mapping_set.mappings:
            _describe_mapping(mapping, mapping_set, graph, writer)


def _describe_mapping(mapping: Mapping, mapping_set: MappingSet, graph: NamedNode, writer: Writer) -> None:
    subject, prop, target, justification = (
        NamedNode(_rebase(mapping_set.expand(curie), writer.ids.base))
        for curie in (mapping.subject_id, mapping.predicate_id, mapping.object_id, mapping.mapping_justification)
    )
    node = NamedNode(f"{graph.value}#{_digest(mapping)}")
    for one, predicate, value in (
        (subject, prop, target),
        (node, terms.TYPE, terms.AXIOM),
        (node, terms.ANNOTATED_SOURCE, subject),
        (node, terms.ANNOTATED_PROPERTY, prop),
        (node, terms.ANNOTATED_TARGET, target),
        (node, terms.MAPPING_JUSTIFICATION, justification),
        (node, terms.MAPPING_DATE, Literal(mapping.mapping_date.isoformat(), datatype=terms.DATE)),
    ):
        writer.add_to(graph, one, predicate, value)
    if mapping.comment:
        writer.add_to(graph, node, terms.COMMENT, english(mapping.comment))
    if prop == terms.FOR_OCCUPATION and mapping.object_label:
        writer.add_to(graph, target, terms.TYPE, terms.OCCUPATION)
        writer.title_in(graph, target, mapping.object_label, mapping.mapping_date)


def _rebase(iri: str, base: str) -> str:
    return base + iri.removeprefix(_BASE) if iri.startswith(f"{_BASE}id/") else iri


def _digest(mapping: Mapping) -> str:
    key = f"{mapping.subject_id}\t{mapping.predicate_id}\t{mapping.object_id}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]
