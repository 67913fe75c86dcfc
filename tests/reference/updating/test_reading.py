"""Downloads are recognised by their contents, and damaged ones are refused at their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.findings import Severity
from tlevel_rdf.reference.updating import reading
from tlevel_rdf.reference.updating.download import DownloadError

from .samples import all_rows, occupation, read, save, table, version

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.findings import Finding
    from tlevel_rdf.reference.model import Reference


def refused(path: Path, sample: Reference) -> Finding:
    with pytest.raises(DownloadError) as caught:
        read(path, sample)
    (finding,) = caught.value.findings
    assert finding.severity is Severity.VIOLATION
    assert finding.file == str(path)
    assert finding.hint
    return finding


@pytest.mark.parametrize(
    ("name", "content", "source", "tables"),
    [
        ("x.json", table(all_rows()), "register-2026-11-28", {"standards"}),
        ("x.csv", [version("ST0001")], "register-versions-2026-11-28", {"standards", "standard_versions"}),
        ("x", version("ST0001"), "register-versions-2026-11-28", {"standards", "standard_versions"}),
        ("x.txt", occupation("OCC0001"), "occupational-maps-2026-11-28", {"occupations"}),
        ("x.html", [occupation("OCC0001")], "occupational-maps-2026-11-28", {"occupations"}),
        ("x", {"keyStdCode": "OCC0001", "progressions": []}, "occupational-maps-2026-11-28", set()),
    ],
)
def test_a_file_is_recognised_by_its_contents(  # noqa: PLR0917 - a case has that many parts
    name: str, content: object, source: str, tables: set[str], tmp_path: Path, sample: Reference
) -> None:
    download = read(save(tmp_path, name, content), sample)
    assert download.source == source
    assert set(download.statements) == tables


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7", b"name,level\nBaker,2\n", b'{"statusCode": 401}', b"[1, 2]", b'["a"]', b"PK\x03\x04"],
    ids=["pdf", "table", "problem", "numbers", "texts", "zip"],
)
def test_an_unknown_file_gets_a_list_of_what_is_read(content: bytes, tmp_path: Path, sample: Reference) -> None:
    finding = refused(save(tmp_path, "x", content), sample)
    assert "unknown kind" in finding.message
    assert "CSV table of apprenticeship standards" in str(finding.hint)
    assert "/api/v1/Routes/" in str(finding.hint)


@pytest.mark.parametrize(
    ("content", "code", "place", "message"),
    [
        (b"", "TLR105", (1, 1), "empty"),
        (b" \n", "TLR105", (1, 1), "empty"),
        (b"[]", "TLR105", (1, 1), "The list is empty"),
        (b"<!DOCTYPE html><title>Log in</title>", "TLR112", (1, 1), "page to log in"),
        (table(all_rows()).encode().replace(b"Baker 02", b"Baker\x0002"), "TLR104", (7, 30), "NUL"),
        (table(all_rows()).encode("utf-16"), "TLR103", (1, 1), "UTF-16"),
        (table(all_rows()).encode("cp1252"), "TLR103", (2, 155), "Excel"),
    ],
)
def test_a_damaged_file_is_refused_at_its_place(  # noqa: PLR0917 - a case has that many parts
    content: bytes, code: str, place: tuple[int, int], message: str, tmp_path: Path, sample: Reference
) -> None:
    finding = refused(save(tmp_path, "x", content), sample)
    assert (finding.code, message in finding.message) == (code, True), finding
    assert (finding.line, finding.column) == place


def test_files_over_a_limit_are_refused(tmp_path: Path, sample: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_TABLE_BYTES", 5_000)
    assert refused(save(tmp_path, "x", table(all_rows())), sample).code == "TLR102"


def test_many_findings_are_counted(tmp_path: Path, sample: Reference) -> None:
    records = [version(f"ST{number:04}", level=0) for number in range(300)]
    findings = read(save(tmp_path, "x.json", records), sample).findings
    assert len(findings) == 101
    assert "more findings" in findings[-1].message
