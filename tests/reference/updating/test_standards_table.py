"""The official table of standards: each faulty cell is reported at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.findings import Severity
from tlevel_rdf.reference.updating.download import DownloadError

from .samples import DAY, all_rows, read, row, save, table

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.reference.model import Reference


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Level": "0"}, "'level' cannot be '0'; it is left out."),
        ({"Level": "9"}, "'level' cannot be '9'"),
        ({"Status": "Approved!"}, "'status' cannot be 'Approved!'"),
        ({"Approved for Delivery Date": "31-02-2026"}, "'approved' cannot be '31-02-2026'"),
        ({"LARS code for providers only": "4x"}, "'lars code' cannot be '4x'"),
        ({"Version Number": "one"}, "'version' cannot be 'one'"),
        ({"Name": "Master\r\nbaker"}, "'title' has a line break."),
        ({"Name": "Mas\u200bter"}, "'title' has invisible characters."),
        ({"Name": "x" * 400}, "'title' cannot be 'xxx"),
        ({"Reference": "ST12"}, "'reference' cannot be 'ST12'"),
    ],
)
def test_a_value_that_says_nothing_is_a_warning_at_its_cell(
    change: dict[str, str], message: str, tmp_path: Path, sample: Reference
) -> None:
    rows = [*all_rows(), row("ST0041", **change)]
    download = read(save(tmp_path, "x.csv", table(rows)), sample)
    (finding,) = download.findings
    assert finding.severity is Severity.WARNING
    assert message in finding.message
    assert finding.line == 85
    (column,) = change
    cells = next(line for line in table(rows).splitlines()[84:] if line.startswith("Apprenticeship"))
    before = cells.split(",")[: list(rows[-1]).index(column)] if column != "Reference" else cells.split(",")[:2]
    assert finding.column
    assert finding.column >= len(",".join(before))


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        ({"Reference": "ST0003"}, "TLR124", "ST0003 is repeated; it is also in line 9."),
        ({"Route": "Catering and hospitality;Alchemy"}, "TLR132", "The route 'Alchemy' is unknown."),
    ],
)
def test_a_repeated_code_and_an_unknown_route_are_violations(
    change: dict[str, str], code: str, message: str, tmp_path: Path, sample: Reference
) -> None:
    download = read(save(tmp_path, "x.csv", table([*all_rows(), row("ST0041", **change)])), sample)
    (finding,) = download.findings
    assert (finding.severity, finding.code, finding.message) == (Severity.VIOLATION, code, message)


def test_a_table_without_its_first_line_has_the_day_of_the_download(tmp_path: Path, sample: Reference) -> None:
    text = table(all_rows()).partition("\r\n")[2]
    download = read(save(tmp_path, "x.csv", "\ufeff" + text), sample)
    assert (download.dated, download.is_dated) == (DAY, False)


@pytest.mark.parametrize(
    ("content", "code", "place", "message"),
    [
        (table([]).encode(), "TLR105", (2, 1), "no standards"),
        (table(all_rows()).encode()[:-20], "TLR112", (83, 1), "cannot be read: unexpected end"),
        (table(all_rows()).encode()[:-60], "TLR112", (83, 1), "The row has 9 cells"),
        (table(all_rows()).encode().replace(b"Bakes.", b'Bakes."x', 1), "TLR112", (3, 1), "cannot be read"),
        (table(all_rows(), "14 Smarch 2026").encode(), "TLR123", (1, 1), "Smarch"),
        (table(all_rows()).replace("Reference", "Ref").encode(), "TLR120", (2, 1), "'Reference' is missing"),
    ],
)
def test_a_damaged_table_is_refused_at_its_place(  # noqa: PLR0917 - a case has that many parts
    content: bytes, code: str, place: tuple[int, int], message: str, tmp_path: Path, sample: Reference
) -> None:
    with pytest.raises(DownloadError) as caught:
        read(save(tmp_path, "x", content), sample)
    (finding,) = caught.value.findings
    assert (finding.code, message in finding.message) == (code, True), finding
    assert (finding.line, finding.column) == place
