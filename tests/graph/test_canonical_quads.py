"""Canonical N-Quads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from tlevel_rdf.graph import canonical_quads

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("run", [1, 2, 7, 1000])
def test_lines_are_sorted_the_same_in_memory_and_on_disk(run: int, tmp_path: Path) -> None:
    lines = [b"<c> <p> <o> <g2> .\n", b"<a> <p> <o> <g1> .\n", b"<c> <p> <o> <g1> .\n", b"<a> <p> <o> <g1> .\n"]
    ordered = list(canonical_quads.sort_lines(lines, tmp_path, run))
    assert ordered == sorted(set(lines))
    assert list(canonical_quads.to_union(ordered)) == [b"<a> <p> <o> .\n", b"<c> <p> <o> .\n"]
    assert [line.split()[3] for line in canonical_quads.sort_by_graph(ordered, tmp_path, run)] == [
        b"<g1>",
        b"<g1>",
        b"<g2>",
    ]


def test_a_quad_is_one_line_of_canonical_n_quads() -> None:
    a = NamedNode("https://example.org/a")
    quads = [Quad(a, a, Literal("line\nbreak ŵ")), Quad(a, a, Literal("x", language="en"), a)]
    assert list(canonical_quads.to_n_quads(quads)) == [
        '<https://example.org/a> <https://example.org/a> "line\\nbreak ŵ" .\n'.encode(),
        b'<https://example.org/a> <https://example.org/a> "x"@en <https://example.org/a> .\n',
    ]


def test_no_lines_give_no_lines(tmp_path: Path) -> None:
    assert list(canonical_quads.sort_lines([], tmp_path)) == []
