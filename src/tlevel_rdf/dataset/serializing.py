"""Quads as text in any syntax of RDF."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from tlevel_rdf.errors import SettingError
from tlevel_rdf.graph.canonical_quads import to_n_quads
from tlevel_rdf.graph.serialization import serialize_graph, sort_for_reading, used_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

#: The syntaxes of RDF by name. The last two keep named graphs; the others merge them.
FORMATS: Final = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
}


def serialize_quads(quads: Iterable[Quad], form: str) -> str:
    """Write quads in a syntax; equal sets of quads give equal text.

    Args:
        quads: in any order; duplicates are written once.
        form: a key of `FORMATS`.

    Raises:
        SettingError: the format is unknown.
        UnwritableError: the syntax cannot express one of the quads.
    """
    if form not in FORMATS:
        raise SettingError(f"there is no format {form!r}", hint=f"use one of {', '.join(FORMATS)}")
    syntax = FORMATS[form]
    if syntax == RdfFormat.N_QUADS:
        return b"".join(sorted(set(to_n_quads(quads)))).decode()
    if syntax == RdfFormat.TRIG:
        return _trig(quads)
    return serialize_graph((quad.triple for quad in quads), syntax).decode()


def _trig(quads: Iterable[Quad]) -> str:
    graphs: defaultdict[object, list[Triple]] = defaultdict(list)
    for quad in quads:
        graphs[quad.graph_name].append(quad.triple)
    ordered = [
        Quad(triple.subject, triple.predicate, triple.object, graph)  # type: ignore[arg-type]  # a key is a graph name
        for graph in sorted(graphs, key=str)
        for triple in sort_for_reading(graphs[graph])
    ]
    prefixes = used_prefixes(quad.triple for quad in ordered)
    return (pyoxigraph.serialize(ordered, format=RdfFormat.TRIG, prefixes=prefixes) or b"").decode()
