"""Builds of releases from YAML profiles."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph
from pyoxigraph import RdfFormat

from tlevel_rdf.codes import Code
from tlevel_rdf.errors import OutputError, SettingError
from tlevel_rdf.findings import Finding, Severity, sort_findings, violations
from tlevel_rdf.graph.serialization import serialize_graph
from tlevel_rdf.progress import Progress, ignore_progress
from tlevel_rdf.release import concordance, dumps, release, search_index, table, tabular
from tlevel_rdf.release.dcat import describe_dataset, release_date
from tlevel_rdf.release.guard import Loss, find_losses
from tlevel_rdf.release.manifest import count_graphs, write_manifest
from tlevel_rdf.release.staging import publish, staging
from tlevel_rdf.release.tombstones import Tombstones
from tlevel_rdf.validation.gate import Gate
from tlevel_rdf.validation.loading import read_corpus
from tlevel_rdf.validation.report import report_quads
from tlevel_rdf.validation.shapes import shipped_shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.settings import Settings
    from tlevel_rdf.validation.result import ValidationResult


#: The titles that a finding lists.
_LISTED_TITLES: Final = 10


@dataclass
class BuildResult:
    """The result of a build.

    Attributes:
        findings: everything that was found.
        release: the new release; None if a violation stopped the build, which then changed nothing.
    """

    findings: list[Finding] = field(default_factory=list)
    release: release.Release | None = None


def build_paths(
    paths: Sequence[Path], out: Path, settings: Settings, begin: Progress = ignore_progress, accept: str = ""
) -> BuildResult:
    """Build a release of YAML files and folders, or of the project's profiles if there are none. See `build`."""
    begin("Reading")
    corpus, findings = read_corpus(paths, settings, begin)
    if corpus is None:
        return BuildResult(findings)
    return build(corpus, out, settings, begin, findings, accept)


def build(  # noqa: PLR0913, PLR0917 - the input, the output, and what goes with them
    corpus: Corpus,
    out: Path,
    settings: Settings,
    begin: Progress = ignore_progress,
    found: Sequence[Finding] = (),
    accept: str = "",
) -> BuildResult:
    """Build a release in a folder, and make it the current release of that folder.

    Each profile is described once: its quads go to the dumps, and the gate checks them on the way.

    Args:
        corpus: the data to publish.
        out: the folder of releases; created if it does not exist.
        settings: date, title, publisher and licence.
        begin: receives the name of each stage when the stage begins.
        found: earlier findings, without violations.
        accept: the reason for losses since the last release, which otherwise are violations.

    Returns:
        The findings, and the release unless one of them is a violation.

    Raises:
        SettingError: no date is set and no source has one.
        OutputError: the folder cannot be written; its current release has not changed.
    """
    date = release_date(corpus, settings)
    if date is None:
        raise SettingError("no source has a date, so the release has none", hint="give one with --date 2026-11-22")
    _check_base(out, settings)
    last = _last_release(out)
    with staging(out) as folder:
        begin("Describing and checking")
        gate = Gate(corpus, shipped_shapes())
        about = describe_dataset(corpus, settings, date, accept)
        quads: Iterable[Quad] = chain(corpus.compiled.quads, gate.quads(), about)
        tombstones = Tombstones(last.store, corpus.ids, date) if last.store else None
        dumps.write_canonical(tombstones.follow(quads) if tombstones else quads, folder)
        begin("Writing the dumps")
        store, checked = _write_and_check(gate, folder, corpus.ids.base, begin)
        gone = _gone_finding(tombstones.titles) if tombstones and tombstones.titles else None
        findings = sort_findings([*found, *checked, *([gone] if gone else [])])
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
        losses = _losses(last, folder)
        findings = sort_findings([*findings, *(_loss_finding(loss, accept) for loss in losses)])
        if violations(findings):
            return BuildResult(findings)
        search_index.write_search_index(folder, corpus.ids.base)
        _write_report(gate.results, f"{corpus.ids.version(date).value}/report", folder)
        digests = {file: release.sha256(folder / file) for file in release.list_files(folder)}
        accepted = {"reason": accept, "losses": [loss.to_json() for loss in losses]} if losses else None
        release_id = write_manifest(date, corpus, findings, digests, folder, accepted)
        digests[release.MANIFEST] = release.sha256(folder / release.MANIFEST)
        release.write_sums(digests, folder / release.SUMS)
        release.write_sums(release.store_digests(folder), folder / release.STORE_SUMS)
        begin("Publishing")
        return BuildResult(findings, release.open_release(publish(folder, release_id)))


def _check_base(out: Path, settings: Settings) -> None:
    """Refuse to replace a release by one with other identifiers."""
    if release.is_release(out) and (current := release.open_release(out).base) != settings.base:
        raise OutputError(
            f"the current release in {out} has identifiers under {current}, not {settings.base}",
            hint=f"give --base {current}, or another folder with --out",
        )


class _LastRelease(NamedTuple):
    """The release that a folder has already.

    Attributes:
        store: its store; None if there is no release, or if it is damaged.
        sizes: the number of statements of each of its graphs.
        fault: the reason why it cannot be read; empty if it can.
    """

    store: pyoxigraph.Store | None = None
    sizes: Mapping[str, int] = {}
    fault: str = ""


def _last_release(out: Path) -> _LastRelease:
    if not release.is_release(out):
        return _LastRelease()
    last = release.open_release(out)
    try:
        return _LastRelease(pyoxigraph.Store.read_only(str(last.folder / release.STORE)), last.manifest["graphs"])
    except (OSError, KeyError) as error:
        return _LastRelease(fault=f"all of {last.id}, which is damaged and cannot be compared: {error}")


def _losses(last: _LastRelease, folder: Path) -> list[Loss]:
    """Return what the release in a folder lacks of the last one."""
    if last.fault:
        return [Loss(last.fault, 0, 0)]
    if last.store is None:
        return []
    new = pyoxigraph.Store.read_only(str(folder / release.STORE))
    return find_losses(last.store, new, last.sizes, count_graphs(folder / dumps.N_QUADS))


def _loss_finding(loss: Loss, accept: str) -> Finding:
    """Return the finding about a loss: a violation, or a note if the publisher has accepted it."""
    return Finding(
        Code.LOSS,
        Severity.INFO if accept else Severity.VIOLATION,
        f"the last release has what this one would lack: {loss.what}",
        hint=f"accepted: {accept}" if accept else "check what is gone; if it is right, give the reason with --accept",
    )


def _gone_finding(titles: Sequence[str]) -> Finding:
    """Return the finding about the things that become tombstones."""
    listed = ", ".join(f"“{title}”" for title in titles[:_LISTED_TITLES])
    more = f" and {len(titles) - _LISTED_TITLES:,} more" if len(titles) > _LISTED_TITLES else ""
    return Finding(
        Code.GONE,
        Severity.WARNING,
        f"the last release describes {listed}{more}, and this one does not; a tombstone stays at each identifier",
        hint="if a title was only corrected, give the old identifier with key: in the profile",
    )


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
