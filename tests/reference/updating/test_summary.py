"""An update in words."""

from __future__ import annotations

import pytest

from tlevel_rdf.reference.updating.comparison import Change, ChangedField, TableComparison
from tlevel_rdf.reference.updating.download import OCCUPATIONAL_MAP, Download
from tlevel_rdf.reference.updating.summary import describe_update, explain_suspicion, name_of

from .samples import DAY

CELLS = {"reference": "OCC0001", "title": "Baker", "level": "2"}


def lines(*comparisons: TableComparison) -> list[str]:
    download = Download(OCCUPATIONAL_MAP, DAY, is_dated=True, files={"a.json": "", "b.json": ""})
    return list(describe_update(download, comparisons))


def test_each_change_is_named() -> None:
    level = ChangedField("level", "2", "3")
    route = ChangedField("route", "", "catering|digital")
    comparison = TableComparison(
        "occupations",
        known=1_200,
        new=[Change(("OCC0001",), CELLS)],
        changed=[Change(("OCC0001",), CELLS, (level, route))],
        gone=[Change(("OCC0001",), CELLS)],
        unchanged=1_198,
    )
    assert lines(comparison) == [
        "Skills England: occupational maps, answers of the public API of 28 November 2026 (a.json, b.json)",
        "  occupations: 1 new, 1 changed, 1 gone, 1,198 unchanged",
        "    new occupation: Baker (OCC0001), level 2",
        "    Baker (OCC0001): level 2 → 3, route not stated → catering, digital",
        "    gone, and kept: Baker (OCC0001), level 2",
    ]


def test_many_completed_things_are_counted_by_column() -> None:
    completed = [Change((str(number),), CELLS, (ChangedField("pathway", "", "bread"),)) for number in range(21)]
    assert lines(TableComparison("occupations", known=21, completed=completed))[1:] == [
        "  occupations: 21 completed",
        "    pathway: stated of 21 more",
    ]


def test_a_table_of_which_nothing_is_stated_is_left_out() -> None:
    assert len(lines(TableComparison("occupations", known=5), TableComparison("products"))) == 1


@pytest.mark.parametrize(
    ("table", "cells", "name"),
    [
        ("standard_versions", {"reference": "ST1", "version": "1.1", "title": "Baker"}, "Baker (ST1 1.1)"),
        ("standards", {"reference": "ST1"}, "ST1"),
        ("products", {"code": "HTQ1", "title": "Diploma", "level": "5"}, "Diploma (HTQ1), level 5"),
        ("occupation_products", {"occupation": "OCC1", "product": "HTQ1"}, "HTQ1 under OCC1"),
        ("map_edges", {"from": "OCC1", "to": "OCC2"}, "OCC1 to OCC2"),
        ("areas", {"kind": "pathway", "key": "bread", "title": "Bread"}, "Bread (pathway)"),
    ],
)
def test_things_have_names(table: str, cells: dict[str, str], name: str) -> None:
    assert name_of(table, cells) == name


def test_a_doubt_has_its_reason() -> None:
    gone = [Change((), CELLS)] * 3
    assert explain_suspicion(TableComparison("occupations", known=9, gone=gone)) == (
        "3 of 9 occupations have changed or are gone."
    )
    assert explain_suspicion(TableComparison("occupations", emptied=["digital"])) == (
        "The download has nothing left of: digital."
    )
