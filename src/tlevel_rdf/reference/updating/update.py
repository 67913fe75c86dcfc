"""The tables of a folder of reference data, brought up to date from saved downloads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.errors import UnreadableInputError
from tlevel_rdf.findings import Finding, Severity, sort_findings, violations
from tlevel_rdf.reference.loading import T_LEVELS_FILE, TABLES, file_of, read_reference
from tlevel_rdf.reference.updating.comparison import COMPARED, TableComparison, compare, sort_key
from tlevel_rdf.reference.updating.download import Download, DownloadError
from tlevel_rdf.reference.updating.reading import read_download
from tlevel_rdf.reference.updating.summary import describe_update, explain_suspicion
from tlevel_rdf.reference.updating.table_text import TableRow, TableText
from tlevel_rdf.reference.updating.writing import write_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tlevel_rdf.reference.model import Reference
    from tlevel_rdf.reference.updating.download import Cells

_LICENCE: Final = "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


@dataclass
class UpdateResult:
    """The result of an update.

    Attributes:
        lines: the summary in words.
        findings: the findings about the downloads and the tables.
        doubts: the reasons why a person must accept the update.
        is_written: True if the tables were written.
    """

    lines: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    is_written: bool = False


@dataclass(frozen=True)
class UpdateOptions:
    """The choices of the person who runs an update.

    Attributes:
        today: the day on which the update runs.
        dated: the day of downloads that state none. Default: the day on which the file was last changed.
        reason: the reason for accepting an unusual number of changes; empty: they are not accepted.
        is_dry: True to write nothing.
    """

    today: dt.date
    dated: dt.date | None = None
    reason: str = ""
    is_dry: bool = False


def update_reference(paths: Sequence[Path], folder: Path, base: Path, options: UpdateOptions) -> UpdateResult:
    """Compare downloads with the tables of a folder, and rewrite the tables.

    Args:
        paths: the downloads.
        folder: the folder. If it has no `t-levels.yaml`, it adds to the base.
        base: complete reference data.
        options: the choices of the person.

    Raises:
        UnreadableInputError: a file or the folder cannot be read.
        OutputError: the tables cannot be written; they are as they were.
    """
    if not folder.is_dir():
        raise UnreadableInputError(f"{folder} is not a folder", hint="give the folder of tables with --reference")
    bases = [] if (folder / T_LEVELS_FILE).is_file() else [base]
    reference, findings = read_reference(*bases, folder)
    result = UpdateResult(findings=findings)
    if violations(findings):
        return result
    downloads = _read_downloads(paths, reference, options, result)
    if violations(result.findings):
        return result
    update = _Update(reference, folder, bases)
    for download in downloads:
        update.apply(download, options, result)
    if options.is_dry or (result.doubts and not options.reason) or not update.has_changes:
        return result
    written = write_tables(folder, update.texts(), update.before, bases)
    result.findings += written
    result.is_written = not written
    return result


def _read_downloads(
    paths: Sequence[Path], reference: Reference, options: UpdateOptions, result: UpdateResult
) -> list[Download]:
    """Read the downloads, those of one kind and day together, in the order of their days."""
    found: dict[str, Download] = {}
    for path in paths:
        try:
            changed = dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC).date()
            download = read_download(path, options.dated or changed, reference)
        except DownloadError as error:
            result.findings += error.findings
            continue
        except OSError as error:
            message = f"{path} cannot be read: {error.strerror or error}"
            raise UnreadableInputError(message, hint="check the name and the permissions") from error
        download.is_dated = download.is_dated or options.dated is not None
        result.findings += download.findings
        result.findings += _find_newer(download, path, reference)
        if download.source in found:
            result.findings += _merge(found[download.source], download, path)
        else:
            found[download.source] = download
    result.findings = sort_findings(result.findings)
    return sorted(found.values(), key=lambda each: each.dated)


def _find_newer(download: Download, path: Path, reference: Reference) -> Iterator[Finding]:
    """Report a download that is older than one of its kind in the tables."""
    prefix = download.kind.key.partition("{")[0]
    for source in reference.sources:
        is_same_kind = source.key.startswith(prefix) and source.key.removeprefix(prefix)[:1].isdigit()
        if is_same_kind and source.dated and source.dated > download.dated:
            message = f"The file is of {download.dated}, and the tables have a newer one of {source.dated}."
            hint = "Use a newer download; if the file does not state its day, give it with --dated."
            yield Finding(Code.OLDER, Severity.VIOLATION, message, str(path), hint=hint)
            return


def _merge(download: Download, other: Download, path: Path) -> Iterator[Finding]:
    """Add the statements of another file of the same source, and report contradictions."""
    download.files |= other.files
    download.covered |= other.covered
    for table, rows in other.statements.items():
        for key, statement in rows.items():
            earlier = download.state(table, key, statement)
            if earlier and earlier.cells != statement.cells:
                message = f"{' '.join(key)} ({statement.place}) has other values in another file of the same day."
                hint = "Give only the right file."
                yield Finding(Code.DUPLICATE, Severity.VIOLATION, message, str(path), hint=hint)


class _Update:
    """The tables while they are being changed."""

    def __init__(self, reference: Reference, folder: Path, bases: Sequence[Path]) -> None:
        self.reference = reference
        self.folder = folder
        self.bases = bases
        self.before: dict[str, str] = {}
        self.has_changes = False
        self.dates = {source.key: source.dated or dt.date.min for source in reference.sources}
        self.tables = {name: self._read(name) for name in ("sources", "updates", *COMPARED)}

    def _read(self, name: str) -> TableText:
        file = file_of(name)
        path = self.folder / file
        self.before[file] = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
        if self.before[file]:
            return TableText.parse(self.before[file])
        return TableText.empty([f.alias or key for key, f in TABLES[name].row.model_fields.items()])

    def apply(self, download: Download, options: UpdateOptions, result: UpdateResult) -> None:
        """Compare a download with the tables, and change them."""
        self._drop_known_standards(download)
        comparisons = [self._compare(table, download) for table in COMPARED]
        result.lines += describe_update(download, comparisons)
        result.doubts += [explain_suspicion(each) for each in comparisons if each.is_suspicious]
        if not any(each.added or each.moved for each in comparisons):
            return
        self.has_changes = True
        self.dates[download.source] = download.dated
        for comparison in comparisons:
            table = self.tables[comparison.table]
            for row, cells in comparison.moved:
                table.replace(row, cells)
            name = comparison.table
            table.insert(comparison.added, lambda cells, name=name: sort_key(name, cells))  # type: ignore[misc]  # mypy does not infer a default
        self._add_source(download, options)
        self._add_update(download, comparisons, options)

    def _compare(self, table: str, download: Download) -> TableComparison:
        rows = (row for row in self.tables[table].rows if any(row.cells.values()))
        return compare(download, table, rows, self._fixed(table), self.dates)

    def _fixed(self, table: str) -> Iterable[TableRow]:
        for base in self.bases:
            text = (base / file_of(table)).read_bytes().decode("utf-8-sig")
            yield from (row for row in TableText.parse(text).rows if any(row.cells.values()))

    def _drop_known_standards(self, download: Download) -> None:
        """Leave out the standards that the map only names, if another source describes them."""
        known = {row.reference for row in self.reference.standards}
        if stated := download.statements.get("standards"):
            for key in [key for key, statement in stated.items() if not statement.columns and key[0] in known]:
                del stated[key]

    def _add_source(self, download: Download, options: UpdateOptions) -> None:
        if any(source.key == download.source for source in self.reference.sources):
            return
        kind = download.kind
        cells: Cells = {
            "key": download.source,
            "title": kind.title.format(day=f"{download.dated:%-d %B %Y}"),
            "page": kind.page,
            "dated": download.dated.isoformat(),
            "gathered": options.today.isoformat(),
            "licence": _LICENCE,
            "attribution": kind.attribution,
        }
        self.tables["sources"].append(cells)

    def _add_update(self, download: Download, comparisons: Sequence[TableComparison], options: UpdateOptions) -> None:
        def total(name: str) -> str:
            return str(sum(len(getattr(each, name)) for each in comparisons))

        counts = {name: total(name) for name in ("new", "changed", "completed", "gone")}
        self.tables["updates"].append(
            {
                "date": options.today.isoformat(),
                "files": "|".join(name.replace("|", " ") for name in download.files),
                "sha 256": "|".join(download.files.values()),
                **counts,
                "reason": options.reason,
                "source": download.source,
            }
        )

    def texts(self) -> dict[str, str]:
        """Return the new text of each table that has changed."""
        texts = {file_of(name): table.text() for name, table in self.tables.items()}
        return {
            file: text
            for file, text in texts.items()
            if text != self.before[file] and (self.before[file] or text.count("\n") > 1)
        }
