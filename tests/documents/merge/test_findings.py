"""A difference between a document and its reviewed file is reported by what the import does with it."""

from __future__ import annotations

import pytest

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.merge.findings import Handling, finding_about
from tlevel_rdf.documents.merge.three_way import Change, Difference
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.validation import parse

YAML = b"""\
t level: Law
source:
  document: a.pdf
  sha256: "0000000000000000000000000000000000000000000000000000000000000000"
specialisms:
  - title: Crime
    line: 4
    work:
      - occupation: Judge
        pdf page: 2
        line: 7
"""
LOADED = parse(YAML, "law.yaml", Profile)
WORK = ("specialisms", 0, "work", 0)


def about(change: Change, handling: Handling, *, is_new: bool = True, line: int | None = None) -> Finding | None:
    new, mine = (WORK if is_new else None), (WORK if change is not Change.ADDED else None)
    difference = Difference(change, "the occupation “Judge”", new, mine, "flags", "flags a", "no flags", line)
    return finding_about(difference, LOADED.value, "a.pdf", LOADED, handling)


@pytest.mark.parametrize(
    ("change", "handling", "message", "hint"),
    [
        (Change.ADDED, Handling.LISTED, "The document adds the occupation “Judge”, which", "Add it, or import with"),
        (Change.ADDED, Handling.REFUSED, "The document adds the occupation “Judge”, which", "Add it by hand."),
        (Change.ADDED, Handling.MERGED, "Added the occupation “Judge” at law.yaml:20.", "Check it there,"),
        (
            Change.CHANGED,
            Handling.LISTED,
            "The occupation “Judge”: the document now says flags a; law.yaml:9 still",
            "",
        ),
        (Change.CHANGED, Handling.REFUSED, "The occupation “Judge”: the document now", "Change it there by hand."),
        (Change.CHANGED, Handling.MERGED, "The occupation “Judge”: the document now says flags a; law.yaml:20 had", ""),
        (Change.CONFLICT, Handling.LISTED, "The occupation “Judge”: the document says flags a; law.yaml:9 says no", ""),
    ],
)
def test_a_difference_stands_at_its_place_in_the_document(
    change: Change, handling: Handling, message: str, hint: str
) -> None:
    finding = about(change, handling, line=20)
    assert finding
    assert finding.message.startswith(f"On page 2, line 7: {message}")
    assert (finding.hint or "").startswith(hint)
    assert str(finding.place) == "a.pdf:7:1"


@pytest.mark.parametrize(
    ("change", "handling", "code"),
    [
        (Change.DROPPED, Handling.LISTED, Code.DROPPED),
        (Change.DROPPED, Handling.MERGED, Code.DROPPED),
        (Change.STALE, Handling.MERGED, Code.CHANGED),
    ],
)
def test_what_the_document_does_not_have_stands_at_its_place_in_the_file(
    change: Change, handling: Handling, code: Code
) -> None:
    finding = about(change, handling, is_new=False, line=9)
    assert finding
    assert (finding.code, str(finding.place), finding.severity) == (code, "law.yaml:9:1", Severity.WARNING)


def test_what_an_import_has_done_is_a_note_and_everything_else_a_warning() -> None:
    made = {(change, handling): about(change, handling, line=1) for change in Change for handling in Handling}
    notes = {key for key, finding in made.items() if finding and finding.severity is Severity.INFO}
    assert notes == {(Change.ADDED, Handling.MERGED), (Change.CHANGED, Handling.MERGED)}


@pytest.mark.parametrize("handling", [Handling.LISTED, Handling.REFUSED])
def test_a_place_of_the_earlier_document_is_reported_only_where_it_is_marked(handling: Handling) -> None:
    assert about(Change.STALE, handling) is None
