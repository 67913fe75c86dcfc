"""A program that uses the public API, as a user would write it: it type-checks with mypy --strict, and runs."""

from __future__ import annotations

import sys
from pathlib import Path

import tlevel_rdf
from tlevel_rdf import (
    BlockedError,
    BuildResult,
    Dataset,
    Finding,
    ImportResult,
    Loaded,
    LoadResult,
    Profile,
    Release,
    Severity,
    TlevelError,
)

DOCUMENT = """\
T Level in Tax

This T Level has one specialism: Tax.

Work: Adviser.

The level 4 apprenticeship of Tax Technician.
"""


def worst(findings: list[Finding]) -> Severity | None:
    """Return the worst severity of some findings."""
    severities = {finding.severity for finding in findings}
    return next((severity for severity in Severity if severity in severities), None)


def titles(profiles: list[Loaded[Profile]]) -> list[str]:
    """Return the T Levels of some profiles."""
    return [loaded.value.t_level for loaded in profiles]


def rows(dataset: Dataset) -> list[dict[str, str]]:
    """Return the degrees of a T Level."""
    return tlevel_rdf.query(dataset, "degrees-after-t-level", t_level="Healthcare Science")


def describe(error: TlevelError) -> str:
    """Return an error with its code."""
    return str(error)


def main(folder: Path) -> None:
    """Import a document, then check, describe, publish and query the shipped profile."""
    document = folder / "tax.txt"
    document.write_text(DOCUMENT, encoding="utf-8")
    imported: ImportResult = tlevel_rdf.import_documents(document, out=folder / "profiles")
    files: list[Path] = imported.written

    profiles: LoadResult[Profile] = tlevel_rdf.load()
    assert titles(profiles.loaded) == ["Healthcare Science"]
    assert worst(profiles.findings) is None
    assert worst(tlevel_rdf.validate()) is Severity.INFO

    quads = tlevel_rdf.describe(*profiles.loaded, base="https://data.example.org/")
    for form in ("turtle", "ntriples", "jsonld", "rdfxml", "trig", "nquads"):
        text: str = tlevel_rdf.serialize(quads, form)
        assert "https://data.example.org/id/" in text

    result: BuildResult = tlevel_rdf.build(out=folder / "releases", publisher="A college")
    release: Release | None = result.release
    assert release is not None
    dataset: Dataset = tlevel_rdf.open(folder / "releases")
    assert rows(dataset)[-1]["degree"] == "Optometry"

    try:
        tlevel_rdf.open(*files, base="no base")
    except BlockedError as error:
        print(worst(list(error.findings)))
    except tlevel_rdf.UsageError as error:
        print(error.code, error.message, error.hint, sep="\n")
    try:
        tlevel_rdf.query(dataset, "SELECT nonsense")
    except tlevel_rdf.QueryError as error:
        print(describe(error))
    print(release.id, dataset, tlevel_rdf.__version__)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
