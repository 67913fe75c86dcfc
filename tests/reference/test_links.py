"""Sets of mappings in the form of SSSOM."""

from __future__ import annotations

import csv
import datetime as dt
from typing import TYPE_CHECKING

import pytest
import sssom_pydantic

from tests.reference.samples import LINKS
from tlevel_rdf.codes import Code
from tlevel_rdf.reference.links import Mapping, MappingSet, read_link_files, read_links
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


#: A set with a fault in a cell: what to replace in the sample, the message, and the place.
FAULTS = {
    "an unknown justification": (
        "semapv:ManualMappingCuration",
        "semapv:Guess",
        Code.BAD_VALUE,
        "'semapv:Guess' is not a justification.",
        "9:76",
    ),
    "owl:sameAs": (
        "tlp:forOccupation",
        "owl:sameAs",
        Code.BAD_VALUE,
        "owl:sameAs would merge the two things.",
        "9:20",
    ),
    "an exact match that nobody reviewed": (
        "tlp:forOccupation\tid:occupation/bread-maker\tBread Maker\tsemapv:ManualMappingCuration",
        "skos:exactMatch\tid:occupation/bread-maker\tBread Maker\tsemapv:LexicalMatching",
        Code.BAD_VALUE,
        "A program found this exact match, and nobody has reviewed it.",
        "9:20",
    ),
    "a day in the future": (
        "2026-11-22",
        "2999-01-01",
        Code.BAD_VALUE,
        "The date 2999-01-01 is in the future.",
        "9:105",
    ),
    "an IRI with a space": (
        "id:occupation/bread-maker",
        "id:occupation/bread maker",
        Code.BAD_VALUE,
        "'object_id' cannot be 'id:occupation/bread maker'.",
        "9:38",
    ),
    "an unknown column": (
        "\tcomment",
        "\tcoment",
        Code.UNKNOWN_KEY,
        "The column 'coment' is unknown.",
        "8:83",
    ),
}
PREFIXED = LINKS.replace(
    "#curie_map:\n",
    "#curie_map:\n#  owl: http://www.w3.org/2002/07/owl#\n#  skos: http://www.w3.org/2004/02/skos/core#\n",
)
HEADER, ROW = LINKS.splitlines()[-2:]


def with_column(name: str, value: str, row: str = ROW) -> str:
    """Return the sample with one more column."""
    return f"{LINKS[: LINKS.index(HEADER)]}{HEADER}\t{name}\n{row}\t{value}\n"


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_cell_is_reported_at_its_place(name: str, file: Path) -> None:
    old, new, code, message, place = FAULTS[name]
    assert old in PREFIXED
    finding = fault(file, PREFIXED.replace(old, new))
    line, column = map(int, place.split(":"))
    assert (finding.code, finding.message) == (code, message)
    assert (finding.line, finding.column) == (line + 2, column)
    assert finding.hint


@pytest.mark.parametrize("value", ["1.01", "-0.5", "high", "nan", "inf", "1e999"])
def test_a_confidence_is_a_number_from_0_to_1(value: str, file: Path) -> None:
    finding = fault(file, with_column("confidence", value))
    assert (finding.code, finding.line) == (Code.BAD_VALUE, 9)
    assert finding.message == f"'confidence' cannot be '{value}'."
    assert finding.hint == "A confidence is a number from 0 to 1, such as 0.9."


@pytest.mark.parametrize("value", ["0", "1", "0.95"])
def test_a_confidence_is_read_as_a_number(value: str, file: Path) -> None:
    file.write_text(with_column("confidence", value), encoding="utf-8")
    [mapping_set], findings = read_links(file.parent)
    assert findings == []
    assert mapping_set.mappings[0].confidence == float(value)


def test_a_mapping_that_is_there_twice_is_reported_with_the_line_of_the_first(file: Path) -> None:
    finding = fault(file, f"{LINKS}{ROW}\n")
    assert (finding.code, finding.place) == (Code.DUPLICATE, f"{file}:10:1")
    assert finding.message == "The mapping repeats that of line 9."


def test_a_program_may_find_a_close_match_and_a_person_may_confirm_an_exact_one(file: Path) -> None:
    automatic = PREFIXED.replace("semapv:ManualMappingCuration", "semapv:LexicalMatching")
    close = automatic.replace("tlp:forOccupation", "skos:closeMatch")
    exact = automatic.replace("tlp:forOccupation", "skos:exactMatch")
    reviewed = exact.replace(HEADER, f"{HEADER}\treviewer_label").replace("See both.", "See both.\tA. Reader")
    for text in (close, reviewed):
        file.write_text(text, encoding="utf-8")
        assert read_links(file.parent)[1] == []


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("#object_source: xx:there", "object_source"),
        ("#subject_source: a data set", "subject_source"),
        ("#mapping_set_source: a register", "mapping_set_source"),
    ],
)
def test_the_head_names_sources_by_declared_prefixes_and_addresses(line: str, missing: str, file: Path) -> None:
    finding = fault(file, f"{line}\n{LINKS}")
    assert (finding.code, finding.message) == (Code.MISSING, f"The set has no '{missing}'.")


def test_a_fault_in_the_head_has_its_column(file: Path) -> None:
    finding = fault(file, LINKS.replace("#license: https", "#license: [https"))
    assert (finding.code, finding.line) == (Code.NOT_YAML, 3)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", sorted((shipped("data") / "links").glob("*.sssom.tsv")), ids=lambda path: path.name)
def test_another_program_reads_the_same_mappings(path: Path) -> None:
    [mapping_set], _ = read_link_files([path])
    found = sssom_pydantic.read(path, return_errors=True)
    assert found[3] == []
    assert [
        (each.subject.curie, each.predicate.curie, each.object.curie, each.justification.curie, each.confidence)
        for each in found[0]
    ] == [
        (each.subject_id, each.predicate_id, each.object_id, each.mapping_justification, each.confidence)
        for each in mapping_set.mappings
    ]
