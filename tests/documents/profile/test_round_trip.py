"""A profile that is written in the layout of published ones reads back as the same profile, in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from tests.documents import layout
from tests.documents.reading import read_bytes
from tests.documents.writing import save_as
from tests.fuzzing import fuzz
from tlevel_rdf.documents.profile.builder import draft_profiles
from tlevel_rdf.findings import Severity
from tlevel_rdf.profiles.kinds import MODES

if TYPE_CHECKING:
    from tests.documents.layout import Written
    from tlevel_rdf.profiles.model import Profile

#: A text has exact lines, and is the quickest to read; the other formats hold the readers against it.
EXAMPLES = {".txt": 80, ".md": 25, ".html": 25, ".docx": 8, ".pdf": 6}


def options(profile: Profile) -> list[list[tuple[Any, ...]]]:
    return [
        [
            (o.kind, o.level_number, o.title, o.flags, o.is_relevant, o.page)
            for mode in MODES
            for o in getattr(specialism, mode)
        ]
        for specialism in profile.specialisms
    ]


@pytest.mark.fuzz
@pytest.mark.no_cover
@pytest.mark.parametrize("ending", EXAMPLES)
def test_a_written_profile_reads_back(ending: str) -> None:
    @given(layout.documents())
    @fuzz(EXAMPLES[ending])
    def holds(written: Written) -> None:
        reading = draft_profiles(read_bytes(save_as(written.text, ending), f"a{ending}"), f"a{ending}")
        (draft,) = reading.drafts
        profile = draft.profile
        assert (profile.t_level, profile.source.section) == (written.t_level, written.section)
        assert [s.title for s in profile.specialisms] == [title for title, _, _ in written.specialisms]
        assert options(profile) == [[option[:-1] for option in made] for _, _, made in written.specialisms]
        assert [note.note for note in profile.notes] == [note for note, _ in written.notes]
        assert not any(finding.severity is Severity.VIOLATION for finding in draft.findings)
        if ending in {".txt", ".md"}:
            lines = [[o.line for mode in MODES for o in getattr(s, mode)] for s in profile.specialisms]
            assert lines == [[option[-1] for option in made] for _, _, made in written.specialisms]
            assert [s.line for s in profile.specialisms] == [line for _, line, _ in written.specialisms]
            assert [note.line for note in profile.notes] == [line for _, line in written.notes]

    holds()
