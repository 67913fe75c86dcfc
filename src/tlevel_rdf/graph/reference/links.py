"""Links as quads: each set of mappings in a graph of its own, with the grounds of each mapping.

A mapping is written as SSSOM writes it in RDF: a node that annotates the link with its justification, date and the
like. A look-up without a result has such a node, and no link.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from tlevel_rdf.codes import Code
from tlevel_rdf.errors import IdentifierError
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.reference.writer import english
from tlevel_rdf.profiles.kinds import Kind
from tlevel_rdf.profiles.titles import slug
from tlevel_rdf.reference.links import ENDING, NO_TERM_FOUND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from pyoxigraph import Quad

    from tlevel_rdf.graph.identifiers import Identifiers
    from tlevel_rdf.graph.reference.writer import Writer
    from tlevel_rdf.reference.links import Mapping, MappingSet
    from tlevel_rdf.reference.model import Reference

#: The base of the identifiers in the shipped sets.
BASE: Final = "https://w3id.org/tlevel/"
#: The base in the head of a set, before the identifiers that move with the base. Definitions have a fixed namespace.
_OURS: Final = re.compile(rf"{re.escape(BASE)}(?=(?:id|data|graph)/)")
#: The slots of a mapping or of its set that hold IRIs, numbers and texts.
_IRIS: Final = ("mapping_source", "author_id", "reviewer_id", "subject_match_field", "object_match_field")
_NUMBERS: Final = ("confidence", "similarity_score")
_TEXTS: Final = (
    "mapping_tool", "mapping_tool_version", "author_label", "reviewer_label", "match_string", "similarity_measure",
)  # fmt: skip


def describe_links(reference: Reference, writer: Writer) -> None:
    """Describe each set of mappings."""
    for mapping_set in reference.links:
        graph = writer.ids.links_graph(mapping_set.name)
        _describe_set(mapping_set, graph, writer)
        for mapping in mapping_set.mappings:
            _describe_mapping(mapping, mapping_set, graph, writer)


def _describe_set(mapping_set: MappingSet, graph: NamedNode, writer: Writer) -> None:
    writer.add_to(graph, graph, terms.TYPE, terms.MAPPING_SET)
    for name, prop in (("mapping_set_title", terms.TITLE), ("mapping_set_description", terms.DESCRIPTION)):
        for text in mapping_set.slot(name):
            writer.add_to(graph, graph, prop, english(text))
    for licence in mapping_set.slot("license"):
        writer.add_to(graph, graph, terms.LICENCE, NamedNode(licence))
    for source in mapping_set.slot("mapping_set_source"):
        writer.add_to(graph, graph, terms.WAS_DERIVED_FROM, NamedNode(_rebase(source, writer.ids.base)))
    for name in ("creator_label", "mapping_tool", "mapping_tool_version"):
        for value in mapping_set.slot(name):
            writer.add_to(graph, graph, terms.sssom(name), Literal(value))
    for name in ("subject_source", "object_source"):
        for curie in mapping_set.slot(name):
            writer.add_to(graph, graph, terms.sssom(name), _node(mapping_set, curie, writer.ids))


def _describe_mapping(mapping: Mapping, mapping_set: MappingSet, graph: NamedNode, writer: Writer) -> None:
    subject, prop, target, justification = (
        _node(mapping_set, curie, writer.ids)
        for curie in (mapping.subject_id, mapping.predicate_id, mapping.object_id, mapping.mapping_justification)
    )
    node = NamedNode(f"{graph.value}#{_digest(mapping)}")
    statements: Iterable[tuple[NamedNode, NamedNode | Literal]] = (
        (terms.TYPE, terms.AXIOM),
        (terms.ANNOTATED_SOURCE, subject),
        (terms.ANNOTATED_PROPERTY, prop),
        (terms.ANNOTATED_TARGET, target),
        (terms.MAPPING_JUSTIFICATION, justification),
        (terms.MAPPING_DATE, Literal(mapping.mapping_date.isoformat(), datatype=terms.DATE)),
        *_grounds(mapping, mapping_set, writer.ids),
    )
    for predicate, value in statements:
        writer.add_to(graph, node, predicate, value)
    _describe_degree(subject, mapping, graph, writer)
    if target.value == NO_TERM_FOUND:
        return
    writer.add_to(graph, subject, prop, target)
    if target.value.startswith(terms.HECOS_SCHEME.value):
        _describe_subject_of_study(target, mapping, graph, writer)
    if prop == terms.FOR_OCCUPATION and mapping.object_label:
        writer.add_to(graph, target, terms.TYPE, terms.OCCUPATION)
        writer.title_in(graph, target, mapping.object_label, mapping.mapping_date)


def _grounds(
    mapping: Mapping, mapping_set: MappingSet, ids: Identifiers
) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    for name in _IRIS:
        if curie := getattr(mapping, name):
            yield terms.sssom(name), _node(mapping_set, curie, ids)
    for name in _NUMBERS:
        if (number := getattr(mapping, name)) is not None:
            yield terms.sssom(name), Literal(f"{Decimal(str(number)):f}", datatype=terms.DECIMAL)
    for name in _TEXTS:
        if text := getattr(mapping, name):
            yield terms.sssom(name), Literal(text)
    if mapping.comment:
        yield terms.COMMENT, english(mapping.comment)


def _describe_degree(subject: NamedNode, mapping: Mapping, graph: NamedNode, writer: Writer) -> None:
    """Describe a degree, of which the registers know nothing: only profiles name degrees."""
    if mapping.subject_label and _is_degree(subject, mapping.subject_label, writer.ids):
        writer.add_to(graph, subject, terms.TYPE, terms.CLASS_OF[Kind.DEGREE])
        writer.title_in(graph, subject, mapping.subject_label, mapping.mapping_date)


def _describe_subject_of_study(target: NamedNode, mapping: Mapping, graph: NamedNode, writer: Writer) -> None:
    """Describe a subject of HECoS, which has no official IRI."""
    scheme = terms.HECOS_SCHEME
    writer.add_to(graph, scheme, terms.TYPE, terms.CONCEPT_SCHEME)
    writer.add_to(graph, scheme, terms.PREF_LABEL, english("Higher Education Classification of Subjects"))
    writer.add_to(graph, scheme, terms.HAS_TOP_CONCEPT, target)
    writer.add_to(graph, target, terms.TYPE, terms.CONCEPT)
    writer.add_to(graph, target, terms.IN_SCHEME, scheme)
    writer.add_to(graph, target, terms.TOP_CONCEPT_OF, scheme)
    writer.add_to(graph, target, terms.NOTATION, Literal(target.value.rpartition("#")[2]))
    if mapping.object_label:
        writer.title_in(graph, target, mapping.object_label, mapping.mapping_date)


def file_texts(sets: Iterable[MappingSet], base: str) -> dict[str, str]:
    """Return the text of the file of each set, by its name, with identifiers under a base."""
    return {f"{each.name}{ENDING}": _rebased(each.table.text, base) for each in sets}


def _rebased(text: str, base: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(_OURS.sub(base, line) if line.startswith("#") else line for line in lines)


def find_faults(sets: Iterable[MappingSet], quads: Sequence[Quad], ids: Identifiers) -> Iterator[Finding]:
    """Compare sets of mappings with the data.

    Args:
        sets: sets without violations of their own.
        quads: the described reference data, which may have these sets.
        ids: mints the IRIs.

    Yields:
        Each subject that the data does not describe, each such object under our own IRIs, and each mapping that another
        set has too.
    """
    known = {quad.subject for quad in quads if quad.predicate == terms.TYPE}
    linked = _linked(quads, ids.links_graph("").value)
    for mapping_set in sets:
        for number, row in enumerate(mapping_set.mappings):
            curies = (row.subject_id, row.predicate_id, row.object_id)
            link = Triple(*(_node(mapping_set, curie, ids) for curie in curies))
            for column in _unknown(link, row, known, ids):
                message, code = f"The data has no {getattr(row, column)!r}.", Code.UNKNOWN_REFERENCE
                hint = "Correct it, or add it to the reference data. A degree needs only its title as subject_label."
                yield mapping_set.table.finding(code, Severity.VIOLATION, message, (number, column), hint=hint)
            for other in sorted(linked.get(link, set()) - {mapping_set.name}):
                message, hint = f"The set {other} has this mapping too.", "Keep one of them."
                yield mapping_set.table.finding(Code.DUPLICATE, Severity.VIOLATION, message, (number,), hint=hint)


def _unknown(link: Triple, row: Mapping, known: AbstractSet[object], ids: Identifiers) -> Iterator[str]:
    """Yield the column of each end of a link that should be in the data and is not.

    The title of a degree suffices, and a job is described by the mapping that says which standard it has.
    """
    if link.subject not in known and not (row.subject_label and _is_degree(link.subject, row.subject_label, ids)):
        yield "subject_id"
    is_ours = isinstance(link.object, NamedNode) and link.object.value.startswith(f"{ids.base}id/")
    if is_ours and link.object not in known and link.predicate != terms.FOR_OCCUPATION:
        yield "object_id"


def _linked(quads: Iterable[Quad], prefix: str) -> dict[Triple, set[str]]:
    """Return each link of the graphs of sets, with the names of the sets that have it."""
    linked = defaultdict(set)
    for graph, in_graph in groupby(quads, attrgetter("graph_name")):
        if graph.value.startswith(prefix):
            name = graph.value.removeprefix(prefix)
            for quad in in_graph:
                linked[quad.triple].add(name)
    return linked


def _is_degree(subject: object, title: str, ids: Identifiers) -> bool:
    """Return True if the subject is the degree of that title."""
    try:
        return subject == ids.destination(Kind.DEGREE, None, slug(title))
    except IdentifierError:
        return False


def _node(mapping_set: MappingSet, curie: str, ids: Identifiers) -> NamedNode:
    return NamedNode(_rebase(mapping_set.expand(curie), ids.base))


def _rebase(iri: str, base: str) -> str:
    return base + iri.removeprefix(BASE) if iri.startswith((f"{BASE}id/", f"{BASE}data/")) else iri


def _digest(mapping: Mapping) -> str:
    key = f"{mapping.subject_id}\t{mapping.predicate_id}\t{mapping.object_id}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]
