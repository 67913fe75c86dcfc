"""Reference data in compiled form, without the check of its rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tlevel_rdf.graph.compiled import CompiledReference, write_compiled
from tlevel_rdf.graph.corpus import share
from tlevel_rdf.reference.index import index
from tlevel_rdf.reference.model import Reference

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.graph.identifiers import Identifiers


def compile_reference(reference: Reference, ids: Identifiers, folder: Path) -> CompiledReference:
    """Write the compiled form of reference data to an existing folder."""
    return write_compiled(index(reference), share(reference, ids), folder)


def trimmed(reference: Reference) -> Reference:
    """Return the T Levels, the areas, and the standards of links. An engine that is slow can check so much."""
    linked = {mapping.subject_id.rpartition("/")[2] for links in reference.links for mapping in links.mappings}
    linked |= {mapping.object_id.rpartition("/")[2] for links in reference.links for mapping in links.mappings}
    return replace(
        Reference(),
        sources=reference.sources,
        areas=reference.areas,
        t_levels=reference.t_levels,
        standards=tuple(row for row in reference.standards if row.reference in linked),
        standard_titles=tuple(row for row in reference.standard_titles if row.reference in linked),
        links=reference.links,
    )
