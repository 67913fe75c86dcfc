"""Checks of profiles, RDF files and releases, without building anything."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from tlevel_rdf.dataset.opening import classify_paths
from tlevel_rdf.findings import Finding, sort_findings
from tlevel_rdf.graph.reading.rdf_files import read_rdf
from tlevel_rdf.graph.union import union_store
from tlevel_rdf.progress import Progress, ignore_progress
from tlevel_rdf.release import dumps
from tlevel_rdf.release.release import open_release
from tlevel_rdf.validation.evaluation import validate_core, validate_sparql
from tlevel_rdf.validation.gate import check_corpus
from tlevel_rdf.validation.loading import check_links, read_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tlevel_rdf.settings import Settings
    from tlevel_rdf.validation.shapes import Shapes


def check_paths(
    paths: Sequence[Path], shapes: Shapes, settings: Settings, begin: Progress = ignore_progress
) -> list[Finding]:
    """Check YAML profiles together, sets of links with the reference data, and each RDF file or release by itself.

    Args:
        paths: files and folders; none: the project's profiles.
        shapes: the rules.
        settings: for the base of the profiles, and the reference data.
        begin: receives the name of a stage that takes seconds.

    Raises:
        UnreadableInputError: a path does not exist, or is of an unknown kind.
        RdfSyntaxError: an RDF file is not well formed.
        ReleaseError: a release is damaged.
        ShapesError: the SHACL engine cannot run the shapes.
    """
    kinds = classify_paths(paths)
    findings: list[Finding] = []
    if kinds.profiles or not paths:
        corpus, found = read_corpus(kinds.profiles, settings, begin)
        findings += found
        if corpus is not None:
            findings += check_corpus(corpus, shapes).findings
    if kinds.links:
        findings += check_links(kinds.links, settings, begin)
    for file in chain(kinds.rdf, (open_release(folder).folder / dumps.N_QUADS for folder in kinds.releases)):
        findings += _check_rdf(file, shapes, settings)
    return sort_findings(findings)


def _check_rdf(file: Path, shapes: Shapes, settings: Settings) -> Iterator[Finding]:
    quads = list(read_rdf([file], settings.base))
    for result in {*validate_core(quads, shapes.core), *validate_sparql(union_store(quads), shapes)}:
        yield replace(result.finding, file=str(file))
