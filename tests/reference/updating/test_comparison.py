"""What a download says about the rows of a table."""

from __future__ import annotations

import pytest

from tlevel_rdf.reference.updating.comparison import TableComparison, compare, sort_key
from tlevel_rdf.reference.updating.download import REGISTER_TABLE, Cells, Download, Statement
from tlevel_rdf.reference.updating.table_text import TableRow

from .samples import DAY, TODAY

DATES = {"register-1": TODAY.replace(year=2025), "register-2": TODAY.replace(month=1), "map-1": DAY}
COLUMNS = frozenset({"title", "level"})


def row(code: str, title: str, level: str, source: str = "register-2", **more: str) -> TableRow:
    cells = {"reference": code, "title": title, "level": level, "kind": "unit", "source": source, **more}
    return TableRow(cells, "")


def make_download(*rows: tuple[str, str, str], is_complete: bool = True) -> Download:
    download = Download(REGISTER_TABLE, DAY, is_dated=True)
    for code, title, level in rows:
        cells: Cells = {"reference": code, "title": title, "level": level, "kind": "unit"}
        download.state("standards", (code,), Statement(cells, COLUMNS, "line 1"))
    if is_complete:
        download.covered.add(("standards", "unit"))
    return download


def run(download: Download, *rows: TableRow, fixed: tuple[TableRow, ...] = ()) -> TableComparison:
    return compare(download, "standards", rows, fixed, DATES)


def test_the_newest_row_of_the_series_is_compared() -> None:
    rows = row("A", "a", "1", "register-1"), row("A", "a", "2"), row("A", "x", "3", "map-1")
    result = run(make_download(("A", "a", "2")), *rows)
    assert (result.unchanged, result.known) == (1, 1)
    assert [(moved.cells["source"], cells["source"]) for moved, cells in result.moved] == [
        ("register-2", "register-2026-11-28")
    ]


@pytest.mark.parametrize(
    ("old", "changed", "completed", "is_added"),
    [
        (row("A", "a", "2"), 0, 0, False),
        (row("A", "a", "3"), 1, 0, True),
        (row("A", "a", ""), 0, 1, False),
        (row("A", "", "3"), 1, 0, True),
        (row("A", "a", "", status="Retired"), 0, 1, True),
        (row("A", "a", "3", "register-2026-11-28"), 1, 0, False),
    ],
    ids=["same", "changed", "completed", "both", "more elsewhere", "own row"],
)
def test_an_older_row_stays_if_it_states_something_else(
    old: TableRow, changed: int, completed: int, *, is_added: bool
) -> None:
    result = run(make_download(("A", "a", "2")), old)
    assert (len(result.changed), len(result.completed)) == (changed, completed)
    assert (len(result.added), len(result.moved)) == ((1, 0) if is_added else (0, 1))


def test_a_row_with_cells_that_the_download_cannot_state_stays() -> None:
    result = run(make_download(("A", "a", "2")), row("A", "a", "2", status="Retired"))
    assert (result.unchanged, result.moved, result.added) == (1, [], [])


def test_a_row_of_another_folder_is_never_moved() -> None:
    same = run(make_download(("A", "a", "2")), fixed=(row("A", "a", "2"),))
    assert (same.unchanged, same.moved, same.added) == (1, [], [])
    less = run(make_download(("A", "a", "2")), fixed=(row("A", "a", ""),))
    assert (less.moved, len(less.added)) == ([], 1)


def test_only_a_complete_download_lacks_things() -> None:
    rows = row("A", "a", "2"), row("B", "b", "2"), row("C", "c", "2")
    stated = ("A", "a", "2"), ("B", "b", "2")
    assert [change.key for change in run(make_download(*stated), *rows).gone] == [("C",)]
    assert run(make_download(*stated, is_complete=False), *rows).gone == []


def test_a_thing_that_was_gone_before_is_not_listed_again() -> None:
    rows = row("A", "a", "2"), row("B", "b", "2"), row("C", "c", "2", "register-1")
    assert run(make_download(("A", "a", "2"), ("B", "b", "2")), *rows).gone == []


def test_a_group_of_which_nothing_is_left_is_suspicious() -> None:
    rows = [row(f"A{number}", "a", "2") for number in range(100)]
    result = run(make_download(*((f"A{number}", "a", "2") for number in range(100))), *rows)
    assert not result.is_suspicious
    other = TableRow({**row("B", "b", "2").cells, "kind": "other"}, "")
    download = make_download(*((f"A{number}", "a", "2") for number in range(100)))
    download.covered.add(("standards", "other"))
    result = run(download, *rows, other)
    assert (result.emptied, result.is_suspicious) == (["other"], True)


@pytest.mark.parametrize(("changed", "is_suspicious"), [(5, False), (6, True)])
def test_more_than_five_per_cent_are_suspicious(changed: int, *, is_suspicious: bool) -> None:
    rows = [row(f"A{number}", "a", "2") for number in range(100)]
    stated = ((f"A{number}", "a", "3" if number < changed else "2") for number in range(100))
    assert run(make_download(*stated), *rows).is_suspicious == is_suspicious


def test_areas_are_sorted_from_the_widest() -> None:
    areas: list[Cells] = [{"kind": kind, "key": "x"} for kind in ("cluster", "pathway", "route")]
    assert [cells["kind"] for cells in sorted(areas, key=lambda cells: sort_key("areas", cells))] == [
        "route",
        "pathway",
        "cluster",
    ]
