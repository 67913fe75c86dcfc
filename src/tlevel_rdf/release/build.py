"""Profiles → a new release, if the gate lets it through."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import RdfFormat

from tlevel_rdf.errors import OutputError, SettingError
from tlevel_rdf.findings import Finding, sort_findings, violations
from tlevel_rdf.graph import canonical_quads
from tlevel_rdf.graph.corpus import read_corpus
from tlevel_rdf.graph.serialization import serialize_graph
from tlevel_rdf.release import dumps, release, table
from tlevel_rdf.release.dcat import describe_dataset, release_date
from tlevel_rdf.release.manifest import write_manifest
from tlevel_rdf.release.staging import publish, staging
from tlevel_rdf.validation.gate import check_units, places, validate_sparql
from tlevel_rdf.validation.report import report_quads
from tlevel_rdf.validation.shapes import shipped_shapes

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.graph.identifiers import Identifiers
    from tlevel_rdf.settings import Settings
    from tlevel_rdf.validation.gate import ValidationResult


@dataclass
class BuildResult:
    """What came of a build.

    Attributes:
        findings: everything that was found.
        release: the new release; None if a violation stopped it, and then nothing has changed.
    """

    findings: list[Finding] = field(default_factory=list)
    release: release.Release | None = None


def _quietly(stage: str) -> None:
    """Tell nobody."""


def build_paths(
    paths: Sequence[Path], out: Path, settings: Settings, begin: Callable[[str], None] = _quietly
) -> BuildResult:
    """Build a release of YAML files and folders; none: of the project's profiles. See `build`."""
    begin("Reading")
    corpus, findings = read_corpus(paths, settings)
    if corpus is None:
        return BuildResult(findings)
    return build(corpus, out, settings, begin, findings)


def build(
    corpus: Corpus,
    out: Path,
    settings: Settings,
    begin: Callable[[str], None] = _quietly,
    found: Sequence[Finding] = (),
) -> BuildResult:
    """Build a release under a folder and make it the current one there.

    Args:
        corpus: what is to be published.
        out: the folder of releases; made if need be.
        settings: date, title, publisher and licence.
        begin: is told the name of each stage as it begins.
        found: what was found before; none of it a violation.

    Returns:
        The findings, and the release unless one of them is a violation.

    Raises:
        SettingError: no date was set and no source has one.
        OutputError: the folder cannot be written; what was there before is untouched.
    """
    date = release_date(corpus, settings)
    if date is None:
        raise SettingError("no source has a date, so the release has none", hint="give one with --date 2026-11-22")
    _check_base(out, settings)
    with staging(out) as folder:
        begin("Describing")
        _write_quads(corpus, settings, date, folder)
        begin("Checking")
        results = _check(corpus, folder)
        found = sort_findings([*found, *places(results, corpus)])
        if violations(found):
            return BuildResult(found)
        begin("Writing the dumps")
        dumps.write_others(folder)
        table.write(corpus, folder)
        table.write_metadata(settings, folder)
        _write_report(results, corpus.ids, date, folder)
        name = _name(date, folder)
        write_manifest(name, date, corpus, found, folder)
        _write_sums(folder)
        begin("Putting it in place")
        return BuildResult(found, release.open_release(publish(folder, name)))


def _check_base(out: Path, settings: Settings) -> None:
    """Refuse to make a release current that gives every thing another identifier than the one before it did."""
    if release.is_release(out) and (there := release.open_release(out).base) != settings.base:
        raise OutputError(
            f"the current release of {out} identifies things under {there}, not {settings.base}",
            hint=f"give --base {there}, or another folder with --out",
        )


def _write_quads(corpus: Corpus, settings: Settings, date: datetime.date, folder: Path) -> None:
    quads = chain(corpus.quads(), describe_dataset(corpus, settings, date))
    with (folder / dumps.N_QUADS).open("wb") as file:
        file.writelines(canonical_quads.sort_lines(canonical_quads.to_n_quads(quads), folder))
    dumps.write_triples(folder)


def _load_store(folder: Path) -> pyoxigraph.Store:
    """The store of a release: named graphs as they are, and in the default graph every triple once."""
    store = pyoxigraph.Store(folder / release.STORE)
    store.bulk_load(path=folder / dumps.N_QUADS, format=RdfFormat.N_QUADS)
    store.bulk_load(path=folder / dumps.N_TRIPLES, format=RdfFormat.N_TRIPLES)
    store.flush()
    return store


def _check(corpus: Corpus, folder: Path) -> list[ValidationResult]:
    # The store is loaded beside the checks: it is the engine's work, which lets others run, and pySHACL is Python's.
    with ThreadPoolExecutor(max_workers=1) as beside:
        loading = beside.submit(_load_store, folder)
        results = check_units(corpus, shipped_shapes())
        return list(results.union(validate_sparql(loading.result(), shipped_shapes())))


def _write_report(results: Sequence[ValidationResult], ids: Identifiers, date: datetime.date, folder: Path) -> None:
    report = f"{ids.version(date).value}/report"
    triples = (quad.triple for quad in report_quads(results, report))
    (folder / release.REPORT).write_bytes(serialize_graph(triples, RdfFormat.TURTLE, about=report))


def _name(date: datetime.date, folder: Path) -> str:
    digest = hashlib.sha256(f"{release.GENERATOR} {release.sha256(folder / dumps.N_QUADS)}".encode())
    return f"{date.isoformat()}-{digest.hexdigest()[:12]}"


def _write_sums(folder: Path) -> None:
    names = sorted(name for name in release.MEDIA_TYPES if name != release.SUMS)
    sums = "".join(f"{release.sha256(folder / name)}  {name}\n" for name in names)
    (folder / release.SUMS).write_text(sums, encoding="utf-8")
