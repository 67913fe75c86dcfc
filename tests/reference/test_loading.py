"""Reference data read from folders: names that are not defined, rows that are repeated, and folders that add to it."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.reference.samples import FILES, LINKS, sample, write_files
from tlevel_rdf.codes import Code
from tlevel_rdf.findings import Severity
from tlevel_rdf.reference.loading import TABLES, file_of, read_reference
from tlevel_rdf.reference.model import Reference

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.findings import Finding


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path)


def replace_in(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def refused(*folders: Path) -> list[Finding]:
    """Return the findings about reference data that is refused."""
    reference, findings = read_reference(*folders)
    assert reference == Reference()
    assert findings
    assert all(f.severity is Severity.VIOLATION and f.hint for f in findings)
    return findings


def test_every_table_and_the_links_are_read(tmp_path: Path) -> None:
    reference = sample(tmp_path)
    assert all(getattr(reference, name) for name in (*TABLES, "t_levels", "links"))
    assert [t_level.title for t_level in reference.t_levels] == ["Baking", "Milling"]
    assert [mapping_set.name for mapping_set in reference.links] == ["jobs"]


def test_each_table_has_a_file_of_its_own() -> None:
    assert {file_of(name) for name in TABLES} == {name for name in FILES if name.endswith(".csv")}


#: The files that complete reference data has.
REQUIRED = [name for name in FILES if name != "updates.csv"]


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_file_is_reported(name: str, folder: Path) -> None:
    (folder / name).unlink()
    assert [(f.code, f.file) for f in refused(folder)] == [(Code.UNREADABLE, str(folder / name))]


def test_a_missing_folder_is_reported_file_by_file(tmp_path: Path) -> None:
    findings = refused(tmp_path / "none")
    assert {f.file for f in findings} == {str(tmp_path / "none" / name) for name in REQUIRED}


def test_reference_data_that_was_never_updated_is_complete(folder: Path) -> None:
    (folder / "updates.csv").unlink()
    reference, findings = read_reference(folder)
    assert (reference.updates, findings) == ((), [])


def test_a_fault_in_a_file_comes_before_the_check_of_names(folder: Path) -> None:
    replace_in(folder / "map-edges.csv", "OCC0001,OCC0003", "OCC0001,OCC9")
    replace_in(folder / "job-roles.csv", "Baking,baker", "Cooking,baker")
    assert [f.code for f in refused(folder)] == [Code.BAD_VALUE]


#: table, old text, new text, line:column, message.
UNDEFINED = [
    ("areas", "rolls,Rolls,bread", "rolls,Rolls,buns", "5:21", "The pathway 'buns'"),
    ("areas", "rolls,Rolls,bread", "rolls,Rolls,catering", "5:21", "The pathway 'catering'"),
    ("areas", "bread,Bread,catering", "bread,Bread,rolls", "4:21", "The route 'rolls'"),
    ("standards", "2,catering,1.0", "2,cookery,1.0", "2:37", "The route 'cookery'"),
    ("standards", "2,catering,1.1", "2,catering|cookery,1.1", "3:31", "The route 'cookery'"),
    ("standard-versions", "ST0001,1.0", "ST0009,1.0", "2:1", "The standard 'ST0009'"),
    ("standard-titles", "ST0001,Bread", "ST0009,Bread", "2:1", "The standard 'ST0009'"),
    ("occupations", "2,catering,bread", "2,cookery,bread", "2:23", "The route 'cookery'"),
    ("occupations", "2,catering,bread", "2,catering,rolls", "2:32", "The pathway 'rolls'"),
    ("occupations", "bread,rolls,", "bread,bread,", "2:38", "The cluster 'bread'"),
    ("occupations", "rolls,5432", "rolls,9999", "2:44", "The occupation group '9999'"),
    ("occupation-products", "OCC0003,HTQ1", "OCC0009,HTQ1", "4:1", "The occupation 'OCC0009'"),
    ("occupation-products", "OCC0003,HTQ1", "OCC0003,HTQ9", "4:9", "The standard or product 'HTQ9'"),
    ("t-level-products", "TL1a,Baking", "TL9a,Baking", "2:1", "The standard or product 'TL9a'"),
    ("t-level-products", "TL1a,Baking", "TL1a,Cooking", "2:6", "The T Level 'Cooking'"),
    ("t-level-products", "Baking,Bread", "Baking,Cakes", "2:13", "The specialism 'Cakes'"),
    ("map-edges", "OCC0001,OCC0003", "OCC0009,OCC0003", "2:1", "The occupation 'OCC0009'"),
    ("map-edges", "OCC0001,OCC0003", "OCC0001,OCC0009", "2:9", "The occupation 'OCC0009'"),
    ("shown-together", "OCC0001,OCC0001A", "OCC0009,OCC0001A", "2:1", "The occupation 'OCC0009'"),
    ("shown-together", "OCC0001,OCC0001A", "OCC0001,OCC0009", "2:9", "The occupation 'OCC0009'"),
    ("job-roles", "Baking,baker,", "Cooking,baker,", "2:1", "The T Level 'Cooking'"),
    ("t-levels", "Baking\n    route: catering", "Baking\n    route: cookery", "3:12", "The route 'cookery'"),
    ("t-levels", "qualification: 603/0001/X", "qualification: 603/0002/8", "23:45", "The qualification '603/0002/8'"),
    ("t-levels", "replaced by: Baking", "replaced by: Cooking", "26:18", "The T Level 'Cooking'"),
    (
        "t-levels",
        "title: Baking, sources: [list-2]",
        "title: Cooking, sources: [list-2]",
        "28:17",
        "The T Level 'Cooking'",
    ),
]


def test_every_column_that_names_a_thing_is_among_these_tests() -> None:
    for name, table_format in TABLES.items():
        of_table = {
            message.split("'")[0][4:-1] for table, _, _, _, message in UNDEFINED if f"{table}.csv" == file_of(name)
        }
        assert set(table_format.refers.values()) <= of_table


@pytest.mark.parametrize(("table", "old", "new", "place", "message"), UNDEFINED)
def test_an_undefined_name_is_reported_at_its_position(  # noqa: PLR0917 - the columns of the table
    table: str, old: str, new: str, place: str, message: str, folder: Path
) -> None:
    [file] = [folder / name for name in FILES if name.startswith(f"{table}.")]
    replace_in(file, old, new)
    [finding, *more] = refused(folder)
    # A T Level that does not exist has no specialisms either.
    assert [f.message.split("'")[0] for f in more] == (
        ["The specialism "] if (table, message) == SPECIALISM_TOO else []
    )
    assert (finding.code, finding.place) == (Code.UNKNOWN_REFERENCE, f"{file}:{place}")
    assert finding.message.startswith(message)
    assert finding.message.endswith(" does not exist.")


SPECIALISM_TOO = ("t-level-products", "The T Level 'Cooking'")


@pytest.mark.parametrize("name", [name for name in FILES if name != "sources.csv"])
def test_a_source_that_is_not_listed_is_reported_wherever_it_is_cited(name: str, folder: Path) -> None:
    file = folder / name
    text = re.sub(r"\b(list-1|list-2|page-1|undated)\b", r"no-\1", file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")
    cited = [
        (number, found.start() + 1)
        for number, line in enumerate(text.splitlines(), 1)
        for found in re.finditer("no-", line)
    ]
    findings = refused(folder)
    assert {(f.code, f.file) for f in findings} == {(Code.UNKNOWN_REFERENCE, str(file))}
    assert all(re.fullmatch("The source 'no-.*' does not exist.", f.message) for f in findings)
    assert sorted((f.line, f.column) for f in findings) == cited


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".csv")])
def test_a_repeated_row_is_reported_with_the_first(name: str, folder: Path) -> None:
    file = folder / name
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*lines, lines[1]]), encoding="utf-8")
    [finding] = refused(folder)
    assert (finding.code, finding.place) == (Code.DUPLICATE, f"{file}:{len(lines) + 1}:1")
    assert finding.message == f"The row repeats that of {file}, line 2."


def test_two_sources_may_state_the_same_thing(folder: Path) -> None:
    """The sample has two rows about a standard and about a route."""
    replace_in(folder / "standards.csv", "Baker,apprenticeship", "Baker (old),apprenticeship")
    assert read_reference(folder)[1] == []


def test_a_row_with_the_same_source_and_thing_is_a_repetition_whatever_else_it_states(folder: Path) -> None:
    with (folder / "soc-2020.csv").open("a", encoding="utf-8") as file:
        file.write("5432,Cooks,list-1\n")
    assert [f.code for f in refused(folder)] == [Code.DUPLICATE]


def test_a_repeated_t_level_is_reported(folder: Path) -> None:
    replace_in(folder / "t-levels.yaml", "title: Milling", "title: Baking")
    [finding] = refused(folder)
    assert (finding.code, finding.place) == (Code.DUPLICATE, f"{folder / 't-levels.yaml'}:24:12")
    assert finding.message == "The T Level 'Baking' is repeated."


def test_a_repeated_qualification_is_reported(folder: Path) -> None:
    file = folder / "t-levels.yaml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("      - number:"), text.index("    specialisms:")
    file.write_text(text[:end] + text[start:end] + text[end:], encoding="utf-8")
    [finding] = refused(folder)
    assert (finding.code, finding.message) == (Code.DUPLICATE, "The qualification '603/0001/X' is repeated.")


def test_the_specialism_of_a_product_is_found_whatever_the_case(folder: Path) -> None:
    replace_in(folder / "t-level-products.csv", "Baking,Bread", "Baking,BREAD")
    assert read_reference(folder)[1] == []


def test_the_file_of_t_levels_is_read_as_strictly_as_profiles(folder: Path) -> None:
    replace_in(folder / "t-levels.yaml", "replaced by: Baking", "replacedby: Baking")
    [finding] = refused(folder)
    assert (finding.code, finding.hint) == (Code.UNKNOWN_KEY, "Did you mean 'replaced by'?")


NEW_T_LEVEL = """\
t levels:
  - title: Confectionery
    route: catering
    sources: [council]
    specialisms:
      - title: Chocolate
        sources: [council]
"""


@pytest.fixture
def added(tmp_path: Path) -> Path:
    """A folder that adds a T Level and its source."""
    folder = tmp_path / "own" / "reference"
    folder.mkdir(parents=True)
    (folder / "t-levels.yaml").write_text(NEW_T_LEVEL, encoding="utf-8")
    (folder / "sources.csv").write_text("key,title,gathered\ncouncil,List of a council,2026-11-30\n", encoding="utf-8")
    return folder


def test_a_folder_may_add_a_t_level(folder: Path, added: Path) -> None:
    reference, findings = read_reference(folder, added)
    assert findings == []
    assert [t_level.title for t_level in reference.t_levels] == ["Baking", "Milling", "Confectionery"]
    assert reference.sources[-1].key == "council"
    assert len(reference.occupations) == 3


def test_an_added_folder_may_refer_to_the_first_and_state_more_about_its_things(folder: Path, added: Path) -> None:
    (added / "standards.csv").write_text(
        "reference,title,kind,source\nST0001,Baker of bread,apprenticeship,council\n", encoding="utf-8"
    )
    (added / "t-level-products.csv").write_text(
        "product,t level,specialism,source\nTL1a,Confectionery,Chocolate,council\n", encoding="utf-8"
    )
    reference, findings = read_reference(folder, added)
    assert findings == []
    assert [row.title for row in reference.standards if row.reference == "ST0001"] == [
        "Baker (old)",
        "Baker",
        "Baker of bread",
    ]


def test_an_added_folder_may_have_links(folder: Path, added: Path) -> None:
    (added.parent / "links").mkdir()
    (added.parent / "links" / "mine.sssom.tsv").write_text(LINKS, encoding="utf-8")
    reference, findings = read_reference(folder, added)
    assert findings == []
    assert [mapping_set.name for mapping_set in reference.links] == ["jobs", "mine"]


def test_an_added_t_level_that_exists_is_reported_in_the_added_file(folder: Path, added: Path) -> None:
    replace_in(added / "t-levels.yaml", "title: Confectionery", "title: Milling")
    [finding] = refused(folder, added)
    assert (finding.code, finding.place) == (Code.DUPLICATE, f"{added / 't-levels.yaml'}:2:12")


def test_an_added_row_that_exists_is_reported_with_the_first_file(folder: Path, added: Path) -> None:
    (added / "sources.csv").write_text(
        "key,title,gathered\ncouncil,A,2026-11-30\nlist-1,B,2026-11-30\n", encoding="utf-8"
    )
    [finding] = refused(folder, added)
    assert (finding.code, finding.place) == (Code.DUPLICATE, f"{added / 'sources.csv'}:3:1")
    assert finding.message == f"The row repeats that of {folder / 'sources.csv'}, line 2."


def test_a_folder_without_any_of_the_files_adds_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "own" / "empty").mkdir(parents=True)
    assert read_reference(folder, tmp_path / "own" / "empty") == read_reference(folder)


def test_the_same_data_in_another_folder_is_equal(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    copy = shutil.copytree(folder, tmp_path / "copy" / "reference")
    shutil.copytree(folder.parent / "links", tmp_path / "copy" / "links")
    assert read_reference(copy) == read_reference(folder)


def test_a_copy_of_the_data_beside_it_adds_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    copy = shutil.copytree(folder, tmp_path / "copy" / "reference")
    shutil.copytree(folder.parent / "links", tmp_path / "copy" / "links")
    assert read_reference(folder, copy) == read_reference(folder)


def test_a_row_that_differs_from_the_copied_one_is_reported_at_its_line(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    copy = shutil.copytree(folder, tmp_path / "copy" / "reference")
    text = (copy / "sources.csv").read_text(encoding="utf-8")
    last = text.rstrip("\n").rsplit("\n", 1)[-1]
    (copy / "sources.csv").write_text(text.replace(last, last.replace(",", ",Other ", 1)), encoding="utf-8")
    [finding] = refused(folder, copy)
    place = f"{copy / 'sources.csv'}:{text.count(chr(10))}:1"
    assert (finding.code, finding.place) == (Code.DUPLICATE, place)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("standard.csv", "Did you mean standards.csv?"),
        ("Standards.CSV", "Did you mean standards.csv?"),
        ("occupations.xlsx", "Did you mean occupations.csv?"),
        ("t-levels.yml", "Did you mean t-levels.yaml?"),
        ("zzz.csv", "Use these names, or move the file: sources.csv, "),
    ],
)
def test_a_file_of_another_name_is_reported(name: str, hint: str, folder: Path, added: Path) -> None:
    (added / name).write_text("", encoding="utf-8")
    [finding] = refused(folder, added)
    assert (finding.code, finding.file) == (Code.UNKNOWN_KEY, str(added / name))
    assert finding.hint
    assert finding.hint.startswith(hint)


@pytest.mark.parametrize("name", ["README.md", ".~lock.standards.csv#", "._standards.csv"])
def test_notes_and_hidden_files_are_not_read(name: str, folder: Path, added: Path) -> None:
    (added / name).write_text("", encoding="utf-8")
    assert read_reference(folder, added)[1] == []


@pytest.mark.parametrize("name", ["standards.csv", "t-levels.yaml"])
def test_a_pipe_with_the_name_of_a_file_is_reported_and_not_read(name: str, folder: Path, added: Path) -> None:
    (added / name).unlink(missing_ok=True)
    os.mkfifo(added / name)
    [finding] = refused(folder, added)
    assert (finding.code, finding.file) == (Code.UNREADABLE, str(added / name))


def test_two_sets_of_links_of_one_name_are_reported(folder: Path, added: Path) -> None:
    (added.parent / "links").mkdir()
    other = LINKS.replace("See both.", "See each.")
    assert other != LINKS
    (added.parent / "links" / "jobs.sssom.tsv").write_text(other, encoding="utf-8")
    _, [finding] = read_reference(folder, added)
    assert (finding.code, finding.file) == (Code.DUPLICATE, str(added.parent / "links" / "jobs.sssom.tsv"))
    assert finding.message == f"The set has the name of {folder.parent / 'links' / 'jobs.sssom.tsv'}."
