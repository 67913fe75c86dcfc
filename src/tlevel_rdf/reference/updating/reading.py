"""Downloads, each recognised by its contents."""

from __future__ import annotations

import codecs
import hashlib
from itertools import chain
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.limits import MAX_TABLE_BYTES
from tlevel_rdf.profiles.titles import normalise_title
from tlevel_rdf.reference.updating.cells import Findings
from tlevel_rdf.reference.updating.download import Download, refuse
from tlevel_rdf.reference.updating.json_records import read_records
from tlevel_rdf.reference.updating.map_answers import is_map_answer, read_map_answer
from tlevel_rdf.reference.updating.standards_list import is_standards_list, read_standards_list
from tlevel_rdf.reference.updating.standards_table import is_standards_table, read_standards_table
from tlevel_rdf.regular_files import refuse_special

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from tlevel_rdf.reference.model import Reference

_KNOWN: Final = (
    "This command reads the CSV table of apprenticeship standards, the JSON list of apprenticeship standards "
    "(/api/apprenticeshipstandards), and answers of the occupational map's API (/api/v1/Routes/…, "
    "/api/v1/Occupations/…, /api/v1/OccupationalProgression/…)."
)
_BLOCK: Final = 1 << 20


def read_download(path: Path, dated: dt.date, reference: Reference) -> Download:
    """Read a download.

    Args:
        path: the file, whatever its name.
        dated: the day of the download, for files that state none.
        reference: the reference data, for the keys of routes and other areas.

    Raises:
        DownloadError: the file is of an unknown kind, damaged or over a limit.
        UnreadableInputError: the path is a pipe or a device.
        OSError: it cannot be read.
    """
    areas = {(area.kind, normalise_title(area.title)): area.key for area in reversed(reference.areas)}
    routes = {title: key for (kind, title), key in areas.items() if kind == "route"}
    findings = Findings()
    refuse_special(path)
    with path.open("rb") as file:
        start = file.read(4096)
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        raise refuse(Code.EMPTY, "The file is empty.", "Download it again.", str(path), 1, 1)
    if head.startswith((b"{", b"[")):
        download = _read_json(path, dated, areas, routes, findings)
    elif head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        hint = "Use the file as it was downloaded, or save it as UTF-8."
        raise refuse(Code.NOT_UTF8, "The file is UTF-16, not UTF-8.", hint, str(path), 1, 1)
    elif head.startswith(b"<"):
        message = "The file is a page of HTML or XML, such as a page to log in or of an error."
        raise refuse(Code.NOT_A_TABLE, message, _KNOWN, str(path), 1, 1)
    else:
        download = _read_csv(path, start, dated, routes, findings)
    download.files[path.name] = _sha256(path)
    download.findings += findings.kept
    if findings.dropped:
        message = f"The file has {findings.dropped:,} more findings, which are not listed."
        download.findings.append(Finding(Code.BAD_VALUE, Severity.WARNING, message, str(path)))
    return download


def _read_csv(path: Path, start: bytes, dated: dt.date, routes: Mapping[str, str], findings: Findings) -> Download:
    if not is_standards_table(start.decode("utf-8-sig", errors="replace")):
        raise refuse(Code.NOT_A_TABLE, "The file is of an unknown kind.", _KNOWN, str(path), 1, 1)
    with path.open("rb") as file:
        data = file.read(MAX_TABLE_BYTES + 1)
    if len(data) > MAX_TABLE_BYTES:
        message = f"The file has more than {MAX_TABLE_BYTES:,} bytes."
        raise refuse(Code.TOO_LARGE, message, "Check that it is the official download.", str(path))
    return read_standards_table(_decode(data, str(path)), str(path), dated, routes, findings)


def _decode(data: bytes, file: str) -> str:
    if (at := data.find(b"\0")) >= 0:
        place = _place(data[:at])
        message = "The file has a NUL byte, as damaged files and files in UTF-16 have."
        raise refuse(
            Code.BINARY, message, "Download the file again, and do not save it in a spreadsheet.", file, *place
        )
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        place = _place(data[: error.start])
        message = (
            f"The byte {data[error.start]:#04x} is not UTF-8. Excel writes such bytes when it saves a table as CSV."
        )
        hint = "Use the file as it was downloaded, or save it in Excel as 'CSV UTF-8'."
        raise refuse(Code.NOT_UTF8, message, hint, file, *place) from error


def _place(before: bytes) -> tuple[int, int]:
    """Return the line and column of what follows these bytes."""
    last = before.rpartition(b"\n")[2].decode("utf-8-sig", errors="replace")
    return before.count(b"\n") + 1, len(last) + 1


def _read_json(
    path: Path,
    dated: dt.date,
    areas: Mapping[tuple[str, str], str],
    routes: Mapping[str, str],
    findings: Findings,
) -> Download:
    records = read_records(path)
    first = next(records, None)
    if first is None:
        message = "The list is empty."
        raise refuse(Code.EMPTY, message, "Download it again; the service may have been down.", str(path), 1, 1)
    if is_standards_list(first[1]):
        return read_standards_list(chain([first], records), str(path), dated, routes, findings)
    if is_map_answer(first[1]):
        return read_map_answer(chain([first], records), str(path), dated, areas, findings)
    raise refuse(Code.NOT_A_TABLE, "The file is JSON of an unknown kind.", _KNOWN, str(path), 1, 1)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
