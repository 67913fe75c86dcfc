"""Answers of the API of the occupational map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.findings import Severity

from .samples import occupation, read, save

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.reference.model import Reference


@pytest.mark.parametrize(
    ("records", "severity", "message"),
    [
        ([occupation("OCC0001"), {"name": "x"}], Severity.WARNING, "neither a route nor an occupation"),
        ([occupation("OCC0001", name="")], Severity.WARNING, "Record 1 (OCC0001): It has no 'name'."),
        ([occupation("OCC1")], Severity.WARNING, "'stdCode' cannot be 'OCC1'"),
        ([occupation("OCC0001", products=[{"productCode": "?"}])], Severity.WARNING, "'productCode' cannot be '?'"),
        ([occupation("OCC0001", products=[{"productCode": "X1"}])], Severity.WARNING, "'typeName' cannot be ''"),
    ],
)
def test_a_faulty_record_is_reported_with_its_number_and_code(
    records: list[object], severity: Severity, message: str, tmp_path: Path, sample: Reference
) -> None:
    (finding,) = read(save(tmp_path, "x.json", records), sample).findings
    assert (finding.severity, message in finding.message) == (severity, True), finding


def test_a_route_has_occupations_in_clusters_or_in_a_list(tmp_path: Path, sample: Reference) -> None:
    cluster = {"name": "Rolls", "occupations": [occupation("OCC0001", mapHierarchy={}), "?"]}
    groups = [{"clusters": [cluster, {"clusterName": "Croissants", "occupations": [occupation("OCC0002")]}]}]
    route = {
        "object": "Route",
        "routeName": "Catering and hospitality",
        "occupations": [occupation("OCC0003", mapHierarchy=None)],
        "pathways": [{"name": "Bread", "clusterGroups": groups}, {"name": "Empty", "clusterGroups": None}],
    }
    download = read(save(tmp_path, "x.json", route), sample)
    assert download.findings == []
    cells = {key[0]: statement.cells for key, statement in download.statements["occupations"].items()}
    assert [(c.get("pathway", ""), c.get("cluster", "")) for c in cells.values()] == [
        ("", ""),
        ("bread", "rolls"),
        ("bread", "croissants"),
    ]
    assert {c["route"] for c in cells.values()} == {"catering"}
    (area,) = download.statements["areas"].values()
    assert area.cells == {"kind": "cluster", "key": "croissants", "title": "Croissants", "within": "bread"}
    assert download.covered == {("occupations", "catering")}


def test_the_products_of_an_occupation_have_kinds(tmp_path: Path, sample: Reference) -> None:
    products = [
        {"productCode": "HTQ1", "typeName": "HTQ", "name": "Diploma", "level": 5},
        {"productCode": "TQ1", "typeName": "TQ", "name": "Certificate", "level": 3},
        {"productCode": "TL1a", "typeName": "TLevel", "name": "Baking - Bread", "level": 3},
        {"productCode": "FA0001", "typeName": "Foundation Apprenticeship", "name": "Bread"},
        "?",
    ]
    download = read(save(tmp_path, "x.json", occupation("OCC0001", products=products)), sample)
    assert download.findings == []
    kinds = [statement.cells["kind"] for statement in download.statements["products"].values()]
    assert kinds == ["higher technical qualification", "technical qualification", "t level"]
    assert download.statements["standards"]["FA0001",].cells["kind"] == "foundation apprenticeship"
    assert [code for _, code in download.statements["occupation_products"]] == ["HTQ1", "TQ1", "TL1a", "FA0001"]
    assert download.covered == {("occupation_products", "OCC0001")}


def test_an_answer_makes_no_statement_about_what_it_was_not_asked_for(tmp_path: Path, sample: Reference) -> None:
    download = read(save(tmp_path, "x.json", {"stdCode": "OCC0001", "name": "Baker", "level": 2}), sample)
    (statement,) = download.statements["occupations"].values()
    assert statement.columns == {"title", "level"}


def test_job_titles_are_listed_once(tmp_path: Path, sample: Reference) -> None:
    titles = [{"name": "Baker "}, "Baker", None, {"name": "Bun | cake maker"}, ["?"]]
    download = read(save(tmp_path, "x.json", occupation("OCC0001", typicalJobTitles=titles)), sample)
    (statement,) = download.statements["occupations"].values()
    assert statement.cells["typical job titles"] == "Baker|Bun / cake maker"
    assert "'typicalJobTitles' cannot be a list" in download.findings[0].message


def test_a_repeated_occupation_must_not_differ(tmp_path: Path, sample: Reference) -> None:
    records = [occupation("OCC0001"), occupation("OCC0001"), occupation("OCC0001", level=3)]
    (finding,) = read(save(tmp_path, "x.json", records), sample).findings
    assert finding.severity is Severity.VIOLATION
    assert "OCC0001 is repeated with other values; it is also in record 1." in finding.message


def test_an_area_whose_title_gives_no_key_is_left_out(tmp_path: Path, sample: Reference) -> None:
    hierarchy = {"routeName": "Catering and hospitality", "pathwayName": "???", "clusterName": ""}
    download = read(save(tmp_path, "x.json", occupation("OCC0001", mapHierarchy=hierarchy)), sample)
    (finding,) = download.findings
    assert finding.code == "TLR126"
    (statement,) = download.statements["occupations"].values()
    assert (statement.cells.get("pathway"), statement.cells["cluster"]) == (None, "")


def test_steps_have_two_ends(tmp_path: Path, sample: Reference) -> None:
    steps = [{"stdCodeFrom": "OCC0001", "stdCodeTo": "OCC0002"}, {"stdCodeFrom": "OCC0001"}]
    download = read(save(tmp_path, "x.json", {"keyStdCode": "OCC0001", "progressions": steps}), sample)
    assert list(download.statements["map_edges"]) == [("OCC0001", "OCC0002")]
    assert "'stdCodeTo' cannot be ''" in download.findings[0].message
