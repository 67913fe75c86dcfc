"""Reference data in compiled form, without the check of its rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.graph.compiled import CompiledReference, write_compiled
from tlevel_rdf.graph.reference.describing import share
from tlevel_rdf.reference.index import index
from tlevel_rdf.reference.model import Reference

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.graph.identifiers import Identifiers


def compile_reference(reference: Reference, ids: Identifiers, folder: Path) -> CompiledReference:
    """Write the compiled form of reference data to an existing folder."""
    return write_compiled(index(reference), share(reference, ids), folder)


def trimmed(reference: Reference) -> Reference:
    """Return the T Levels, the areas, and what stands around the standards of the shipped profile.

    An engine that is slow, such as owlrl, can check so much.
    """
    links = tuple(each for each in reference.links if each.name == "jobs-and-standards")
    named = {
        curie.rpartition("/")[2] for each in links for row in each.mappings for curie in (row.subject_id, row.object_id)
    }
    listed = tuple(row for row in reference.occupation_products if row.product in named)
    occupations = {row.occupation for row in listed}
    listed = tuple(row for row in reference.occupation_products if row.occupation in occupations)
    products = {row.product for row in listed}
    groups = {row.soc_2020 for row in reference.occupations if row.reference in occupations}
    together = tuple(row for row in reference.shown_together if occupations & {row.occupation, row.shown_with})
    return Reference(
        sources=reference.sources,
        areas=reference.areas,
        t_levels=reference.t_levels,
        standards=tuple(row for row in reference.standards if row.reference in named | products),
        standard_versions=tuple(row for row in reference.standard_versions if row.reference in named),
        standard_titles=tuple(row for row in reference.standard_titles if row.reference in named),
        occupation_groups=tuple(row for row in reference.occupation_groups if row.code in groups),
        occupations=tuple(row for row in reference.occupations if row.reference in occupations),
        products=tuple(row for row in reference.products if row.code in products),
        occupation_products=listed,
        t_level_products=tuple(row for row in reference.t_level_products if row.product in products),
        shown_together=tuple(row for row in together if {row.occupation, row.shown_with} <= occupations),
        job_roles=tuple(row for row in reference.job_roles if row.t_level == "Healthcare Science"),
        links=links,
    )
