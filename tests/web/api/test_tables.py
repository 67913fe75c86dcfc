"""Lists of the API as tables."""

from __future__ import annotations

import csv
import datetime as dt
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from tests.release.tables.test_spreadsheet import read_workbook
from tlevel_rdf.web.api import schema
from tlevel_rdf.web.api.tables import entry_model, write_table
from tlevel_rdf.web.http.media_types import CSV, XLSX

if TYPE_CHECKING:
    from tests.web.api.conftest import GetJson
    from tests.web.conftest import Send

LISTS = (
    "/api/t-levels{}?limit=5",
    "/api/specialisms/healthcare-science/optical-care-services/options{}",
    "/api/occupations/dispensing-optician/reached-from{}",
    "/api/search{}?q=optic&kind=Apprenticeship",
    "/api/questions/ways-to-a-job{}?job=optician",
    "/api/questions/compare-specialisms{}?first=Optical+Care+Services&second=Assisting+with+Healthcare+Science",
    "/api/questions/steps-to-bypass-or-shorten{}",
    "/api/questions/open-t-levels{}",
    "/api/terms{}?limit=20",
)
NAMES = ("options", "ways", "t_levels", "results", "steps", "terms")


@pytest.mark.parametrize("path", LISTS)
def test_csv_and_xlsx_have_a_row_for_each_entry(send: Send, get_json: GetJson, path: str) -> None:
    content = get_json(path.format(""))
    entries = next(content[name] for name in NAMES if isinstance(content.get(name), list))
    assert entries
    response = send(path.format(".csv"))
    assert (response.status, response.header("content-type")) == (200, "text/csv; charset=utf-8")
    rows = list(csv.reader(StringIO(response.content.decode(), newline="")))
    assert len(rows) == len(entries) + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(set(rows[0])) == len(rows[0])
    (sheet,) = read_workbook(send(path.format(".xlsx")).content).values()
    assert sheet == [[value for value in row if value] for row in rows]


def test_accept_chooses_a_table_and_other_objects_have_none(send: Send) -> None:
    assert send("/api/t-levels", "text/csv").header("content-type") == "text/csv; charset=utf-8"
    assert send("/api/t-levels", XLSX.name).header("content-type") == XLSX.name
    assert send("/api/t-levels.json").header("content-type") == "application/json"
    assert send("/api/.csv").status == send("/api/t-levels/healthcare-science.csv").status == 404


def test_columns_are_names_iris_and_texts_and_no_paths() -> None:
    way = schema.JobWay(
        job=schema.ThingResource(name="=Baker", iri="urn:b", page="/b"),
        reference=None,
        t_level=schema.ThingResource(name="T", iri="urn:t", page="/t"),
        specialism=None,
        how="stated",
        named_as=None,
        apprenticeship=None,
        level=None,
        source=None,
    )
    header, row = write_table(schema.JobWay, [way], CSV, "ways", None).decode().splitlines()
    assert header.startswith("job,job_iri,reference,t_level,t_level_iri,specialism,specialism_iri,how,named_as,")
    assert row == "=Baker,urn:b,,T,urn:t,,,stated,,,,,,,"
    book = read_workbook(write_table(schema.JobWay, [way], XLSX, "ways", dt.date(2026, 11, 30)))
    assert book["ways"][1][0] == "=Baker"


def test_lists_within_an_entry_are_one_text() -> None:
    thing = schema.ThingResource(name="A", iri="urn:a", page="/a")
    result = schema.SearchResult(
        **thing.model_dump(),
        kind=None,
        level=3,
        kinds=["X", "Y"],
        codes=[],
        other_names=[],
        t_levels=[thing],
        more=None,
    )
    assert entry_model(schema.SearchResultList, "results") is schema.SearchResult
    assert write_table(schema.SearchResult, [result], CSV, "results", None).decode().splitlines() == [
        "name,iri,kind,level,kinds,codes,other_names,t_levels",
        "A,urn:a,,3,X; Y,,,A",
    ]
