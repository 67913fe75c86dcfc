"""The official list of apprenticeship standards: JSON with a record for each version of each standard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Severity
from tlevel_rdf.reference.updating.download import REGISTER_LIST, Download, Key, Statement
from tlevel_rdf.reference.updating.json_records import JsonRecord
from tlevel_rdf.reference.updating.standards_table import KIND_OF_LETTERS, REFERENCE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from tlevel_rdf.reference.updating.cells import Findings

_APPROVED: Final = "Approved for delivery"
_PAUSED: Final = "Approved for delivery (paused for starts)"
_COLUMNS: Final = frozenset({"title", "status", "approved", "lars code", "level"})
_STANDARD_COLUMNS: Final = _COLUMNS | {"kind", "route", "version"}


def is_standards_list(first: object) -> bool:
    """Return True if the first record of a file is a version of a standard."""
    return isinstance(first, dict) and "referenceNumber" in first


def read_standards_list(
    records: Iterable[tuple[int, object]],
    file: str,
    dated: dt.date,
    routes: Mapping[str, str],
    findings: Findings,
) -> Download:
    """Read the list.

    A standard is described by its highest version that is approved for delivery or else, if none is, by its highest.

    Args:
        records: the records with their numbers.
        file: the name of the file.
        dated: the day of the download.
        routes: the normalised title of each route → its key.
        findings: receives the findings about values.
    """
    download = Download(REGISTER_LIST, dated, is_dated=False)
    best: dict[str, tuple[bool, tuple[int, ...]]] = {}
    for number, value in records:
        if not isinstance(value, dict) or "referenceNumber" not in value:
            record = JsonRecord({}, file, number, findings, "")
            message = "It has no 'referenceNumber'."
            record.report(Code.MISSING, message, "The record is left out. Check that the file is undamaged.")
            continue
        record = JsonRecord(value, file, number, findings, str(value["referenceNumber"])[:20])
        if reference := record.code("referenceNumber", REFERENCE):
            _read_version(record, reference, routes, download, best)
    download.covered |= {("standards", s.cells["kind"]) for s in download.statements.get("standards", {}).values()}
    download.covered.add(("standard_versions", ""))
    return download


def _read_version(
    record: JsonRecord,
    reference: str,
    routes: Mapping[str, str],
    download: Download,
    best: dict[str, tuple[bool, tuple[int, ...]]],
) -> None:
    cells = {
        "reference": reference,
        "title": record.text("title"),
        "status": record.status("status"),
        "approved": record.day("approvedForDelivery"),
        "lars code": record.number_code("larsCode"),
        "level": record.level("level"),
    }
    if cells["status"] == _APPROVED and record.values.get("approvedForDeliveryPausedStarts") is True:
        cells["status"] = _PAUSED
    if (updated := record.day("lastUpdated")) > download.dated.isoformat():
        message = f"It was updated on {updated}, after the day of the download, {download.dated.isoformat()}."
        record.report(Code.BAD_VALUE, message, "Give the day of the download with --dated.", "", Severity.VIOLATION)
    version = record.version("version" if record.values.get("version") is not None else "versionNumber")
    if version:
        _state(record, (reference, version), Statement({**cells, "version": version}, _COLUMNS, record.place), download)
    rank = (cells["status"] in {_APPROVED, _PAUSED}, tuple(map(int, version.split("."))) if version else ())
    if reference in best and best[reference] >= rank:
        return
    best[reference] = rank
    cells |= {"kind": KIND_OF_LETTERS[reference[:2]], "route": record.routes("route", routes), "version": version}
    download.statements.setdefault("standards", {})[(reference,)] = Statement(cells, _STANDARD_COLUMNS, record.place)


def _state(record: JsonRecord, key: Key, statement: Statement, download: Download) -> None:
    earlier = download.state("standard_versions", key, statement)
    if earlier is None:
        return
    message = f"Version {key[-1]} is repeated; it is also in {earlier.place}"
    if earlier.cells == statement.cells:
        record.report(Code.DUPLICATE, f"{message}.", "It is read once.")
    else:
        hint = "Download the file again, or keep the right record."
        record.report(Code.DUPLICATE, f"{message}, with other values.", hint, "", Severity.VIOLATION)
