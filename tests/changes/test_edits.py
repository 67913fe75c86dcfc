"""Edits of profiles and reference data, as the command line gives them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.changes.edits import Edits, check_edits, edit_profiles, edit_reference, read_edits
from tlevel_rdf.errors import SettingError, UnknownNameError
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.validation import parse

if TYPE_CHECKING:
    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.reference.model import Reference

DAY = datetime.date(2026, 12, 1)


def test_edits_are_read_in_any_case() -> None:
    assert read_edits(["st0774", "ST0774"], ["ST1377=3", "st1377=3"], ["Legal Services"]) == Edits(
        frozenset({"ST0774"}), {"ST1377": 3}, ("Legal Services",)
    )


@pytest.mark.parametrize(
    ("withdraw", "level", "message"),
    [
        ([], [], "no edit"),
        (["ST0774"] * 1_001, [], "too many"),
        (["ST774"], [], "no reference of a standard"),
        (["ST077٤"], [], "no reference of a standard"),
        (["x" * 100_000], [], "no reference of a standard"),
        ([], ["ST1377"], "no level from 1 to 8"),
        ([], ["ST1377=9"], "no level from 1 to 8"),
        ([], ["ST1377=3=3"], "no level from 1 to 8"),
        ([], ["=3"], "no reference of a standard"),
        ([], ["ST1377=3", "ST1377=4"], "has two levels"),
    ],
)
def test_edits_that_are_not_well_formed_are_clear_errors(withdraw: list[str], level: list[str], message: str) -> None:
    with pytest.raises(SettingError, match=message) as error:
        read_edits(withdraw, level, [])
    assert len(str(error.value)) < 300


def test_what_the_data_does_not_have_is_named_with_the_nearest(small_corpus: Corpus, reference: Reference) -> None:
    check_edits(Edits(frozenset({"ST0774"}), {}, ("healthcare science",)), small_corpus.profiles, reference)
    for edits, near in (
        (Edits(frozenset({"ST9999"})), ""),
        (Edits(closed=("Healthcare Sciense",)), "did you mean Healthcare Science?"),
    ):
        with pytest.raises(UnknownNameError, match="the data has no") as error:
            check_edits(edits, small_corpus.profiles, reference)
        assert near in error.value.hint


def test_a_withdrawn_standard_has_that_status_wherever_a_source_states_one(reference: Reference) -> None:
    edited = edit_reference(reference, Edits(frozenset({"ST0774"}), {"ST0218": 3}), DAY)
    assert {row.status for row in edited.standards if row.reference == "ST0774"} == {"Withdrawn"}
    versions = {row.version: row.status for row in edited.standard_versions if row.reference == "ST0774"}
    assert versions == {"1.0": "Retired", "1.1": "Retired", "1.2": "Withdrawn"}
    assert {row.level for row in edited.standards if row.reference == "ST0218"} == {3}
    others = [row for row in edited.standards if row.reference not in {"ST0774", "ST0218"}]
    assert others == [row for row in reference.standards if row.reference not in {"ST0774", "ST0218"}]


def test_a_t_level_that_closes_has_a_last_month_of_enrolment(reference: Reference) -> None:
    def months(data: Reference) -> list[str | None]:
        named = [
            one
            for each in data.t_levels
            if each.title in {"Healthcare Science", "Health"}
            for one in each.qualifications
        ]
        return [one.last_enrolment.month if one.last_enrolment else None for one in named]

    before = months(reference)
    closed = months(edit_reference(reference, Edits(closed=("healthcare science", "Health")), DAY))
    assert None in before
    assert closed == [month or "2026-12" for month in before]


def test_options_follow_their_standards(small_corpus: Corpus) -> None:
    edits = Edits(frozenset({"ST0774"}), {"ST0218": 3})
    [edited] = edit_profiles(small_corpus.profiles, edits, small_corpus.reference)
    options = {
        (option.title, option.level_number) for one in edited.value.specialisms for _, _, option in one.options()
    }
    assert ("Healthcare Science Assistant", 3) in options
    assert ("Healthcare Science Assistant", 2) not in options
    # The job stays; only the apprenticeship is based on the standard.
    assert {level for title, level in options if title == "Dispensing Optician"} == {None}
    assert parse(edited.data, edited.file, Profile).value == edited.value


def test_a_profile_without_edits_stays_as_it_is(small_corpus: Corpus) -> None:
    edits = Edits(frozenset({"ST0001"}), {"ST0218": 2})
    assert edit_profiles(small_corpus.profiles, edits, small_corpus.reference) == [*small_corpus.profiles]
    closed = Edits(closed=("Healthcare science",))
    assert edit_profiles(small_corpus.profiles, closed, small_corpus.reference) == []


def test_the_reasons_are_those_that_affect_an_option() -> None:
    edits = Edits(frozenset({"ST0774"}), {"ST0218": 3}, ("Healthcare Science",))
    assert edits.reasons("Healthcare science", ["ST0774"]) == (
        "the T Level in Healthcare science closes",
        "ST0774 is withdrawn",
    )
    assert edits.reasons("Health", ["ST0218", "ST0001"]) == ("ST0218 has level 3",)
