"""The example query on what changed, on two releases: it gives what `diff` gives."""

from __future__ import annotations

import csv
import io
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.checkout import use_checkout
from tlevel_rdf.changes.comparison import compare
from tlevel_rdf.dataset.comparing import open_version
from tlevel_rdf.dataset.several_releases import find_releases, load_releases, values_of
from tlevel_rdf.graph.labels import vocabulary_labels
from tlevel_rdf.release.build import BuildOptions, build_paths
from tlevel_rdf.settings import Settings, read_settings
from tlevel_rdf.shipped import shipped
from tlevel_rdf.store.base import Query, Syntax
from tlevel_rdf.store.example_queries import example_query

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tlevel_rdf.changes.change import Change

OPTOMETRIST = """      - occupation: Optometrist
        wording: could include
        readiness: not stated
        line: 27
"""
#: Edits: the file, the old text and the new text.
EDITS = {
    "another degree": {"profile.yaml": ("degree: Optometry", "degree: Orthoptics")},
    "another level": {
        "profile.yaml": (
            "apprenticeship: Dispensing Optician\n        level: 6",
            "apprenticeship: Dispensing Optician\n        level: 5",
        )
    },
    "an option less": {
        "profile.yaml": (OPTOMETRIST, ""),
    },
    "another line only": {"profile.yaml": ("line: 27", "line: 28")},
    "another title in a register": {"standards.csv": ("Dispensing optician,", "Spectacle maker,")},
    "a standard withdrawn": {"standards.csv": ("Approved for delivery,2023", "Withdrawn,2023")},
    "another job title": {"occupations.csv": ("|", "|Spectacle fitter|")},
    "a former title": {"profile.yaml": ("degree: Optometry", "degree: Eye Science\n        formerly: Optometry")},
    "a renamed apprenticeship": {
        "profile.yaml": (
            "apprenticeship: Dispensing Optician",
            "apprenticeship: Spectacle Maker\n        formerly: Dispensing Optician",
        )
    },
    "much at once": {
        "profile.yaml": ("Optical Care Services", "Optics"),
        "occupations.csv": ("Approved occupation,1.0", "Approved occupation,1.9"),
    },
}


def build(checkout: Path, profile: str, out: Path, day: str) -> None:
    (checkout / "profile.yaml").write_text(profile, encoding="utf-8")
    with use_checkout(checkout):
        result = build_paths(
            [checkout / "profile.yaml"], out, read_settings({"date": day}, {}), options=BuildOptions("a test")
        )
        assert result.release is not None, result.findings


def edit(checkout: Path, folder: Path, edits: Mapping[str, tuple[str, str]]) -> Path:
    """Return a copy of a checkout with edited tables."""
    copy = shutil.copytree(checkout, folder / "checkout", symlinks=True)
    for name, (old, new) in edits.items():
        if name.endswith(".csv"):
            file = copy / "data" / "reference" / name
            text = file.read_text(encoding="utf-8")
            assert old in text, name
            file.write_text(text.replace(old, new), encoding="utf-8")
    return copy


def rows(change: Change) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the rows of the query that a change of `diff` is."""
    whole = f"{change.whole}: " if change.whole and not change.predicate else ""
    thing = whole + change.title
    if not change.predicate:
        yield thing, change.type, "", change.kind.value, ""
    name = vocabulary_labels().get(change.predicate, change.predicate)
    level = "Level " if change.name == "level" else ""
    for values, kind in ((change.old, "removed"), (change.new, "added")):
        for value in values:
            yield thing, change.type, name, kind, level + value


@pytest.fixture(scope="module")
def profile() -> str:
    return (shipped("data") / "profiles" / "healthcare-science.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def older(small_checkout: Path, profile: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one release."""
    folder = tmp_path_factory.mktemp("older")
    build(edit(small_checkout, folder, {}), profile, folder / "out", "2026-11-22")
    return folder / "out"


@pytest.mark.parametrize("name", EDITS)
def test_the_query_gives_what_diff_gives(
    small_checkout: Path, older: Path, profile: str, tmp_path: Path, name: str
) -> None:
    edits, out = EDITS[name], shutil.copytree(older, tmp_path / "out", symlinks=True)
    before, after = edits.get("profile.yaml", ("line: 21", "line: 21"))
    assert before in profile
    build(edit(small_checkout, tmp_path, edits), profile.replace(before, after), out, "2026-11-23")
    places = sorted(str(each) for each in out.iterdir() if each.is_dir() and not each.is_symlink())
    expected = {
        row
        for change in compare(*(open_version(out / place, Settings()) for place in places))
        if not change.is_about_source
        for row in rows(change)
    }
    releases = find_releases(places)
    text = example_query("what-changed").with_values(values_of(releases, "what-changed"))
    answer = csv.reader(io.StringIO(load_releases(releases).query(Query(text), Syntax.CSV).decode(), newline=""))
    assert sorted(map(tuple, [*answer][1:])) == sorted(expected)
    assert bool(expected) == (name != "another line only")
