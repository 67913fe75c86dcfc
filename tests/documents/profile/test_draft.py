"""A profile under construction keeps its specialisms, options and notes, and what a person should look at."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents.grammar.rows import sentences
from tlevel_rdf.codes import Code
from tlevel_rdf.documents.document import Location
from tlevel_rdf.documents.grammar.segmentation import Spot
from tlevel_rdf.documents.grammar.statement import Mention, doubt
from tlevel_rdf.documents.profile.draft import DraftBuilder, ProfileDraft, Reporter
from tlevel_rdf.findings import Severity
from tlevel_rdf.profiles.kinds import Kind

SOURCE: dict[str, Any] = {"document": "a.txt", "sha256": "0" * 64}
HERE = Spot(Location(line=3), 5)
(SENTENCE,) = sentences("the Nurse apprenticeship")


def nurse(**values: Any) -> Mention:
    given: dict[str, Any] = {"kind": Kind.APPRENTICESHIP, "level": 4, **values}
    return Mention(4, 9, "Nurse", **given)


def builder() -> DraftBuilder:
    made = DraftBuilder(Reporter("a.txt"))
    made.begin_specialism("Law", HERE)
    return made


def finished(made: DraftBuilder) -> ProfileDraft:
    draft = made.finish("Law", SOURCE, HERE)
    assert draft
    return draft


@pytest.mark.parametrize(
    ("where", "line", "message"),
    [
        (Location(line=3), 3, "Look."),
        (Location(line=3, page=2), 3, "On page 2, line 3: Look."),
        (Location(paragraph=7), 7, "In paragraph 7: Look."),
    ],
)
def test_a_finding_has_the_place_that_its_format_has(where: Location, line: int, message: str) -> None:
    reporter = Reporter("a.txt")
    reporter.add(Spot(where, 5), Code.AMBIGUOUS, "Look.", "Check.")
    (finding,) = reporter.findings
    assert (finding.file, finding.line, finding.column, finding.message) == ("a.txt", line, 5, message)
    assert finding.severity is Severity.WARNING


def test_findings_are_in_the_order_of_the_document_with_their_severity() -> None:
    reporter = Reporter("a.txt")
    for line, code in ((9, Code.NO_PROFILE), (2, Code.LEFT_OUT)):
        reporter.add(Spot(Location(line=line), 1), code, "Look.", "Check.")
    assert [(each.line, each.severity) for each in reporter.findings] == [(2, Severity.INFO), (9, Severity.VIOLATION)]


def test_an_option_has_its_level_flags_links_and_place() -> None:
    made = builder()
    loc = made.add_option(SENTENCE, nurse(target="https://e.org/n", is_relevant=True))
    assert loc == ("specialisms", 0, "technical", 0)
    (option,) = finished(made).profile.specialisms[0].technical
    assert (option.kind, option.level_number, option.title, option.is_relevant) == (
        Kind.APPRENTICESHIP,
        4,
        "Nurse",
        True,
    )
    assert (option.page, option.line) == ("https://e.org/n", 1)


def test_the_same_option_is_not_added_again_and_is_reported() -> None:
    made = builder()
    made.add_option(SENTENCE, nurse())
    assert made.add_option(SENTENCE, nurse()) is None
    assert made.add_option(SENTENCE, nurse(is_relevant=True)) is None
    first, second = [each.message for each in made.reporter.findings]
    assert first.endswith("already; it is not added again.")
    assert second.endswith("though the two do not say the same.")
    assert made.add_option(SENTENCE, nurse(level=5)) == ("specialisms", 0, "technical", 1)


def test_a_link_that_is_no_https_address_is_left_out_and_reported() -> None:
    made = builder()
    made.add_option(SENTENCE, nurse(target="http://e.org/n"))
    draft = finished(made)
    (finding,) = draft.findings
    assert (finding.code, finding.column) == (Code.BAD_LINK, 5)
    assert draft.profile.specialisms[0].technical[0].page is None
    assert list(draft.checks) == [("specialisms", 0, "technical", 0)]


@pytest.mark.parametrize(("count", "message"), [(1, "A link leads nowhere (#)"), (2, "2 links lead nowhere (#)")])
def test_links_that_lead_nowhere_are_counted_in_one_finding(count: int, message: str) -> None:
    made = builder()
    for level in range(4, 4 + count):
        made.add_option(SENTENCE, nurse(level=level, target="#"))
    (finding,) = finished(made).findings
    assert (finding.code, finding.message[: len(message)]) == (Code.LEFT_OUT, message)


def test_doubts_become_findings_and_checks_and_shared_ones_only_checks() -> None:
    made = builder()
    shared = doubt(Code.AMBIGUOUS, 0, "B", "is odd", "Check.")
    made.add_option(SENTENCE, nurse(doubts=[doubt(Code.AMBIGUOUS, 0, "A", "is odd", "Check.")], shared=[shared]))
    draft = finished(made)
    assert [each.message for each in draft.findings] == ["“A” is odd."]
    assert draft.checks == {("specialisms", 0, "technical", 0): ["“A” is odd.", "“B” is odd."]}


def test_a_heading_that_comes_again_continues_its_specialism() -> None:
    made = builder()
    made.begin_specialism("Tax", HERE)
    made.begin_specialism("LAW", Spot(Location(line=9), 1))
    assert (made.titles, made.specialism_loc) == (["Law", "Tax"], ("specialisms", 0))
    assert [each.line for each in finished(made).profile.specialisms] == [9, 3]
    made.add_option(SENTENCE, nurse())
    made.begin_specialism("Law", Spot(Location(line=12), 1))
    assert finished(made).profile.specialisms[0].line == 9


def test_a_long_note_is_divided() -> None:
    made = builder()
    (sentence,) = sentences("word " * 900)
    made.add_note(sentence, ["Look."])
    draft = finished(made)
    assert [len(each.note) for each in draft.profile.notes] == [1999, 1999, 499]
    assert draft.checks == {("notes", n): ["Look."] for n in range(3)}


def test_without_a_specialism_there_is_no_profile() -> None:
    made = DraftBuilder(Reporter("a.txt"))
    assert made.specialism_loc is None
    assert made.finish("Law", SOURCE, HERE) is None
    (finding,) = made.reporter.findings
    assert (finding.code, finding.line, finding.column) == (Code.NO_PROFILE, 3, 5)


def test_a_violation_stands_at_the_heading_of_the_profile() -> None:
    finding = finished(builder()).finding(Code.SAME_FILE, "Twice.", "Rename one.")
    assert (str(finding.place), finding.severity) == ("a.txt:3:5", Severity.VIOLATION)


@pytest.mark.parametrize("has_unready_jobs", [False, True])
def test_a_job_has_a_readiness_only_if_the_document_says_that_some_need_training(*, has_unready_jobs: bool) -> None:
    made = builder()
    for kind in (Kind.OCCUPATION, Kind.APPRENTICESHIP):
        made.add_option(SENTENCE, nurse(kind=kind, level=4 if kind is Kind.APPRENTICESHIP else None))
    made.has_unready_jobs = has_unready_jobs
    (specialism,) = finished(made).profile.specialisms
    assert specialism.work[0].readiness == ("not stated" if has_unready_jobs else None)
    assert specialism.technical[0].readiness is None
