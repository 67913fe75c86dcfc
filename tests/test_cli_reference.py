"""`tlevel-rdf reference update` and `--reference` as people meet them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.reference.updating.samples import STANDARDS, all_rows, rows_of, save, table, texts, write_folder
from tests.test_cli import run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("small_data")

SOURCES = "key,title,page,dated,gathered\nown,My list,https://example.org/list,{dated},2026-11-30\n"
T_LEVELS = """\
t levels:
  - title: Baking
    route: catering-and-hospitality
    sources: [own]
    specialisms:
      - {title: Bread, sources: [own]}
"""
PROFILE = """\
t level: Baking
source:
  document: baking.txt
  sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
specialisms:
  - title: Bread
    line: 5
    technical:
      - {apprenticeship: Dispensing Opticain, level: 6, relevant: true, page: https://example.org/a, line: 7}
"""
LABELS = """\
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?title { <https://w3id.org/tlevel/id/standard/ST0774> skos:prefLabel ?title }"""


@pytest.fixture(name="folder")
def make_folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path)


@pytest.fixture(name="own")
def make_own(tmp_path: Path) -> Path:
    """A folder with a new T Level and a new standard, and a profile beside it."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "sources.csv").write_text(SOURCES.format(dated="2026-11-01"), encoding="utf-8")
    (own / "t-levels.yaml").write_text(T_LEVELS, encoding="utf-8")
    header = "reference,title,kind,level,source\n"
    (own / "standards.csv").write_text(f"{header}ST9001,Sourdough baker,apprenticeship,4,own\n", encoding="utf-8")
    (tmp_path / "p.yaml").write_text(PROFILE, encoding="utf-8")
    return own


def test_an_update_prints_a_summary_and_says_what_it_wrote(folder: Path, tmp_path: Path) -> None:
    save(tmp_path, "a.csv", table(all_rows(ST0002={"Level": "4"})))
    done = run("reference", "update", "a.csv", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "The tables in data/reference are up to date.\n")
    assert done.stdout.splitlines()[1:] == [
        "  standards: 1 changed, 40 unchanged",
        "    Baker 02 (ST0002): level 2 → 4",
    ]
    again = run("reference", "update", "a.csv", cwd=tmp_path)
    assert (again.returncode, again.stderr) == (0, "Nothing was written.\n")


def test_a_dry_run_only_prints(folder: Path, tmp_path: Path) -> None:
    before = texts(folder)
    save(tmp_path, "a.csv", table(all_rows(ST0002={"Level": "4"})))
    done = run("reference", "update", "a.csv", "--dry-run", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "Nothing was written.\n")
    assert "level 2 → 4" in done.stdout
    assert texts(folder) == before


def test_a_mass_change_ends_with_status_1_until_it_is_accepted(folder: Path, tmp_path: Path) -> None:
    save(tmp_path, "a.csv", table(all_rows(**{code: {"Level": "4"} for code in STANDARDS[:9]})))
    done = run("reference", "update", "a.csv", cwd=tmp_path)
    assert done.returncode == 1
    assert "9 of 42 standards have changed or are gone." in done.stderr
    assert "--accept" in done.stderr
    assert run("reference", "update", "a.csv", "--accept", "Levels were revised", cwd=tmp_path).returncode == 0
    assert rows_of(folder, "updates.csv")[0]["reason"] == "Levels were revised"


@pytest.mark.parametrize(
    ("content", "arguments", "status", "message"),
    [
        (b"<html>Log in</html>", [], 1, "a.csv:1:1: violation TLR112: The file is a page of HTML"),
        (b"", [], 2, "a.csv:1:1: violation TLR105"),
        (table(all_rows()), ["--reference", "nowhere"], 2, "nowhere is not a folder"),
        (table(all_rows()), ["b.csv"], 2, "b.csv cannot be read"),
        (table(all_rows()), ["--dated", "soon"], 2, "soon"),
    ],
)
def test_an_unusable_file_or_flag_is_an_error(  # noqa: PLR0917 - a case has that many parts
    content: str | bytes, arguments: list[str], status: int, message: str, folder: Path, tmp_path: Path
) -> None:
    save(tmp_path, "a.csv", content)
    done = run("reference", "update", "a.csv", *arguments, cwd=tmp_path)
    assert done.returncode == status
    assert message in done.stderr


def test_an_update_without_files_is_an_error(tmp_path: Path) -> None:
    done = run("reference", "update", cwd=tmp_path)
    assert (done.returncode, "no files are given" in done.stderr) == (2, True)


def test_help_has_an_example() -> None:
    done = run("reference", "update", "--help")
    assert (done.returncode, "tlevel-rdf reference update Apprenticeships.csv" in done.stdout) == (0, True)


def test_a_folder_of_ones_own_adds_a_t_level_and_a_standard(own: Path, tmp_path: Path) -> None:
    done = run("check", "p.yaml", "--reference", "own", cwd=tmp_path)
    assert done.returncode == 0
    (line, hint, _) = [*done.stdout.splitlines(), done.stderr]
    assert line.startswith("p.yaml:9:26: warning TLR133: The registers have no apprenticeship 'Dispensing Opticain'.")
    assert "Did you mean 'Dispensing optician'?" in hint
    shown = run("get", "/id/standard/ST9001", "--on", "p.yaml", "--reference", "own", cwd=tmp_path)
    assert "Sourdough baker" in shown.stdout
    without = run("check", "p.yaml", cwd=tmp_path)
    assert "TLR130" in without.stdout


@pytest.mark.parametrize(
    ("dated", "preferred"), [("2026-11-01", "Dispensing optician (new)"), ("2020-11-01", "Dispensing optician")]
)
def test_the_newest_source_gives_the_preferred_title(dated: str, preferred: str, own: Path, tmp_path: Path) -> None:
    (own / "sources.csv").write_text(SOURCES.format(dated=dated), encoding="utf-8")
    with (own / "standards.csv").open("a", encoding="utf-8") as file:
        file.write("ST0774,Dispensing optician (new),apprenticeship,6,own\n")
    done = run("query", LABELS, "--on", "p.yaml", "--reference", "own", cwd=tmp_path)
    assert done.stdout.splitlines()[1:] == [preferred]


def test_a_repeated_row_is_a_violation_at_its_line(own: Path, tmp_path: Path) -> None:
    with (own / "standards.csv").open("a", encoding="utf-8") as file:
        file.write("ST9001,Sourdough baker,apprenticeship,4,own\n")
    done = run("check", "p.yaml", "--reference", "own", cwd=tmp_path)
    assert done.returncode == 1
    assert "standards.csv:3:1: violation TLR124: The row repeats that of" in done.stdout


def test_a_t_level_of_the_shipped_data_cannot_be_added_again(own: Path, tmp_path: Path) -> None:
    text = T_LEVELS.replace("Baking", "Healthcare Science").replace("catering-and-hospitality", "health-and-science")
    (own / "t-levels.yaml").write_text(text, encoding="utf-8")
    done = run("check", "p.yaml", "--reference", "own", cwd=tmp_path)
    assert done.returncode == 1
    assert "t-levels.yaml:2:12: violation TLR124: The T Level 'Healthcare Science' is repeated." in done.stdout


def test_a_folder_beside_the_profiles_is_found(own: Path, tmp_path: Path) -> None:
    shutil.copytree(own, tmp_path / "reference")
    assert "TLR130" not in run("check", "p.yaml", cwd=tmp_path).stdout


@pytest.mark.parametrize("command", [["check"], ["query", "ASK {}"], ["get", "/"], ["build"], ["serve"]])
def test_a_folder_of_ones_own_must_exist(command: list[str], tmp_path: Path) -> None:
    done = run(*command, "--reference", "nowhere", cwd=tmp_path)
    assert done.returncode == 2
    assert "nowhere is not a folder of reference data" in done.stderr
