"""The occupational map of Skills England: occupations, the products that it lists under them, and its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.reference.standards import describe_state
from tlevel_rdf.graph.reference.writer import english
from tlevel_rdf.profiles.titles import slug

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from tlevel_rdf.graph.reference.writer import Writer
    from tlevel_rdf.reference.model import Occupation, Product, Reference

_CLASSES = {
    "higher technical qualification": (terms.MAP_PRODUCT, terms.HTQ),
    "technical qualification": (terms.MAP_PRODUCT, terms.QUALIFICATION),
    "t level": (terms.MAP_PRODUCT,),
}


def describe_map(reference: Reference, writer: Writer) -> None:
    """Describe the occupations, products and steps of the map."""
    for occupation in reference.occupations:
        _describe_occupation(occupation, writer)
    for product in reference.products:
        _describe_product(product, writer)
    specialisms = _describe_t_level_products(reference, writer)
    standards = {row.reference for row in reference.standards}
    for listed in reference.occupation_products:
        node = writer.ids.map_occupation(listed.occupation)
        if listed.product in standards:
            writer.add(writer.ids.standard(listed.product), terms.FOR_OCCUPATION, node, listed.source)
            continue
        for product in (writer.ids.product(listed.product), *specialisms.get(listed.product, ())):
            writer.add(product, terms.MAPPED_OCCUPATION, node, listed.source)
    for edge in reference.map_edges:
        start, end = writer.ids.map_occupation(edge.from_), writer.ids.map_occupation(edge.to)
        writer.add(start, terms.MAP_PROGRESSES_TO, end, edge.source)
    for pair in reference.shown_together:
        one, other = writer.ids.map_occupation(pair.occupation), writer.ids.map_occupation(pair.shown_with)
        writer.add(one, terms.SHOWN_WITH, other, pair.source)


def _describe_occupation(row: Occupation, writer: Writer) -> None:
    node, source, ids = writer.ids.map_occupation(row.reference), row.source, writer.ids
    writer.add(node, terms.TYPE, terms.OCCUPATION)
    writer.title(node, row.title, [source])
    writer.add(node, terms.OCCUPATION_REFERENCE, row.reference, source)
    writer.level(node, row.level, source)
    writer.add(node, terms.IN_ROUTE, row.route and ids.route(row.route), source)
    writer.add(node, terms.IN_PATHWAY, row.pathway and ids.area("pathway", row.pathway), source)
    writer.add(node, terms.IN_CLUSTER, row.cluster and ids.area("cluster", row.cluster), source)
    writer.add(node, terms.OCCUPATION_GROUP, row.soc_2020 and ids.occupation_group(row.soc_2020), source)
    writer.add(node, terms.VERSION_NUMBER, row.version, source)
    writer.date(node, terms.MODIFIED, row.updated, source)
    describe_state(node, row, writer)
    for title in row.typical_job_titles:
        if title != row.title:
            writer.add(node, terms.ALT_LABEL, english(title), source)


def _describe_product(row: Product, writer: Writer) -> None:
    node = writer.ids.product(row.code)
    for kind in _CLASSES[row.kind]:
        writer.add(node, terms.TYPE, kind)
    writer.title(node, row.title, [row.source])
    writer.add(node, terms.PRODUCT_CODE, row.code, row.source)
    writer.level(node, row.level, row.source)
    writer.add(node, terms.NOTE, row.note and english(row.note))


def _describe_t_level_products(reference: Reference, writer: Writer) -> dict[str, list[NamedNode]]:
    """Join each product of a T Level with its specialism, or with the T Level where it is for several.

    Returns:
        The specialisms of each product.
    """
    specialisms: dict[str, list[NamedNode]] = {}
    for row in reference.t_level_products:
        of = writer.ids.t_level(slug(row.t_level))
        if row.specialism:
            of = writer.ids.specialism(slug(row.t_level), slug(row.specialism))
            specialisms.setdefault(row.product, []).append(of)
        writer.add(writer.ids.product(row.product), terms.PRODUCT_OF, of, row.source)
    return specialisms
