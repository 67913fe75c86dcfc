"""Paths → findings, without publishing anything."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from tlevel_rdf.dataset.opening import classify_paths
from tlevel_rdf.findings import Finding, sort_findings
from tlevel_rdf.graph.corpus import read_corpus
from tlevel_rdf.graph.rdf_files import read_rdf
from tlevel_rdf.graph.union import union_store
from tlevel_rdf.release import dumps
from tlevel_rdf.release.release import open_release
from tlevel_rdf.validation.gate import gate, validate_core, validate_sparql

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tlevel_rdf.settings import Settings
    from tlevel_rdf.validation.shapes import Shapes


def check_paths(paths: Sequence[Path], shapes: Shapes, settings: Settings) -> list[Finding]:
    """Check YAML profiles together, and each RDF file or release by itself.

    Args:
        paths: files and folders; none: the project's profiles.
        shapes: the rules.
        settings: the base.

    Raises:
        UnreadableInputError: a path is not there or of no known kind.
        RdfSyntaxError: an RDF file is not well formed.
        ShapesError: the shapes cannot be run.
    """
    told = classify_paths(paths)
    findings: list[Finding] = []
    if told.profiles or not paths:
        corpus, found = read_corpus(told.profiles, settings)
        findings += found
        if corpus is not None:
            findings += gate(corpus, list(corpus.quads()), shapes)
    for file in chain(told.rdf, (open_release(folder).folder / dumps.N_QUADS for folder in told.releases)):
        findings += _check_rdf(file, shapes, settings)
    return sort_findings(findings)


def _check_rdf(file: Path, shapes: Shapes, settings: Settings) -> Iterator[Finding]:
    quads = list(read_rdf([file], settings.base))
    for result in {*validate_core(quads, shapes.core), *validate_sparql(union_store(quads), shapes)}:
        found = result.finding
        yield Finding(
            found.code, found.severity, found.message, str(file), focus=found.focus, path=found.path, hint=found.hint
        )
