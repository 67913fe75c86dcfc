"""The concordance of codes."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, Store

from tlevel_rdf.graph import terms
from tlevel_rdf.release.tables.concordance import CODES, COLUMNS, write_codes

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release

DATA = f"""
@prefix : <https://example.org/> .
:register {terms.WAS_DERIVED_FROM} :list .
:register {{
    :b {terms.STANDARD_REFERENCE} "ST0002" ; {terms.RETIRED_ON} "2026-01-31" ; {terms.APPROVED_ON} "2020-01-01" .
    :a {terms.STANDARD_REFERENCE} "ST0001" ; {terms.LARS_STANDARD_CODE} "7" ; {terms.PREF_LABEL} "Baker, of bread" .
    :b {terms.PREF_LABEL} "Butcher" ; {terms.IS_REPLACED_BY} :a .
}}
:other {{ :a {terms.LARS_STANDARD_CODE} "8" . }}
"""


@pytest.fixture
def rows(tmp_path: Path) -> list[dict[str, str]]:
    store = Store()
    store.load(DATA.encode(), format=RdfFormat.TRIG)
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    write_codes(store, tmp_path)
    with (tmp_path / CODES).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_code_that_a_source_states_has_a_row_in_the_order_of_schemes_and_codes(rows: list[dict[str, str]]) -> None:
    assert [(row["scheme"], row["code"], row["title"]) for row in rows] == [
        ("standard", "ST0001", "Baker, of bread"),
        ("standard", "ST0002", "Butcher"),
        ("lars", "7", "Baker, of bread"),
    ]
    assert {row["source"] for row in rows} == {"https://example.org/list"}


def test_a_row_has_the_dates_and_the_successor_of_its_thing(rows: list[dict[str, str]]) -> None:
    assert list(rows[1]) == list(COLUMNS)
    assert list(rows[1].values())[2:] == [
        "https://example.org/b",
        "Butcher",
        "2020-01-01",
        "2026-01-31",
        "https://example.org/list",
        "https://example.org/a",
    ]
    assert (rows[0]["valid_from"], rows[0]["valid_until"], rows[0]["replaced_by"]) == ("", "", "")


def test_a_release_has_the_code_of_a_standard(small_release: Release) -> None:
    with (small_release.folder / CODES).open(encoding="utf-8", newline="") as file:
        found = [row for row in csv.DictReader(file) if (row["scheme"], row["code"]) == ("lars", "747")]
    assert {row["thing"] for row in found} == {f"{small_release.base}id/standard/ST0774"}
