"""Downloads: their sources, rows and errors."""

from __future__ import annotations

import datetime as dt

import pytest

from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Severity
from tlevel_rdf.reference.updating.download import REGISTER_LIST, Download, Statement, group_of, refuse


def test_the_source_of_a_download_has_the_day_that_it_describes() -> None:
    assert Download(REGISTER_LIST, dt.date(2026, 8, 14), is_dated=True).source == "register-versions-2026-08-14"


def test_the_first_row_of_a_key_stays() -> None:
    download = Download(REGISTER_LIST, dt.date(2026, 8, 14), is_dated=True)
    first, second = (Statement({"title": title}, frozenset({"title"}), "row 1") for title in ("One", "Two"))
    assert download.state("standards", ("ST0001",), first) is None
    assert download.state("standards", ("ST0001",), second) is first
    assert download.state("standards", ("ST0002",), second) is None
    assert download.statements == {"standards": {("ST0001",): first, ("ST0002",): second}}


@pytest.mark.parametrize(("place", "line", "column"), [((), None, None), ((3, 4), 3, 4)])
def test_a_download_is_refused_with_one_finding(place: tuple[int, ...], line: int | None, column: int | None) -> None:
    error = refuse(Code.MISSING, "There is no title.", "Download it again.", "a.csv", *place)
    [finding] = error.findings
    assert (finding.severity, finding.line, finding.column) == (Severity.VIOLATION, line, column)
    assert "There is no title." in str(error)


def test_a_row_is_in_the_group_that_a_file_lists_whole() -> None:
    assert group_of("occupations", {"route": "health-and-science"}) == "health-and-science"
    assert group_of("occupations", {}) == ""
    assert group_of("sources", {"route": "health-and-science"}) == ""
