"""The examples of the page about links do what it says."""

from __future__ import annotations

import csv
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from pyoxigraph import Literal

from tests.reference.samples import write_files
from tlevel_rdf.reference.links import read_links
from tlevel_rdf.reference.loading import read_reference
from tlevel_rdf.release.tables import concordance, table
from tlevel_rdf.shipped import shipped
from tlevel_rdf.store.select import select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.release.release import Release

PAGE = (Path(__file__).parents[2] / "docs" / "linking.md").read_text(encoding="utf-8")


class Recipe(NamedTuple):
    """A query of the page, with the file that it joins and its answer."""

    heading: str
    name: str
    sample: str
    language: str
    query: str
    answer: str


def recipes() -> list[Recipe]:
    """Return the recipes of the page."""
    found = []
    for part in PAGE.partition("## Join a table of your own")[2].split("\n### ")[1:]:
        sample = re.search(r"`(\w+)\.csv`:\n\n```csv\n(.+?)```", part, re.DOTALL)
        query = re.search(r"```(sql|sparql)\n(.+?)```", part, re.DOTALL)
        answer = re.search(r"```text\n(.+?)```", part, re.DOTALL)
        assert query is not None
        assert answer is not None
        name, rows = (sample[1], sample[2]) if sample else ("", "")
        found.append(Recipe(part.splitlines()[0], name, rows, query[1], query[2], answer[1]))
    return found


RECIPES = recipes()


def load(database: sqlite3.Connection, name: str, lines: Iterable[str]) -> None:
    header, *rows = csv.reader(lines)
    database.execute(f"CREATE TABLE {name} ({', '.join(header)})")
    database.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(header))})", rows)  # noqa: S608 - our names


@pytest.fixture
def database(shipped_release: Release) -> Iterable[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as database:
        for name, file in (("codes", concordance.CODES), ("options", table.CSV)):
            with (shipped_release.folder / file).open(encoding="utf-8", newline="") as lines:
                load(database, name, lines)
        yield database


def test_tables_are_joined_by_lars_standard_slug_and_soc() -> None:
    assert [recipe.language for recipe in RECIPES] == ["sql", "sql", "sql", "sparql"]


@pytest.mark.parametrize("recipe", [each for each in RECIPES if each.language == "sql"], ids=lambda each: each.heading)
def test_a_table_is_joined_as_the_page_says(recipe: Recipe, database: sqlite3.Connection) -> None:
    load(database, recipe.name, recipe.sample.splitlines())
    found = database.execute(recipe.query).fetchall()
    assert [",".join(map(str, row)) for row in found] == recipe.answer.splitlines()


@pytest.mark.parametrize(
    "recipe", [each for each in RECIPES if each.language == "sparql"], ids=lambda each: each.heading
)
def test_a_query_with_a_table_answers_as_the_page_says(recipe: Recipe, shipped_release: Release) -> None:
    with closing(shipped_release.store()) as store:
        rows = select_rows(store, recipe.query)
    names = re.findall(r"\?(\w+)", recipe.query.partition("WHERE")[0])
    found = [",".join(term.value for name in names if isinstance(term := row[name], Literal)) for row in rows]
    assert found == recipe.answer.splitlines()


def test_the_table_of_sets_has_each_set_with_its_number_of_mappings() -> None:
    sets, _ = read_links(shipped("data") / "links")
    listed = {
        name: int(number.replace(",", "")) for name, number in re.findall(r"\| \[([\w-]+)\]\(\S+\) \| ([\d,]+)", PAGE)
    }
    assert listed == {mapping_set.name: len(mapping_set.mappings) for mapping_set in sets}


def test_the_set_of_the_page_can_be_read(tmp_path: Path) -> None:
    lines = re.search(r"```text\n(   #mapping_set_id.+?)   ```", PAGE, re.DOTALL)
    assert lines is not None
    folder = write_files(tmp_path)
    text = lines[1].replace("\n   ", "\n").removeprefix("   ")
    (tmp_path / "links" / "college-courses.sssom.tsv").write_text(text, encoding="utf-8")
    reference, findings = read_reference(folder)
    assert findings == []
    [mapping] = next(each for each in reference.links if each.name == "college-courses").mappings
    assert (mapping.subject_id, mapping.object_id) == ("id:standard/ST0774", "course:optics-6")
