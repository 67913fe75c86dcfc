"""Entries of three versions of a list are paired by their words, and else by their places."""

from __future__ import annotations

from tlevel_rdf.documents.merge.matching import NOTE_KEYS, Matching
from tlevel_rdf.profiles.model import Note


def notes(*words: str) -> list[Note]:
    return [Note(note=text, line=line) for line, text in enumerate(words, 1)]


def test_an_entry_that_a_person_reworded_is_paired_by_its_place() -> None:
    matching = Matching(notes("One", "Two"), notes("One", "Two, reworded"), notes("One", "Two"), NOTE_KEYS)

    assert (matching.mine, matching.dropped, matching.by_hand) == ({0: 0, 1: 1}, [], [])


def test_dropped_entries_and_those_of_a_person_are_distinguished() -> None:
    mine = [*notes("One", "Two"), Note(note="Mine", line=9)]
    matching = Matching(notes("One", "Two"), mine, notes("One", "Three"), NOTE_KEYS)

    assert (matching.dropped, matching.by_hand) == ([1], [2])
    assert 1 not in matching.mine


def test_without_a_base_every_unpaired_entry_counts_as_dropped() -> None:
    matching = Matching(None, notes("One", "Mine"), notes("One"), NOTE_KEYS)

    assert (matching.mine, matching.dropped, matching.by_hand) == ({0: 0}, [1], [])
