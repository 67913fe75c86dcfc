"""Reference data in compiled form, without the check of its rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlevel_rdf.graph.compiled import CompiledReference, write_compiled
from tlevel_rdf.graph.corpus import share
from tlevel_rdf.reference.index import index

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.graph.identifiers import Identifiers
    from tlevel_rdf.reference.model import Reference


def compile_reference(reference: Reference, ids: Identifiers, folder: Path) -> CompiledReference:
    """Write the compiled form of reference data to an existing folder."""
    return write_compiled(index(reference), share(reference, ids), folder)
