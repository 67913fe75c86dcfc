"""Clients of every kind at the same time: normal ones are answered, and memory, files and processes stay bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.server.soak import HOSTILE, soak

if TYPE_CHECKING:
    from pathlib import Path


def test_normal_clients_are_answered_beside_hostile_ones_within_the_stated_memory(folder: Path) -> None:
    report = soak(folder, seconds=8, seed=15)
    assert report.failures == [], report.lines()
    assert set(report.kinds) == {kind.__name__ for kind in HOSTILE}
    assert report.statuses[200] > 10
