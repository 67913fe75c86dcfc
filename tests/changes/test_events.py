"""An event for each thing that differs."""

from __future__ import annotations

import pytest

from tlevel_rdf.changes.events import Event, EventKind, find_events

A, A2, B = b"<a> <p> <x> .\n", b"<a> <p> <y> .\n", b"<a/b> <p> <x> .\n"


@pytest.mark.parametrize(
    ("old", "new", "events"),
    [
        ([], [], []),
        ([B, A], [B, A], []),
        ([], [B, A], [Event(EventKind.CREATE, b"<a/b>", [B]), Event(EventKind.CREATE, b"<a>", [A])]),
        ([B, A], [B, A, A2], [Event(EventKind.UPDATE, b"<a>", [A, A2])]),
        ([B, A, A2], [A, A2], [Event(EventKind.DELETE, b"<a/b>", [])]),
        ([A], [A2], [Event(EventKind.UPDATE, b"<a>", [A2])]),
    ],
)
def test_each_thing_that_differs_has_an_event(old: list[bytes], new: list[bytes], events: list[Event]) -> None:
    assert list(find_events(old, new)) == events
