"""Sets of mappings in the form of SSSOM."""

from __future__ import annotations

import csv
import datetime as dt
from typing import TYPE_CHECKING

import pytest

from tests.reference.samples import LINKS
from tlevel_rdf.codes import Code
from tlevel_rdf.reference.links import Mapping, MappingSet, read_links
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.findings import Finding


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "jobs.sssom.tsv"
    file.write_text(LINKS, encoding="utf-8")
    return file


def fault(file: Path, text: str) -> Finding:
    """Return the one fault of a set, which is then not read."""
    file.write_text(text, encoding="utf-8")
    sets, [finding] = read_links(file.parent)
    assert sets == ()
    assert finding.file == str(file)
    return finding


def test_a_set_has_the_name_of_its_file_its_metadata_and_its_mappings(file: Path) -> None:
    [mapping_set], findings = read_links(file.parent)
    assert findings == []
    assert (mapping_set.name, mapping_set.metadata["mapping_set_title"]) == ("jobs", "Jobs")
    [mapping] = mapping_set.mappings
    assert mapping == Mapping(
        subject_id="id:standard/ST0001",
        predicate_id="tlp:forOccupation",
        object_id="id:occupation/bread-maker",
        object_label="Bread Maker",
        mapping_justification="semapv:ManualMappingCuration",
        mapping_date=dt.date(2026, 11, 22),
        comment="See both.",
    )


def test_a_curie_is_expanded_by_the_prefixes_of_its_set(file: Path) -> None:
    [mapping_set], _ = read_links(file.parent)
    assert mapping_set.expand("id:standard/ST0001") == "https://w3id.org/tlevel/id/standard/ST0001"
    assert mapping_set.expand("id:a:b") == "https://w3id.org/tlevel/id/a:b"


def test_sets_come_in_the_order_of_their_names(file: Path) -> None:
    for name in ("b", "a", "z"):
        (file.parent / f"{name}.sssom.tsv").write_text(LINKS, encoding="utf-8")
    (file.parent / "notes.tsv").write_text("x", encoding="utf-8")
    sets, _ = read_links(file.parent)
    assert [mapping_set.name for mapping_set in sets] == ["a", "b", "jobs", "z"]


def test_without_the_folder_there_are_no_sets(tmp_path: Path) -> None:
    assert read_links(tmp_path / "none") == ((), [])


@pytest.mark.parametrize(
    ("column", "old", "new", "place"),
    [
        ("subject_id", "id:standard", "xx:standard", "9:1"),
        ("predicate_id", "tlp:for", "xx:for", "9:20"),
        ("object_id", "id:occupation", "xx:occupation", "9:38"),
        ("mapping_justification", "semapv:Man", "xx:Man", "9:76"),
    ],
)
def test_an_undeclared_prefix_is_reported_at_its_cell(column: str, old: str, new: str, place: str, file: Path) -> None:
    assert column in LINKS
    finding = fault(file, LINKS.replace(old, new))
    assert (finding.code, finding.place) == (Code.UNKNOWN_REFERENCE, f"{file}:{place}")
    assert finding.message == "The prefix 'xx' is not declared."
    assert "curie_map" in (finding.hint or "")


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        pytest.param(LINKS[LINKS.index("subject_id") :], "mapping_set_title", id="no metadata"),
        pytest.param("#a list\n" + LINKS[LINKS.index("subject_id") :], "mapping_set_title", id="a comment"),
        pytest.param(LINKS.replace("#mapping_set_title: Jobs\n", ""), "mapping_set_title", id="no title"),
        pytest.param(LINKS.replace("title: Jobs", "title: 5"), "mapping_set_title", id="a title that is a number"),
        pytest.param(LINKS.replace("#curie_map", "#prefixes"), "curie_map", id="no prefixes"),
        pytest.param(LINKS.replace("#license", "#rights"), "license", id="no licence"),
        pytest.param(LINKS.replace("license: https", "license: the https"), "license", id="a licence in words"),
        pytest.param(LINKS.replace("#mapping_set_id", "#id"), "mapping_set_id", id="no address of the set"),
        pytest.param(LINKS.replace("#curie_map:", "#curie_map: none\n#other:"), "curie_map", id="a word"),
        pytest.param(LINKS.replace("id: https://w3id.org/tlevel/id/", "id: 5"), "curie_map", id="no address"),
    ],
)
def test_metadata_without_a_title_or_prefixes_is_reported(text: str, missing: str, file: Path) -> None:
    finding = fault(file, text)
    assert (finding.code, finding.place) == (Code.MISSING, f"{file}:1:1")
    assert finding.message == f"The set has no '{missing}'."
    assert (finding.hint or "").startswith(f"Begin the file with '#{missing}:'")


def test_metadata_that_is_not_yaml_is_reported_in_its_line(file: Path) -> None:
    finding = fault(file, LINKS.replace("#curie_map:", "#curie_map: ["))
    assert finding.code == Code.NOT_YAML
    assert 4 <= (finding.line or 0) <= 8


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("id:standard/ST0001\t", "https://example.org/a b\t", "subject_id"),
        ("2026-11-22", "22-11-2026", "mapping_date"),
        ("semapv:ManualMappingCuration", "manual", "mapping_justification"),
    ],
)
def test_an_unsuitable_cell_is_reported(old: str, new: str, column: str, file: Path) -> None:
    finding = fault(file, LINKS.replace(old, new))
    assert (finding.code, finding.line) == (Code.BAD_VALUE, 9)
    assert finding.message.startswith(f"'{column}' cannot be")


def test_a_mapping_without_justification_is_reported(file: Path) -> None:
    finding = fault(file, LINKS.replace("\tsemapv:ManualMappingCuration\t", "\t\t"))
    assert (finding.code, finding.message) == (Code.MISSING, "The cell 'mapping_justification' is empty.")


def test_each_shipped_mapping_has_a_justification_and_a_date_and_names_a_thing_of_ours() -> None:
    folder = shipped("data") / "links"
    sets, findings = read_links(folder)
    assert findings == []
    assert {f"{mapping_set.name}.sssom.tsv" for mapping_set in sets} == {file.name for file in folder.iterdir()}
    for mapping_set in sets:
        with (folder / f"{mapping_set.name}.sssom.tsv").open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
        assert len(mapping_set.mappings) == len(rows)
        assert_is_ours(mapping_set)


def assert_is_ours(mapping_set: MappingSet) -> None:
    for mapping in mapping_set.mappings:
        assert mapping_set.expand(mapping.subject_id).startswith("https://w3id.org/tlevel/")
        assert mapping_set.expand(mapping.mapping_justification).startswith("https://w3id.org/semapv/vocab/")
