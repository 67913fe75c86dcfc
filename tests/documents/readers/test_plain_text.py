"""The lines of plain text."""

from __future__ import annotations

import pytest

from tlevel_rdf.documents.document import Line, Link, Role
from tlevel_rdf.documents.readers.detection import read_bytes


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
