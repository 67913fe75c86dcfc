"""Differences of sorted N-Quads."""

from __future__ import annotations

import random

from pyoxigraph import Literal, NamedNode, Quad

from tlevel_rdf.changes.differences import as_rdf_patch, differing_lines, find_differences
from tlevel_rdf.graph.canonical_quads import to_n_quads


def lines(quads: set[Quad]) -> list[bytes]:
    return sorted(to_n_quads(quads))


def quad(subject: int, value: int, graph: int = 0) -> Quad:
    # Spaces, line breaks and quotation marks in a literal must not look like the end of a term.
    literal = Literal(f'a "{value}"\n <x> .')
    return Quad(NamedNode(f"x:{subject}"), NamedNode("x:p"), literal, NamedNode(f"x:g{graph}"))


def some_quads(chance: random.Random) -> set[Quad]:
    return {quad(chance.randrange(20), chance.randrange(5), chance.randrange(2)) for _ in range(chance.randrange(60))}


def test_the_patch_makes_the_newer_version_of_the_older() -> None:
    chance = random.Random(3)  # noqa: S311 - inputs, no secrets
    for _ in range(50):
        old, new = lines(some_quads(chance)), lines(some_quads(chance))
        first, *patch, last = as_rdf_patch(old, new)
        assert (first, last) == (b"TX .\n", b"TC .\n")
        removed = {line[2:] for line in patch if line.startswith(b"D ")}
        added = {line[2:] for line in patch if line.startswith(b"A ")}
        assert sorted({*old} - removed | added) == new
        assert not removed & added


def test_equal_versions_have_no_differences() -> None:
    same = lines({quad(1, 1), quad(2, 1)})
    assert [*differing_lines(same, same)] == []
    assert [*find_differences(same, same)] == []


def test_the_differences_of_a_thing_come_together() -> None:
    old, new = {quad(1, 1), quad(1, 2), quad(2, 1)}, {quad(1, 2), quad(1, 3), quad(1, 4), quad(2, 1), quad(3, 1)}
    first, second = find_differences(lines(old), lines(new))
    assert (first.thing, first.removed, {*first.added}) == (NamedNode("x:1"), [quad(1, 1)], {quad(1, 3), quad(1, 4)})
    assert (second.thing, second.removed, second.added) == (NamedNode("x:3"), [], [quad(3, 1)])
