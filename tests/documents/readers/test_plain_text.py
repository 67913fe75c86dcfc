"""The lines of plain text."""

from __future__ import annotations

import pytest

from tests.documents.reading import read_bytes
from tlevel_rdf.documents.document import Line, Link, Role


def read(source: str | bytes, ending: str = ".txt") -> tuple[Line, ...]:
    return read_bytes(source if isinstance(source, bytes) else source.encode(), f"a{ending}").lines


@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_a_link_over_the_end_of_a_line_continues_in_the_next(ending: str) -> None:
    lines = read("  level 2 [Optical\n  Assistant](#x) is **not\n  applicable**.", ending)
    assert [(line.text, line.location.line, line.columns[0]) for line in lines] == [
        ("level 2 Optical", 1, 3),
        ("Assistant is not", 2, 3),
        ("applicable.", 3, 3),
    ]
    assert [line.links for line in lines] == [(Link(8, 15, "#x"),), (Link(0, 9, "#x", continues=True),), ()]
    assert [line.strong for line in lines] == [(), ((13, 16),), ((0, 10),)]


@pytest.mark.parametrize(
    ("source", "text", "role", "column"),
    [
        ("## 7c. Title", "7c. Title", Role.HEADING, 4),
        ("- [A](#)", "A", Role.ITEM, 4),
        ("  * **A**", "A", Role.ITEM, 7),
        ("• A", "A", Role.ITEM, 3),
        ("1. A", "1. A", Role.ITEM, 1),
        ("  (2) **A**", "(2) A", Role.ITEM, 3),
        ("7c. A", "7c. A", Role.TEXT, 1),
        ("-5 degrees", "-5 degrees", Role.TEXT, 1),
        ("**A** b", "A b", Role.TEXT, 3),
        ("<b>A</b> <Accelerated> 1 < 2", "<b>A</b> <Accelerated> 1 < 2", Role.TEXT, 1),
    ],
)
def test_the_first_characters_of_a_line_give_its_role(source: str, text: str, role: Role, column: int) -> None:
    (line,) = read(source)
    assert (line.text, line.role, line.columns[0]) == (text, role, column)


@pytest.mark.parametrize(
    ("source", "cells"),
    [
        ("| A | B |\n|---|:-:|\n| 1 | |\n", [("A", 0, 0), ("B", 0, 1), ("1", 1, 0)]),
        ("A | B\n1 | 2", [("A", 0, 0), ("B", 0, 1), ("1", 1, 0), ("2", 1, 1)]),
        ("x\nA | B\n1 | 2\ny", [("A", 0, 0), ("B", 0, 1), ("1", 1, 0), ("2", 1, 1)]),
        (r"| A \| C | B |" + "\n| [1](#x) | **2** |", [("A | C", 0, 0), ("B", 0, 1), ("1", 1, 0), ("2", 1, 1)]),
        ("Home | About", []),
        ("A | B\n1 | 2 | 3", []),
        ("A | B\n\n1 | 2", []),
    ],
)
def test_rows_with_as_many_cells_are_a_table(source: str, cells: list[tuple[str, int, int]]) -> None:
    found = read(source)
    assert [(line.text, line.cell.row, line.cell.column) for line in found if line.cell] == cells


def test_a_cell_has_its_line_and_column() -> None:
    first, *_, last = read("Jobs\n\n| Level | Title |\n|---|---|\n| 4 | Roofer |")
    assert (first.text, last.text, last.location.line, last.columns[0]) == ("Jobs", "Roofer", 5, 7)
