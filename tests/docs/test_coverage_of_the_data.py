"""The table of the README says how many T Levels have an occupation, a job and a profile."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tlevel_rdf.store.embedded import EmbeddedStore

from tlevel_rdf.store.select import select_rows

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
PREFIX = "PREFIX tlp: <https://w3id.org/tlevel/def/progression#>"


def count(store: EmbeddedStore, pattern: str) -> int:
    rows = select_rows(store, f"{PREFIX} SELECT DISTINCT ?t {{ ?t a tlp:TLevel . {pattern} }}")
    return len(rows)


def stated(words: str) -> int:
    found = re.search(rf"^\| {words}[^|]*\| ([0-9]+) \|", README, re.MULTILINE)
    assert found
    return int(found[1])


@pytest.mark.parametrize(
    ("words", "pattern"),
    [
        ("have a specialism", "?s tlp:specialismOf ?t ; tlp:mappedOccupation ?o"),
        ("have a job", "?page a tlp:SubjectPage ; tlp:describes ?t"),
        ("have a progression profile", "?page a tlp:ProgressionProfile ; tlp:describes ?t"),
    ],
)
def test_the_readme_counts_t_levels_as_the_data_does(corpus_store: EmbeddedStore, words: str, pattern: str) -> None:
    assert stated(words) == count(corpus_store, pattern)


def test_the_readme_counts_all_t_levels(corpus_store: EmbeddedStore) -> None:
    assert f"Of the {count(corpus_store, '')} T Levels" in README
