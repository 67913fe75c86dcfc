"""The sentence of a change."""

from __future__ import annotations

import pytest

from tlevel_rdf.changes.change import Change, Kind


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (Change(Kind.ADDED, "x", "A", "Degree"), "A (Degree) added"),
        (Change(Kind.REMOVED, "x", "A", "progression option", "Health"), "A removed from Health"),
        (Change(Kind.CHANGED, "x", "A", predicate="p", name="level", old=("2",)), "A: level 2 removed"),
        (Change(Kind.CHANGED, "x", "A", predicate="p", name="code", new=("1", "2")), "A: code 1, 2 added"),
        (Change(Kind.CHANGED, "x", "A", predicate="p", name="level"), "A: level has another source"),
        (Change(Kind.ADDED, "x", "A", sources=("S", "T")), "A added (S; T)"),
    ],
)
def test_a_change_reads_as_a_sentence(change: Change, text: str) -> None:
    assert change.text == text
    assert change.to_json()["text"] == text
