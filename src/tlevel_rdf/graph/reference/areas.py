"""Routes, pathways, clusters and the unit groups of SOC 2020, as concept schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.reference.writer import english
from tlevel_rdf.reference.model import WIDER_AREAS

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from tlevel_rdf.graph.reference.writer import Writer
    from tlevel_rdf.reference.model import Reference


def describe_areas(reference: Reference, writer: Writer) -> None:
    """Describe the areas of the occupational map, and the unit groups."""
    _describe_scheme(terms.ROUTE_SCHEME, "Routes, pathways and clusters", bool(reference.areas), writer)
    for area in reference.areas:
        node = writer.ids.area(area.kind, area.key)
        _describe_concept(node, terms.ROUTE_SCHEME, writer)
        writer.title(node, area.title, [area.source])
        if area.kind == "route":
            writer.add(node, terms.TYPE, terms.ROUTE)
            _make_top(node, terms.ROUTE_SCHEME, writer)
        elif area.within:
            writer.add(node, terms.BROADER, writer.ids.area(WIDER_AREAS[area.kind], area.within), area.source)
    _describe_scheme(
        terms.SOC2020_SCHEME, "Standard Occupational Classification 2020", bool(reference.occupation_groups), writer
    )
    for group in reference.occupation_groups:
        node = writer.ids.occupation_group(group.code)
        _describe_concept(node, terms.SOC2020_SCHEME, writer)
        _make_top(node, terms.SOC2020_SCHEME, writer)
        writer.add(node, terms.NOTATION, group.code, group.source)
        writer.title(node, group.title, [group.source])


def _describe_scheme(scheme: NamedNode, label: str, is_used: bool, writer: Writer) -> None:  # noqa: FBT001 - the schemes of an empty reference are left out
    if is_used:
        writer.add(scheme, terms.TYPE, terms.CONCEPT_SCHEME)
        writer.add(scheme, terms.PREF_LABEL, english(label))


def _describe_concept(node: NamedNode, scheme: NamedNode, writer: Writer) -> None:
    writer.add(node, terms.TYPE, terms.CONCEPT)
    writer.add(node, terms.IN_SCHEME, scheme)


def _make_top(node: NamedNode, scheme: NamedNode, writer: Writer) -> None:
    writer.add(node, terms.TOP_CONCEPT_OF, scheme)
    writer.add(scheme, terms.HAS_TOP_CONCEPT, node)
