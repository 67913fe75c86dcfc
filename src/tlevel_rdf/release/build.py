"""Builds of releases from YAML profiles."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph
from pyoxigraph import RdfFormat

from tlevel_rdf.errors import SettingError
from tlevel_rdf.findings import Finding, sort_findings, violations
from tlevel_rdf.graph.serialization import serialize_graph
from tlevel_rdf.progress import Progress, ignore_progress
from tlevel_rdf.release import dumps, release, search_index
from tlevel_rdf.release.dcat import describe_dataset, release_date
from tlevel_rdf.release.former_titles import find_unknown_former_titles
from tlevel_rdf.release.last_release import gone_finding, loss_finding, open_last_release
from tlevel_rdf.release.manifest import write_manifest
from tlevel_rdf.release.signature import sign
from tlevel_rdf.release.staging import publish, staging
from tlevel_rdf.release.tables import concordance, table, tabular
from tlevel_rdf.release.tombstones import Tombstones
from tlevel_rdf.validation.gate import Gate
from tlevel_rdf.validation.loading import read_corpus
from tlevel_rdf.validation.report import report_quads
from tlevel_rdf.validation.shapes import shipped_shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.settings import Settings
    from tlevel_rdf.validation.result import ValidationResult


@dataclass
class BuildResult:
    """The result of a build.

    Attributes:
        findings: everything that was found.
        release: the new release; None if a violation stopped the build, which then changed nothing.
    """

    findings: list[Finding] = field(default_factory=list)
    release: release.Release | None = None


class BuildOptions(NamedTuple):
    """The choices for one build.

    Attributes:
        accept: the reason for losses since the last release, which otherwise are violations.
        key: the key that signs the checksums; None for no signature.
    """

    accept: str = ""
    key: Path | None = None


_NO_OPTIONS: Final = BuildOptions()


def build_paths(
    paths: Sequence[Path],
    out: Path,
    settings: Settings,
    begin: Progress = ignore_progress,
    options: BuildOptions = _NO_OPTIONS,
) -> BuildResult:
    """Build a release of YAML files and folders, or of the project's profiles if there are none. See `build`."""
    begin("Reading")
    corpus, findings = read_corpus(paths, settings, begin)
    if corpus is None:
        return BuildResult(findings)
    return build(corpus, out, settings, begin, findings, options)


def build(  # noqa: PLR0913, PLR0917 - the input, the output, and what goes with them
    corpus: Corpus,
    out: Path,
    settings: Settings,
    begin: Progress = ignore_progress,
    found: Sequence[Finding] = (),
    options: BuildOptions = _NO_OPTIONS,
) -> BuildResult:
    """Build a release in a folder, and make it the current release of that folder.

    Each profile is described once: its quads go to the dumps, and the gate checks them on the way.

    Args:
        corpus: the data to publish.
        out: the folder of releases; created if it does not exist.
        settings: date, title, publisher and licence.
        begin: receives the name of each stage when the stage begins.
        found: earlier findings, without violations.
        options: the choices for this build.

    Returns:
        The findings, and the release unless one of them is a violation.

    Raises:
        SettingError: no date is set and no source has one.
        OutputError: the folder cannot be written, its release has other identifiers, or the key cannot be used; the
            current release has not changed.
    """
    date = release_date(corpus, settings)
    if date is None:
        raise SettingError("no source has a date, so the release has none", hint="give one with --date 2026-11-22")
    last = open_last_release(out, settings.base)
    with staging(out) as folder:
        begin("Describing and checking")
        gate = Gate(corpus, shipped_shapes())
        about = describe_dataset(corpus, settings, date, options.accept)
        quads: Iterable[Quad] = chain(corpus.compiled.quads, gate.quads(), about)
        tombstones = Tombstones(last.store, corpus.ids, date) if last.store else None
        dumps.write_canonical(tombstones.follow(quads) if tombstones else quads, folder)
        begin("Writing the dumps")
        store, checked = _write_and_check(gate, folder, corpus.ids.base, begin)
        gone = [gone_finding(tombstones.titles)] if tombstones and tombstones.titles else []
        former = find_unknown_former_titles(corpus.profiles, last.store, corpus.ids) if last.store else ()
        findings = sort_findings([*found, *checked, *gone, *former])
        if violations(findings):
            return BuildResult(findings)
        table.write_table(corpus, store, folder)
        table.write_metadata(settings, folder)
        concordance.write_codes(store, folder)
        tabular.write_spreadsheet(folder, settings, date)
        tabular.write_parquet(folder)
        _copy_links(corpus.compiled.links, folder / release.LINKS)
        del store
        begin("Comparing with the last release")
        losses = last.losses(folder)
        findings = sort_findings([*findings, *(loss_finding(loss, options.accept) for loss in losses)])
        if violations(findings):
            return BuildResult(findings)
        search_index.write_search_index(folder, corpus.ids.base)
        _write_report(gate.results, f"{corpus.ids.version(date).value}/report", folder)
        digests = {file: release.sha256(folder / file) for file in release.list_files(folder)}
        accepted = {"reason": options.accept, "losses": [loss.to_json() for loss in losses]} if losses else None
        release_id = write_manifest(date, corpus, findings, digests, folder, accepted)
        digests[release.MANIFEST] = release.sha256(folder / release.MANIFEST)
        release.write_sums(digests, folder / release.SUMS)
        release.write_sums(release.store_digests(folder), folder / release.STORE_SUMS)
        if options.key:
            sign(folder, options.key)
        begin("Publishing")
        return BuildResult(findings, release.open_release(publish(folder, release_id)))


def _write_and_check(gate: Gate, folder: Path, base: str, begin: Progress) -> tuple[pyoxigraph.Store, list[Finding]]:
    """Load the store and, beside it, write the dumps; then finish the check. Return the store and the findings."""
    with ThreadPoolExecutor(max_workers=1) as executor:
        loading = executor.submit(_load_store, folder)
        if not gate.is_blocked:
            dumps.write_others(folder, base)
        store = loading.result()
    begin("Comparing the profiles")
    return store, gate.check(store)


def _load_store(folder: Path) -> pyoxigraph.Store:
    """Load the store of a release: the named graphs, and in the default graph each triple once."""
    store = pyoxigraph.Store(folder / release.STORE)
    store.bulk_load(path=folder / dumps.N_QUADS, format=RdfFormat.N_QUADS)
    store.bulk_load(path=folder / dumps.N_TRIPLES, format=RdfFormat.N_TRIPLES)
    store.flush()
    return store


def _copy_links(files: Iterable[Path], folder: Path) -> None:
    folder.mkdir()
    for file in files:
        shutil.copyfile(file, folder / file.name)


def _write_report(results: Iterable[ValidationResult], report: str, folder: Path) -> None:
    triples = (quad.triple for quad in report_quads(results, report))
    (folder / release.REPORT).write_bytes(serialize_graph(triples, RdfFormat.TURTLE, about=report))
