"""Verification of a release: its checksums, dumps, counts, store and rules."""

from __future__ import annotations

import csv
import hashlib
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Finding, Severity, sort_findings
from tlevel_rdf.graph import canonical_quads, terms
from tlevel_rdf.release import dumps, release
from tlevel_rdf.release.checksums import compare
from tlevel_rdf.release.manifest import count_graphs
from tlevel_rdf.release.search_index import pack_search_index
from tlevel_rdf.release.signature import is_signed_by
from tlevel_rdf.release.tables import table
from tlevel_rdf.search.index_file import FILE
from tlevel_rdf.store.statistics import count
from tlevel_rdf.validation.evaluation import validate_core, validate_sparql
from tlevel_rdf.validation.shapes import shipped_shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def verify_release(folder: Path, key: Path | None = None) -> list[Finding]:
    """Verify a release.

    The checks are: the checksum of each file, also of the store; that each dump and the store have the statements of
    the canonical dump; that the indexes of the store agree; the counts of the manifest; and the rules.

    Args:
        folder: a release, or a folder of releases, whose current release is verified.
        key: the public key that must have signed the release; None to check no signature.

    Raises:
        ReleaseError: the folder is not a release.
        UnreadableInputError: the key cannot be read.
        OutputError: there is a key, and ssh-keygen is not installed.
    """
    opened = release.open_release(folder)
    findings = [*_signature(opened, key), *_checksums(opened), *_unlisted(opened)]
    if not findings:
        with tempfile.TemporaryDirectory() as scratch:
            findings += _dumps(opened, Path(scratch))
        findings += [*_table(opened), *_counts(opened)]
        try:
            findings += [*(list(_store(opened)) or _indexes(opened) or _contents(opened)), *_rules(opened)]
        except (OSError, RuntimeError) as error:
            findings.append(_finding(Code.STORE, f"The store is damaged: {error}", opened.folder / release.STORE))
    return sort_findings(findings)


def _finding(code: str, message: str, file: Path | None = None) -> Finding:
    return Finding(code, Severity.VIOLATION, message, file=str(file) if file else None, hint="Build the release again.")


def _signature(opened: release.Release, key: Path | None) -> Iterator[Finding]:
    if key is not None and not is_signed_by(opened.folder, key):
        is_signed = (opened.folder / release.SIGNATURE).is_file()
        wrong = f"{release.SUMS} has no valid signature of the key {key}"
        yield Finding(
            Code.SIGNATURE,
            Severity.VIOLATION,
            wrong if is_signed else f"the release is not signed: {release.SIGNATURE} is missing",
            file=str(opened.folder / release.SIGNATURE),
            hint="download the release again, and get the key from the publisher",
        )


def _checksums(opened: release.Release) -> Iterator[Finding]:
    for name, message, is_in_store in compare(opened.folder):
        yield _finding(Code.STORE if is_in_store else Code.CHECKSUM, message, opened.folder / name)


def _unlisted(opened: release.Release) -> Iterator[Finding]:
    known = {*release.list_files(opened.folder), *release.MEDIA_TYPES, release.STORE, release.STORE_SUMS, release.LINKS}
    for file in sorted((*opened.folder.iterdir(), *(opened.folder / release.LINKS).glob("*"))):
        if file.relative_to(opened.folder).as_posix() not in known:
            yield _finding(Code.CHECKSUM, "The file is not part of the release.", file)


def _table(opened: release.Release) -> Iterator[Finding]:
    """Compare the options, destinations, titles and steps of the table with those of the quads."""
    steps = {terms.LEADS_TO: "open", terms.BYPASSES: "bypassed"}
    titles: dict[str, str] = {}
    options: set[tuple[str, str, str]] = set()
    for quad in pyoxigraph.parse(path=opened.folder / dumps.N_TRIPLES):
        if quad.predicate == terms.PREF_LABEL:
            titles[quad.subject.value] = quad.object.value
        elif quad.predicate in steps:
            options.add((quad.subject.value, quad.object.value, steps[quad.predicate]))
    expected = {(*row, titles.get(row[1], "")) for row in options}
    with (opened.folder / table.CSV).open(encoding="utf-8", newline="") as file:
        rows = {(row["option"], row["destination"], row["step"], row["title"]) for row in csv.DictReader(file)}
    if rows != expected:
        yield _finding(
            Code.DUMP,
            f"{table.CSV} does not have the same options as {dumps.N_QUADS}.",
            opened.folder / table.CSV,
        )


def _dumps(opened: release.Release, scratch: Path) -> Iterator[Finding]:
    canonical_file = opened.folder / dumps.N_QUADS
    with canonical_file.open("rb") as lines:
        quads = _digest(lines)
    with canonical_file.open("rb") as lines:
        union = _digest(canonical_quads.to_union(lines))
    for name, form in dumps.FORMATS.items():
        expected = quads if name in dumps.WITH_GRAPHS else union
        file = opened.folder / name
        statements = canonical_quads.to_n_quads(pyoxigraph.parse(path=file, format=form))
        if _digest(canonical_quads.sort_lines(statements, scratch)) != expected:
            yield _finding(Code.DUMP, f"{name} does not have the same statements as {dumps.N_QUADS}.", file)


def _digest(lines: Iterable[bytes]) -> bytes:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line)
    return digest.digest()


def _counts(opened: release.Release) -> Iterator[Finding]:
    if count_graphs(opened.folder / dumps.N_QUADS) != opened.manifest.get("graphs"):
        message = "The counts of the graphs differ from those in the manifest."
        yield _finding(Code.COUNT, message, opened.folder / release.MANIFEST)


def _store(opened: release.Release) -> Iterator[Finding]:
    store = pyoxigraph.Store.read_only(str(opened.folder / release.STORE))
    expected = 0
    for name in (dumps.N_QUADS, dumps.N_TRIPLES):
        missing = 0
        for quad in pyoxigraph.parse(path=opened.folder / name):
            expected += 1
            missing += quad not in store
        if missing:
            yield _finding(
                Code.STORE, f"The store lacks {missing} statements of {name}.", opened.folder / release.STORE
            )
    if len(store) > expected:
        message = f"The store has {len(store) - expected} statements that are in no dump."
        yield _finding(Code.STORE, message, opened.folder / release.STORE)


def _indexes(opened: release.Release) -> list[Finding]:
    """Read each index of the store to its end: by subject, by predicate and by object, in each graph and in all."""
    store = pyoxigraph.Store.read_only(str(opened.folder / release.STORE))
    findings = []
    for graph in (pyoxigraph.DefaultGraph(), *store.named_graphs(), None):
        terms_of: dict[int, set[Any]] = {0: set(), 1: set(), 2: set()}
        number = 0
        for quad in store.quads_for_pattern(None, None, None, graph):
            for position, found in terms_of.items():
                found.add(quad[position])
            number += 1
        for position, found in terms_of.items():
            listed = 0
            for term in found:
                subject, predicate, value = (term if place == position else None for place in range(3))
                listed += _length(store.quads_for_pattern(subject, predicate, value, graph))
            if listed != number:
                message = f"The indexes of the store differ: {number} and {listed} statements."
                findings.append(_finding(Code.STORE, message, opened.folder / release.STORE))
    return findings


def _length(items: Iterable[object]) -> int:
    return sum(1 for _ in items)


def _numbers(opened: release.Release) -> Iterator[Finding]:
    with closing(opened.store()) as store:
        if opened.counts and count(store, opened.base) != opened.counts:
            message = "The counts of the store differ from those in the manifest."
            yield _finding(Code.COUNT, message, opened.folder / release.MANIFEST)


def _contents(opened: release.Release) -> Iterator[Finding]:
    """Compare the counts and the search index with the store that they were made from."""
    yield from _numbers(opened)
    if (opened.folder / FILE).read_bytes() != pack_search_index(opened.folder, opened.base):
        yield _finding(Code.DUMP, f"{FILE} is not the search index of this data.", opened.folder / FILE)


def _rules(opened: release.Release) -> Iterator[Finding]:
    shapes = shipped_shapes()
    quads = pyoxigraph.parse(path=opened.folder / dumps.N_QUADS)
    store = pyoxigraph.Store.read_only(str(opened.folder / release.STORE))
    for result in {*validate_core(quads, shapes.core), *validate_sparql(store, shapes)}:
        yield result.finding
