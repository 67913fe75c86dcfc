"""Updates of the tables from downloads: what is new, changed, completed and gone, and when a person must accept it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.errors import UnreadableInputError
from tlevel_rdf.reference.loading import read_reference
from tlevel_rdf.reference.updating.update import UpdateOptions, update_reference

from .samples import (
    OCCUPATIONS,
    STANDARDS,
    TODAY,
    all_rows,
    occupation,
    row,
    rows_of,
    save,
    table,
    texts,
    update,
    version,
    write_folder,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(name="folder")
def make_folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path)


def test_rows_that_a_download_states_again_move_to_its_source(folder: Path, tmp_path: Path) -> None:
    before = texts(folder)
    result = update(folder, save(tmp_path, "a.csv", table(all_rows())))
    assert result.is_written
    assert result.findings == []
    assert result.lines == [
        "Skills England: download of apprenticeship standards of 28 November 2026 (a.csv)",
        "  standards: 41 unchanged",
    ]
    now = texts(folder)
    assert {name for name in now if now[name] != before.get(name)} == {"sources.csv", "standards.csv", "updates.csv"}
    moved = before["standards.csv"].replace(b"register-2026-08-14", b"register-2026-11-28")
    assert now["standards.csv"] == moved
    assert now["sources.csv"].startswith(before["sources.csv"])


def test_the_new_source_and_the_update_are_recorded(folder: Path, tmp_path: Path) -> None:
    path = save(tmp_path, "a.csv", table(all_rows(ST0002={"Level": "4"})))
    assert update(folder, path).is_written
    source = rows_of(folder, "sources.csv")[-1]
    assert source["key"] == "register-2026-11-28"
    assert (source["dated"], source["gathered"]) == ("2026-11-28", "2026-11-30")
    assert source["licence"].endswith("open-government-licence/version/3/")
    assert source["attribution"] == "Crown copyright"
    (recorded,) = rows_of(folder, "updates.csv")
    assert len(recorded.pop("sha 256")) == 64
    assert recorded == {
        "date": "2026-11-30",
        "files": "a.csv",
        "new": "0",
        "changed": "1",
        "completed": "0",
        "gone": "0",
        "reason": "",
        "source": "register-2026-11-28",
    }
    reference, findings = read_reference(folder)
    assert findings == []
    assert reference.updates[0].changed == 1


def test_a_fact_that_differs_between_two_days_is_two_facts(folder: Path, tmp_path: Path) -> None:
    result = update(folder, save(tmp_path, "a.csv", table(all_rows(ST0002={"Level": "4", "Name": "Master baker"}))))
    assert "    Master baker (ST0002): level 2 → 4, title Baker 02 → Master baker" in result.lines
    newer, older = (each for each in rows_of(folder, "standards.csv") if each["reference"] == "ST0002")
    assert (newer["level"], newer["source"]) == ("4", "register-2026-11-28")
    assert (older["level"], older["source"]) == ("2", "register-2026-08-14")


def test_a_row_that_states_more_completes_the_older_one(folder: Path, tmp_path: Path) -> None:
    banner = "A revised version. On 18th January 2027, it will replace the current version for new starts."
    result = update(folder, save(tmp_path, "a.csv", table(all_rows(ST0002={"Banners": banner}))))
    assert "  standards: 1 completed, 40 unchanged" in result.lines
    (completed,) = (each for each in rows_of(folder, "standards.csv") if each["reference"] == "ST0002")
    assert (completed["revised from"], completed["revised from text"]) == ("2027-01-18", "18th January 2027")


def test_a_new_thing_is_inserted_at_its_place(folder: Path, tmp_path: Path) -> None:
    rows = [row("ST0098", Name="Miller's mate"), *all_rows()]
    result = update(folder, save(tmp_path, "a.csv", table(rows)))
    assert "    new standard: Miller's mate (ST0098), level 2" in result.lines
    assert [each["reference"] for each in rows_of(folder, "standards.csv")][-3:] == ["ST0040", "ST0098", "ST0099"]


def test_nothing_is_deleted_because_a_download_lacks_it(folder: Path, tmp_path: Path) -> None:
    rows = [each for each in all_rows() if each["Reference"] != "ST0002"]
    result = update(folder, save(tmp_path, "a.csv", table(rows)))
    assert "    gone, and kept: Baker 02 (ST0002), level 2" in result.lines
    assert not any("ST0099" in line for line in result.lines), "it was gone before"
    (kept,) = (each for each in rows_of(folder, "standards.csv") if each["reference"] == "ST0002")
    assert kept["source"] == "register-2026-08-14"


def test_the_same_download_again_changes_nothing(folder: Path, tmp_path: Path) -> None:
    path = save(tmp_path, "a.csv", table(all_rows(ST0002={"Level": "4"})))
    assert update(folder, path).is_written
    before = texts(folder)
    again = update(folder, path)
    assert (again.is_written, again.doubts) == (False, [])
    assert "  standards: 41 unchanged" in again.lines
    assert texts(folder) == before


def test_a_corrected_download_of_the_same_day_replaces_its_own_rows(folder: Path, tmp_path: Path) -> None:
    update(folder, save(tmp_path, "a.csv", table(all_rows(ST0002={"Level": "4"}))))
    update(folder, save(tmp_path, "b.csv", table(all_rows(ST0002={"Level": "5"}))))
    levels = [each["level"] for each in rows_of(folder, "standards.csv") if each["reference"] == "ST0002"]
    assert levels == ["5", "2"]


def test_a_dry_run_writes_nothing(folder: Path, tmp_path: Path) -> None:
    before = texts(folder)
    result = update(folder, save(tmp_path, "a.csv", table(all_rows(ST0002={"Level": "4"}))), is_dry=True)
    assert not result.is_written
    assert len(result.lines) == 3
    assert texts(folder) == before


@pytest.mark.parametrize(
    ("rows", "doubt"),
    [
        (
            all_rows(**{code: {"Level": "4"} for code in STANDARDS[:3]}),
            "3 of 42 standards have changed or are gone.",
        ),
        ([each for each in all_rows() if each["Reference"] > "ST0003"], "The download has nothing left of"),
        ([each for each in all_rows() if each["Reference"] != "AU0001"], "nothing left of: apprenticeship unit."),
    ],
    ids=["changed", "gone", "emptied"],
)
def test_a_mass_change_must_be_accepted(rows: list[dict[str, str]], doubt: str, folder: Path, tmp_path: Path) -> None:
    before = texts(folder)
    path = save(tmp_path, "a.csv", table(rows))
    result = update(folder, path)
    assert not result.is_written
    assert doubt in result.doubts[0]
    assert texts(folder) == before
    assert update(folder, path, reason="Checked by hand").is_written
    assert rows_of(folder, "updates.csv")[0]["reason"] == "Checked by hand"


def test_five_per_cent_need_no_reason(folder: Path, tmp_path: Path) -> None:
    rows = all_rows(**{code: {"Level": "4"} for code in STANDARDS[:2]})
    assert update(folder, save(tmp_path, "a.csv", table(rows))).is_written


def test_an_older_download_is_refused(folder: Path, tmp_path: Path) -> None:
    result = update(folder, save(tmp_path, "a.csv", table(all_rows(), "13 August 2026")))
    (finding,) = result.findings
    assert finding.code == "TLR135"
    assert "2026-08-13" in finding.message
    assert not result.is_written


def test_a_list_adds_versions_and_describes_standards_by_the_one_in_force(folder: Path, tmp_path: Path) -> None:
    records = [version(code) for code in STANDARDS]
    records += [version("ST0001", "1.1", status="Retired", level=3), version("ST0002", "1.1", level=4)]
    result = update(folder, save(tmp_path, "list.json", records))
    assert result.is_written
    assert "    Baker 02 (ST0002): level 2 → 4, version 1.0 → 1.1" in result.lines
    assert "  versions of standards: 42 new" in result.lines
    versions = [each["version"] for each in rows_of(folder, "standard-versions.csv") if each["reference"] == "ST0001"]
    assert versions == ["1.0", "1.1"]
    assert not any("AU0001" in line for line in result.lines), "the list has no units"


def test_a_route_states_its_occupations_with_pathways_and_products(folder: Path, tmp_path: Path) -> None:
    products = [
        {"productCode": "ST0001", "typeName": "Apprenticeship", "name": "Baker 01", "level": 2},
        {"productCode": "ST0500", "typeName": "Apprenticeship", "name": "Newer than the register", "level": 2},
        {"productCode": "HTQ1", "typeName": "HTQ", "name": "Diploma in Flour", "level": 0},
    ]
    clusters = [
        {"name": "Rolls", "occupations": [occupation(code) for code in OCCUPATIONS[:-1]]},
        {"name": "Croissants", "occupations": [occupation("OCC0031", products=products, soc={})]},
    ]
    route = {
        "object": "Route",
        "name": "Catering and hospitality",
        "pathways": [{"name": "Bread", "clusterGroups": [{"clusters": clusters}]}],
    }
    result = update(folder, save(tmp_path, "route.json", route))
    assert result.is_written, result.findings
    assert [finding.code for finding in result.findings] == ["TLR123"]
    assert "  occupations: 1 new, 29 completed, 1 gone" in result.lines
    assert "    pathway: stated of 29 more" in result.lines
    assert "    gone, and kept: Baker 30 (OCC0030), level 2" in result.lines
    (new,) = (each for each in rows_of(folder, "occupations.csv") if each["reference"] == "OCC0031")
    assert (new["pathway"], new["cluster"], new["soc 2020"]) == ("bread", "croissants", "")
    assert rows_of(folder, "areas.csv")[-2]["key"] == "croissants"
    assert [each["product"] for each in rows_of(folder, "occupation-products.csv")] == ["HTQ1", "ST0001", "ST0500"]
    assert rows_of(folder, "standards.csv")[-1]["reference"] == "ST0500"
    assert rows_of(folder, "products.csv")[0]["level"] == ""
    assert len(rows_of(folder, "occupations.csv")) == 31


def test_an_answer_about_one_occupation_says_nothing_about_others(folder: Path, tmp_path: Path) -> None:
    answer = occupation("OCC0007", level=3, typicalJobTitles=[{"name": "Night baker"}, "Night baker", "Bun | cake"])
    result = update(folder, save(tmp_path, "answer.json", answer))
    assert result.is_written
    changed = "    Baker 07 (OCC0007): level 2 → 3, typical job titles not stated → Night baker, Bun / cake"
    assert result.lines[1:] == ["  occupations: 1 changed", changed]


def test_the_steps_of_the_map_have_a_direction(folder: Path, tmp_path: Path) -> None:
    answer = {"keyStdCode": "OCC0001", "progressions": [{"stdCodeFrom": "OCC0001", "stdCodeTo": "OCC0002"}]}
    assert update(folder, save(tmp_path, "steps.json", answer)).is_written
    assert rows_of(folder, "map-edges.csv")[0]["to"] == "OCC0002"


def test_several_files_of_a_day_are_one_source(folder: Path, tmp_path: Path) -> None:
    paths = [save(tmp_path, f"{code}.json", occupation(code, level=3)) for code in OCCUPATIONS[:1]]
    paths.append(save(tmp_path, "a.csv", table(all_rows())))
    paths.append(save(tmp_path, "b.json", occupation("OCC0031")))
    assert update(folder, *paths).is_written
    assert [each["files"] for each in rows_of(folder, "updates.csv")] == ["OCC0001.json|b.json", "a.csv"]


def test_files_of_a_day_must_not_contradict_each_other(folder: Path, tmp_path: Path) -> None:
    paths = [save(tmp_path, f"{level}.json", occupation("OCC0001", level=level)) for level in (3, 4)]
    result = update(folder, *paths)
    assert [finding.code for finding in result.findings] == ["TLR124"]
    assert not result.is_written


def test_a_folder_that_adds_to_another_gets_only_what_differs(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    path = save(tmp_path, "a.csv", table(all_rows(ST0002={"Level": "4"})))
    before = texts(folder)
    assert update_reference([path], own, folder, UpdateOptions(TODAY)).is_written
    assert set(texts(own)) == {"sources.csv", "standards.csv", "updates.csv"}
    assert [each["reference"] for each in rows_of(own, "standards.csv")] == ["ST0002"]
    assert texts(folder) == before


def test_comments_unknown_rows_and_line_breaks_stay(folder: Path, tmp_path: Path) -> None:
    file = folder / "standards.csv"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n").replace(b"Baker 05", b'"Baker 05"'))
    update(folder, save(tmp_path, "a.csv", table(all_rows(ST0005={"Level": "4"}))))
    text = file.read_bytes()
    assert text.startswith(b"# Edited by hand.\r\n")
    assert text.count(b"\n") == text.count(b"\r\n") == 45
    assert b'ST0005,"Baker 05",apprenticeship,2' in text
    assert b"ST0005,Baker 05,apprenticeship,4" in text


def test_a_folder_or_file_that_does_not_exist_is_named(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="nowhere"):
        update(tmp_path / "nowhere", tmp_path / "a.csv")
    with pytest.raises(UnreadableInputError, match=r"missing\.csv cannot be read"):
        update(folder, tmp_path / "missing.csv")


def test_a_file_without_a_day_is_dated_by_its_last_change(folder: Path, tmp_path: Path) -> None:
    path = save(tmp_path, "answer.json", occupation("OCC0007", level=3))
    os.utime(path, (1_795_000_000, 1_795_000_000))
    result = update_reference([path], folder, folder, UpdateOptions(TODAY))
    assert "of 18 November 2026 (answer.json; the file does not state its day" in result.lines[0]
