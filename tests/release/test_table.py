"""The table of a release."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from tlevel_rdf.release import table

if TYPE_CHECKING:
    from tlevel_rdf.release.release import Release


def test_the_table_has_a_row_for_each_option(shipped_release: Release) -> None:
    with (shipped_release.folder / table.CSV).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len([row for row in rows if row["specialism"]]) == 26
    assert len(rows) == 26 + 140
    assert [row["title"] for row in rows if row["step"] == "bypassed"] == [
        "Optical Assistant",
        "Healthcare Science Assistant",
    ]
    assert {row["level"] for row in rows if row["kind"] in {"degree", "occupation"}} == {""}
    assert all(row["line"] for row in rows)


def test_the_description_of_the_table_names_its_columns(shipped_release: Release) -> None:
    metadata = json.loads((shipped_release.folder / table.CSVW).read_text(encoding="utf-8"))
    header = (shipped_release.folder / table.CSV).read_text(encoding="utf-8").splitlines()[0]
    assert [column["name"] for column in metadata["tableSchema"]["columns"]] == header.split(",")


def test_destinations_have_the_codes_by_which_other_data_sets_name_them(shipped_release: Release) -> None:
    with (shipped_release.folder / table.CSV).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    degrees = {row["title"]: row["hecos"] for row in rows if row["kind"] == "degree"}
    assert degrees == {
        "Medical Science": "100270",
        "Nursing": "100290",
        "Occupational Therapy": "100249",
        "Optometry": "100036",
        "Paramedic Science": "100749",
    }
    slugs = {row["title"]: row["careers_service"] for row in rows if not row["specialism"]}
    assert slugs["accounting technician"] == "accounting-technician"
    assert all(slugs.values())
